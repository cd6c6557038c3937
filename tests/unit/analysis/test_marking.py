"""What speaks of a theme is marked; words stay words."""

import pytest

from consult.analysis.report.marking import marked


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("Long. Et clair.", [[0, 5, -0.5]], "<mark>Long.</mark> Et clair."),
        ("a <b> c", [[2, 5, 0]], "a <mark>&lt;b&gt;</mark> c"),
        ("<i>un</i> deux", [[10, 14, 0]], "&lt;i&gt;un&lt;/i&gt; <mark>deux</mark>"),
        ("un deux trois", [[3, 7, 0], [0, 5, 0]], "<mark>un de</mark><mark>ux</mark> trois"),
        ("un deux", [[3, 900, 0]], "un <mark>deux</mark>"),
        ("un deux", [[0, 7, 0]], "un deux"),
        ("un deux", [[0, 2, 0], [3, 7, 0]], "un deux"),
        ("un deux", [[9, 12, 0], [-4, 0, 0]], "un deux"),
        ("un deux", [], "un deux"),
    ],
)
def test_only_what_tells_something_is_marked(
    text: str, marks: list[list[float]], shown: str
) -> None:
    assert str(marked(text, marks)) == shown
