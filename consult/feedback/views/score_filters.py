"""What an address asks of scores: which feedback, which measure, told by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consult.feedback.queries.score_counts import Filters

#: The lengths of period that scores may be told by.
EVERY = ("month", "quarter")


@dataclass(frozen=True)
class Asked:
    """The filters, the measure's name if any, and 'month' or 'quarter'."""

    filters: Filters
    measure: str | None
    every: str

    @property
    def dimensions(self) -> tuple[str, ...]:
        return ("lang", "channel", self.every)

    @property
    def is_filtered(self) -> bool:
        return self.filters != Filters()

    def address(self) -> dict[str, str]:
        """The same as an address has it, what is not asked left out."""
        told = {
            "lang": self.filters.lang,
            "channel": self.filters.channel,
            "from_page": self.filters.page,
            "first": self.filters.first and self.filters.first.isoformat(),
            "last": self.filters.last and self.filters.last.isoformat(),
            "measure": self.measure,
            "every": self.every if self.every != EVERY[0] else None,
        }
        return {name: value for name, value in told.items() if value}


def asked_scores(address: Mapping[str, str]) -> Asked:
    """What the address asks for; what it says wrongly is left out."""
    lang, every = address.get("lang"), address.get("every", "")
    filters = Filters(
        lang=lang if lang in ("fr", "en") else None,
        channel=address.get("channel") or None,
        page=address.get("from_page") or None,
        first=_day(address.get("first", "")),
        last=_day(address.get("last", "")),
    )
    return Asked(filters, address.get("measure") or None, every if every in EVERY else EVERY[0])


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
