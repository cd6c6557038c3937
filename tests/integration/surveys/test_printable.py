"""The form on paper: reachable, tagged, and made of words alone."""

import io
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from consult.db import Localized, db, utc_now
from consult.organizations.models import Account
from consult.surveys.models import Consultation
from consult.surveys.services.prepare import add_version
from tests.factories.questionnaires import every_type, trails
from tests.integration.surveys.conftest import EN, FR
from tests.pages import PageClient

ADDRESSES = {"fr": f"{FR}/formulaire.pdf", "en": f"{EN}/form.pdf"}

Made = Callable[..., Consultation]


def opened(client: PageClient, lang: str) -> pikepdf.Pdf:
    answer = client.get(ADDRESSES[lang])
    assert answer.mimetype == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.data))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """The structure of the document, in reading order."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node["/S"])
            yield from walk(node.get("/K"))

    return list(walk(pdf.Root.StructTreeRoot.K))


def with_questionnaire(
    made: Consultation, editor: Account, definition: dict[str, Any]
) -> Consultation:
    add_version(editor, made, definition, utc_now(), still_same=True)
    db.session.commit()
    return made


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_form_is_tagged_for_screen_readers(
    client: PageClient, make_consultation: Made, editor: Account, lang: str
) -> None:
    with_questionnaire(make_consultation(), editor, every_type())
    pdf = opened(client, lang)
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == f"{lang}-CA"
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == {"fr": "Nos sentiers", "en": "Our trails"}[lang]
    found = tags(pdf)
    assert {"/Title", "/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD"} <= set(found)
    headings = [int(tag[2]) for tag in found if tag in ("/H1", "/H2", "/H3")]
    assert headings[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(headings)), "none skipped"


HOSTILE = [
    '#import "/etc/passwd": *',
    "#panic()",
    "$ x $ *gras* _x_ @ref <label> // ``` \\ [",
    "] #read(sys.inputs.form)",
    '"; #let form = 3',
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_never_markup(
    client: PageClient, make_consultation: Made, editor: Account, words: str
) -> None:
    definition = trails()
    definition["sections"][0]["questions"][0]["label"] = {"fr": words, "en": words}
    with_questionnaire(make_consultation(title=Localized(words, words)), editor, definition)
    with opened(client, "fr").open_metadata() as metadata:
        assert metadata["dc:title"] == words


def test_signs_that_no_font_has_do_not_keep_the_form_from_being_made(
    client: PageClient, make_consultation: Made
) -> None:
    title = Localized("ᐃᓄᒃᑎᑐᑦ 🙂 « été » œuvre", "ᐃᓄᒃᑎᑐᑦ 👩\u200d👩\u200d👧 中文")
    make_consultation(title=title)
    for lang in ("fr", "en"):
        with opened(client, lang).open_metadata() as metadata:
            assert "□" in metadata["dc:title"]
    with opened(client, "fr").open_metadata() as metadata:
        assert metadata["dc:title"].endswith("« été » œuvre")


def test_the_form_is_the_same_until_the_consultation_changes(
    client: PageClient, make_consultation: Made
) -> None:
    made = make_consultation()
    first = client.get(ADDRESSES["fr"]).data
    assert client.get(ADDRESSES["fr"]).data == first
    made.title = Localized("Nos parcs", "Our parks")
    db.session.commit()
    with opened(client, "fr").open_metadata() as metadata:
        assert metadata["dc:title"] == "Nos parcs"


def test_a_private_consultation_has_no_public_form(
    client: PageClient, make_consultation: Made
) -> None:
    make_consultation(public=False)
    assert client.get(ADDRESSES["fr"]).status_code == 404
