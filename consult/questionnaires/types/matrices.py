"""Questions that ask the same of several rows."""

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from consult.questionnaires.texts import Text
from consult.questionnaires.types.base import Answer, Choice, Name, Question, refuse_duplicates
from consult.questionnaires.types.choices import OneChoice, WithChoices


class Row(Choice):
    """One line of a matrix."""

    name: Name


class Matrix(WithChoices):
    """Several statements answered on the same choices; each row is a question of its own.

    The answer to row 'price' of the matrix 'bus' is kept under 'bus_price'. A required matrix
    requires every row.
    """

    takes_answer: ClassVar[bool] = False
    is_counted: ClassVar[bool] = False

    type: Literal["matrix"]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=50)

    @field_validator("rows")
    @classmethod
    def _rows_differ(cls, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        refuse_duplicates([row.name for row in rows])
        return rows

    @property
    def parts(self) -> tuple[Question, ...]:
        return tuple(
            OneChoice(
                type="one_choice",
                name=f"{self.name}_{row.name}",
                label=row.label,
                choices=self.choices,
                choice_filter=self.choice_filter,
                required=self.required,
                required_if=self.required_if,
            )
            for row in self.rows
        )

    def normalise(self, raw: object) -> Answer:
        return None

    def texts(self) -> dict[str, Text]:
        return super().texts() | {f"rows.{row.name}.label": row.label for row in self.rows}
