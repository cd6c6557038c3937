"""From a theme to an improvement that everyone can read."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.analysis.models import Analysis
from consult.db import db
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

SignIn = Callable[[Account], None]
Staff = Callable[..., Account]

COMPLETE = {
    "title_fr": "Répondre plus vite au téléphone",
    "title_en": "Answer the phone faster",
    "said_fr": "L'attente au téléphone est trop longue.",
    "said_en": "The wait on the phone is too long.",
    "did_fr": "Deux personnes de plus répondent depuis mai.",
    "did_en": "Two more people have answered since May.",
}


def form_of(client: PageClient, address: str) -> dict[str, str]:
    """What the form on a page holds before anyone touches it."""
    page = client.page(address)
    values = {
        str(tag["name"]): str(tag.get("value", "")) for tag in page.select("main input[type=text]")
    }
    values |= {str(tag["name"]): tag.get_text().strip() for tag in page.select("main textarea")}
    values["owner"] = str(page.select_one("#owner option[selected]")["value"])  # type: ignore[index]
    checked = page.select("main input[type=radio][checked]")
    values |= {str(tag["name"]): str(tag["value"]) for tag in checked}
    return values


def make(client: PageClient, analysis: Analysis, **changes: Any) -> Any:
    address = f"/fr/analyses/{analysis.public_id}/themes/1/amelioration"
    return client.submit(address, {**form_of(client, address), **changes})


def test_the_form_is_already_filled_in_both_languages(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    theme = next(theme for theme in analysis.themes if theme.number == 1)
    filled = form_of(client, f"/fr/analyses/{analysis.public_id}/themes/1/amelioration")
    assert filled["title_fr"] == theme.label.fr
    assert filled["title_en"] == theme.label.en
    assert "March\u00a02" in filled["said_en"]
    assert "2\u00a0mars" in filled["said_fr"]
    assert filled["owner"] == str(analyst.public_id)
    assert filled["state"] == "to_study"


def test_one_click_makes_an_improvement(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    assert make(client, analysis).status_code == 303
    made = db.session.query(Improvement).one()
    assert made.owner == analyst
    assert made.theme in analysis.themes
    assert made.title.fr in client.page("/fr/ameliorations").get_text()
    row = client.page(f"/en/analyses/{analysis.public_id}").select_one("#theme-1")
    assert row
    shown = " ".join(row.get_text(" ").split())
    assert f"Improvement: {made.title.en} (under review)" in shown
    assert "Make it an improvement" not in shown, "it is one already"
    theme = client.get(f"/en/analyses/{analysis.public_id}/themes/1").get_data(as_text=True)
    assert "Make it an improvement" in theme


def test_saving_says_where_it_is_public(
    client: PageClient, analysis: Analysis, analyst: Account, service: Service, sign_in: SignIn
) -> None:
    sign_in(analyst)
    address = f"/en/analyses/{analysis.public_id}/themes/1/improvement"
    client.submit(address, {**form_of(client, address), **COMPLETE})
    assert "It will be public under" in client.get("/en/improvements").get_data(as_text=True)
    made = db.session.query(Improvement).one()
    address = f"/en/improvements/{made.public_id}/change"
    client.submit(address, {**form_of(client, address), "state": "done"})
    page = client.page("/en/improvements")
    assert "Everyone can read it under" in page.get_text()
    assert page.select(f'table a[href^="/en/you-said-we-did/{service.slug}#"]')


def test_the_form_says_what_is_public_at_once(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    page = client.page(f"/en/analyses/{analysis.public_id}/themes/1/improvement")
    choice = page.select_one("input[value=declined]").find_next("label")  # type: ignore[union-attr]
    assert "It will be public at once, with its reason" in choice.get_text()  # type: ignore[union-attr]


def test_done_in_both_languages_becomes_public(
    client: PageClient, analysis: Analysis, analyst: Account, service: Service, sign_in: SignIn
) -> None:
    sign_in(analyst)
    make(client, analysis, **COMPLETE)
    everyone = "/en/you-said-we-did"
    assert COMPLETE["title_en"] not in client.get(everyone).get_data(as_text=True)
    made = db.session.query(Improvement).one()
    address = f"/fr/ameliorations/{made.public_id}/modifier"
    answer = client.submit(address, {**form_of(client, address), "state": "done"})
    assert answer.status_code == 303
    client.submit("/en/sign-out", {}, form_page="/en/improvements")
    for page in (everyone, f"{everyone}/{service.slug}", "/en/"):
        shown = client.get(page).get_data(as_text=True)
        assert COMPLETE["title_en"] in shown
        assert COMPLETE["did_en"] in shown


def test_done_waits_for_both_languages(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    answer = make(client, analysis, **{**COMPLETE, "did_en": "  ", "state": "done"})
    assert answer.status_code == 422
    assert "did_en" in answer.get_data(as_text=True)
    assert COMPLETE["did_fr"] in answer.get_data(as_text=True), "what was written is kept"
    assert db.session.query(Improvement).count() == 0


def test_declining_needs_a_reason(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    refused = make(client, analysis, **COMPLETE, state="declined", reason_fr="Trop cher.")
    assert refused.status_code == 422
    accepted = make(
        client,
        analysis,
        **COMPLETE,
        state="declined",
        reason_fr="Trop cher.",
        reason_en="Too costly.",
    )
    assert accepted.status_code == 303
    assert "Trop cher." in client.get("/fr/vous-avez-dit-nous-avons-fait").get_data(as_text=True)


def test_the_date_it_was_done_stays_when_a_word_is_mended(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    make(client, analysis, **COMPLETE, state="done")
    made = db.session.query(Improvement).one()
    settled = made.settled_at
    address = f"/fr/ameliorations/{made.public_id}/modifier"
    client.submit(address, {**form_of(client, address), "did_fr": "Trois personnes."})
    db.session.refresh(made)
    assert made.settled_at == settled
    client.submit(address, {**form_of(client, address), "state": "in_progress"})
    db.session.refresh(made)
    assert made.settled_at is None


def test_a_viewer_makes_no_improvement(
    client: PageClient, analysis: Analysis, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    answer = client.get(f"/fr/analyses/{analysis.public_id}/themes/1/amelioration")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "broken",
    [
        {"state": ImprovementState.DECLINED, "reason_fr": "Trop cher."},
        {"state": ImprovementState.DONE, "title_en": " "},
        {"state": ImprovementState.DONE, "settled_at": None},
    ],
)
def test_the_database_keeps_the_rules_too(
    client: PageClient,
    analysis: Analysis,
    analyst: Account,
    sign_in: SignIn,
    broken: dict[str, Any],
) -> None:
    sign_in(analyst)
    make(client, analysis, **COMPLETE)
    values = {"settled_at": analysis.completed_at, **broken}
    with pytest.raises(IntegrityError):
        db.session.query(Improvement).update(values)
