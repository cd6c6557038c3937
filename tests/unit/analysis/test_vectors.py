"""Vectors of a model beside the words: a table built here, and models that are missing."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from flask import Flask
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from consult.analysis.cli import analyze
from consult.analysis.text import analyze_comments
from consult.analysis.text.sentence_vectors import (
    ModelVectors,
    SentenceVectorsError,
    TableVectors,
    chosen_vectors,
)
from consult.analysis.text.vector_join import VectorJoin
from consult.analysis.tier import vectors_of_settings
from tests.conftest import make_settings

SUBJECTS = (("wait", "queue", "delay"), ("form", "page", "document"), ("price", "cost", "fee"))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine words on three axes, and one word that stands on all."""
    words = [word for subject in SUBJECTS for word in subject]
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *words, "office"])}
    tokenizer = Tokenizer(WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    axes = np.repeat(np.eye(3), 3, axis=0) + 0.1 * np.eye(9, 3, -2)
    rows = np.vstack([np.zeros(3), axes, np.ones(3)]).astype(np.float32)
    folder = tmp_path_factory.mktemp("table")
    StaticModel(rows, tokenizer, normalize=True).save_pretrained(folder)
    return folder


def said(n: int) -> tuple[list[list[str]], np.ndarray, np.ndarray]:
    """n comments of two words that nobody else of their subject uses together."""
    random = np.random.default_rng(0)
    concepts = [[*random.choice(SUBJECTS[row % 3], 1), "office"] for row in range(n)]
    texts = np.array([" ".join(words) for words in concepts], dtype=object)
    return concepts, texts, np.array(["fr", "en"] * (n // 2), dtype=object)


def test_words_of_one_meaning_bring_comments_together(table: Path) -> None:
    concepts, texts, langs = said(60)
    points = np.eye(60)
    join = VectorJoin(TableVectors(table), common=0)
    joined = join.fit_transform(points, texts, langs, concepts)
    near = joined @ joined.T
    same = np.equal.outer(np.arange(60) % 3, np.arange(60) % 3)
    assert near[same].min() > near[~same].max()
    assert np.allclose(np.linalg.norm(joined, axis=1), 1, atol=1e-3)
    again = join.transform(points[:6], texts[:6], langs[:6], concepts[:6])
    assert np.allclose(again, joined[:6], atol=1e-4)
    assert np.array_equal(points, np.eye(60))


def test_silence_stays_silent_and_no_vectors_change_nothing(table: Path) -> None:
    concepts, texts, langs = said(40)
    points = np.eye(40)
    points[0], concepts[0] = 0, []
    joined = VectorJoin(TableVectors(table)).fit_transform(points, texts, langs, concepts)
    assert not joined[0].any()
    assert joined[1].any()
    assert VectorJoin(None).fit_transform(points, texts, langs, concepts) is points


class Sentences:
    """A model of English sentences that tells what it was given."""

    name, reads, languages, weight = "embeddings", "sentences", frozenset({"en"}), 1.0

    def __init__(self) -> None:
        self.given: list[str] = []

    def transform(self, texts: np.ndarray, langs: np.ndarray) -> np.ndarray:
        self.given = list(texts)
        return np.ones((len(texts), 4)) + np.eye(len(texts), 4)


def test_french_reaches_an_english_model_in_english() -> None:
    model, langs = Sentences(), np.array(["fr", "en"], dtype=object)
    texts = np.array(["Trop d'attente", "Too much waiting"], dtype=object)
    VectorJoin(model).fit_transform(np.eye(2), texts, langs, [["wait"], ["wait"]])
    assert model.given == ["wait", "Too much waiting"]


def test_an_analysis_reads_a_table(table: Path, comments: pd.DataFrame) -> None:
    vectors = TableVectors(table)
    found = analyze_comments(comments, themes=4, bootstrap=50, vectors=vectors)
    assert found.themes["comments"].sum() == 38


def test_the_worker_reads_the_settings_and_says_what_is_wrong(
    table: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = Flask("worker")
    for folder, embeddings, kind in (("", "", None), (str(table), "", TableVectors)):
        app.config["SETTINGS"] = make_settings(Path("var"), vectors=folder, embeddings=embeddings)
        with app.app_context():
            found = vectors_of_settings()
        assert found is None if kind is None else isinstance(found, kind)
    app.config["SETTINGS"] = make_settings(Path("var"), embeddings="no_such_package_here")
    with app.app_context(), pytest.raises(SentenceVectorsError):
        vectors_of_settings()
    assert "CONSULT_EMBEDDINGS: The folder of embeddings does not exist" in caplog.text


def test_the_command_says_what_is_missing(tmp_path: Path, comments: pd.DataFrame) -> None:
    comments.to_csv(tmp_path / "avis.csv", index=False)
    result = CliRunner().invoke(
        analyze, [str(tmp_path / "avis.csv"), "--vectors", str(tmp_path / "none")]
    )
    assert result.exit_code == 2
    assert "The folder of vectors does not exist" in result.stderr


def test_what_cannot_be_read_is_said(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen_vectors(None, "") is None
    with pytest.raises(SentenceVectorsError, match="not both"):
        chosen_vectors(table, "a_model")
    with pytest.raises(SentenceVectorsError, match="does not exist"):
        ModelVectors("no_such_package_here")
    with pytest.raises(SentenceVectorsError, match=r"holds no modules\.json"):
        ModelVectors(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(SentenceVectorsError, match="cannot be read"):
        TableVectors(tmp_path)
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(SentenceVectorsError, match=r"pip install 'consult\[vectors\]'"):
        TableVectors(table)
