"""From the words of a form to its PDF/UA-1."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from consult.surveys.printable.content import Form
from consult.typeset import typeset

TEMPLATE = Path(__file__).with_name("form.typ")


def form_pdf(form: Form, made_at: datetime) -> bytes:
    """The form as a tagged PDF/UA-1; the same words and time give the same bytes."""
    return typeset(TEMPLATE, json.dumps(asdict(form), ensure_ascii=False), made_at)
