"""Answers are counted once, and every filter adds up."""

import json
import statistics
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questionnaires import parse_questionnaire
from consult.surveys.results.asked import Asked, kind_of
from consult.surveys.results.counting import Counting
from consult.surveys.results.counts import Counts
from consult.surveys.results.experience import experience_of, public_experience
from consult.surveys.results.measures import measures, places
from consult.surveys.results.moments import Moments
from consult.surveys.results.timeline import periods
from tests.factories.results import sums

QUESTIONS = parse_questionnaire(sums()).questions
KINDS = {question.name: kind for question in QUESTIONS if (kind := kind_of(question))}
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def counted(*people: dict[str, Any]) -> Counts:
    """Each person's answers, with ``lang``, ``channel``, ``day`` and ``experience`` beside."""
    counting = Counting({1: KINDS}, "region")
    for person in people:
        answers = dict(person)
        lang, channel = answers.pop("lang", "fr"), answers.pop("channel", "web")
        day, experience = answers.pop("day", 0), answers.pop("experience", None)
        moment = MOMENT + timedelta(days=day)
        counting.add(1, lang, channel, moment, experience, answers)
    return Counts(json.loads(json.dumps(counting.as_json())))


def asked(name: str) -> Asked:
    question = next(question for question in QUESTIONS if question.name == name)
    return Asked(question, question, KINDS[name], question.options, (1,), True)


def test_choices_are_counted_under_every_filter() -> None:
    counts = counted(
        {"bus_price": "good", "region": "03"},
        {"bus_price": "good", "region": "06", "lang": "en"},
        {"bus_price": "bad", "region": "03", "channel": "phone"},
        {"region": "03"},
    )
    assert counts.responses() == 4
    assert counts.answered("bus_price") == 3
    assert counts.choices("bus_price") == {"good": 2, "bad": 1}
    assert counts.choices("bus_price", {"region": "03"})["good"] == 1
    assert counts.choices("bus_price", {"region": "03", "lang": "en"})["good"] == 0
    assert counts.answered_by("bus_price", "region") == {"03": 2, "06": 1}
    assert counts.choices_by("bus_price", "channel")["bad", "phone"] == 1


def test_a_person_who_gives_several_answers_is_one_person() -> None:
    counts = counted({"uses": ["work", "fun"]}, {"uses": ["fun"]})
    assert counts.answered("uses") == 2
    assert counts.choices("uses") == {"work": 1, "fun": 2}


def test_a_consent_is_told_of_all_who_could_give_it() -> None:
    counts = counted({"agree": "yes"}, {}, {"age": 30})
    assert counts.answered("agree") == 3
    assert counts.choices("agree")["yes"] == 1


def test_numbers_are_measured() -> None:
    ages = [18, 22, 30, 30, 41, 77]
    counts = counted(*({"age": age} for age in ages), {"age": 99, "lang": "en"})
    told = measures(counts, "age", {"lang": "fr"})
    assert told is not None
    assert told.mean == pytest.approx(statistics.mean(ages))
    assert told.deviation == pytest.approx(statistics.stdev(ages))
    assert told.quartiles == tuple(statistics.quantiles(ages, n=4, method="inclusive"))
    assert measures(counts, "age", {"lang": "en", "channel": "phone"}) is None


def test_amounts_of_any_size_take_little_room() -> None:
    values = [n * 1.2345 + 20_000 for n in range(3_000)]
    counts = counted(*({"amount": str(value)} for value in values))
    told = measures(counts, "amount", {})
    assert told is not None
    assert len(counts.choices("amount")) < 100
    assert told.mean == pytest.approx(statistics.mean(values))
    assert told.quartiles[1] == pytest.approx(statistics.median(values), rel=0.005)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2), st.integers(0, 100))
def test_moments_of_parts_are_those_of_the_whole(values: list[float], cut: int) -> None:
    parts = Moments(), Moments()
    for place, value in enumerate(values):
        parts[place < cut].add(value)
    parts[0].merge(parts[1])
    assert parts[0].count == len(values)
    assert parts[0].mean == pytest.approx(statistics.fmean(values), abs=1e-6)
    deviation = statistics.stdev(values)
    assert parts[0].deviation == pytest.approx(deviation, rel=1e-6, abs=1e-5)


def test_rankings_tell_the_mean_place_and_who_came_first() -> None:
    counts = counted(
        {"first": ["price", "speed"]}, {"first": ["price", "calm"]}, {"first": ["calm", "price"]}
    )
    best, *others = places(counts, asked("first"), {}).choices
    assert (best.name, best.first, best.share) == ("price", 2, 2 / 3)
    assert best.mean == pytest.approx(4 / 3)
    assert {one.name: (one.first, one.mean) for one in others} == {
        "calm": (1, 1.5),
        "speed": (0, 2.0),
    }


def test_the_experience_is_the_share_of_the_two_highest_steps() -> None:
    people = [{"experience": step} for step in (5, 5, 4, 4, 4, 3, 1)]
    told = experience_of(counted(*people, {}))
    assert told is not None
    assert (told.satisfied, told.base) == (5, 7)
    assert experience_of(counted(*people[:4])) is None


def test_the_public_does_not_learn_that_a_handful_is_not_satisfied() -> None:
    people = [{"experience": step} for step in (5, 5, 4, 4, 4, 3, 1)]
    assert public_experience(counted(*people)) is None
    told = public_experience(counted(*people, *[{"experience": 2}] * 3))
    assert told is not None
    assert told.share == 0.5


def test_days_without_answers_stand_in_the_chart_and_long_times_are_told_by_week() -> None:
    days = periods(counted({}, {"day": 2}, {"day": 2}).days)
    assert [period.count for period in days] == [1, 0, 2]
    weeks = periods(counted({}, {"day": 6}, {"day": 100}).days)
    assert [weeks[0].count, weeks[-1].count] == [2, 1]
    assert (weeks[0].last - weeks[0].first).days == 6
    assert periods({}) == []
