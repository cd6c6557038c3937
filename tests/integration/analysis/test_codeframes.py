"""Themes that people keep and correct, and that place what comes next."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from consult.analysis.codeframes import acts, proposing, starting
from consult.analysis.codeframes.comment_lists import (
    comments_to_confirm,
    ids_in,
    ids_nowhere,
)
from consult.analysis.codeframes.errors import (
    CodeframeExistsError,
    LabelRequiredError,
    NothingChosenError,
    NotUnderError,
)
from consult.analysis.codeframes.models import (
    Act,
    Codeframe,
    CodeframeAssignment,
    CodeframeModel,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.codeframes.reading import Standing, standing
from consult.analysis.codeframes.versions import current_version, living, version_numbered, versions
from consult.analysis.jobs import place_what_came
from consult.analysis.models import Analysis, CommentKind, Theme, ThemeComment
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.services.request import request_analysis
from consult.db import Localized, db, utc_now
from consult.errors import NotAllowedError
from consult.feedback.models import FeedbackItem
from consult.jobs import queue
from consult.jobs.models import Job, JobState
from consult.jobs.services import submit
from consult.organizations import services as organizations
from consult.organizations.models import Account, Role, Service
from tests.integration.analysis.conftest import FIRST_DAY

NEW = Localized("Accueil au comptoir", "Welcome at the counter")

#: Where the three subjects begin and end among the thirteen comments of the factory.
BOUNDS = [(0, 5), (5, 9), (9, 13)]

#: Nothing of it is in the comments analysed.
APART = [
    "Le stationnement du bureau est plein chaque matin",
    "Stationnement plein, impossible de laisser son auto au bureau",
    "Pas de stationnement pour les vélos au bureau",
    "Le stationnement du bureau coûte trop cher",
    "The office parking lot is full every morning",
    "Office parking is expensive and always full",
    "No parking left at the office for bicycles",
]


LABELS = [
    Localized("Temps d’attente au téléphone", "Waiting time on the phone"),
    Localized("Formulaire facile", "Easy form"),
    Localized("Paiement par carte", "Card payment"),
]


@pytest.fixture
def analysis(comments: list[FeedbackItem], analyst: Account, service: Service) -> Analysis:
    """A completed analysis of three themes, written down without a worker."""
    subjects = [[n for n in range(39) if low <= n % 13 < high] for low, high in BOUNDS]
    analysis = Analysis(
        organization=service.organization, service=service, created_by=analyst, comments=41,
        analysed=39, themed=39, completed_at=utc_now(), job=submit("analyze", {}),
        themes=[
            Theme(
                number=n, label=label, comments=len(rows), share=len(rows) / 39, rank=n, bracket=n
            )
            for n, (label, rows) in enumerate(zip(LABELS, subjects, strict=True), 1)
        ],
    )  # fmt: skip
    analysis.job.state = JobState.DONE
    db.session.add(analysis)
    db.session.flush()
    db.session.add_all(
        ThemeComment(
            theme_id=theme.id, kind=CommentKind.FEEDBACK, comment_id=comments[n].public_id,
            lang=comments[n].lang, weight=0.5, is_main=True,
        )
        for theme, rows in zip(analysis.themes, subjects, strict=True)
        for n in rows
    )  # fmt: skip
    db.session.commit()
    return analysis


@pytest.fixture
def codeframe(analysis: Analysis, analyst: Account) -> Codeframe:
    made = starting.adopt(analyst, analysis, utc_now())
    db.session.commit()
    return made


def say(service: Service, texts: Sequence[str], name: str) -> list[uuid.UUID]:
    """Feedback that comes in later."""
    items = [
        FeedbackItem(
            service=service, idempotency_key=f"{name}-{n}", rating=3, comment=text, channel="web",
            lang="en" if " the " in text.lower() or text.startswith("Office") else "fr",
            submitted_at=FIRST_DAY + timedelta(days=60 + n),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    db.session.add_all(items)
    db.session.commit()
    return [item.public_id for item in items]


def work() -> list[str]:
    """The worker's minute: the kinds of the jobs it found to do, and did."""
    place_what_came()
    waiting = db.session.scalars(db.select(Job).where(Job.state == JobState.QUEUED)).all()
    jobs = [(job.id, job.kind) for job in waiting]
    for job_id, _kind in jobs:
        queue.run(job_id)
        db.session.expire_all()
        job = db.session.get_one(Job, job_id)
        assert job.state is JobState.DONE, job.error
    return [kind for _id, kind in jobs]


