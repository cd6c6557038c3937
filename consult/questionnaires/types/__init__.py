"""The types of question: what each takes as an answer, and how it tells an answer in words."""

from typing import Annotated, Any, get_args

from pydantic import Field

from consult.questionnaires.types.base import (
    Answer,
    Choice,
    ChoiceName,
    Expression,
    Name,
    Question,
    refuse_duplicates,
)
from consult.questionnaires.types.choices import (
    OTHER,
    OneChoice,
    Ranking,
    SeveralChoices,
    YesNo,
)
from consult.questionnaires.types.matrices import Matrix, Row
from consult.questionnaires.types.measures import Date, Decimal, Integer, Time
from consult.questionnaires.types.places import Municipality, PostalCode, Region
from consult.questionnaires.types.scales import Scale
from consult.questionnaires.types.special import Calculated, Consent, File, Heading, Hidden, Note
from consult.questionnaires.types.written import LongText, ShortText

AnyQuestion = Annotated[
    ShortText
    | LongText
    | Integer
    | Decimal
    | Date
    | Time
    | YesNo
    | OneChoice
    | SeveralChoices
    | Scale
    | Matrix
    | Ranking
    | Region
    | Municipality
    | PostalCode
    | File
    | Consent
    | Heading
    | Note
    | Calculated
    | Hidden,
    Field(discriminator="type"),
]


def _registry(union: Any) -> dict[str, type[Question]]:
    """Type name to class, checked when the program starts: each complete, none named twice."""
    registry: dict[str, type[Question]] = {}
    for cls in get_args(get_args(union)[0]):
        (name,) = get_args(cls.model_fields["type"].annotation)
        if name in registry or cls.__abstractmethods__:
            raise TypeError(f"question type {name!r} is incomplete or named twice")
        registry[name] = cls
    return registry


QUESTION_TYPES = _registry(AnyQuestion)

__all__ = [
    "OTHER",
    "QUESTION_TYPES",
    "Answer",
    "AnyQuestion",
    "Calculated",
    "Choice",
    "ChoiceName",
    "Consent",
    "Date",
    "Decimal",
    "Expression",
    "File",
    "Heading",
    "Hidden",
    "Integer",
    "LongText",
    "Matrix",
    "Municipality",
    "Name",
    "Note",
    "OneChoice",
    "PostalCode",
    "Question",
    "Ranking",
    "Region",
    "Row",
    "Scale",
    "SeveralChoices",
    "ShortText",
    "Time",
    "YesNo",
    "refuse_duplicates",
]
