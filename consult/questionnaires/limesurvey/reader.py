"""From a LimeSurvey survey (.lss) to a questionnaire."""

from consult.questionnaires.importing import (
    Draft,
    Import,
    ImportRefusedError,
    Names,
    Page,
    Place,
    question_name,
    settle,
    text,
)
from consult.questionnaires.limesurvey import arrays, questions
from consult.questionnaires.limesurvey.attributes import lose_attributes
from consult.questionnaires.limesurvey.questions import Ask
from consult.questionnaires.limesurvey.reading import Reading
from consult.questionnaires.limesurvey.survey import LimeQuestion, Survey

#: How each type is asked. Source: LimeSurvey manual, "Question object".
ASK: dict[str, Ask] = {
    "S": questions.ask_text,
    "T": questions.ask_text,
    "U": questions.ask_text,
    "N": questions.ask_number,
    "Y": questions.ask_yes_no,
    "G": questions.ask_gender,
    "5": questions.ask_five,
    "D": questions.ask_date,
    "X": questions.ask_note,
    "|": questions.ask_file,
    "*": questions.ask_equation,
    "L": questions.ask_one_choice,
    "!": questions.ask_one_choice,
    "O": questions.ask_one_choice,
    "M": questions.ask_several,
    "P": questions.ask_several,
    "R": questions.ask_ranking,
    "A": arrays.ask_matrix,
    "B": arrays.ask_matrix,
    "C": arrays.ask_matrix,
    "E": arrays.ask_matrix,
    "F": arrays.ask_matrix,
    "H": arrays.ask_matrix,
    "1": arrays.ask_two_matrices,
    "K": arrays.ask_per_line,
    "Q": arrays.ask_per_line,
    ";": arrays.ask_per_cell,
    ":": arrays.ask_per_cell,
}
#: Texts of the survey that a consultation says in its own way, around the questionnaire.
AROUND = (
    "surveyls_description", "surveyls_welcometext", "surveyls_endtext", "surveyls_policy_notice",
)  # fmt: skip


def import_lss(data: bytes) -> Import:
    """The questionnaire of a .lss file, with all that it could not carry.

    Its French and its English are taken. A place is a table of the file, the line where its row
    begins, and the question's code. Raises ``ImportRefusedError``.
    """
    try:
        survey = Survey(data)
    except (KeyError, RecursionError) as error:
        raise ImportRefusedError.because("unreadable") from error
    ids = [row.get("sid", "") for _place, row in survey.rows("surveys")]
    reading = Reading(Draft(_title(survey)), ids[0] if ids else "")
    _read_pages(reading, survey)
    reading.translate_all()
    _list_losses(reading.draft, survey)
    return settle(reading.draft)


def _title(survey: Survey) -> dict[str, str]:
    titles = survey.texts(
        "surveys_languagesettings",
        "surveyls_survey_id",
        "surveyls_title",
        language="surveyls_language",
    )
    return next(iter(titles.values()), text())


def _read_pages(reading: Reading, survey: Survey) -> None:
    """A page per group, in their order."""
    titles = survey.texts("groups", "gid", "group_name")
    intros = survey.texts("groups", "gid", "description")
    names = Names()
    groups = {row.get("gid", ""): (place, row) for place, row in survey.rows("groups")}
    in_order = sorted(groups, key=lambda gid: _order(groups[gid][1].get("group_order", "")))
    for gid in in_order:
        place, row = groups[gid]
        title = titles.get(gid) or text()
        name = names.give(question_name(title["en"] or title["fr"] or f"page {gid}")[:40])
        page = Page(place, name.strip("_"), title, intros.get(gid))
        reading.when(page, row.get("grelevance", ""), place)
        reading.draft.pages.append(page)
        for question in sorted(survey.questions, key=lambda asked: asked.order):
            if question.gid == gid:
                _read_question(reading, page, question)


def _order(written: str) -> int:
    return int(written) if written.isdecimal() else 0


def _read_question(reading: Reading, page: Page, question: LimeQuestion) -> None:
    is_hidden = question.attribute("hidden") == "1" and question.type != "*"
    if is_hidden or question.type not in ASK:
        questions.lose_question(reading, page, question)
        return
    ASK[question.type](reading, page, question)
    lose_attributes(reading.draft, question)


def _list_losses(draft: Draft, survey: Survey) -> None:
    """What the survey has besides its questions."""
    for language, count in survey.other_languages.items():
        params = {"language": language, "count": str(count)}
        draft.lose(Place("languages", 0, language), "language", **params)
    for place in dict.fromkeys(survey.markup):
        draft.lose(place, "markup")
    for place, row in survey.rows("defaultvalues"):
        code = next((q.code for q in survey.questions if q.id == row.get("qid")), "")
        draft.lose(place._replace(column=code), "value", name="default", value="default")
    _lose_texts_around(draft, survey)
    _lose_orphans(draft, survey)


def _lose_texts_around(draft: Draft, survey: Survey) -> None:
    for place, row in survey.rows("surveys_languagesettings"):
        for column in AROUND:
            if row.get(column) and row.get("surveyls_language") not in survey.other_languages:
                value, _whole = survey.words(row[column], place), True
                draft.lose(place._replace(column=column), "setting", value=value[:200])


def _lose_orphans(draft: Draft, survey: Survey) -> None:
    """Conditions of files so old that they do not also say them as expressions."""
    told = {question.id for question in survey.questions if question.relevance not in ("", "1")}
    for place, row in survey.rows("conditions"):
        if row.get("qid") not in told:
            rule = f"{row.get('cfieldname', '')} {row.get('method', '')} {row.get('value', '')}"
            draft.lose(place, "rule", name=row.get("qid", ""), rule=rule)
    pages = {row.get("gid") for _place, row in survey.rows("groups")}
    for question in survey.questions:
        if question.gid not in pages:
            draft.lose(question.place, "question_type", type=question.type, name=question.code)
