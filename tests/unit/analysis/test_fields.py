"""Comments about one subject share a field, whatever their words and their language."""

import csv
from importlib.resources import files

import numpy as np

from consult.analysis.text.fields import SemanticFields
from consult.analysis.text.glossary import Glosser
from consult.analysis.text.lemmas import content_lemmas

COMMENTS = [
    ("fr", "J’ai oublié mon mot de passe"),
    ("en", "The login never works"),
    ("fr", "Le loyer est trop élevé"),
    ("en", "Landlords and tenants"),
]


def test_same_subject_without_a_common_word_is_nearer_than_another_subject() -> None:
    langs = [lang for lang, _ in COMMENTS]
    lemmas = [content_lemmas(text, lang) for lang, text in COMMENTS]
    points = SemanticFields().fit_transform(Glosser().fit(lemmas, langs).transform(lemmas, langs))
    likeness = points @ points.T
    apart = likeness[:2, 2:].max()
    assert min(likeness[0, 1], likeness[2, 3]) > apart + 0.5


def test_a_comment_without_a_known_word_lies_nowhere() -> None:
    points = SemanticFields().fit([["bus"], ["zzz"]]).transform([["zzz"], []])
    assert not points.any()
    assert points.shape[0] == 2
    assert np.isfinite(points).all()


def test_every_field_has_words_in_both_languages() -> None:
    with files("consult.analysis.text").joinpath("fields.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["field"] for row in rows}) == len(rows) > 250
    for row in rows:
        for lang in ("fr", "en"):
            words = row[lang].split("|")
            assert len(words) == len(set(words)) >= 20, (row["field"], lang)
