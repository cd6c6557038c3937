"""Writing a questionnaire: each verb, two editors at once, names that others use, stale words."""

from collections.abc import Callable
from typing import Any

import pytest

from consult.db import db, utc_now
from consult.errors import NotAllowedError
from consult.organizations.models import Account, Role
from consult.questionnaires import DefinitionError
from consult.surveys.builder.errors import (
    DraftChangedError,
    LastPageError,
    NotInDraftError,
    StillUsedError,
)
from consult.surveys.builder.queries import draft_of, version_uses
from consult.surveys.errors import NotReadyError
from consult.surveys.models import Consultation
from consult.surveys.services import build
from consult.surveys.services.draft import (
    Editing,
    ReadAgain,
    make_version,
    open_draft,
    start_from,
)
from consult.surveys.services.prepare import create_consultation
from tests.integration.surveys.conftest import details

Draft = Callable[..., Editing]
SAME = ReadAgain()


@pytest.fixture
def change(editor: Account, consultation: Consultation) -> Draft:
    """``change()`` is a change made on the draft as it is now."""

    def make(**other: Any) -> Editing:
        revision = open_draft(editor, consultation).revision
        fields = {"actor": editor, "consultation": consultation, "revision": revision}
        return Editing(**{**fields, "now": utc_now(), **other})

    return make


def written(consultation: Consultation) -> dict[str, Any]:
    draft = draft_of(consultation)
    assert draft is not None
    return draft.definition


def names(consultation: Consultation) -> list[list[str]]:
    """The names of the questions, page by page."""
    pages = written(consultation)["sections"]
    return [[question["name"] for question in page["questions"]] for page in pages]


def question(consultation: Consultation, name: str) -> dict[str, Any]:
    """A copy of a question of the draft."""
    pages = written(consultation)["sections"]
    return next(dict(q) for page in pages for q in page["questions"] if q["name"] == name)


def note(name: str, fr: str = "Mot", en: str = "Word", **more: Any) -> dict[str, Any]:
    return {"type": "note", "name": name, "label": {"fr": fr, "en": en}, **more}


HABITS, OPINION = ["often", "with_whom", "favourite"], ["satisfaction", "change", "region"]


def test_a_draft_begins_as_the_version_in_place(
    editor: Account, consultation: Consultation
) -> None:
    draft = open_draft(editor, consultation)
    assert draft.definition == consultation.versions[0].definition
    assert draft.revision == 0
    assert draft_of(consultation) is None, "opening it writes nothing"


def test_a_consultation_without_questionnaire_begins_with_one_page(
    editor: Account, organization: Any
) -> None:
    made = create_consultation(editor, organization, "parcs", details(satisfaction_question=None))
    draft = open_draft(editor, made)
    assert [page["name"] for page in draft.definition["sections"]] == ["page_1"]
    with pytest.raises(DefinitionError):
        make_version(Editing(editor, made, 0, utc_now()))


def test_questions_move_within_and_between_pages(change: Draft, consultation: Consultation) -> None:
    build.move_question(change(), "favourite", -1)
    assert names(consultation) == [["often", "favourite", "with_whom"], OPINION]
    build.move_question(change(), "satisfaction", -1)
    assert names(consultation)[0] == ["often", "favourite", "with_whom", "satisfaction"]
    build.move_question(change(), "satisfaction", 1)
    assert names(consultation)[1] == OPINION
    build.move_question(change(), "often", -1)
    assert names(consultation)[0][0] == "often", "the first stays first"


def test_pages_are_added_moved_copied_and_deleted(
    change: Draft, consultation: Consultation
) -> None:
    assert build.add_page(change()) == "page_1"
    build.move_page(change(), "page_1", -1)
    assert names(consultation) == [HABITS, [], OPINION]
    build.delete_page(change(), "page_1")
    copy = build.duplicate_page(change(), "habits")
    assert names(consultation)[1] == ["often_2", "with_whom_2", "favourite_2"]
    build.delete_page(change(), copy)
    build.delete_page(change(), "habits")
    with pytest.raises(LastPageError):
        build.delete_page(change(), "opinion")


def test_a_copy_speaks_of_copies(change: Draft, consultation: Consultation) -> None:
    rule = "${often} = 'daily' and ${satisfaction} > 2"
    with_rule = question_with(change, consultation, "favourite", relevant=rule)
    assert with_rule == rule
    build.duplicate_page(change(), "habits")
    copied = question(consultation, "favourite_2")["relevant"]
    assert copied == "${often_2} = 'daily' and ${satisfaction} > 2"
    assert build.duplicate_question(change(), "favourite") == "favourite_3"


def question_with(change: Draft, consultation: Consultation, name: str, **settings: Any) -> Any:
    """Saves a question with some settings changed; returns the last of them."""
    if draft_of(consultation) is None:
        build.move_question(change(), "often", -1)
    page = next(
        page["name"]
        for page in written(consultation)["sections"]
        if name in [q["name"] for q in page["questions"]]
    )
    build.save_question(change(), name, page, {**question(consultation, name), **settings}, SAME)
    return question(consultation, name)[list(settings)[-1]]


