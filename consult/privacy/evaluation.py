"""How well redaction does on labelled lines: precision and recall, by kind and by language."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from consult.privacy.errors import LabelError
from consult.privacy.recognizers.spans import Span
from consult.privacy.redaction import MARKERS, find

_LABEL = re.compile(r"⟦(\w+):([^⟦⟧]*)⟧")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class LabelledLine:
    """One comment and the places of it that a person says are identifiers."""

    number: int
    lang: str
    text: str
    labels: tuple[Span, ...]


@dataclass
class Tally:
    """Labels and finds, and how many of each the other side agrees with."""

    labels: int = 0
    covered: int = 0
    finds: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """Share of the labels that are masked whole; 1 when there is none."""
        return self.covered / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        """Share of the finds that touch a label of their kind; 1 when there is none."""
        return self.right / self.finds if self.finds else 1.0


@dataclass
class Evaluation:
    """The tallies of a file: ``total``, and one for each kind and each language."""

    total: Tally = field(default_factory=Tally)
    by_kind: dict[str, Tally] = field(default_factory=dict)
    by_lang: dict[str, Tally] = field(default_factory=dict)
    missed: list[tuple[int, str]] = field(default_factory=list)
    false: list[tuple[int, str]] = field(default_factory=list)
    needless: int = 0  #: letters and digits masked that no label covers
    signs: int = 0  #: letters and digits that no label covers

    def tallies(self, kind: str, lang: str) -> tuple[Tally, Tally, Tally]:
        """The three tallies that an identifier of this kind and language counts in."""
        by_kind = self.by_kind.setdefault(kind, Tally())
        return self.total, by_kind, self.by_lang.setdefault(lang, Tally())


def parse_line(number: int, line: str) -> LabelledLine:
    r"""``fr Appelez ⟦phone:418 555-0199⟧`` as text and labels; ``\u00a0`` stands for its sign.

    Raises LabelError when the line names no language or an unknown kind.
    """
    lang, _, marked = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), line).partition(" ")
    text, labels, position = "", [], 0
    for found in _LABEL.finditer(marked):
        text += marked[position : found.start()]
        labels.append(Span(len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        position = found.end()
    text += marked[position:]
    if lang not in ("fr", "en") or "⟦" in text or any(span.kind not in MARKERS for span in labels):
        raise LabelError(number, line)
    return LabelledLine(number, lang, text, tuple(labels))


def read_labelled(path: Path, half: str = "") -> list[LabelledLine]:
    """The lines of a file but comments (#); ``half`` "odd" or "even" keeps every other one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    numbered = [parse_line(number, line) for number, line in enumerate(kept, start=1)]
    return [line for line in numbered if not half or line.number % 2 == (half == "odd")]


def evaluate(
    lines: Iterable[LabelledLine], find: Callable[[str], Iterable[Span]] = find
) -> Evaluation:
    """Compares what ``find`` sees with the labels.

    A label counts as covered when every letter and digit of it is masked under its kind; a find is
    right when it touches a label of its kind. Recall = covered / labels, precision = right / finds
    (over all identifiers together: micro-averaged).
    """
    evaluation = Evaluation()
    for line in lines:
        _compare(line, tuple(find(line.text)), evaluation)
    return evaluation


def _compare(line: LabelledLine, found: tuple[Span, ...], evaluation: Evaluation) -> None:
    for label in line.labels:
        masked = {at for span in found if span.kind == label.kind for at in _places(span)}
        covered = all(at in masked for at in _places(label) if line.text[at].isalnum())
        if not covered:
            evaluation.missed.append((line.number, line.text))
        for tally in evaluation.tallies(label.kind, line.lang):
            tally.labels += 1
            tally.covered += covered
    for span in found:
        right = any(
            span.kind == label.kind and span.start < label.end and label.start < span.end
            for label in line.labels
        )
        if not right:
            evaluation.false.append((line.number, f"{span.kind}: {line.text}"))
        for tally in evaluation.tallies(span.kind, line.lang):
            tally.finds += 1
            tally.right += right
    unlabelled = set(range(len(line.text))) - {at for span in line.labels for at in _places(span)}
    signs = {at for at in unlabelled if line.text[at].isalnum()}
    evaluation.signs += len(signs)
    evaluation.needless += len(signs & {at for span in found for at in _places(span)})


def _places(span: Span) -> range:
    return range(span.start, span.end)


def report(evaluation: Evaluation) -> Iterator[str]:
    """The lines of the table, and the share of other words that was masked with them."""
    yield f"{'':10}{'labels':>8}{'recall':>9}{'finds':>8}{'precision':>11}"
    rows = [("all", evaluation.total), *sorted(evaluation.by_kind.items())]
    for name, tally in [*rows, *sorted(evaluation.by_lang.items())]:
        yield (
            f"{name:10}{tally.labels:8}{tally.recall:9.4f}{tally.finds:8}{tally.precision:11.4f}"
        )
    share = evaluation.needless / evaluation.signs if evaluation.signs else 0.0
    yield f"letters and digits outside identifiers that were masked: {share:.2%}"
