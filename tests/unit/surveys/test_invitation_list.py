"""A list of references may be any file."""

import pytest

from consult.surveys.invitation_list import MOST, UnreadableListError, read_references


@pytest.mark.parametrize(
    "content",
    [
        "A-1\nÉ-2\n",
        "\ufeffréférence\nA-1\nÉ-2",
        "Reference\r\n\r\nA-1\r\nÉ-2\r\n",
        '"A-1"\n  É-2  \n',
        "A-1;\nÉ-2;\n",
        "ID,\nA-1,\nÉ-2,\n",
    ],
)
def test_a_column_is_read_with_or_without_its_title(content: str) -> None:
    assert read_references(content.encode()) == ["A-1", "É-2"]
    assert read_references(content.lstrip("\ufeff").encode("utf-16")) == ["A-1", "É-2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n \n;\n", "empty"),
        (b"reference\n", "empty"),
        ("Référence\nA\n".encode("cp1252"), "UTF-8"),
        (b"PK\x03\x04\xff\xfe", "UTF-8"),
        (b"A\nB,C\n", "Line 2 has several columns"),
        (b"A\nB\nA\n", "“A” stands twice"),
        (b"A\nB\x00\n", "Line 2 holds a character"),
        (b"A\n" + b"x" * 121 + b"\n", "Line 2 is longer"),
        (b'A\n"B\nC', "cannot be read"),
        (b"x" * 200_000, "Line 1 "),
    ],
)
def test_what_is_wrong_is_told(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableListError) as error:
        read_references(content)
    assert words in str(error.value.message)


def test_a_list_has_its_limit() -> None:
    lines = "\n".join(str(number) for number in range(MOST)).encode()
    assert len(read_references(lines)) == MOST
    with pytest.raises(UnreadableListError, match="unreadable-list"):
        read_references(lines + b"\none more")
