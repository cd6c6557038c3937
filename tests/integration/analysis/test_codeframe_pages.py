"""Correcting themes in the browser, each act by one plain form."""

from collections.abc import Callable

import pytest

from consult.analysis.codeframes.comment_lists import ids_in
from consult.analysis.codeframes.given import _kept
from consult.analysis.codeframes.models import CodeframeAssignment, Sureness
from consult.analysis.codeframes.versions import (
    codeframe_of,
    current_version,
    living,
    open_proposals,
)
from consult.analysis.models import Analysis, ThemeComment
from consult.db import Localized, db
from consult.organizations import services as organizations
from consult.organizations.models import Account, Role, Service
from tests.integration.analysis.test_codeframes import analysis as analysis
from tests.integration.analysis.test_codeframes import keys
from tests.pages import PageClient


def text_of(client: PageClient, address: str) -> str:
    return " ".join(client.page(address).main.get_text(" ").split())  # type: ignore[union-attr]


def keep(client: PageClient, analysis: Analysis) -> str:
    """Keeps the themes of an analysis from its report; the address of the codeframe."""
    report = f"/fr/analyses/{analysis.public_id}"
    return str(client.submit(f"{report}/grille", {}, form_page=report).location)


def test_themes_are_kept_corrected_and_corrected_back(
    client: PageClient,
    sign_in: Callable[[Account], None],
    analyst: Account,
    analysis: Analysis,
    service: Service,
) -> None:
    sign_in(analyst)
    assert "Garder ces thèmes" in text_of(client, f"/fr/analyses/{analysis.public_id}")
    page = keep(client, analysis)
    shown = text_of(client, page)
    assert "Temps d’attente au téléphone 15 commentaires" in shown
    assert "Thèmes gardés" in text_of(client, "/fr/analyses")
    assert "Themes kept" in text_of(client, f"/en/analyses/{analysis.public_id}")

    codeframe = codeframe_of((service.id, None, None))
    assert codeframe
    first, second, _third = keys(codeframe)
    theme = f"{page}/themes/{first}"
    assert len(client.page(theme).select("input[name=comment]")) == 15
    client.submit(theme, {"act": "rename", "label_fr": "Attente", "label_en": "Waiting"})
    client.submit(theme, {"act": "pin"})
    assert "Attente 15 commentaires Épinglé" in text_of(client, page)
    refused = client.submit(theme, {"act": "rename", "label_fr": "", "label_en": "x"})
    assert "Inscrivez le nom" in text_of(client, refused.location)

    moved = [str(one) for one in ids_in(current_version(codeframe), first)[:2]]
    there = {"act": "move", "comment": moved, "to": str(second), "from": str(first)}
    assert client.submit(f"{page}/commentaires", there, form_page=theme).location == theme
    assert "13 commentaires" in text_of(client, page)
    nothing = client.submit(
        f"{page}/commentaires", {"act": "move", "to": str(second)}, form_page=theme
    )
    assert "Choisissez au moins un commentaire" in text_of(client, nothing.location)
    new = {"act": "add", "comment": moved, "label_fr": "Ligne", "label_en": "Line"}
    client.submit(f"{page}/commentaires", new, form_page=theme)
    client.submit(theme, {"act": "merge", "to": str(second)})
    client.submit(theme.replace(str(first), str(second)), {"act": "exclude"})
    history = text_of(client, f"{page}/historique")
    assert "« Attente » a été fusionné avec « Formulaire facile »" in history.replace("\xa0", " ")
    assert analyst.name in history
    client.submit(f"{page}/historique", {"number": "1"})
    assert "Temps d’attente au téléphone 15 commentaires" in text_of(client, page)
    for address in ("history", "to-confirm", "nowhere"):
        client.page(f"{page.replace('/fr/analyses/grilles', '/en/analyses/codeframes')}/{address}")


