"""The register as a CSV file, which comes back as it is."""

import csv
import io
from collections.abc import Iterable, Iterator

from flask_babel import force_locale

from consult.catalogues import LOCALES
from consult.organizations.models import Organization
from consult.register.csv_files.cells import written
from consult.register.csv_files.kinds import Kind
from consult.register.csv_files.tables import values_of
from consult.spreadsheet_cells import formula_safe

#: What spreadsheets of each language expect between cells.
DELIMITERS = {"fr": ";", "en": ","}


def file_of(kind: Kind, organization: Organization, lang: str, *, empty: bool = False) -> bytes:
    """The entries of a public body, or the headings alone, in UTF-8 with a mark."""
    with force_locale(LOCALES[lang]):
        return _encoded(_lines(kind, organization, lang, empty=empty), DELIMITERS[lang])


def _lines(
    kind: Kind, organization: Organization, lang: str, *, empty: bool
) -> Iterator[list[str]]:
    yield [str(column.heading) for column in kind.columns]
    words = {c.name: {one: str(label) for one, label in c.labels.items()} for c in kind.columns}
    for one in () if empty else kind.rows(organization):
        told = values_of(kind.entry_of(one))
        told |= {"identifier": kind.identifier(one), "body": organization.slug}
        cells = [written(told[column.name], words[column.name], lang) for column in kind.columns]
        yield [formula_safe(cell) for cell in cells]


def _encoded(lines: Iterable[list[str]], delimiter: str) -> bytes:
    content = io.StringIO()
    csv.writer(content, delimiter=delimiter).writerows(lines)
    return content.getvalue().encode("utf-8-sig")
