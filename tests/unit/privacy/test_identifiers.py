"""How much of what identifies people is found, and how much of the rest is left alone."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from consult.privacy.redaction import redact


def _labelled() -> list[tuple[str, Counter[str]]]:
    with Path(__file__).with_name("identifiers.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["text"], Counter(row["kinds"].split())) for row in csv.DictReader(lines)]


def test_precision_and_recall_on_the_labelled_lines(capsys: pytest.CaptureFixture[str]) -> None:
    right = missed = wrong = 0
    report = []
    for text, expected in _labelled():
        found = Counter(redact(text).found)
        right += (found & expected).total()
        missed += (expected - found).total()
        wrong += (found - expected).total()
        if found != expected:
            report.append(f"{text!r}: expected {dict(expected)}, found {dict(found)}")
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        print(f"\nidentifiers: precision {precision:.3f}, recall {recall:.3f}", *report, sep="\n")
    assert precision >= 0.95
    assert recall >= 0.95