def test_a_question_is_added_with_a_name_of_its_own(
    change: Draft, consultation: Consultation
) -> None:
    assert build.add_question(change(), "habits", note("often")) == "often_2"
    assert names(consultation)[0] == [*HABITS, "often_2"]
    lacking = note("empty", fr="", en="")
    build.add_question(change(), "habits", lacking)
    assert names(consultation)[0][-1] == "empty", "words may be missing"


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"type": "one_choice", "choices": []}, "choices"),
        ({"type": "integer", "minimum": "many"}, "minimum"),
        ({"type": "several_choices", "choices": [{"name": "A b", "label": {}}]}, "choices[0].name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_question_at_fault_is_refused(
    change: Draft, consultation: Consultation, settings: dict[str, Any], path: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        build.add_question(change(), "habits", note("new") | settings)
    assert [problem.path for problem in refused.value.problems] == [path]
    assert draft_of(consultation) is None


def test_a_rename_follows_the_name_everywhere(change: Draft, consultation: Consultation) -> None:
    question_with(change, consultation, "favourite", relevant="${often} != 'never'")
    label = {"fr": "Vous marchez ${often}", "en": "You walk ${often}"}
    build.add_question(change(), "opinion", note("echo") | {"label": label})
    renamed = question(consultation, "often") | {"name": "how_often"}
    build.save_question(change(), "often", "habits", renamed, SAME)
    assert question(consultation, "favourite")["relevant"] == "${how_often} != 'never'"
    assert question(consultation, "echo")["label"]["fr"] == "Vous marchez ${how_often}"
    taken = question(consultation, "how_often") | {"name": "region"}
    with pytest.raises(DefinitionError):
        build.save_question(change(), "how_often", "habits", taken, SAME)


def test_what_others_speak_of_is_not_deleted(change: Draft, consultation: Consultation) -> None:
    question_with(change, consultation, "change", relevant="${often} = 'daily'")
    with pytest.raises(StillUsedError) as refused:
        build.delete_question(change(), "often")
    assert [use.question["name"] for use in refused.value.uses if use.question] == ["change"]
    with pytest.raises(StillUsedError):
        build.delete_page(change(), "habits")
    fewer = question(consultation, "often")
    fewer["choices"] = [choice for choice in fewer["choices"] if choice["name"] != "daily"]
    with pytest.raises(StillUsedError):
        build.save_question(change(), "often", "habits", fewer, SAME)
    build.delete_question(change(), "change")
    build.delete_question(change(), "often")
    assert names(consultation) == [HABITS[1:], ["satisfaction", "region"]]


def test_of_two_editors_the_second_is_told(
    change: Draft, consultation: Consultation, staff: Callable[..., Account]
) -> None:
    other = staff(Role.ADMINISTRATOR)
    seen = change()
    build.delete_question(change(actor=other), "region")
    with pytest.raises(DraftChangedError) as refused:
        build.move_question(seen, "often", 1)
    assert refused.value.draft.changed_by_id == other.id
    with pytest.raises(DraftChangedError):
        make_version(seen)
    assert names(consultation)[0] == HABITS


def test_only_editors_write(
    change: Draft, consultation: Consultation, staff: Callable[..., Account]
) -> None:
    for role in (Role.VIEWER, Role.ANALYST):
        reader = staff(role)
        for verb in (build.add_page, make_version):
            with pytest.raises(NotAllowedError):
                verb(change(actor=reader))


def test_names_that_are_not_there(change: Draft) -> None:
    for verb in (build.delete_question, build.duplicate_question, build.delete_page):
        with pytest.raises(NotInDraftError):
            verb(change(), "nothing")


def test_a_side_that_is_older_is_marked_until_it_is_read_again(
    change: Draft, consultation: Consultation
) -> None:
    def label(read: ReadAgain, fr: str, en: str) -> str:
        build.move_question(change(), "often", -1)
        new = question(consultation, "region") | {"label": {"fr": fr, "en": en}}
        build.save_question(change(), "region", "opinion", new, read)
        return str(question(consultation, "region")["label"]["stale"])

    assert label(SAME, "Où vivez-vous ?", "Your region") == "en"
    assert label(SAME, "Où habitez-vous ?", "Your region") == "en", "still"
    assert label(ReadAgain(["label"]), "Où habitez-vous ?", "Your region") == ""
    assert label(ReadAgain(changed=True), "Où habitez-vous?", "Your region") == ""
    assert label(SAME, "Où habitez-vous?", "Where do you live?") == "fr"
    assert label(SAME, "Où vivez-vous ?", "Where do you live?") == "", "the older side was edited"
    assert label(SAME, "Où vivez-vous ?", "") == "", "missing, not stale"
    assert label(SAME, "Où vivez-vous ?", "Where?") == "", "just filled in"


def test_a_version_from_the_draft_keeps_its_marks(
    change: Draft, consultation: Consultation, editor: Account
) -> None:
    build.save_title(change(), {"fr": "Nos sentiers", "en": "The trails"}, SAME)
    db.session.commit()
    with pytest.raises(NotReadyError) as refused:
        make_version(change())
    assert [(gap.lang, gap.stale) for gap in refused.value.gaps] == [("en", True)]
    db.session.rollback()
    title = {"fr": "Nos sentiers", "en": "The trails"}
    build.save_title(change(), title, ReadAgain(["title"]))
    build.add_page(change())
    made = make_version(change())
    assert (made.number, len(made.questionnaire.sections)) == (2, 2), "a blank page is left out"
    assert [use.version.number for use in version_uses(consultation)] == [2, 1]
    start_from(change(), consultation.versions[0])
    assert written(consultation)["title"]["fr"] == "Les sentiers"
