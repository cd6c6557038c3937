"""``consult evaluate themes`` and its sets."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from consult.analysis.evaluation import with_models
from consult.analysis.evaluation.labelled import LANGUAGES, SHARED_SETS
from consult.analysis.evaluation.tables import figure, written_below
from consult.evaluate import evaluate


def run(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path, comments: pd.DataFrame, subjects: list[str]) -> Path:
    path = tmp_path / "avis.csv"
    comments.assign(sujet=subjects, paire=[n // 2 for n in range(len(comments))]).to_csv(
        path, index=False
    )
    return path


def test_recipes_stand_beside_each_other_at_both_numbers(file: Path) -> None:
    result = run("themes", file, "--text", "text", "--truth", "sujet", "--pair", "paire",
                 "--recipes", "consult,tfidf-kmeans,nmf", "--resamples", 0)  # fmt: skip
    assert result.exit_code == 0, result.output
    told, header, *lines = result.stdout.splitlines()
    assert told == "38 comments (19 in French, 19 in English), 4 true themes."
    assert header.split() == [
        "recipe", "themes", "V", "ARI", "leak", "without", "together", "stability", "seconds",
    ]  # fmt: skip
    assert [line.split("  ")[0] for line in lines[:4]] == [
        "consult", "consult", "TF-IDF + SVD + k-means", "TF-IDF + NMF",
    ]  # fmt: skip
    assert "4 asked / 4" in lines[0]
    assert "found / 4" in lines[1]
    v_measure = float(lines[0].split("/ 4")[1].split()[0])
    assert 0.5 < v_measure <= 1


def test_what_is_missing_is_said_and_how_to_have_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.analysis.evaluation.choice.installed", lambda *packages: False)
    result = run("themes", file, "--text", "text", "--truth", "sujet", "--resamples", 0,
                 "--recipes", "nmf,bertopic,minilm-kmeans,consult-vectors")  # fmt: skip
    assert result.exit_code == 0
    assert "TF-IDF + NMF" in result.stdout
    assert "bertopic is left out." in result.stderr
    assert "pip install sentence-transformers bertopic" in result.stderr
    assert "pip install 'consult[vectors]'" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--text", "texte", "--truth", "sujet"), "There is no column “texte”."),
        (("--text", "text", "--truth", "sujet", "--recipes", "magic"), "No recipe is named magic"),
        (("--text", "text", "--truth", "vide"), "fewer than two themes"),
    ],
)
def test_what_cannot_be_measured_is_said(file: Path, options: tuple[str, ...], said: str) -> None:
    pd.read_csv(file).assign(vide="x").to_csv(file, index=False)
    result = run("themes", file, *options)
    assert result.exit_code == 1
    assert said in result.stderr


def test_sets_are_told_in_markdown_below_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Words\n\n<!-- tables -->\n\nold\n", "utf-8")
    folder = tmp_path / "sets"
    folder.mkdir()
    frame = pd.DataFrame({"text_fr": ["le prix du pain"] * 8, "text_en": ["the price of bread"] * 8,
                          "category": ["a", "b"] * 4})  # fmt: skip
    name = "SIB-200, both languages"
    (folder / SHARED_SETS[name].file).parent.mkdir()
    frame.to_csv(folder / SHARED_SETS[name].file)
    result = run("theme-sets", folder, "--set", name, "--set", "NHS, labels", "--recipes", "nmf",
                 "--resamples", 0, "--out", page)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "NHS, labels is left out" in result.stderr
    written = page.read_text("utf-8")
    assert written.startswith("# Words\n\n<!-- tables -->\n\n### SIB-200, both languages\n")
    assert "16 comments (8 in French, 8 in English), 2 true themes." in written
    assert "| TF-IDF + NMF | 2 asked / 2 |" in written
    assert "old" not in written


@pytest.mark.parametrize("name", [*SHARED_SETS])
def test_shared_sets_are_read(shared_data: Path, name: str) -> None:
    found = SHARED_SETS[name].read(name, shared_data)
    assert len(found) > 300
    assert set(found.langs) <= set(LANGUAGES)
    assert 1 < found.true_count < 60
    assert (found.pairs is not None) == ("both" in name)


def test_figures_are_short() -> None:
    assert [figure(value) for value in (0.1234, 1.0, -0.0123, float("nan"))] == [
        ".123", "1.000", "-.012", "–",
    ]  # fmt: skip
    assert written_below("", ["x"]) == "\n\n<!-- tables -->\n\nx\n"


def test_packages_are_looked_for_without_importing_them() -> None:
    assert with_models.installed("numpy")
    assert not with_models.installed("numpy", "no_such_package_here")
