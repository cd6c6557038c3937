"""How many people a theme touches, and how hard it hits those it touches."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from consult.analysis.text.priorities import unfavourable_shares
from consult.wilson import wilson


@dataclass(frozen=True)
class Reach:
    """Of each theme: the voices that speak of it (Σ v·s), their share of all voices, and the
    bounds of its 95 % interval."""

    voices: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray


def reach(shares: csr_array, voices: np.ndarray) -> Reach:
    """Who speaks of each theme, with Wilson's interval.

    Args:
        shares: (comments, themes), of each comment in each theme.
        voices: (comments,), 0 for those that say nothing: shares are of the others.
    """
    spoken = np.asarray(voices @ shares)
    total = float(voices.sum())
    if total <= 0:
        empty = np.zeros(len(spoken))
        return Reach(spoken, empty, empty, empty)
    bounds = np.array([wilson(part, total) for part in spoken]).reshape(-1, 2)
    return Reach(spoken, spoken / total, bounds[:, 0], bounds[:, 1])


def mean_ratings(ratings: np.ndarray, shares: csr_array, voices: np.ndarray) -> np.ndarray:
    """Mean rating of what is said of each theme, Σ v·s·r / Σ v·s; NaN where none is rated."""
    rated = ~np.isnan(ratings)
    return _mean(shares[rated], voices[rated], ratings[rated])


def severity_by_rating(
    ratings: np.ndarray, shares: csr_array, voices: np.ndarray, low: float, high: float
) -> np.ndarray:
    """How hard each theme hits those who speak of it, from 0 (all content) to 1 (all at worst).

    The mean of (high − r) / (high − low) weighted by v·s, over rated comments, ``low`` and
    ``high`` being the ends of the scale. NaN where none is rated, or the scale has no length.
    """
    if not high > low:
        return np.full(shares.shape[1], np.nan)
    return (high - mean_ratings(ratings, shares, voices)) / (high - low)


def severity_by_polarity(
    shares: csr_array, polarity: np.ndarray | csr_array, voices: np.ndarray
) -> np.ndarray:
    """The same from words: Σ v·s·max(0, −polarity) / Σ v·s. NaN where nobody speaks of it.

    ``polarity`` is -1 to 1, of each comment or of each comment in each theme.
    """
    return _ratio(voices @ unfavourable_shares(shares, polarity), voices @ shares)


def mean_polarity(
    shares: csr_array, polarity: np.ndarray | csr_array, voices: np.ndarray
) -> np.ndarray:
    """How favourable what is said of each theme is, -1 to 1: Σ v·s·polarity / Σ v·s."""
    if polarity.ndim == 1:
        return _mean(shares, voices, polarity)
    return _ratio(voices @ csr_array(shares.multiply(csr_array(polarity))), voices @ shares)


def _mean(shares: csr_array, voices: np.ndarray, values: np.ndarray) -> np.ndarray:
    return _ratio((voices * values) @ shares, voices @ shares)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, np.asarray(part) / whole, np.nan)
