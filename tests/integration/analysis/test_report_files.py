"""The report as files: each says the page's numbers in its language, and words are never code."""

import io
import itertools
import json
import re
from collections.abc import Callable

import openpyxl
import pikepdf
import pytest

from consult.analysis.models import Analysis, Campaign, CommentKind, SubTheme, ThemeComment
from consult.db import Localized, db
from consult.feedback.models import FeedbackItem
from consult.organizations import services as organizations
from consult.organizations.models import Account, Role
from tests.conftest import ROOT
from tests.integration.surveys.test_printable import tags
from tests.pages import PageClient
from tests.pdf_text import words_of

SignIn = Callable[[Account], None]
Staff = Callable[..., Account]

#: Words that other programs would run.
HOSTILE = (
    '=HYPERLINK("http://x.example.org","x") #panic() $ x $ *gras* _x_ @ref // ``` \\ ] '
    '<script>alert(1)</script> &amp; "}], {{ 7*7 }} ᐃᓄᒃ 🙂'
)


def addresses(analysis: Analysis, lang: str) -> dict[str, str]:
    name = {"fr": "rapport", "en": "report"}[lang]
    base = f"/{lang}/analyses/{analysis.public_id}"
    return {"page": base} | {one: f"{base}/{name}.{one}" for one in ("pdf", "xlsx", "json")}


def squeezed(text: str) -> str:
    """Without spaces, nor the quotation marks that a browser adds."""
    return re.sub(r"[\s«»“”]", "", text)


@pytest.fixture
def told(analysis: Analysis, comments: list[FeedbackItem]) -> Analysis:
    """The analysis with all that a report may tell, and words that try to be more than words."""
    db.session.query(Campaign).delete()
    db.session.query(SubTheme).delete()
    db.session.expire_all()
    first = analysis.themes[0]
    first.stability, first.polarity = 0.82, -0.41
    first.phrases = {"fr": ["trop long"], "en": ["far too long"]}
    first.parts = [
        SubTheme(number=1, label=Localized("La ligne", "The line"), comments=9, share=0.6,
                 mean_rating=1.5)
    ]  # fmt: skip
    example = db.session.query(ThemeComment).filter_by(theme_id=first.id).limit(1).one()
    analysis.campaigns = [
        Campaign(number=1, comments=4, theme=first.number, kind=CommentKind.FEEDBACK,
                 comment_id=example.comment_id, lang="fr")
    ]  # fmt: skip
    analysis.in_campaigns, analysis.voices = 4, 36.0
    telling = db.session.query(ThemeComment).filter_by(theme_id=first.id, representative_rank=1)
    item = db.session.query(FeedbackItem).filter_by(public_id=telling.one().comment_id).one()
    item.comment = HOSTILE
    telling.one().segments = [[0, 10, -0.5]]
    first.label = Localized(f"<b>Attente</b> {first.label.fr}", f"=Wait {first.label.en}")
    db.session.commit()
    return analysis


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_says_what_the_page_says(
    client: PageClient, told: Analysis, analyst: Account, sign_in: SignIn, lang: str
) -> None:
    sign_in(analyst)
    at = addresses(told, lang)
    page = client.page(at["page"])
    files = {one: client.get(at[one]) for one in ("pdf", "xlsx", "json")}
    assert [file.status_code for file in files.values()] == [200] * 3
    links = {str(a["href"]) for a in page.select("main a")}
    for other in ("fr", "en"):
        assert links >= {addresses(told, other)[one] for one in files}
    pdf = squeezed(words_of(files["pdf"].data))
    report = json.loads(files["json"].data)
    assert (report["lang"], report["version"]) == (lang, 1)
    main = squeezed(page.main.get_text()) if page.main else ""
    for theme, kept in zip(report["themes"], told.themes, strict=True):
        words = theme["words"]
        made_of = [line["text"] for line in words["makeup"]]
        for told_so in (words["weight"], words["reach"], *words["about"], *made_of):
            assert squeezed(told_so) in main
            assert squeezed(told_so) in pdf
        assert theme["points_at_stake"] == kept.points_at_stake
        assert (theme["rank"], theme["comments"]) == (kept.rank, kept.comments)
        assert squeezed(theme["label"]) in main
        assert squeezed(theme["label"]) in pdf
    assert len(report["copies"]) == 2
    for line in (*report["method"]["words"], *report["copies"]):
        assert squeezed(line["text"]) in main
        assert squeezed(line["text"]) in pdf
    assert report["finding"]
    assert squeezed(report["finding"]) in main
    assert squeezed(report["finding"]) in pdf
    assert len(page.select("main blockquote mark")) == 1
    documented = (ROOT / "docs/reports.md").read_text("utf-8")
    formulas = set(report["method"].pop("formulas"))
    assert {n for n in names_in(report) if f"`{n}`" not in documented} == set()
    assert "points_at_stake" in formulas
    _same_numbers(files["xlsx"].data, told)


