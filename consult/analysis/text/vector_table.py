"""A table of word vectors made once from a sentence-transformers model."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import PCA

from consult.analysis.text.sentence_vectors import SentenceVectorsError, load_model

BATCH = 512  # word pieces read at once
_SMOOTHING = 1e-4


def build_table(source: str | Path, out: Path, dimensions: int = 256) -> tuple[int, int]:
    """Writes to the folder ``out`` a table that :class:`TableVectors` reads.

    Each word piece of the model's vocabulary is read alone; the vectors are reduced to
    ``dimensions`` by principal components and weighted by ``a / (a + p)`` (Arora, Liang and Ma,
    2017), where p is how often Zipf's law expects a piece of its rank.

    Returns: how many word pieces, and how many dimensions.

    Raises:
        SentenceVectorsError: the model or a package is missing.
    """
    model = load_model(source)
    try:
        from model2vec import StaticModel
        from tokenizers import Tokenizer
    except ImportError as error:
        raise SentenceVectorsError(
            "The package model2vec is not installed. Install it with: "
            "pip install 'consult[vectors,embeddings]'"
        ) from error
    pieces = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    pieces.no_truncation()
    pieces.no_padding()
    read = _read_alone(model, pieces.get_vocab_size())
    rank = min(dimensions, *read.shape)
    reduced = PCA(rank, random_state=0).fit_transform(read)
    expected = 1 / np.arange(2, len(reduced) + 2)
    expected /= expected.sum()
    weighted = reduced * (_SMOOTHING / (_SMOOTHING + expected))[:, None]
    table = StaticModel(weighted.astype(np.float32), pieces, config={}, normalize=True)
    table.save_pretrained(out, model_name=Path(source).name)
    return len(reduced), rank


def _read_alone(model: Any, total: int) -> np.ndarray:
    """The model's vector (total x d) of each word piece between the marks of a sentence."""
    import torch

    marks = model.tokenizer
    first = marks.cls_token_id if marks.cls_token_id is not None else marks.bos_token_id
    last = marks.sep_token_id if marks.sep_token_id is not None else marks.eos_token_id
    found = []
    with torch.no_grad():
        for start in range(0, total, BATCH):
            piece = torch.arange(start, min(start + BATCH, total))
            columns = [piece]
            if first is not None:
                columns.insert(0, torch.full_like(piece, first))
            if last is not None:
                columns.append(torch.full_like(piece, last))
            ids = torch.stack(columns, dim=1).to(model.device)
            read = model({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
            found.append(read["sentence_embedding"].cpu().numpy())
    return np.vstack(found).astype(float)
