"""The language of each comment: French or English."""

from functools import cache
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.stopwords import MARKERS
from consult.analysis.text.tokens import Texts, words


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["fr", "en"])
    return identifier


class LanguageDetector(BaseEstimator):  # type: ignore[misc]
    """Tells French (``fr``) from English (``en``).

    Three voices are added up as log-odds of French: py3langid (its say grows with the length of
    the text, since it is unsure of short ones), the function words found, and, for what stays
    undecided, the language most of the other comments are in.

    Args:
        short: texts under this many characters leave py3langid less to say.
        vote: log-odds given by each function word of one language.

    Learned: ``prior_``, log-odds of French among the comments that are clear by themselves.
    """

    def __init__(self, short: int = 20, vote: float = 1.0) -> None:
        self.short = short
        self.vote = vote

    def fit(self, texts: Texts, y: None = None) -> Self:
        evidence = self._evidence(texts)
        clear = np.abs(evidence) > 1.5
        french = int((evidence[clear] > 0).sum())
        english = int(clear.sum()) - french
        self.prior_ = float(np.log((french + 1) / (english + 1)))
        return self

    def predict(self, texts: Texts) -> np.ndarray:
        """One of 'fr' or 'en' for each text, as an array of strings of the same length."""
        score = self._evidence(texts) + np.clip(self.prior_, -2.0, 2.0)
        return np.where(score >= 0, "fr", "en").astype(object)

    def _evidence(self, texts: Texts) -> np.ndarray:
        return np.array([self._log_odds(text) for text in texts], dtype=float)

    def _log_odds(self, text: str) -> float:
        if not text.strip():
            return 0.0
        guess, probability = _identifier().classify(text)
        probability = min(max(float(probability), 0.5), 1 - 1e-6)
        odds = float(np.log(probability / (1 - probability)))
        trust = min(len(text) / self.short, 1.0) ** 2
        tokens = [word.lower() for word in words(text, "fr")]
        votes = sum((token in MARKERS["fr"]) - (token in MARKERS["en"]) for token in tokens)
        return (odds if guess == "fr" else -odds) * trust + self.vote * votes