def keys(codeframe: Codeframe) -> list[uuid.UUID]:
    return [theme.key for theme in living(current_version(codeframe).themes)]


def counts(shown: Standing) -> dict[uuid.UUID, int]:
    return {node.theme.key: node.own for node in shown.nodes}


def snapshot(version: CodeframeVersion) -> list[tuple[object, ...]]:
    return [
        (t.key, t.label, t.parent_key, t.merged_into, t.pinned, t.excluded, t.position)
        for t in version.themes
    ]


def test_an_analysis_becomes_the_first_version(
    codeframe: Codeframe, analysis: Analysis, analyst: Account
) -> None:
    shown = standing(codeframe)
    assert shown.version.number == 1
    assert sorted(counts(shown).values()) == sorted(theme.comments for theme in analysis.themes)
    assert all(len(node.examples) == 3 for node in shown.nodes)
    with pytest.raises(CodeframeExistsError):
        starting.adopt(analyst, analysis, utc_now())


def test_a_viewer_reads_and_corrects_nothing(
    codeframe: Codeframe, staff: Callable[..., Account]
) -> None:
    viewer = staff(Role.VIEWER)
    with pytest.raises(NotAllowedError):
        acts.rename(viewer, codeframe, keys(codeframe)[0], NEW, utc_now())
    with pytest.raises(NotAllowedError):
        proposing.ask(viewer, codeframe, None)


def test_acts_make_versions_and_undo_makes_one_equal_to_the_former(
    codeframe: Codeframe, analyst: Account
) -> None:
    first, second, third = keys(codeframe)
    before, moved = counts(standing(codeframe)), ids_in(current_version(codeframe), first)[:2]
    acts.rename(analyst, codeframe, second, NEW, utc_now())
    acts.move(analyst, codeframe, moved, second, utc_now())
    acts.mark(analyst, codeframe, third, Act.PIN, utc_now())
    acts.place_under(analyst, codeframe, second, third, utc_now())
    at_five = snapshot(current_version(codeframe))
    acts.merge(analyst, codeframe, third, first, utc_now())
    db.session.commit()
    merged = standing(codeframe)
    assert [node.theme.key for node in merged.nodes] == [first]
    assert [node.theme.key for node in merged.nodes[0].under] == [second]
    assert merged.nodes[0].comments == sum(before.values())
    assert merged.nodes[0].under[0].own == before[second] + 2

    undone = acts.undo(analyst, codeframe, 5, utc_now())
    assert (undone.number, undone.equals, snapshot(undone)) == (7, 5, at_five)
    acts.undo(analyst, codeframe, 1, utc_now())
    assert counts(standing(codeframe)) == before
    acts.undo(analyst, codeframe, 5, utc_now())
    assert moved[0] in ids_in(current_version(codeframe), second)
    first_version = version_numbered(codeframe, 1)
    assert first_version
    assert first_version.themes[1].label != NEW
    assert [v.number for v in versions(codeframe)] == list(range(9, 0, -1))


def test_what_can_not_be_is_refused(codeframe: Codeframe, analyst: Account) -> None:
    first, second, third = keys(codeframe)
    now = utc_now()
    with pytest.raises(LabelRequiredError):
        acts.rename(analyst, codeframe, first, Localized("Un nom", " "), now)
    with pytest.raises(NothingChosenError):
        acts.move(analyst, codeframe, [uuid.uuid4()], first, now)
    acts.place_under(analyst, codeframe, second, first, now)
    for key, parent in ((first, third), (third, second), (third, third)):
        with pytest.raises(NotUnderError):
            acts.place_under(analyst, codeframe, key, parent, now)


