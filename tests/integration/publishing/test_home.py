"""What the public sees first, and what it is told was done."""

from datetime import timedelta

import pytest

from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.db import Localized, db, utc_now
from consult.organizations.models import Account, Organization, Role, Service
from consult.surveys.models import Consultation
from tests.pages import PageClient


def consultation(organization: Organization, slug: str, opens: int, closes: int) -> Consultation:
    """A published consultation that opens and closes in so many days."""
    now = utc_now()
    made = Consultation(
        slug=slug,
        organization=organization,
        title=Localized(f"Titre {slug}", f"Title {slug}"),
        summary=Localized("Une ligne", "One line"),
        opens_at=now + timedelta(days=opens),
        closes_at=now + timedelta(days=closes),
        minutes=7,
        published_at=now,
    )
    db.session.add(made)
    db.session.commit()
    return made


def improvement(service: Service, owner: Account, **fields: object) -> Improvement:
    told = {
        "title": Localized("Titre", "Title"),
        "said": Localized("Dit", "Said"),
        "did": Localized("Fait depuis mai", "Done since May"),
        "state": ImprovementState.DONE,
        "settled_at": utc_now(),
    }
    body = service.organization
    made = Improvement(organization=body, service=service, owner=owner, **{**told, **fields})
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def owner(staff) -> Account:  # type: ignore[no-untyped-def]
    account: Account = staff(Role.EDITOR)
    return account


def headings(client: PageClient, address: str) -> dict[str, str]:
    """The text of each section of a page, by the id of its heading."""
    sections = client.page(address).select("main section[aria-labelledby]")
    return {str(section["aria-labelledby"]): section.get_text(" ") for section in sections}


def test_consultations_stand_under_what_they_are(
    client: PageClient, organization: Organization
) -> None:
    consultation(organization, "ouverte", -1, 12)
    consultation(organization, "a-venir", 3, 30)
    over = consultation(organization, "fermee", -30, -1)
    hidden = consultation(organization, "cachee", -1, 12)
    hidden.published_at = None
    over.results_published_at = utc_now()
    db.session.commit()
    sections = headings(client, "/en/")
    assert "Title ouverte" in sections["open"]
    assert "Closes in 12 days" in sections["open"]
    assert "7 minutes" in sections["open"]
    assert organization.name.en in sections["open"]
    assert "Title a-venir" in sections["coming"]
    assert "Title fermee" in sections["results"]
    assert "Title cachee" not in " ".join(sections.values())


def test_an_empty_home_says_what_to_do(client: PageClient) -> None:
    sections = headings(client, "/en/")
    assert list(sections) == ["open"]
    assert "No consultation is open today" in sections["open"]


@pytest.mark.parametrize(
    "lacking",
    [
        {"title": Localized("Titre", "Title"), "did": Localized("Fait depuis mai", "")},
        {"said": Localized("Dit", " ")},
        {"state": ImprovementState.PLANNED, "settled_at": None},
    ],
)
def test_only_what_is_told_in_full_is_public(
    client: PageClient, service: Service, owner: Account, lacking: dict[str, object]
) -> None:
    made = improvement(service, owner, **lacking)
    assert not made.is_public
    for address in ("/fr/", "/fr/vous-avez-dit-nous-avons-fait"):
        assert "Fait depuis mai" not in client.get(address).get_data(as_text=True)


def test_a_service_shows_its_own_improvements(
    client: PageClient, service: Service, owner: Account
) -> None:
    made = improvement(service, owner)
    assert made.is_public
    other = Service(organization=service.organization, slug="autre", name=Localized("A", "B"))
    db.session.add(other)
    db.session.commit()
    assert "Done since May" in client.get(f"/en/you-said-we-did/{service.slug}").text
    assert "Done since May" not in client.get(f"/en/you-said-we-did/{other.slug}").text
    assert client.get("/en/you-said-we-did/inconnu").status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/privacy", "IP address is never stored"),
        ("/fr/confidentialite", "adresse IP"),
        ("/en/accessibility", "WCAG"),
        ("/fr/accessibilite", "WCAG"),
    ],
)
def test_privacy_and_accessibility_are_explained(
    client: PageClient, address: str, words: str
) -> None:
    assert words in client.get(address).get_data(as_text=True)


def test_home_tells_what_changed_and_the_whole_page_also_what_did_not(
    client: PageClient, service: Service, owner: Account
) -> None:
    improvement(
        service,
        owner,
        state=ImprovementState.DECLINED,
        reason=Localized("Trop cher pour cette année", "Too costly this year"),
    )
    assert "Trop cher" not in client.get("/fr/").get_data(as_text=True)
    every = client.get("/fr/vous-avez-dit-nous-avons-fait").get_data(as_text=True)
    assert "Trop cher pour cette année" in every
