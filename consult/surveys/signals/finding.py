"""Looking for signals in a consultation's answers: the work of a job."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from consult.db import db
from consult.jobs.services import Progress
from consult.surveys.models import Consultation
from consult.surveys.results.asked import kind_of
from consult.surveys.results.counting import Counting
from consult.surveys.signals.bursts import bursts
from consult.surveys.signals.grouping import Groups, same_values
from consult.surveys.signals.reading import (
    READ_AT_ONCE,
    answers_of,
    keep_signals,
    latest_change,
    rows,
)
from consult.surveys.signals.scan import Scan
from consult.surveys.signals.texts import ALIKE, jaccard, shingles

#: How many groups of each kind are told, the largest first.
TOLD = 10

#: So many texts at most, of those linked by their bands, are kept to compare the next ones to.
COMPARED = 200


class Kind(StrEnum):
    """What a signal is made of."""

    TEXTS = "texts"
    MARKS = "marks"
    BURSTS = "bursts"


#: The bit of each kind in the mask of a response.
BITS = {kind: 1 << place for place, kind in enumerate(Kind)}


def find_signals(consultation_id: int, progress: Progress, now: datetime) -> None:
    """Finds the signals in what was sent so far and keeps them; the caller commits.

    A response of a group but the first, and each one of a burst, is told apart in the tallies.
    What changes meanwhile is later than what the table says it covers.
    """
    consultation = db.session.get(Consultation, consultation_id)
    if consultation is None:
        return
    scan, kinds = _scan_of(consultation), _kinds(consultation)
    covers = latest_change(consultation_id)
    db.session.commit()
    for row in rows(consultation_id):
        scan.add(row.id, row.submitted_at, row.channel, row.mark, row.answers)
    progress("comparing", 0.4)
    masks = array("B", bytes(len(scan.ids)))
    found: dict[str, Any] = {
        Kind.TEXTS: _told(scan, list(_alike(scan)), masks, Kind.TEXTS),
        Kind.MARKS: _told(scan, list(same_values(scan.marks)), masks, Kind.MARKS),
        Kind.BURSTS: _told_bursts(scan, masks),
    }
    progress("counting", 0.7)
    found |= {"responses": len(scan.ids), "tallies": _tallies(scan, masks, consultation_id, kinds)}
    keep_signals(consultation_id, covers, now, found)


def _scan_of(consultation: Consultation) -> Scan:
    questionnaires = [version.questionnaire for version in consultation.versions]
    return Scan({q.name for one in questionnaires for q in one.questions if q.is_open})


def _kinds(consultation: Consultation) -> dict[int, Any]:
    """What ``Counting`` takes: the questions answered by choices, by version."""
    return {
        version.number: {
            question.name: kind_of(question)
            for question in version.questionnaire.questions
            if question.is_counted
        }
        for version in consultation.versions
    }


def _alike(scan: Scan) -> Iterator[list[int]]:
    """Groups of places whose texts are nearly the same as that of the group's first."""
    groups = Groups(len(scan.ids))
    for band in scan.bands:
        for first, *others in same_values(band):
            for other in others:
                groups.join(first, other)
    members = groups.members()
    leaders: list[tuple[frozenset[str], list[int]]] = []
    current = -1
    for start in range(0, len(members), READ_AT_ONCE):
        some = members[start : start + READ_AT_ONCE]
        answers = answers_of([scan.ids[place] for _root, place in some])
        db.session.commit()
        for root, place in some:
            if root != current:
                yield from _several(leaders)
                leaders, current = [], root
            pieces = shingles(scan.text(answers.get(scan.ids[place], {})))
            _join_alike(scan, leaders, place, pieces)
    yield from _several(leaders)


def _join_alike(
    scan: Scan,
    leaders: list[tuple[frozenset[str], list[int]]],
    place: int,
    pieces: frozenset[str],
) -> None:
    """Adds a place to the first group whose leader's text it repeats, or begins a group."""
    for leader, members in leaders:
        if scan.share_a_band(members[0], place) and jaccard(leader, pieces) >= ALIKE:
            members.append(place)
            return
    if len(leaders) < COMPARED:
        leaders.append((pieces, [place]))


def _several(leaders: Sequence[tuple[frozenset[str], list[int]]]) -> Iterator[list[int]]:
    return (members for _pieces, members in leaders if len(members) > 1)


def _told(scan: Scan, groups: list[list[int]], masks: "array[int]", kind: Kind) -> dict[str, Any]:
    """The numbers of the groups, and the largest; all but the first of each is marked."""
    for _first, *others in groups:
        for place in others:
            masks[place] |= BITS[kind]
    largest = sorted(groups, key=lambda group: -len(group))[:TOLD]
    return {
        "groups": len(groups),
        "answers": sum(len(group) for group in groups),
        "largest": [_group(scan, group) for group in largest],
    }


def _group(scan: Scan, group: list[int]) -> dict[str, Any]:
    """``same_closed`` is how many gave the same answers to every closed question as the first."""
    times = [scan.times[place] for place in group]
    first = scan.closed[group[0]]
    return {
        "answers": len(group),
        "from": min(times),
        "to": max(times),
        "same_closed": sum(scan.closed[place] == first for place in group),
        "example": scan.ids[group[0]],
    }


def _told_bursts(scan: Scan, masks: "array[int]") -> dict[str, Any]:
    found = bursts(scan.windows)
    for one in found:
        for place in scan.during(one.start, one.end):
            masks[place] |= BITS[Kind.BURSTS]
    told = [
        {
            "answers": one.count,
            "from": one.start,
            "to": one.end,
            "expected": round(one.expected, 1),
            "chance": one.chance,
        }
        for one in sorted(found, key=lambda one: -one.count)[:TOLD]
    ]
    answers = sum(one.count for one in found)
    return {"groups": len(found), "answers": answers, "largest": told}


def _tallies(
    scan: Scan, masks: "array[int]", consultation_id: int, kinds: dict[int, Any]
) -> dict[str, Any]:
    """Counts by the mask of the responses; each response is under one mask."""
    countings: dict[int, Counting] = {}
    place = 0
    for row in rows(consultation_id):
        while place < len(scan.ids) and scan.ids[place] < row.id:
            place += 1
        if place == len(scan.ids) or scan.ids[place] != row.id:
            continue
        counting = countings.setdefault(masks[place], Counting(kinds, None))
        counting.add(row.version, row.lang, row.channel, row.submitted_at, None, row.answers)
    return {str(mask): counting.as_json() for mask, counting in countings.items()}
