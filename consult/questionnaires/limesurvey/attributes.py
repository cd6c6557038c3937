"""Which of LimeSurvey's many attributes of a question change what is asked."""

import re

from consult.questionnaires.importing import Draft
from consult.questionnaires.limesurvey.survey import LimeQuestion

#: Carried, each where its question is read.
CARRIED = {
    "maximum_chars", "numbers_only", "num_value_int_only", "min_num_value_n", "max_num_value_n",
    "slider_min", "slider_max", "slider_layout", "slider_separator", "min_answers", "max_answers",
    "exclude_all_others", "multiflexible_checkbox", "multiflexible_min", "multiflexible_max",
    "multiflexible_step", "date_format", "equation", "other_replace_text", "dualscale_headerA",
    "dualscale_headerB",
}  # fmt: skip
#: The look of a page and of the program's own statistics, which are ours to choose.
LOOKS = {
    "cssclass", "clear_default", "commented_checkbox", "commented_checkbox_auto", "display_columns",
    "display_rows", "display_type", "dropdown_dates", "dropdown_dates_minute_step",
    "dropdown_dates_month_style", "dropdown_prefix", "dropdown_size", "hide_tip", "input_boxes",
    "input_size", "label_input_columns", "answer_width", "page_break", "public_statistics",
    "repeat_headings", "reverse", "samechoiceheight", "samelistheight", "save_as_default",
    "scale_export", "show_grand_total", "show_totals", "showpopups", "slider_custom_handle",
    "slider_default_set", "slider_handle", "slider_middlestart", "slider_orientation",
    "slider_rating", "slider_reset", "slider_reversed", "slider_showminmax",
    "statistics_graphtype", "statistics_showgraph", "statistics_showmap", "text_input_columns",
    "text_input_width", "text_input_width_sq", "use_dropdown", "assessment_value",
    "printable_help", "max_subquestions", "value_range_allows_missing", "array_filter_style",
    "other_position", "other_comment_mandatory", "slider_accuracy", "parent_order", "answer_order",
}  # fmt: skip
#: Say nothing unless another attribute does.
SILENT = ("location_", "time_limit_action", "time_limit_disable")
#: Values that mean that nothing is asked.
NOTHING = {"", "0", "N", "normal"}
#: Attributes of which only some values are only a look.
ORDERS = {"random_order", "answer_order"}


def lose_attributes(draft: Draft, question: LimeQuestion) -> None:
    """Lists the attributes that change what is asked and that we do not carry."""
    for name, value in question.attributes.items():
        if value not in NOTHING and _is_lost(question, name, value):
            draft.lose(question.place, "value", name=name, value=f"{name}={value}"[:200])
    if question.mandatory == "S":
        draft.lose(question.place, "value", name="mandatory", value="mandatory=S")


def _is_lost(question: LimeQuestion, name: str, value: str) -> bool:
    if name in ("date_min", "date_max"):
        return not re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    if name == "maximum_chars":
        return question.type in "NK:" or question.attribute("numbers_only") == "1"
    if name == "min_answers" and question.type == "R":
        return value != question.attribute("max_answers")
    return name in ORDERS or not (name in CARRIED | LOOKS or name.startswith(SILENT))
