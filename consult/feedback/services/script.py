"""The widget's script as it is served: what was built, and a service's settings and questions."""

import base64
import hashlib
import json
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy.dialects import postgresql, sqlite

from consult.config import resource_folder
from consult.db import db
from consult.errors import DomainError
from consult.feedback import queries
from consult.feedback.models import WidgetScript
from consult.feedback.question_sets import DEFAULT, READY, QuestionSet, compact
from consult.feedback.question_sets.script import CONTACT
from consult.feedback.services.contact import offers_contact
from consult.organizations.models import Service

#: What the built script has in the place of its settings.
PLACE = "__CONSULT_CONFIG__"


class WidgetNotBuiltError(DomainError):
    """The assets were never built here."""

    status = 503
    code = "widget-not-built"
    message = _l("The widget is not built on this server. Run: python -m consult.assets build")


class HandedOut(NamedTuple):
    """A script that stays as it is: its digest (SHA-256, hexadecimal) and its integrity (SRI)."""

    digest: str
    integrity: str


def any_service_script(base_url: str, question_set: QuestionSet) -> str:
    """The script for any service, with a ready set; ``base_url`` is where it sends.

    Raises:
        WidgetNotBuiltError: the assets were never built.
    """
    return _complete(_built(), _any_service(base_url, question_set.name))


def service_script(service: Service, base_url: str) -> str:
    """The script of one service: its questions and its settings travel with it.

    Raises:
        WidgetNotBuiltError: the assets were never built.
        NotForWidgetError: its own questions are not for a widget.
    """
    settings = queries.settings_of(service)
    asked = queries.question_set_of(service) or READY[DEFAULT]
    return _complete(
        _built(),
        _config(
            base_url,
            asked,
            key=service.key,
            display=str(settings.display),
            asks_contact=offers_contact(service),
        ),
    )


def hand_out(service: Service, base_url: str, now: datetime) -> HandedOut:
    """Keeps the service's script as it is now, to be served so for good; once if it is the same.

    The same script handed out again becomes the last one.

    Raises:
        WidgetNotBuiltError, NotForWidgetError: see ``service_script``.
    """
    content = service_script(service, base_url)
    digest = hashlib.sha256(content.encode()).hexdigest()
    _keep(WidgetScript(digest=digest, service_id=service.id, content=content, created_at=now))
    return HandedOut(digest, integrity(content))


def _keep(script: WidgetScript) -> None:
    """Adds a script; one that is there already becomes the last handed out.

    In one statement, so that two clicks at once do not both add it.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    query = insert(WidgetScript).values(
        digest=script.digest,
        service_id=script.service_id,
        content=script.content,
        created_at=script.created_at,
    )
    renewed = {"created_at": query.excluded.created_at}
    db.session.execute(
        query.on_conflict_do_update(index_elements=["digest", "service_id"], set_=renewed)
    )


def integrity(content: str) -> str:
    """The ``integrity`` attribute of a script with this content (Subresource Integrity)."""
    mark = hashlib.sha384(content.encode()).digest()
    return f"sha384-{base64.b64encode(mark).decode()}"


def _built() -> str:
    """The built script, read again only when it was built again."""
    path = resource_folder("static") / "dist" / "widget.js"
    try:
        modified = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise WidgetNotBuiltError() from error
    return _read(str(path), modified)


@lru_cache(maxsize=1)
def _read(path: str, _modified_ns: int) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read().rstrip("\n")


@lru_cache(maxsize=16)
def _any_service(base_url: str, name: str) -> str:
    return _config(base_url, READY[name])


def _config(
    base_url: str,
    asked: QuestionSet,
    key: str = "",
    display: str = "",
    asks_contact: bool = False,
) -> str:
    """The settings as an expression of the script.

    Without prototype: what a page adds to every object is no setting.
    """
    bare: dict[str, Any] = {"__proto__": None}
    contact = [CONTACT] if asks_contact else []
    told = bare | {
        "base": base_url,
        "key": key,
        "display": display,
        "set": asked.name,
        "sets": bare | {asked.name: compact(asked) + contact},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _complete(built: str, config: str) -> str:
    return built.replace(PLACE, config)
