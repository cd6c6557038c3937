"""The whole form in one script of at most 6 kB, as it travels, whatever it asks."""

import gzip

import pytest

from consult.feedback import services
from consult.feedback.question_sets import READY
from consult.feedback.services import script as scripts
from consult.organizations.models import Service
from tests.pages import PageClient

#: Bytes, compressed by gzip.
BUDGET = 6_000


@pytest.mark.parametrize("name", READY)
def test_it_weighs_six_kilobytes_at_most(
    client: PageClient,
    service: Service,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """For any service, and for one that shows a button and asks for an address."""
    monkeypatch.setattr(scripts, "offers_contact", lambda _service: True)
    services.change_settings(service, service.created_at, question_set=name, display="button")
    sizes = []
    for path in (f"/widget/set/{name}.js", f"/widget/{service.key}.js"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert b"__CONSULT_CONFIG__" not in gzip.decompress(answer.data)
        sizes.append(len(answer.data))
    with capsys.disabled():
        print(f"\n{name}: {sizes[0]} bytes, {sizes[1]} with a contact field")
    assert max(sizes) <= BUDGET
