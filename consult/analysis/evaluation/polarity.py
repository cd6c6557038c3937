"""How often the polarity of comments is the one that people gave them."""

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.polarity import NAMES, PolarityScorer
from consult.analysis.text.tokens import strip_accents
from consult.comment_files.values import ratings

_WORDS = {
    -1: "negative neg negatif negative insatisfait insatisfaite mauvais mauvaise bad poor unhappy",
    0: "neutral neu neutre mixed mixte mitige mitigee moyen average none",
    1: "positive pos positif satisfait satisfaite bon bonne good happy",
}
_CLASSES = {word: sign for sign, words in _WORDS.items() for word in words.split()}
MOST_UNREAD = 0.05  # share of the labels
EXPECTED = "negative, neutral, positive (or négatif, neutre, positif), or -1, 0, 1"


class TruthError(ValueError):
    """The column of labels can't be used; the message says why and what is expected."""


def truth(cells: pd.Series) -> pd.Series:
    """The labels of a column as -1, 0, 1; NaN where there is none.

    Words in French or English are read, numbers of any scale around 0 by their sign, and scales
    such as 1 to 5 by their middle; a name such as ``sentiment_1pos_5neg`` turns them. At most 5 %
    of the labels may be unreadable: they are left out.

    Raises:
        TruthError: more labels can't be read, or the column is empty.
    """
    plain = cells.astype(str).str.strip().map(strip_accents).str.casefold()
    told = plain[plain != ""]
    if told.empty:
        raise TruthError(f"The column “{cells.name}” is empty. Expected: {EXPECTED}.")
    by_word = plain.map(_CLASSES)
    signs = by_word if by_word.notna().sum() > len(told) / 2 else _signs(plain, str(cells.name))
    unread = told[signs[told.index].isna()]
    if len(unread) > MOST_UNREAD * len(told):
        some = ", ".join(f"“{label}”" for label in unread.unique()[:3])
        raise TruthError(
            f"The column “{cells.name}” holds labels that can't be read, such as {some}. "
            f"Expected: {EXPECTED}."
        )
    return signs


def _signs(plain: pd.Series, name: str) -> pd.Series:
    numbers: pd.Series = pd.to_numeric(plain.str.replace(",", "."), errors="coerce")
    if numbers.min() < 0 or numbers.max() <= 1:
        return _sign(numbers)
    read = ratings(plain.rename(name))
    if read.scale is None:
        return numbers * np.nan
    return _sign(read.values - sum(read.scale) / 2)


def _sign(numbers: pd.Series) -> pd.Series:
    return pd.Series(np.sign(numbers.to_numpy(dtype=float)), index=numbers.index)


def evaluated(
    texts: pd.Series, signs: pd.Series, langs: pd.Series | None, given: pd.Series | None
) -> list[str]:
    """The report, line by line, on comments with their labels (-1, 0, 1), told languages and
    ratings (higher is better) where there are."""
    words = texts.to_numpy(dtype=object)
    told = LanguageDetector().fit_predict(words) if langs is None else langs.to_numpy(dtype=object)
    rated = None if given is None else given.to_numpy(dtype=float)
    found = PolarityScorer().fit(words, told, rated).predict(words, told, rated)
    return report(signs.to_numpy(dtype=int), found)


def report(signs: np.ndarray, found: np.ndarray) -> list[str]:
    """Accuracy, macro F1 (over the classes that people gave), who was taken for what, shares."""
    given = sorted(set(signs.tolist()))
    macro = f1_score(signs, found, labels=given, average="macro", zero_division=0)
    lines = [
        f"comments   {len(signs)}",
        f"accuracy   {accuracy_score(signs, found):.3f}",
        f"macro F1   {macro:.3f}",
        "",
        "people said".ljust(14) + "".join(name.rjust(10) for name in NAMES.values()) + "   share",
    ]
    table = confusion_matrix(signs, found, labels=list(NAMES))
    for name, row in zip(NAMES.values(), table, strict=True):
        cells = "".join(str(count).rjust(10) for count in row)
        lines.append(name.ljust(14) + cells + f"{row.sum() / len(signs):8.1%}")
    shares = "".join(f"{share:.1%}".rjust(10) for share in table.sum(axis=0) / len(signs))
    return [*lines, "found, share".ljust(14) + shares]
