"""What the public reads, filtered or not, put together by a curious reader."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.questionnaires import parse_questionnaire
from consult.suppression import THRESHOLD
from consult.surveys.results.asked import Asked, kind_of
from consult.surveys.results.counting import Counting
from consult.surveys.results.counts import Counts
from consult.surveys.results.public import PublicResults
from tests.factories.questionnaires import trails
from tests.unit.surveys.results.reader import Reader

QUESTIONS = parse_questionnaire(trails()).questions
KINDS = {question.name: kind for question in QUESTIONS if (kind := kind_of(question))}
ASKED = tuple(
    Asked(question, question, KINDS[question.name], question.options, (1,), True)
    for question in QUESTIONS
)
OFTEN = next(one for one in ASKED if one.name == "often")
ANSWERS = ("never", "sometimes", "daily", "")
REGIONS = ("03", "06", "10", "")

#: How many people gave each answer in each region; the last of both are those who did not tell.
People = list[list[int]]


def counts_of(people: People) -> Counts:
    counting = Counting({1: KINDS}, "region")
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    for (a, answer), (r, region) in product(enumerate(ANSWERS), enumerate(REGIONS)):
        told = {"often": answer, "region": region}
        answers = {name: value for name, value in told.items() if value}
        for _person in range(people[a][r]):
            counting.add(1, "fr", "web", moment, None, answers)
    return Counts(counting.as_json())


def public_of(people: People) -> PublicResults:
    counts = counts_of(people)
    return PublicResults(counts, counts.seen(ASKED))


def region_asked(public: PublicResults) -> Asked:
    """The question about the region as its results show it."""
    return next(one for one in public.questions if one.name == "region")


def place(a: int, r: int) -> int:
    return a * len(REGIONS) + r


def reader_of(public: PublicResults) -> Reader:
    """Someone who reads the whole, then each region, and subtracts."""
    reader = Reader(len(ANSWERS) * len(REGIONS))
    answered, told = range(3), range(4)
    if (everyone := public.responses({})) is not None:
        reader.learns([place(a, r) for a in told for r in told], everyone)
    whole = public.tally(OFTEN, {})
    if whole.base is not None:
        reader.learns([place(a, r) for a in answered for r in told], whole.base)
    for a, line in enumerate(whole.lines):
        if line.count is not None:
            reader.learns([place(a, r) for r in told], line.count)
    regions = {line.name: line.count for line in public.tally(region_asked(public), {}).lines}
    for r, region in enumerate(REGIONS[:3]):
        shown = public.tally(OFTEN, {"region": region})
        if (count := regions.get(region)) is not None:
            reader.learns([place(a, r) for a in told], count)
        if shown.base is not None:
            reader.learns([place(a, r) for a in answered], shown.base)
        for a, line in enumerate(shown.lines):
            if line.count is not None:
                reader.learns([place(a, r)], line.count)
    return reader


def tables(height: int, width: int) -> st.SearchStrategy[People]:
    count = st.one_of(st.integers(0, 6), st.integers(0, 40))
    row = st.lists(count, min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


@settings(max_examples=50, deadline=None)
@given(tables(3, 3))
def test_filters_and_the_whole_together_reveal_no_small_count(people: People) -> None:
    """Everyone answered both questions. That nobody lives in a region is no secret."""
    people = [[*row, 0] for row in people] + [[0] * 4]
    public = public_of(people)
    if public.responses({}) is None:
        return
    reader = reader_of(public)
    for r, region in enumerate(REGIONS[:3]):
        lines = public.tally(OFTEN, {"region": region}).lines
        for a in range(3):
            if not lines or lines[a].count is None:
                nobody = not any(row[r] for row in people)
                assert nobody or reader.doubt([place(a, r)]) >= THRESHOLD
            else:
                assert lines[a].count == people[a][r] >= THRESHOLD


@settings(max_examples=50, deadline=None)
@given(tables(4, 4))
def test_blanks_reveal_no_count_of_answers_either(people: People) -> None:
    """Some left a question blank: a hidden count may be narrowed, and is still not known."""
    public = public_of(people)
    if public.responses({}) is None:
        return
    reader = reader_of(public)
    for r, region in enumerate(REGIONS[:3]):
        lines = public.tally(OFTEN, {"region": region}).lines
        for a in range(3):
            if not lines or lines[a].count is None:
                assert people[a][r] == 0 or reader.doubt([place(a, r)]) > 0


def test_public_results_have_one_filter() -> None:
    public = public_of([[10] * 4] * 4)
    with pytest.raises(ValueError, match="one filter"):
        public.tally(OFTEN, {"region": "03", "lang": "fr"})
    with pytest.raises(ValueError, match="not filtered"):
        public.tally(OFTEN, {"version": "1"})


def test_a_filter_shows_the_answers_of_these_people() -> None:
    public = public_of([[10, 20, 30, 0], [40, 50, 60, 0], [7, 8, 9, 0], [0] * 4])
    shown = public.tally(OFTEN, {"region": "06"})
    assert shown.base == 78
    assert [line.count for line in shown.lines] == [20, 50, 8]
    assert public.tally(OFTEN, {"region": "17"}).base is None
