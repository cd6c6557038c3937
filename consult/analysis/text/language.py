"""The language of each comment: French or English."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.stopwords import MARKERS
from consult.analysis.text.tokens import Texts, words

CLEAR = 3  # function words of one language more than of the other settle it


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
        self._learn(self.evidence(texts))
        return self

    def predict(self, texts: Texts) -> np.ndarray:
        """One of 'fr' or 'en' for each text, as an array of strings of the same length."""
        return self._decide(self.evidence(texts))

    def fit_predict(self, texts: Texts, y: None = None) -> np.ndarray:
        """``fit(texts).predict(texts)``, reading the texts once."""
        return self.told_apart(self.evidence(texts))

    def told_apart(self, evidence: np.ndarray) -> np.ndarray:
        """The same, of what ``evidence`` says of the texts."""
        self._learn(evidence)
        return self._decide(evidence)

    def _learn(self, evidence: np.ndarray) -> None:
        clear = np.abs(evidence) > 1.5
        french = int((evidence[clear] > 0).sum())
        english = int(clear.sum()) - french
        self.prior_ = float(np.log((french + 1) / (english + 1)))

    def _decide(self, evidence: np.ndarray) -> np.ndarray:
        score = evidence + np.clip(self.prior_, -2.0, 2.0)
        return np.where(score >= 0, "fr", "en").astype(object)

    def evidence(self, texts: Texts) -> np.ndarray:
        """Log-odds of French of each text; py3langid's tables are let go afterwards."""
        identifier = _identifier()
        return np.array([self._log_odds(text, identifier) for text in texts], dtype=float)

    def _log_odds(self, text: str, identifier: Any) -> float:
        tokens = [word.lower() for word in words(text, "fr")]
        votes = sum((token in MARKERS["fr"]) - (token in MARKERS["en"]) for token in tokens)
        if abs(votes) >= CLEAR or not text.strip():
            return self.vote * votes
        guess, probability = identifier.classify(text)
        probability = min(max(float(probability), 0.5), 1 - 1e-6)
        odds = float(np.log(probability / (1 - probability)))
        trust = min(len(text) / self.short, 1.0) ** 2
        return (odds if guess == "fr" else -odds) * trust + self.vote * votes


def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["fr", "en"])
    return identifier


def languages_of(texts: Texts, told: Texts) -> np.ndarray:
    """The language of each text: as ``told`` ('fr' or 'en'), told apart where it is neither."""
    langs = np.array(told, dtype=object)
    unknown = ~np.isin(langs.astype(str), ["fr", "en"])
    if unknown.any():
        langs[unknown] = LanguageDetector().fit_predict(np.array(texts, dtype=object)[unknown])
    return langs
