"""Redaction on labelled comments: how much is found, how much is left alone, and how it is told."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from stdnum import luhn

from consult.cli import main
from consult.privacy.errors import LabelError
from consult.privacy.evaluation import Tally, evaluate, parse_line, read_labelled
from consult.privacy.recognizers.spans import Span

LABELLED = Path(__file__).with_name("labelled.txt")


@pytest.mark.parametrize("half", ["", "odd", "even"])
def test_precision_and_recall_hold_on_each_half(half: str) -> None:
    total = evaluate(read_labelled(LABELLED, half)).total
    assert total.precision >= 0.98
    assert total.recall >= 0.95


def test_they_hold_for_each_kind_and_each_language_and_little_else_is_masked() -> None:
    evaluation = evaluate(read_labelled(LABELLED))
    for tally in (*evaluation.by_kind.values(), *evaluation.by_lang.values()):
        assert tally.precision >= 0.95
        assert tally.recall >= 0.95
    assert evaluation.needless / evaluation.signs < 0.02


def test_the_file_is_large_bilingual_and_half_of_it_only_looks_like_identifiers() -> None:
    lines = read_labelled(LABELLED)
    assert len(lines) >= 400
    assert sum(not line.labels for line in lines) >= 0.45 * len(lines)
    assert sum(line.lang == "en" for line in lines) >= 0.45 * len(lines)
    assert len({line.text for line in lines}) == len(lines)


def test_labelled_numbers_pass_the_check_that_real_ones_pass() -> None:
    for line in read_labelled(LABELLED):
        for start, end, kind in line.labels:
            if kind in ("sin", "card"):
                digits = "".join(str(int(sign)) for sign in line.text[start:end] if sign.isdigit())
                assert luhn.is_valid(digits), line.text


def test_a_line_gives_its_text_and_its_labels() -> None:
    line = parse_line(7, r"fr tél\u00a0⟦phone:418 555-0199⟧, ⟦email:nom@exemple.ca⟧")
    assert line.text == "tél\u00a0418 555-0199, nom@exemple.ca"
    assert line.labels == (Span(4, 16, "phone"), Span(18, 32, "email"))


@pytest.mark.parametrize("line", ["de hallo", "fr ⟦plaque:A12⟧", "fr ⟦phone:418", "bonjour"])
def test_a_line_that_is_not_labelled_as_expected_is_refused(line: str) -> None:
    with pytest.raises(LabelError, match="line 3"):
        parse_line(3, line)


def test_half_a_find_a_find_of_another_kind_and_a_false_one_count_as_they_should() -> None:
    line = parse_line(1, "fr ⟦phone:418 555-0199⟧ ou ⟦sin:046 454 286⟧ page 12")
    found = [Span(0, 3, "phone"), Span(16, 27, "card"), Span(33, 35, "phone")]
    evaluation = evaluate([line], lambda _: found)
    assert evaluation.total == Tally(labels=2, covered=0, finds=3, right=1)
    assert evaluation.by_kind["card"] == Tally(finds=1)
    assert (evaluation.needless, evaluation.signs) == (2, 8)
    assert [number for number, _ in evaluation.missed] == [1, 1]
    assert Tally().precision == Tally().recall == 1.0


def test_the_command_prints_the_table_and_the_cases(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("# mine\nfr ⟦email:nom@exemple.ca⟧\nen ⟦phone:12⟧\nen G1R 4S9\n", "utf-8")
    result = CliRunner().invoke(main, ["evaluate", "redaction", str(file), "--show"])
    assert result.exit_code == 0
    assert "all              2   0.5000       2     0.5000" in result.output
    assert "missed\t2\t12" in result.output
    assert "false\t3\taddress: G1R 4S9" in result.output


def test_the_command_tells_which_line_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("fr bonjour\nnothing\n", "utf-8")
    result = CliRunner().invoke(main, ["evaluate", "redaction", str(file)])
    assert result.exit_code == 1
    assert "line 2" in result.output
