"""The seven declared indicators: who may, what is told, what stays."""

from collections.abc import Callable
from datetime import date

import pytest

from consult.db import Localized, db, utc_now
from consult.errors import NotAllowedError
from consult.organizations.models import Account, Organization, Role
from consult.organizations.services import add_organization, create_account
from consult.targets.indicators import BY_CODE, BY_NUMBER
from consult.targets.models import IndicatorDeclaration
from consult.targets.services.declaring import Declared, declare
from tests.conftest import PASSWORD
from tests.pages import PageClient

FORM = {
    "share": "62,5 %",
    "measured_on": "2026-03-31",
    "evidence_fr": "Inventaire des services",
    "evidence_en": "Inventory of services",
    "link": "https://exemple.example.org/inventaire",
}


def test_an_administrator_declares_and_everyone_reads(
    client: PageClient, body: Organization, actor: Account, sign_in: Callable[[Account], None]
) -> None:
    db.session.commit()
    sign_in(actor)
    path = "/fr/equipe/cibles/essais/8"
    refused = client.submit(path, {**FORM, "share": "120", "link": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert "de 0 à 100" in refused.get_data(as_text=True)
    assert client.submit(path, {**FORM, "measured_on": "2999-01-01"}).status_code == 422
    assert client.submit(path, FORM).status_code == 303
    client.submit(path, FORM)  # sent twice: nothing more
    client.submit(path, {**FORM, "share": "70", "measured_on": "2026-06-30"})
    assert db.session.query(IndicatorDeclaration).count() == 2
    shown = client.page("/fr/cibles/organismes/essais").get_text(" ", strip=True)
    assert "70\u00a0%" in shown
    assert "Inventaire des services" in shown
    history = client.page(path).get_text(" ", strip=True)
    assert "62,5\u00a0%" in history
    assert client.submit("/en/staff/targets/essais/6", FORM).status_code == 422  # yes or no
    assert client.submit("/en/staff/targets/essais/6", {**FORM, "answer": "yes"}).status_code == 303
    told = client.get("/fr/cibles/organismes/essais/indicateurs.json").get_json()["declared"]
    assert [(one["target"], one["value"]) for one in told] == [(8, 62.5), (8, 70), (6, 100)]
    assert client.get("/fr/cibles/indicateurs.csv").data.count(b"essais") == 3
    public = client.page("/en/targets/bodies/essais").select_one("main")
    assert public is not None
    assert "Camille" not in public.get_text()


def test_only_an_administrator_declares(body: Organization, staff: Callable[..., Account]) -> None:
    editor = staff(Role.EDITOR, body)
    said = Declared(50, date(2026, 1, 1), Localized("a", "b"))
    with pytest.raises(NotAllowedError):
        declare(editor, body, BY_CODE["take_up"], said, utc_now())


def test_of_all_the_median_is_told_once_enough_declared(client: PageClient, app: object) -> None:
    centre = create_account("centre@example.org", "Dominique", PASSWORD, is_central=True)
    now, words = utc_now(), Localized("Relevé", "Record")
    for number, share in enumerate((10, 20, 60, 75, 90)):
        if number == 4:
            db.session.commit()
            page = client.page("/en/targets/5").get_text(" ", strip=True)
            assert "4 public bodies declared" in page
            assert "Median" not in page.partition("How it is worked out")[0]
        other = add_organization(f"corps-{number}", Localized("Corps", "Body"), Localized())
        said = Declared(share, date(2026, 1, 1), words)
        declare(centre, other, BY_NUMBER[5], said, now)
    db.session.commit()
    page = client.page("/en/targets/5").get_text(" ", strip=True)
    assert "Median: 60%" in page
    assert "3 of the 5 public bodies that declared reach it" in page