def names_in(value: object) -> set[str]:
    """The names of an object and of all within it."""
    if isinstance(value, list):
        return {name for one in value for name in names_in(one)}
    if isinstance(value, dict):
        return set(value).union(*(names_in(one) for one in value.values()))
    return set()


def _same_numbers(workbook: bytes, told: Analysis) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert len(book.sheetnames) == 5
    themes, parts, quotations = (list(sheet.iter_rows()) for sheet in book.worksheets[:3])
    for row, kept in zip(themes[1:], told.themes, strict=True):
        figures = (kept.rank, kept.comments, kept.share, kept.points_at_stake, kept.points_low)
        assert tuple(row[n].value for n in (0, 2, 4, 8, 9)) == pytest.approx(figures)
        assert row[1].data_type == "s"
    assert [cell.value for cell in parts[1][3:]] == [9, 0.6, 1.5]
    said = {str(row[2].value) for row in quotations[1:]}
    assert HOSTILE in said
    kinds = {
        cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert kinds <= {"s", "n"}, "no formula"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pdf_is_made_for_screen_readers(
    client: PageClient, told: Analysis, analyst: Account, sign_in: SignIn, lang: str
) -> None:
    sign_in(analyst)
    file = client.get(addresses(told, lang)["pdf"])
    assert file.mimetype == "application/pdf"
    pdf = pikepdf.open(io.BytesIO(file.data))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == f"{lang}-CA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        about = {"fr": "Permis en ligne", "en": "Online Permits"}[lang]
        assert about in str(metadata["dc:title"])
    found = tags(pdf)
    assert {"/Title", "/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/TD", "/Link"} <= set(found)
    headings = [int(tag[2]) for tag in found if re.fullmatch("/H[1-6]", tag)]
    assert all(b - a <= 1 for a, b in itertools.pairwise(headings)), "none skipped"
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        assert len(titles) == 4
        assert len(outline.root[1].children) == 3, "a bookmark for each theme"
    uris = {
        str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link
    }
    inbox = {"fr": "/fr/equipe/services/permis-en-ligne/avis/", "en": "/inbox/"}[lang]
    assert any(inbox in uri for uri in uris), "a quotation leads to its comment"
    words = squeezed(words_of(file.data))
    assert squeezed(HOSTILE.split(" ᐃ")[0]) in words, "words stay words"
    assert client.get(addresses(told, lang)["pdf"]).data == file.data


def test_files_are_for_who_may_read_the_page(
    client: PageClient,
    analysis: Analysis,
    staff: Staff,
    sign_in: SignIn,
) -> None:
    at = addresses(analysis, "fr")
    assert "/connexion" in client.get(at["json"]).location
    other = organizations.add_organization("autre", Localized("Autre", "Other"), Localized())
    sign_in(staff(Role.ADMINISTRATOR, other))
    assert {client.get(at[one]).status_code for one in ("pdf", "xlsx", "json")} == {403}
    sign_in(staff(Role.VIEWER))
    assert client.get(at["json"]).status_code == 200
    assert client.get(at["json"].replace(".json", ".docx")).status_code == 404
    analysis.completed_at = None
    db.session.commit()
    assert client.get(at["pdf"]).status_code == 404