def test_what_waits_is_confirmed_and_proposals_are_settled(
    client: PageClient,
    sign_in: Callable[[Account], None],
    analyst: Account,
    analysis: Analysis,
    service: Service,
) -> None:
    sign_in(analyst)
    page = keep(client, analysis)
    codeframe = codeframe_of((service.id, None, None))
    assert codeframe
    first = keys(codeframe)[0]
    there = ids_in(current_version(codeframe), first)
    rows = db.select(CodeframeAssignment).where(CodeframeAssignment.comment_id.in_(there[:4]))
    for row, nowhere in zip(db.session.scalars(rows), (True, True, False, False), strict=True):
        row.sureness = Sureness.NOWHERE if nowhere else Sureness.UNSURE
        row.theme_key = None if nowhere else row.theme_key
    db.session.commit()
    assert "2 commentaires sont à confirmer" in text_of(client, page)
    assert len(client.page(f"{page}/nulle-part").select("input[name=comment]")) == 2
    waiting = client.page(f"{page}/a-confirmer").select("input[name=comment]")
    chosen = [str(tick["value"]) for tick in waiting]
    there_too = {"act": "confirm", "comment": chosen, "from": "unsure"}
    client.submit(f"{page}/commentaires", there_too, form_page=f"{page}/a-confirmer")
    assert "Rien à confirmer" in text_of(client, f"{page}/a-confirmer")

    address = client.submit(f"{page}/themes/{first}", {"act": "split"}).location
    assert "en cours de regroupement" in text_of(client, address)
    proposal = open_proposals(codeframe)[0]
    proposal.groups = [
        {"fr": "Longue attente", "en": "Long wait", "comments": [str(one) for one in there[4:9]]},
        {"fr": "Ligne coupée", "en": "Line cut", "comments": [str(one) for one in there[9:]]},
    ]
    db.session.commit()
    assert "5 commentaires" in text_of(client, address)
    names = {"label_fr_1": "Ligne coupée", "label_en_1": "Line cut"}
    client.submit(address, {"act": "accept", "group_1": "1", "place": "under", **names})
    shown = text_of(client, page)
    assert "Ligne coupée : 6 commentaires" in shown.replace("\xa0", " ")
    assert "a été réglée" in text_of(client, address)


def test_a_viewer_reads_and_a_copy_asks_for_rights(
    client: PageClient,
    sign_in: Callable[[Account], None],
    staff: Callable[..., Account],
    analyst: Account,
    analysis: Analysis,
    service: Service,
) -> None:
    sign_in(analyst)
    page = keep(client, analysis)
    elsewhere = organizations.add_organization("autre", Localized("Autre", "Other"), Localized())
    organizations.add_service(elsewhere, "ailleurs", Localized("Ailleurs", "Elsewhere"))
    organizations.add_service(service.organization, "voisin", Localized("Voisin", "Neighbour"))
    db.session.commit()
    assert "Voisin" in text_of(client, page)
    assert "Ailleurs" not in text_of(client, page)
    assert client.submit(page, {"service": "ailleurs"}).status_code == 403
    soon = client.submit(page, {"service": "voisin"})
    assert "en cours d’apprentissage" in text_of(client, soon.location)
    sign_in(staff(Role.VIEWER))
    codeframe = codeframe_of((service.id, None, None))
    assert codeframe
    theme = f"{page}/themes/{living(current_version(codeframe).themes)[0].key}"
    for address in (page, theme, f"{page}/historique"):
        assert not client.page(address).select("main form")


@pytest.mark.parametrize("act", ["", "burn"])
def test_a_strange_act_is_refused(
    client: PageClient,
    sign_in: Callable[[Account], None],
    analyst: Account,
    analysis: Analysis,
    act: str,
) -> None:
    sign_in(analyst)
    page = keep(client, analysis)
    answer = client.submit(f"{page}/commentaires", {"act": act}, form_page=page)
    assert answer.status_code == 422


def test_a_piece_of_a_comment_goes_to_another_theme(
    client: PageClient,
    sign_in: Callable[[Account], None],
    analyst: Account,
    analysis: Analysis,
    service: Service,
) -> None:
    sign_in(analyst)
    page = keep(client, analysis)
    codeframe = codeframe_of((service.id, None, None))
    assert codeframe
    first, second, _third = keys(codeframe)
    comment = ids_in(current_version(codeframe), first)[0]
    address = f"{page}/commentaires/{comment}/passages"
    assert "il dit une seule chose" in text_of(client, address)
    said = db.session.scalars(db.select(ThemeComment).filter_by(comment_id=comment)).one()
    said.segments = [[0, 9, -0.5], [10, 20, 0.5]]
    db.session.commit()
    assert "voir ses passages" in text_of(client, f"{page}/themes/{first}")
    assert len(client.page(address).select("input[name=piece]")) == 2
    nothing = client.submit(address, {"to": str(second)})
    assert "Choisissez au moins un commentaire" in text_of(client, nothing.location)
    unknown = client.submit(address, {"piece": "3-900", "to": str(second)})
    assert "Choisissez au moins un commentaire" in text_of(client, unknown.location)
    client.submit(address, {"piece": "10-20", "to": str(second)})
    assert "Un passage d’un commentaire a été mis dans" in text_of(client, f"{page}/historique")
    kept = _kept(codeframe)
    assert kept
    assert kept.pieces == {comment: [(10, 20, 1)]}
    assert kept.also == {}
    client.submit(f"{page}/historique", {"number": "1"})
    again = _kept(codeframe)
    assert again
    assert again.pieces == {}
    english = page.replace("/fr/analyses/grilles", "/en/analyses/codeframes")
    client.page(f"{english}/comments/{comment}/pieces")
