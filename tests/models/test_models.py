"""The tiers that read a language model, with a real one: ``make test-models``."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from pytest_socket import disable_socket

from consult.analysis.evaluation.choice import PACKAGED_MODEL, chosen
from consult.analysis.evaluation.with_models import installed
from consult.analysis.text.sentence_vectors import ModelVectors, TableVectors
from consult.analysis.vectors_cli import vectors

NEEDED = ("sentence_transformers", "model2vec", "bertopic", PACKAGED_MODEL)
pytestmark = pytest.mark.skipif(
    not installed(*NEEDED), reason="needs the group of language models: make test-models"
)

WAIT = "I waited two hours on the phone before anyone answered."
QUEUE = "The queue was endless and nobody picked up."
PRICE = "The permit is far too expensive for a small business."
ENGLISH = np.array(["en"] * 3, dtype=object)


@pytest.fixture(autouse=True)
def _no_network() -> None:
    disable_socket(allow_unix_socket=True)


def nearer(found: np.ndarray) -> bool:
    """True when the first two texts are nearer than the first and the third."""
    rows = found / np.linalg.norm(found, axis=1, keepdims=True)
    return bool(rows[0] @ rows[1] > rows[0] @ rows[2])


def test_a_model_is_read_from_an_installed_package() -> None:
    found = ModelVectors(PACKAGED_MODEL).transform([WAIT, QUEUE, PRICE], ENGLISH)
    assert found.shape == (3, 384)
    assert nearer(found)


def test_a_table_is_made_of_a_model_and_read(tmp_path: Path) -> None:
    out = tmp_path / "table"
    options = ["build", "--from", PACKAGED_MODEL, "--out", str(out)]
    result = CliRunner().invoke(vectors, options)
    assert result.exit_code == 0, result.output
    assert "30,522 word pieces, 256 dimensions, 32 MB" in result.stdout
    assert nearer(TableVectors(out).transform(["queue", "wait", "price"], ENGLISH))
    again = CliRunner().invoke(vectors, options)
    assert again.exit_code == 1
    assert "is not empty" in again.stderr


def test_recipes_with_a_model_run() -> None:
    names = ["bertopic", "bertopic-kmeans", "minilm-kmeans", "minilm-centred", "consult-embeddings"]
    recipes, missing = chosen(names, None, None)
    assert not missing
    texts = np.array([f"{text} {n}" for n in range(12) for text in (WAIT, QUEUE, PRICE)], object)
    langs = np.array(["en"] * 36, dtype=object)
    for recipe in recipes:
        found = recipe.group(texts, langs, 2 if recipe.asks else None, 0)
        assert len(found.themes) == 36
        assert found.seconds > 0
