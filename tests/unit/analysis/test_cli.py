"""``consult analyze`` as a team with only a file uses it."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from consult.analysis import text
from consult.analysis.cli import INTERRUPTED, analyze
from consult.analysis.cli_progress import shown_progress
from consult.analysis.file_report import FileReport, formula_safe
from consult.analysis.text.results import ASSIGNMENT_COLUMNS, THEME_COLUMNS
from tests.pdf_text import words_of


def run(*arguments: object) -> Result:
    return CliRunner().invoke(analyze, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path, comments: pd.DataFrame) -> Path:
    path = tmp_path / "avis.csv"
    dates = pd.date_range("2026-01-01", periods=len(comments)).strftime("%Y-%m-%d")
    channels = ["web", "comptoir"] * (len(comments) // 2)
    comments.assign(date=dates, canal=channels).to_csv(path, index=False)
    return path


def test_the_four_files_and_the_ranking(file: Path, comments: pd.DataFrame) -> None:
    result = run(file, "--themes", 4)
    assert result.exit_code == 0
    folder = file.with_name("avis-consult")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FileReport.FILES)
    themes = pd.read_csv(folder / "themes.csv")
    assert tuple(themes.columns) == THEME_COLUMNS
    assert tuple(pd.read_csv(folder / "assignments.csv").columns) == ASSIGNMENT_COLUMNS
    assert len(pd.read_csv(folder / "assignments.csv")) == len(comments)
    shown = " ".join(result.stdout.split())
    assert themes["label_fr"][0].split()[0] in shown
    for high in themes["points_high"]:
        assert f"{high:.3f}".replace(".", ",").replace("-", "−") in shown
    assert all(len(line) <= 80 for line in result.stdout.splitlines()[:-1])


def test_the_columns_guessed_are_said(file: Path) -> None:
    said = run(file, "--report-lang", "en").stderr
    for column in ("text", "rating", "date", "canal"):
        assert f"“{column}” (guessed)" in said
    assert (
        "(guessed)" not in run(file, "--text", "text", "--report-lang", "en").stderr.split("\n")[0]
    )


def test_the_numbers_can_be_recomputed_from_the_files(file: Path, tmp_path: Path) -> None:
    run(file, "--out", tmp_path / "out")
    themes = pd.read_csv(tmp_path / "out" / "themes.csv").set_index("theme")
    lines = pd.read_csv(tmp_path / "out" / "assignments.csv")
    ratings = pd.read_csv(file)["rating"]
    for theme, line in themes.iterrows():
        without = ratings[lines["theme"] != theme].mean()
        assert line["points_at_stake"] == pytest.approx(without - ratings.mean(), abs=1e-6)
        assert line["comments"] == (lines["theme"] == theme).sum()


def test_a_report_of_a_period_and_its_pdf(file: Path, comments: pd.DataFrame) -> None:
    half = len(comments) // 2
    since, until = (
        f"{pd.Timestamp('2026-01-01') + pd.Timedelta(days=n):%Y-%m-%d}"
        for n in (half, 2 * half - 1)
    )
    result = run(file, "--themes", 3, "--since", since, "--until", until, "--pdf")
    assert result.exit_code == 0, result.output
    folder = file.with_name("avis-consult")
    themes = pd.read_csv(folder / "themes.csv")
    told = json.loads((folder / "report.json").read_text("utf-8"))
    assert told["period"] == [since, until]
    assert told["trends"]["compared"] == "previous"
    rows = pd.read_csv(folder / "comments.csv")["row"]
    assert rows.tolist() == list(range(half, 2 * half)), "lines of the file"
    own = pd.read_csv(folder / "shares.csv")["row"]
    assert set(own) <= set(rows)
    words = words_of((folder / "report.pdf").read_bytes())
    quoted = told["themes"][0]["comments_quoted"][0]
    assert quoted["text"] == comments["text"][quoted["row"]]
    assert "".join(quoted["text"].split())[:20] in words
    assert "".join(themes["label_fr"][0].split()) in words


@pytest.mark.parametrize(
    ("asked", "told"), [("2031-01-01", "No comment is dated"), ("soon", "soon")]
)
def test_a_period_without_comments_is_told(file: Path, asked: str, told: str) -> None:
    result = run(file, "--since", asked, "--report-lang", "en")
    assert result.exit_code == 2
    assert told in result.stderr


def test_twice_the_same_file_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        run(file, "--out", tmp_path / folder)
    for name in FileReport.FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_stands_alone_and_says_what_the_tables_say(
    file: Path, tmp_path: Path, lang: str
) -> None:
    run(file, "--out", tmp_path / "out", "--report-lang", lang)
    page = BeautifulSoup((tmp_path / "out" / "report.html").read_text("utf-8"), "html5lib")
    themes = pd.read_csv(tmp_path / "out" / "themes.csv")
    assert page.html["lang"] == f"{lang}-CA"
    assert page.title.string
    assert len(page.find_all("h1")) == 1
    assert not page.find_all(["script", "link", "img", "iframe"])
    rows = [cell.get_text() for cell in page.find("table").find_all("th", scope="row")]
    assert rows == themes[f"label_{lang}"].tolist()
    assert len(page.svg.find_all("rect")) == len(themes)
    quotations = page.find_all("blockquote")
    assert {quotation["lang"] for quotation in quotations} == {"fr", "en"}
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_json_has_trends_groups_and_quotations(file: Path, tmp_path: Path) -> None:
    run(file, "--out", tmp_path / "out", "--group", "canal")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["period"][0] == "2026-01-01"
    assert "mean(ratings outside the theme)" in report["formula"]
    for theme in report["themes"]:
        assert {"trend", "comments_quoted"} <= theme.keys()
        assert [group["group"] for group in theme["groups"]] == ["comptoir", "web"]


def test_identifiers_are_masked_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "avis.csv"
    lines = ["Le formulaire plante, écrivez à jo@example.org", "Le formulaire est lent"] * 4
    path.write_text("commentaire\n" + "\n".join(f'"{line}"' for line in lines), "utf-8")
    assert run(path).exit_code == 0
    for written in path.with_name("avis-consult").iterdir():
        assert "jo@example.org" not in written.read_text("utf-8")


def one_line(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_file_that_is_no_csv_takes_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "avis.csv"
    path.write_bytes(b"%PDF-1.7\n")
    assert "CSV" in one_line(run(path))
    assert [found.name for found in tmp_path.iterdir()] == ["avis.csv"]


@pytest.mark.parametrize(
    "arguments",
    [["absent.csv"], ["--report-lang", "en"], ["a.csv", "--themes", "0"], ["a.csv", "--colour"]],
)
def test_bad_usage_takes_one_line(arguments: list[str]) -> None:
    assert one_line(run(*arguments))


def test_a_column_that_is_not_there(file: Path) -> None:
    assert "rating" in one_line(run(file, "--rating", "étoiles", "--report-lang", "en"))


def test_a_folder_that_cannot_be_made(file: Path) -> None:
    result = run(file, "--out", file / "inside-a-file")
    assert result.exit_code == 2
    assert "--out" in result.stderr.splitlines()[-1]


def test_cells_a_spreadsheet_would_run_are_disarmed() -> None:
    assert formula_safe("=1+1") == "'=1+1"
    assert formula_safe("Temps d'attente") == "Temps d'attente"


def test_comments_kept_in_order_with_those_that_say_nothing(file: Path, tmp_path: Path) -> None:
    run(file, "--out", tmp_path / "out")
    with (tmp_path / "out" / "assignments.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["row"] for row in rows] == [str(n) for n in range(len(rows))]
    assert [row["theme"] for row in rows[-4:]] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Stopped. Nothing"), ("fr", "Arrêté. Rien n’a été écrit.")]
)
def test_ctrl_c_leaves_nothing_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(text, "analyze_comments", interrupted)
    result = run(file, "--report-lang", lang)
    assert (result.exit_code, result.stdout) == (INTERRUPTED, "")
    assert said in result.stderr
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_each_stage_tells_the_time_left_once_it_can_be_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seconds = iter([0.0, 1.0, 20.0, 120.0, 240.0])
    with shown_progress("en", lambda: next(seconds)) as tell:
        for stage, share in (("languages", 0), ("words", 0.1), ("themes", 0.5), ("done", 1)):
            tell(stage, share)
    assert capsys.readouterr().err.splitlines() == [
        "  0% Recognizing languages",
        " 10% Reading words, about 3 minutes left",
        " 50% Grouping comments into themes, about 2 minutes left",
        "100% Done",
    ]
