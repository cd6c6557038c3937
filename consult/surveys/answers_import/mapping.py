"""What the columns of a file are called here."""

from collections.abc import Iterable

from consult.surveys.answers_import.errors import LineProblem, TableRefusedError

#: A column's name in the file to its name in the export; '' leaves the column out.
Mapping = dict[str, str]


def read_mapping(lines: Iterable[str]) -> Mapping:
    """Reads lines such as 'Age of the person = age'; nothing after the sign leaves a column out.

    Raises ``TableRefusedError`` ('bad_mapping', ``line`` counted from 1) for a line without the
    sign, or a column named twice.
    """
    mapping: Mapping = {}
    wrong = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        column, sign, target = line.rpartition("=")
        if not sign or not column.strip() or column.strip() in mapping:
            wrong.append(LineProblem(number, "", "bad_mapping", line.strip()[:120]))
        mapping[column.strip()] = target.strip()
    if wrong:
        raise TableRefusedError(wrong)
    return mapping
