"""A team's work with improvements: what they are from, the board, and what came of them."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, update

from consult.analysis.codeframes.models import (
    Act,
    Codeframe,
    CodeframeAssignment,
    CodeframeTheme,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.improvements.changing import Draft, Origin, make_improvement, move_improvement
from consult.analysis.improvements.comparing import Verdict
from consult.analysis.improvements.measured_words import rating_of, share_of
from consult.analysis.improvements.measuring import measure, measure_after
from consult.analysis.improvements.models import (
    Improvement,
    ImprovementChange,
    ImprovementMeasure,
    ImprovementSource,
    ImprovementState,
)
from consult.analysis.improvements.views import one as one_page
from consult.analysis.improvements.views import settling
from consult.analysis.models import Analysis, CommentKind, Theme, ThemeComment
from consult.db import Localized, db, utc_now
from consult.feedback.models import Alert, AlertKind, FeedbackItem
from consult.involvement.models import Activity, ActivityKind
from consult.jobs.services import submit
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Role, Service
from consult.organizations.services import add_organization
from consult.quebec_time import quebec_day
from tests.pages import PageClient

SignIn = Callable[[Account], None]
Staff = Callable[..., Account]

#: What is in memory stays as it is: another transaction wrote.
UNTOLD = {"synchronize_session": False}

BOTH = Localized("Attente", "Wait")
WORDS = {"title": BOTH, "said": Localized("Dit", "Said"), "did": Localized("Fait", "Done")}


@pytest.fixture
def editor(staff: Staff) -> Account:
    return staff(Role.EDITOR)


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent to the database."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def items(service: Service, count: int, moment: datetime, rating: int = 3) -> list[FeedbackItem]:
    """So many comments of one day."""
    mark = f"{moment.isoformat()}-{rating}"
    made = [
        FeedbackItem(
            service=service, idempotency_key=f"{mark}-{n}"[-64:], rating=rating,
            comment=f"Phrase {n}", lang="fr", channel="web", submitted_at=moment,
        )
        for n in range(count)
    ]  # fmt: skip
    db.session.add_all(made)
    db.session.flush()
    return made


@pytest.fixture
def theme(service: Service, editor: Account) -> Theme:
    """A theme of six comments, two of which are quoted, in an analysis of twenty."""
    said = items(service, 6, utc_now() - timedelta(days=30))
    analysis = Analysis(
        organization=service.organization, service=service, created_by=editor, comments=20,
        analysed=20, themed=6, job=submit("analyze", {}), completed_at=utc_now(),
        period_from=said[0].submitted_at, period_to=said[0].submitted_at,
    )  # fmt: skip
    made = Theme(
        analysis=analysis, number=1, label=BOTH, comments=6, share=0.3, share_low=0.15,
        share_high=0.5, points_at_stake=0.4, points_low=0.2, points_high=0.6, rank=1, bracket=1,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        ThemeComment(
            theme_id=made.id, kind=CommentKind.FEEDBACK, comment_id=one.public_id, lang="fr",
            weight=0.5, is_main=True, representative_rank=n + 1 if n < 2 else None,
        )
        for n, one in enumerate(said)
    )  # fmt: skip
    db.session.commit()
    return made


def idea(actor: Account, service: Service, **fields: Any) -> Improvement:
    draft = Draft(**{**WORDS, "owner": actor, **fields})
    origin = Origin(service.organization, service=service)
    made = make_improvement(actor, origin, draft, utc_now())
    db.session.commit()
    return made


def settled(actor: Account, service: Service, days_ago: int, origin: Origin | None) -> Improvement:
    """One that was done so many days ago."""
    moment = utc_now() - timedelta(days=days_ago)
    draft = Draft(owner=actor, **WORDS)
    made = make_improvement(actor, origin or Origin(service.organization), draft, moment)
    move_improvement(actor, made, ImprovementState.DONE, moment)
    made.service = service
    db.session.flush()
    return made


def test_evidence_stays_as_it_was_and_erased_words_vanish(
    client: PageClient, theme: Theme, editor: Account, sign_in: SignIn
) -> None:
    made = make_improvement(editor, Origin.of_theme(theme), Draft(owner=editor, **WORDS), utc_now())
    db.session.commit()
    (item,) = made.evidence["items"]
    assert (item["rank"], item["comments"], item["analysed"]) == (1, 6, 20)
    assert (len(item["ids"]), len(item["quoted"])) == (6, 2)
    assert "Phrase" not in str(made.evidence), "no word is copied"
    theme.label = Localized("Autre nom", "Other name")
    db.session.delete(db.session.query(FeedbackItem).filter_by(comment="Phrase 0").one())
    db.session.commit()
    sign_in(editor)
    page = client.page(f"/en/improvements/{made.public_id}").get_text(" ")
    assert "Theme: Wait" in " ".join(page.split())
    assert "Phrase 1" in page
    assert "Phrase 0" not in page
    assert "Read the 5 comments kept as evidence" in page
    assert "1 of them was erased since." in page
    comments = client.page(f"/en/improvements/{made.public_id}/evidence/1").get_text()
    assert "This comment was erased since." in comments
    assert client.get(f"/en/improvements/{made.public_id}/evidence/2").status_code == 404


def test_another_theme_is_joined_once(
    client: PageClient, theme: Theme, service: Service, editor: Account, sign_in: SignIn
) -> None:
    made = idea(editor, service)
    sign_in(editor)
    address = f"/en/analyses/{theme.analysis.public_id}/themes/1/join"
    answer = client.submit(address, {"improvement": str(made.public_id)})
    assert answer.status_code == 303
    db.session.refresh(made)
    assert [one["kind"] for one in made.evidence["items"]] == ["theme"]
    again = client.submit(address, {"improvement": str(made.public_id)})
    assert again.status_code == 422
    assert "already part of the evidence" in again.get_data(as_text=True)


def test_an_improvement_from_an_alert_an_activity_and_an_idea(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn
) -> None:
    day = date(2026, 3, 2)
    details = {"word": "panne", "count": 12, "expected": 2.0, "also": []}
    alert = Alert(service=service, kind=AlertKind.BURST, key="panne@2026-03-02", details=details)
    activity = Activity(
        organization=service.organization, service=service, kind=ActivityKind.INTERVIEW,
        title=Localized("Entrevues", "Interviews"), starts_on=day, ends_on=day, people=5,
        learned=Localized("Appris", "Learned"), recorded_by=editor,
    )  # fmt: skip
    db.session.add_all([alert, activity])
    db.session.commit()
    sign_in(editor)
    offered = client.page("/en/improvements/new").select("details a")
    assert [str(one["href"]) for one in offered] == [
        f"/en/improvements/new?activity={activity.public_id}"
    ]
    alerts = client.page(f"/en/staff/services/{service.slug}/alerts")
    link = str(alerts.select_one("a[href*='alert=burst']")["href"])  # type: ignore[index]
    to_make = [
        (link.removeprefix("/en/improvements/new"), {}, "alert"),
        (f"?activity={activity.public_id}", {}, "activity"),
        ("", {"title_en": "Idea", "about": f"service:{service.slug}"}, "idea"),
    ]
    for query, changes, source in to_make:
        address = f"/en/improvements/new{query}"
        page = client.page(address)
        shown = {
            str(t["name"]): str(t.get("value", "")) for t in page.select("main input[type=text]")
        }
        shown |= {str(t["name"]): t.get_text().strip() for t in page.select("main textarea")}
        form = {**shown, "owner": str(editor.public_id), "state": "planned", "effort": "small"}
        answer = client.submit(address, {**form, "due_on": "2027-01-15", **changes})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        made = db.session.query(Improvement).order_by(Improvement.id.desc()).first()
        assert made
        assert made.source == source
        assert made.service == service
        assert made.due_on == date(2027, 1, 15)
        kinds = [one["kind"] for one in made.evidence["items"]]
        assert kinds == ([] if source == "idea" else [source])
        page = client.page(f"/en/improvements/{made.public_id}").get_text(" ")
        assert any(w in page for w in ("“panne”", "5 people took part", "idea of the team"))
    assert client.get("/en/improvements/new?alert=burst&key=x").status_code == 404


def test_the_board_moves_cards_and_asks_for_words_before_all_can_read(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn
) -> None:
    made = idea(editor, service, did=Localized(), due_on=quebec_day(utc_now()) - timedelta(days=3))
    sign_in(editor)
    board = client.page("/en/improvements/board")
    card = board.select_one(f"#improvement-{made.public_id}")
    assert card
    assert "Late by 3 days" in card.get_text()
    address = str(card.select_one("form")["action"])  # type: ignore[index]
    answer = client.submit(address, {"state": "planned"}, form_page="/en/improvements/board")
    assert answer.location == f"/en/improvements/board#improvement-{made.public_id}"
    column = client.page("/en/improvements/board").select_one(
        "section[aria-labelledby=state-planned]"
    )
    assert column
    assert "Wait" in column.get_text()
    answer = client.submit(address, {"state": "done"}, form_page="/en/improvements/board")
    settle = f"/en/improvements/{made.public_id}/state/done"
    assert answer.location == settle
    texts = {f"{name}_{lang}": "Mot" for name in ("title", "said") for lang in ("fr", "en")}
    refused = client.submit(settle, {**texts, "did_fr": "Fait"})
    assert refused.status_code == 422
    accepted = client.submit(settle, {**texts, "did_fr": "Fait", "did_en": "Done"})
    assert accepted.status_code == 303
    db.session.refresh(made)
    assert made.is_public
    client.submit(address, {"state": ""}, form_page="/en/improvements/board")
    assert "Choose the state it moves to." in client.page("/en/improvements/board").get_text()
    db.session.refresh(made)
    assert made.is_public, "nothing done is taken back by a slip"


def test_what_changed_is_kept_in_the_history_and_the_audit_trail(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn
) -> None:
    made = idea(editor, service)
    move_improvement(editor, made, ImprovementState.PLANNED, utc_now())
    db.session.commit()
    assert db.session.query(ImprovementChange).count() == 2
    last = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert last
    assert last.action == "improvement.changed"
    assert last.changes == {"state": ["to_study", "planned"]}
    sign_in(editor)
    history = client.page(f"/en/improvements/{made.public_id}").select_one(".app-history")
    assert history
    told = " ".join(history.get_text(" ").split())
    assert "Camille editor changed an improvement" in told
    assert "Before: under review After: planned" in told


def test_nobody_writes_over_what_they_have_not_seen(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn
) -> None:
    made = idea(editor, service)
    sign_in(editor)
    address = f"/en/improvements/{made.public_id}/state/done"
    form = client.page(address)
    token = str(form.select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    seen = str(form.select_one("[name=seen]")["value"])  # type: ignore[index]
    move_improvement(editor, made, ImprovementState.PLANNED, utc_now())
    db.session.commit()
    texts = {f"{n}_{lang}": "Mot" for n in ("title", "said", "did") for lang in ("fr", "en")}
    answer = client.post(address, data={"csrf_token": token, "seen": seen, **texts})
    assert answer.status_code == 422
    assert "Someone changed this improvement" in answer.get_data(as_text=True)


def test_what_another_writes_at_the_same_moment_is_read_first(
    client: PageClient,
    service: Service,
    editor: Account,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = idea(editor, service)

    def another_writes(**values: Any) -> None:
        db.session.execute(update(Improvement).values(values), execution_options=UNTOLD)

    assert made.title.en == "Wait"
    another_writes(title_en="Newer")
    move_improvement(editor, made, ImprovementState.PLANNED, utc_now())
    assert made.title.en == "Newer"
    db.session.commit()
    sign_in(editor)

    def loaded_then_changed(public_id: uuid.UUID) -> Improvement:
        found = one_page.readable(public_id)
        another_writes(changed_at=utc_now())
        return found

    address = f"/en/improvements/{made.public_id}"
    texts = {f"{n}_{lang}": "Mot" for n in ("title", "said", "did") for lang in ("fr", "en")}
    for module, path in ((settling, f"{address}/state/done"), (one_page, f"{address}/change")):
        form = client.page(path)
        hidden = {str(tag["name"]): str(tag["value"]) for tag in form.select("[type=hidden]")}
        told = {"owner": str(editor.public_id), "state": "planned", **texts, **hidden}
        with monkeypatch.context() as patch:
            patch.setattr(module, "changeable", loaded_then_changed)
            answer = client.post(path, data=told)
        assert "Someone changed this improvement" in answer.get_data(as_text=True), path


def test_filters_stand_in_the_address(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn, staff: Staff
) -> None:
    late = quebec_day(utc_now()) - timedelta(days=1)
    idea(editor, service, title=Localized("A", "Late one"), due_on=late)
    other = idea(editor, service, title=Localized("B", "Planned one"), owner=staff(Role.ANALYST))
    move_improvement(editor, other, ImprovementState.PLANNED, utc_now())
    db.session.commit()
    sign_in(editor)
    found = {
        "late=yes": (True, False),
        "owner=me": (True, False),
        "state=planned": (False, True),
        "state=open": (True, True),
        f"service={service.slug}": (True, True),
        "source=theme": (False, False),
        f"body={service.organization.slug}&source=idea": (True, True),
    }
    for query, expected in found.items():
        page = client.page(f"/en/improvements?{query}").get_text()
        assert ("Late one" in page, "Planned one" in page) == expected, query


def test_another_body_sees_nothing(
    client: PageClient, service: Service, editor: Account, sign_in: SignIn, staff: Staff
) -> None:
    made = idea(editor, service)
    other = add_organization("autre", Localized("Autre", "Other"), Localized())
    sign_in(staff(Role.ADMINISTRATOR, other))
    assert "Wait" not in client.page("/en/improvements").get_text()
    assert "Wait" not in client.page("/en/improvements/board").get_text()
    assert client.get(f"/en/improvements/{made.public_id}").status_code == 403


@pytest.mark.parametrize("page", ["/fr/ameliorations", "/fr/ameliorations/tableau"])
def test_pages_ask_as_much_of_the_database_whatever_they_show(
    client: PageClient,
    service: Service,
    editor: Account,
    sign_in: SignIn,
    asked: list[str],
    page: str,
) -> None:
    idea(editor, service)
    sign_in(editor)
    known = {
        "organization_id": service.organization_id,
        "service_id": service.id,
        "owner_id": editor.id,
    }
    few = _asked_for(client, page, asked)
    db.session.add_all(
        Improvement(title=BOTH, source=ImprovementSource.IDEA, evidence={}, **known)
        for _ in range(60)
    )
    db.session.commit()
    assert _asked_for(client, page, asked) == few <= 15


def _asked_for(client: PageClient, page: str, asked: list[str]) -> int:
    """How many statements a page takes, the session of the test knowing nothing."""
    db.session.remove()
    asked.clear()
    client.get(page)
    return len(asked)


def codeframe_with(service: Service, actor: Account, theme: Theme, moved: int) -> None:
    """A codeframe in which the theme held 20 of 60 comments before, and ``moved`` of 60 after."""
    kept = CodeframeTheme(label=BOTH, position=1)
    version = CodeframeVersion(
        codeframe=Codeframe(organization=service.organization, service=service), number=1,
        act=Act.ADOPT, made_by=actor, made_at=utc_now(), themes=[kept],
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    theme.key = kept.key
    before = items(service, 60, utc_now() - timedelta(days=70), rating=2)
    after = items(service, 60, utc_now() - timedelta(days=10), rating=4)
    for some, of_theme in ((before, 20), (after, moved)):
        db.session.add_all(
            CodeframeAssignment(
                codeframe_id=version.codeframe_id, comment_id=one.public_id, cosine=0.5,
                theme_key=kept.key if n < of_theme else None,
                sureness=Sureness.SURE if n < of_theme else Sureness.NOWHERE,
            )
            for n, one in enumerate(some)
        )  # fmt: skip
    db.session.commit()


def test_what_came_of_it_is_measured_and_public_when_the_team_says_so(
    client: PageClient, theme: Theme, service: Service, editor: Account, sign_in: SignIn
) -> None:
    codeframe_with(service, editor, theme, moved=2)
    made = settled(editor, service, 40, Origin.of_theme(theme))
    db.session.commit()
    sign_in(editor)
    address = f"/en/improvements/{made.public_id}"
    client.submit(f"{address}/measure", {}, form_page=address)
    page = client.page(address)
    told = page.get_text(" ")
    assert "Fewer comments speak of it: 3.3% of the 60 after, 33.3% of the 60 before." in told
    assert "The mean rating of the service rose from 2.00 to 4.00" not in told, "30 days more"
    public = f"/en/you-said-we-did/{service.slug}"
    assert "Fewer comments" not in client.get(public).get_data(as_text=True)
    button = page.select_one("form[action*='/measures/']")
    assert button
    client.submit(str(button["action"]), {"public": "yes"}, form_page=address)
    assert "Fewer comments speak of it" in client.get(public).get_data(as_text=True)
    french = client.get(f"/fr/vous-avez-dit-nous-avons-fait/{service.slug}").get_data(as_text=True)
    assert "Moins de commentaires en parlent" in french
    client.submit(str(button["action"]), {"public": "no"}, form_page=address)
    assert "Fewer comments" not in client.get(public).get_data(as_text=True)


def test_what_cannot_be_told_is_said(theme: Theme, service: Service, editor: Account) -> None:
    now = utc_now()
    soon = settled(editor, service, 5, None)
    assert rating_of(measure(editor, soon, now)).verdict is Verdict.TOO_SOON
    without = settled(editor, service, 40, None)
    found = measure(editor, without, now)
    assert share_of(found).verdict is Verdict.NO_THEME
    assert rating_of(found).verdict is Verdict.TOO_FEW
    codeframe_with(service, editor, theme, moved=19)
    same = measure(editor, settled(editor, service, 40, Origin.of_theme(theme)), now)
    assert share_of(same).verdict is Verdict.UNSURE


def test_a_theme_found_before_the_codeframe_is_found_in_it(
    theme: Theme, service: Service, editor: Account
) -> None:
    origin = Origin.of_theme(theme)
    made = settled(editor, service, 40, origin)
    codeframe_with(service, editor, theme, moved=2)
    frame = db.session.query(CodeframeVersion).one()
    db.session.add_all(
        CodeframeAssignment(
            codeframe_id=frame.codeframe_id, comment_id=row.comment_id, cosine=0.5,
            theme_key=frame.themes[0].key, sureness=Sureness.SURE,
        )
        for row in db.session.query(ThemeComment)
    )  # fmt: skip
    db.session.commit()
    assert made.evidence["items"][0]["key"] is None
    assert share_of(measure(editor, made, utc_now())).verdict is Verdict.LOWER
    made.evidence = {}
    measured = measure(editor, made, utc_now())
    assert share_of(measured).verdict is Verdict.LOWER, "made before evidence was kept"


def test_an_analysis_measures_once_what_is_done_long_enough(
    theme: Theme, service: Service, editor: Account
) -> None:
    settled(editor, service, 40, None)
    settled(editor, service, 5, None)
    assert measure_after(theme.analysis_id, utc_now()) == 1
    assert measure_after(theme.analysis_id, utc_now()) == 0
    db.session.query(ImprovementMeasure).update({"analysis_id": None})
    assert measure_after(theme.analysis_id, utc_now()) == 0, "nothing else can be told"
    assert measure_after(theme.analysis_id, utc_now() + timedelta(days=40)) == 2


def analysis_of(service: Service, actor: Account, days_ago: int, key: uuid.UUID | None) -> None:
    """An analysis of 100 comments of one day, 10 of them of the theme if a key is given."""
    day = utc_now() - timedelta(days=days_ago)
    made = Analysis(
        organization=service.organization, service=service, created_by=actor, comments=100,
        analysed=100, themed=10, job=submit("analyze", {}), completed_at=utc_now(),
        period_from=day, period_to=day,
    )  # fmt: skip
    if key:
        made.themes = [
            Theme(number=1, label=BOTH, comments=10, share=0.1, rank=1, bracket=1, key=key)
        ]
    db.session.add(made)
    db.session.flush()


def test_analyses_are_chosen_by_their_period_not_by_what_they_found(
    theme: Theme, service: Service, editor: Account
) -> None:
    codeframe_with(service, editor, theme, moved=2)
    db.session.query(CodeframeAssignment).delete()
    made = settled(editor, service, 40, Origin.of_theme(theme))
    # The one of an older period is made last.
    analysis_of(service, editor, 60, theme.key)
    analysis_of(service, editor, 200, None)
    analysis_of(service, editor, 20, theme.key)
    assert share_of(measure(editor, made, utc_now())).source == "analyses"
    analysis_of(service, editor, 10, None)
    found = share_of(measure(editor, made, utc_now()))
    assert found.verdict is Verdict.TOO_FEW, "the last analysis does not hold the theme"
