from pathlib import Path

import pandas as pd
import pytest

from consult.comment_files import (
    CommentFileError,
    comments_from,
    guess_columns,
    read_comments_file,
)

TEXT = 'commentaire{0}note\n"Délai trop long{0} même\nen août"{0}2\nÇa va{0}5\n'


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "avis.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    frame = read_comments_file(write(tmp_path, TEXT.format(delimiter).encode(encoding)))
    assert frame.columns.tolist() == ["commentaire", "note"]
    assert frame["commentaire"].tolist() == [f"Délai trop long{delimiter} même\nen août", "Ça va"]
    assert frame["note"].tolist() == ["2", "5"]


def test_one_column_of_unquoted_comments_keeps_its_commas(tmp_path: Path) -> None:
    frame = read_comments_file(write(tmp_path, "comment\nslow, very slow\nfine; really\n"))
    assert frame["comment"].tolist() == ["slow, very slow", "fine; really"]


def test_short_lines_are_filled_up_and_empty_cells_are_empty_text(tmp_path: Path) -> None:
    frame = read_comments_file(write(tmp_path, "a,b,c\n1,x\n2,,z\n3,NA,,\n"))
    assert frame.to_numpy().tolist() == [["1", "x", ""], ["2", "", "z"], ["3", "NA", ""]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 comments", "PDF"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"\x1f\x8brest", "compressed"),
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"text,note\na\x00b,1\n", "not text"),
        (b"text,note\n", "no row"),
        (b"2024-01-02,5,slow\n2024-01-03,4,good\n", "names of the columns"),
        (b"text,note\nslow, very slow, 2,3\n", "Line 2 has 4 values for 2 columns"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(CommentFileError, match=says):
        read_comments_file(write(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommentFileError, match=r"absent\.csv"):
        read_comments_file(tmp_path / "absent.csv")


def test_an_error_is_said_in_another_language(tmp_path: Path) -> None:
    with pytest.raises(CommentFileError) as raised:
        read_comments_file(write(tmp_path, b"a,b\n1,2,3\n"))
    french = raised.value.message.render(lambda _text: "Ligne %(line)s")
    assert french == "Ligne 2"


FRAME = pd.DataFrame(
    {
        "id": ["1", "2", "3", "4"],
        "Date de réponse": ["13/01/2026", "02/02/2026", "28/02/2026", ""],
        "langue": ["fr-CA", "English", "Français", "??"],
        "région": ["Outaouais", "Estrie", "Outaouais", "Estrie"],
        "avis": ["Le site est lent ce matin", "The form is long", "Bel accueil", "RAS"],
        "ressenti": ["Négatif", "Neutre", "Positif", "Positif"],
    }
)


def test_columns_are_recognised_and_said_to_be_guessed() -> None:
    guess = guess_columns(FRAME)
    assert guess.text == "avis"
    assert guess.rating == "ressenti"
    assert guess.lang == "langue"
    assert guess.date == "Date de réponse"
    assert guess.group == "région"
    assert guess.guessed == {"text", "rating", "lang", "date", "group"}


def test_a_column_told_is_taken_and_not_guessed() -> None:
    guess = guess_columns(FRAME, text="région")
    assert guess.text == "région"
    assert "text" not in guess.guessed


def test_a_column_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(CommentFileError, match=r"“texte”.*avis, ressenti"):
        guess_columns(FRAME, text="texte")


def test_values_are_understood() -> None:
    found = comments_from(FRAME, guess_columns(FRAME)).frame
    assert found["rating"].tolist() == [1, 3, 5, 5]
    assert found["lang"][:3].tolist() == ["fr", "en", "fr"]
    assert pd.isna(found["lang"][3])
    assert found["date"][:3].dt.strftime("%Y-%m-%d").tolist() == [
        "2026-01-13", "2026-02-02", "2026-02-28",
    ]  # fmt: skip
    assert pd.isna(found["date"][3])


def rated(name: str, cells: list[str]) -> tuple[list[float], str]:
    frame = pd.DataFrame({"comment": ["some words here"] * len(cells), name: cells})
    comments = comments_from(frame, guess_columns(frame, rating=name))
    return comments.frame["rating"].tolist(), " ".join(map(str, comments.notes))


def test_a_scale_where_low_is_good_is_turned_and_said() -> None:
    values, notes = rated("rating_1good_5poor", ["1", "5", "2", "6", "x"])
    assert values[:3] == [5, 1, 4]
    assert all(pd.isna(value) for value in values[3:])
    assert "6 − x" in notes
    assert "Ratings outside 1 to 5, left out: 1" in notes
    assert "left out: 1." in notes


def test_codes_outside_the_scale_are_dropped_and_said() -> None:
    values, notes = rated("rating", ["1", "2", "3", "4", "5"] * 4 + ["7"])
    assert pd.isna(values[-1])
    assert "Ratings outside 1 to 5, left out: 1" in notes


def test_a_scale_of_ten_stays() -> None:
    values, notes = rated("score", ["10", "9", "0", "7,5"])
    assert values == [10, 9, 0, 7.5]
    assert notes == ""


def test_a_rating_column_of_words_is_refused() -> None:
    with pytest.raises(CommentFileError, match="holds no rating"):
        rated("mood", ["so", "so"])


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["01/02/2026", "03/04/2026"], ["2026-02-01", "2026-04-03"]),
        (["01/25/2026", "03/04/2026"], ["2026-01-25", "2026-03-04"]),
        (["25/01/2026", "03/04/2026"], ["2026-01-25", "2026-04-03"]),
        (["2026-02-01T10:00:00Z", "2026/03/04"], ["2026-02-01", "2026-03-04"]),
        (["06/10/2022 15:07", "7/10/22"], ["2022-10-06", "2022-10-07"]),
    ],
)
def test_dates_of_both_orders(cells: list[str], days: list[str]) -> None:
    frame = pd.DataFrame({"comment": ["some words here"] * 2, "date": cells})
    found = comments_from(frame, guess_columns(frame)).frame["date"]
    assert found.dt.strftime("%Y-%m-%d").tolist() == days
