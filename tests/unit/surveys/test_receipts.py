from consult.surveys.models import Response
from consult.surveys.receipts import ALPHABET, new_receipt_code


def test_a_code_is_read_back_as_it_was_written() -> None:
    codes = {new_receipt_code() for _code in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert Response(receipt_code="K7QF29MX81TD").receipt_groups == ["K7QF", "29MX", "81TD"]
