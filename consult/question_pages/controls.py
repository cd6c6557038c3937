"""Fields of several controls, or of choices that depend on other answers.

The first control has the field's own id, so that a link to the field leads to it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from wtforms import Field


class Option(NamedTuple):
    """One choice, as it is shown now."""

    value: str
    label: str
    id: str
    is_chosen: bool
    is_offered: bool


class ChoicesField(Field):
    """Choices of which those in ``offered`` can be chosen: all of them when it is None.

    ``options`` gives the name and the label of each choice.
    """

    control = ""

    def __init__(self, *, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = list(options)
        self.offered: Collection[str] | None = None

    @property
    def options(self) -> list[Option]:
        """Every choice in order; the first on offer has the field's id."""
        offers = [value for value, _label in self.words if self._offers(value)]
        first = offers[0] if offers else None
        return [
            Option(
                value,
                label,
                str(self.id) if value == first else f"{self.id}-{value}",
                self._is_chosen(value),
                self._offers(value),
            )
            for value, label in self.words
        ]

    def _offers(self, value: str) -> bool:
        return self.offered is None or value in self.offered

    def _is_chosen(self, value: str) -> bool:
        return bool(value == self.data)


class OneField(ChoicesField):
    """One of the choices, as 'radios', a 'select' or the box of a 'consent'."""

    def __init__(self, *, control: str, blank: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.control = control
        self.blank = blank


class SeveralField(ChoicesField):
    """Boxes to tick; ``exclusive`` names the one that goes alone, which stands last."""

    control = "checkboxes"

    def __init__(self, *, exclusive: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exclusive = exclusive
        self.words.sort(key=lambda option: option[0] == exclusive)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist

    def _is_chosen(self, value: str) -> bool:
        return value in (self.data or [])


class _PartsField(Field):
    """A field whose controls have names of their own: '<name>-<part>'."""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        if formdata is not None:
            self.data = {part: formdata.get(f"{self.name}-{part}", "") for part in self.parts}

    @property
    def parts(self) -> Sequence[str]:
        raise NotImplementedError


class DateField(_PartsField):
    """A day, a month and a year to type; ``data`` by part, or a kept '2026-03-31'."""

    control = "date"
    parts = ("day", "month", "year")

    @property
    def typed(self) -> list[str]:
        """The day, the month and the year, as they were typed."""
        return [self.value(part) for part in self.parts]

    def value(self, part: str) -> str:
        """What a part shows: no zero before a kept day or month."""
        if isinstance(self.data, dict):
            return str(self.data[part])
        year, month, day = (self.data or "--").split("-")
        return {"day": day, "month": month, "year": year}[part].lstrip("0")


class RankingField(ChoicesField, _PartsField):
    """A rank, from 1 to ``length``, to give to choices; ``data`` is rank by choice, or in order."""

    control = "ranking"

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ranks = [str(rank) for rank in range(1, length + 1)]

    @property
    def parts(self) -> Sequence[str]:
        return [value for value, _label in self.words]

    @property
    def by_choice(self) -> Mapping[str, str]:
        """The rank that each choice has, as text."""
        if isinstance(self.data, dict):
            return self.data
        return {value: str(rank) for rank, value in enumerate(self.data or [], 1)}
