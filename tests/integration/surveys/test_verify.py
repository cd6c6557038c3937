"""A receipt code, given back, tells that the answers were received."""

import pytest

from consult.surveys.views import verify
from tests.integration.surveys.conftest import EN, answer_all, responses
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("consultation")

VERIFY = "/en/receipt"


def test_a_code_confirms_what_was_received(client: PageClient) -> None:
    receipt = client.page(answer_all(client, EN))
    assert receipt.select_one("main button[type=button][data-print][hidden]")
    assert "/en/receipt" in [str(a["href"])[-11:] for a in receipt.select("main a")]
    typed = "-".join(responses()[0].receipt_groups).lower().replace("0", "o").replace("1", "i")
    page = client.submit(VERIFY, {"code": f" {typed} "}).get_data(as_text=True)
    assert "Your answers were received" in page
    assert "Our trails" in page
    assert "Québec time" in page
    assert "Plus de bancs." not in page


@pytest.mark.parametrize("code", ["", "K7QF-29MX-81TD", "code", "\x00", "\ud83d"])
def test_an_unknown_code_is_told_and_shows_nothing(client: PageClient, code: str) -> None:
    answer_all(client, EN)
    answer = client.submit(VERIFY, {"code": code.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 422
    assert 'href="#code"' in answer.get_data(as_text=True)
    assert "Our trails" not in answer.get_data(as_text=True)


def test_wrong_codes_are_limited_and_right_ones_never_count(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "WRONG_CODES", "3 per minute")
    answer_all(client, EN)
    code = responses()[0].receipt_code
    right = [client.submit(VERIFY, {"code": code}).status_code for _try in range(5)]
    assert right == [200] * 5
    wrong = [client.submit(VERIFY, {"code": "0" * 12}).status_code for _try in range(4)]
    assert wrong == [422] * 3 + [429]
    assert client.get(VERIFY).status_code == 200


def test_the_page_is_linked_from_the_list(client: PageClient) -> None:
    assert client.page("/fr/consultations").select_one('main a[href="/fr/recu"]')


def test_removing_the_receipt_is_said(client: PageClient) -> None:
    receipt = answer_all(client, EN)
    answer = client.submit(f"{EN}/someone-else", {}, form_page=receipt)
    assert "removed from this device" in client.get(answer.location).get_data(as_text=True)
