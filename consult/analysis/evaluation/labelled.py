"""Comments whose theme people told: a file, or the sets of the shared data."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from consult.analysis.text.language import LanguageDetector
from consult.comment_files import read_comments_file

LANGUAGES = ("fr", "en")


class LabelledFileError(Exception):
    """A file cannot be measured; the message says why and what to do."""


@dataclass(frozen=True)
class Labelled:
    """n comments: texts, languages ('fr' or 'en'), true themes, and groups of translations.

    ``pairs`` names the group each comment is a translation in, '' for none; None without any.
    """

    name: str
    texts: np.ndarray
    langs: np.ndarray
    truth: np.ndarray
    pairs: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def true_count(self) -> int:
        """How many true themes there are."""
        return len(np.unique(self.truth))

    @classmethod
    def of(
        cls, name: str, texts: Iterable[str], langs: Iterable[str], truth: Iterable[str],
        pairs: Iterable[object] | None = None,
    ) -> "Labelled":  # fmt: skip
        """Only comments with a text and a truth are kept."""
        frame = pd.DataFrame({
            "text": list(texts), "lang": list(langs), "truth": list(truth),
            "pair": "" if pairs is None else list(map(str, pairs)),
        })  # fmt: skip
        said = frame["text"].fillna("").str.strip().ne("")
        told = frame["truth"].fillna("").astype(str).str.strip().ne("")
        text, lang, kept, pair = (
            frame[column][said & told].astype(str).to_numpy(dtype=object)
            for column in ("text", "lang", "truth", "pair")
        )
        return cls(name, text, lang, kept, None if pairs is None else pair)


def read_labelled(
    path: Path, *, text: str, truth: str, lang: str | None = None, pair: str | None = None
) -> Labelled:
    """The comments of a CSV file, by the names of its columns.

    A language that is neither told as ``fr…`` nor ``en…`` is recognised from the text.

    Raises:
        CommentFileError: the file cannot be read.
        LabelledFileError: a column is missing, or fewer than two themes are told.
    """
    table = read_comments_file(path)
    for column in (text, truth, lang, pair):
        if column is not None and column not in table:
            names = ", ".join(table.columns)
            raise LabelledFileError(f"There is no column “{column}”. The columns are: {names}.")
    langs = [""] * len(table) if lang is None else table[lang].str.strip().str.lower().str[:2]
    found = Labelled.of(
        path.name, table[text], langs, table[truth], None if pair is None else table[pair]
    )
    if len(found) == 0 or found.true_count < 2:
        raise LabelledFileError(
            f"The column “{truth}” tells fewer than two themes: there is nothing to measure."
        )
    unknown = ~np.isin(found.langs, LANGUAGES)
    if unknown.any():
        found.langs[unknown] = LanguageDetector().fit_predict(found.texts[unknown])
    return found


@dataclass(frozen=True)
class SharedSet:
    """How a set of the shared data is read.

    Attributes:
        file: below the folder of the shared data.
        truth: column of the true themes.
        text: columns of the text, joined; ``{}`` stands for the language in a set of translations.
        lang: column of the language, or the one language of the set.
        translated: 'one' to take each text in one of its two languages, 'both' to take it in
            both, as a pair.
        key: column whose checksum decides the one language, by turns without it.
        at_most: how many rows, drawn always the same.
    """

    file: str
    truth: str
    text: tuple[str, ...]
    lang: str
    translated: Literal["", "one", "both"] = ""
    key: str = ""
    at_most: int | None = None

    def read(self, name: str, folder: Path) -> Labelled:
        """Raises OSError when the folder lacks the file."""
        frame = pd.read_csv(folder / self.file).dropna(subset=[self.truth])
        if not self.translated:
            frame = frame.dropna(subset=[self.text[-1]])
        if self.at_most and len(frame) > self.at_most:
            frame = frame.sample(self.at_most, random_state=0)
        if self.translated:
            return self._translations(name, frame)
        texts = frame[list(self.text)].fillna("").agg(". ".join, axis=1)
        langs = frame[self.lang] if self.lang in frame else [self.lang] * len(frame)
        return Labelled.of(name, texts, langs, frame[self.truth])

    def _translations(self, name: str, frame: pd.DataFrame) -> Labelled:
        said = {lang: frame[self.text[0].format(lang)] for lang in LANGUAGES}
        truth = [*frame[self.truth]]
        if self.translated == "both":
            langs = [lang for lang in LANGUAGES for _ in truth]
            pairs = [*range(len(truth))] * 2
            return Labelled.of(name, [*said["fr"], *said["en"]], langs, truth * 2, pairs)
        french = np.arange(len(truth)) % 2 == 0
        if self.key:
            french = np.array([zlib.crc32(str(key).encode()) % 2 for key in frame[self.key]]) == 1
        texts = np.where(french, said["fr"], said["en"])
        return Labelled.of(name, texts, np.where(french, "fr", "en"), truth)


_SIB = ("en_fr_sib200/sib200_en_fr.csv", "category", ("text_{}",), "")
_MASSIVE = ("en_fr_massive/massive_en_fr.csv", "scenario", ("text_{}",), "")
_FAQ = "en_fr_quebec_covid_faq_2020/questions.csv"
#: The sets with human themes, by the name that the tables give them.
SHARED_SETS = {
    "SIB-200, one language each": SharedSet(*_SIB, "one", "index_id"),
    "SIB-200, both languages": SharedSet(*_SIB, "both"),
    "Québec FAQ, categories": SharedSet(_FAQ, "categorie", ("texte",), "lang"),
    "Québec FAQ, intents": SharedSet(_FAQ, "intent", ("texte",), "lang"),
    "NHS, labels": SharedSet(
        "uk_nhs_patient_feedback/phase1_single_label.csv", "label", ("text",), "en", at_most=3000
    ),
    "Egalité, themes": SharedSet(
        "fr_egalite_fh_assemblee_2016/contributions_annotees.csv", "theme", ("texte",), "fr"
    ),
    "République numérique, sections": SharedSet(
        "fr_republique_numerique_2015/propositions.csv", "section", ("titre", "texte"), "fr"
    ),
    "MASSIVE, one language each": SharedSet(*_MASSIVE, "one", at_most=3000),
    "MASSIVE, both languages": SharedSet(*_MASSIVE, "both", at_most=1500),
}