def test_comments_are_placed_as_they_come_and_people_have_the_last_word(
    codeframe: Codeframe, analyst: Account, service: Service
) -> None:
    first, *_others = keys(codeframe)
    moved = ids_in(current_version(codeframe), keys(codeframe)[1])[:1]
    acts.move(analyst, codeframe, moved, first, utc_now())
    db.session.commit()
    assert work() == ["place comments"]
    assert work() == []
    wait = "Le temps d'attente au téléphone est encore beaucoup trop long"
    [like_wait, silent] = say(service, [wait, "RAS"], "later")
    apart = say(service, APART, "apart")
    model = db.session.get_one(CodeframeModel, codeframe.id)
    learned = bytes(model.arrays)
    assert work() == ["place comments"]

    rows = {
        row.comment_id: row
        for row in db.session.scalars(
            db.select(CodeframeAssignment).where(CodeframeAssignment.codeframe_id == codeframe.id)
        )
    }
    assert rows[like_wait].theme_key == first
    assert rows[silent].sureness is Sureness.SILENT
    assert {rows[one].sureness for one in apart} == {Sureness.NOWHERE}
    assert bytes(db.session.get_one(CodeframeModel, codeframe.id).arrays) == learned  # no refit
    assert moved[0] in ids_in(current_version(codeframe), first)
    assert set(apart) <= set(ids_nowhere(current_version(codeframe)))

    made = acts.add_theme(analyst, codeframe, NEW, apart[:5], utc_now())
    db.session.commit()
    assert work() == ["place comments"]  # learns the theme, and finds the other two for it
    key = next(theme.key for theme in made.themes if theme.label == NEW)
    found = set(ids_in(current_version(codeframe), key))
    assert set(apart[:5]) <= found
    assert found & set(apart[5:])


def test_the_unsure_wait_and_are_confirmed(codeframe: Codeframe, analyst: Account) -> None:
    first = keys(codeframe)[0]
    doubted = ids_in(current_version(codeframe), first)[:2]
    db.session.execute(
        db.update(CodeframeAssignment)
        .where(CodeframeAssignment.comment_id.in_(doubted))
        .values(sureness=Sureness.UNSURE)
    )
    assert standing(codeframe).unsure == 2
    assert {row.comment_id for row in comments_to_confirm(codeframe, 1).items} == set(doubted)
    acts.confirm(analyst, codeframe, doubted[:1], utc_now())
    assert standing(codeframe).unsure == 1


def test_a_theme_is_split_in_groups_that_a_person_accepts(
    codeframe: Codeframe, analyst: Account
) -> None:
    first, second, _third = keys(codeframe)
    acts.merge(analyst, codeframe, second, first, utc_now())
    there = len(ids_in(current_version(codeframe), first))
    proposal = proposing.ask(analyst, codeframe, first)
    assert proposing.ask(analyst, codeframe, first) is proposal
    db.session.commit()
    assert "propose themes" in work()
    assert proposal.groups
    assert len(proposal.groups) >= 2
    labels = {n: Localized(g["fr"], g["en"]) for n, g in enumerate(proposal.groups)}
    made = proposing.accept(analyst, proposal, labels, utc_now(), under=True)
    added = [theme for theme in made.themes if theme.parent_key == first]
    assert [theme.label for theme in added] == list(labels.values())
    node = next(node for node in standing(codeframe).nodes if node.theme.key == first)
    assert node.comments == there
    assert node.own == there - sum(len(group["comments"]) for group in proposal.groups)


def test_a_copy_places_the_comments_of_another_service(
    codeframe: Codeframe, analyst: Account, service: Service
) -> None:
    work()
    other = organizations.add_service(service.organization, "autre", Localized("Autre", "Other"))
    [comment] = say(other, ["The wait time on the phone is far too long, again"], "other")
    made = starting.copy(analyst, codeframe, other, utc_now())
    db.session.commit()
    assert work() == ["place comments"]
    assert keys(made) == keys(codeframe)
    assert comment in {one for key in keys(made) for one in ids_in(current_version(made), key)}
    acts.rename(analyst, made, keys(made)[0], NEW, utc_now())
    assert current_version(codeframe).number == 1


def test_the_next_analysis_begins_from_the_themes_kept(
    codeframe: Codeframe, analyst: Account, service: Service
) -> None:
    first, second, third = keys(codeframe)
    moved = ids_in(current_version(codeframe), third)[:2]
    acts.rename(analyst, codeframe, first, NEW, utc_now())
    acts.move(analyst, codeframe, moved, first, utc_now())
    acts.mark(analyst, codeframe, second, Act.EXCLUDE, utc_now())
    db.session.commit()
    say(service, APART, "apart")
    subject = subject_of_service(service.slug)
    assert subject
    asked = request_analysis(analyst, subject, themes=None, seed=0, now=utc_now())
    db.session.commit()
    queue.run(asked.job_id)
    db.session.refresh(asked)
    assert asked.completed_at, asked.job.error
    assert asked.parameters["codeframe_version"] == 4
    found = {theme.key: theme for theme in asked.themes}
    assert found.keys() == {first, third}
    assert found[first].label == NEW
    assert found[first].comments == 15 + 2
    assert found[third].comments == 12 - 2
    assert asked.without_theme == 12 + len(APART)
