import pytest

from consult.surveys.models import Response
from consult.surveys.receipts import ALPHABET, new_receipt_code, read_receipt_code


def test_a_code_is_read_back_as_it_was_written() -> None:
    codes = {new_receipt_code() for _code in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert Response(receipt_code="K7QF29MX81TD").receipt_groups == ["K7QF", "29MX", "81TD"]


@pytest.mark.parametrize(
    "typed", ["K0QF29MX81TD", " k0qf-29mx-81td ", "KOQF 29MX 8ITD", "koqf–29mx–8ltd"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_receipt_code(typed) == "K0QF29MX81TD"


@pytest.mark.parametrize(
    "typed", ["", "K0QF", "K0QF29MX81TDK", "K0QF29MX81T\x00", "ÉÉÉÉÉÉÉÉÉÉÉÉ", "x" * 9999]
)
def test_what_is_not_a_code_is_not_read(typed: str) -> None:
    assert read_receipt_code(typed) is None
