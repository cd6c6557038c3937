"""The whole form in one script of at most 6 kB, as it travels, whatever it asks."""

import gzip

import pytest

from consult.feedback import services
from consult.feedback.question_sets import READY
from consult.organizations.models import Service
from tests.pages import PageClient

#: Bytes, compressed by gzip.
BUDGET = 6_000


@pytest.mark.parametrize("name", READY)
def test_it_weighs_six_kilobytes_at_most(
    client: PageClient, service: Service, name: str, record_property: object
) -> None:
    services.change_settings(service, service.created_at, question_set=name, display="button")
    for path in (f"/widget/set/{name}.js", f"/widget/{service.key}.js"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        print(f"{path.replace(str(service.key), 'KEY')}: {len(answer.data)} bytes ({name})")
        assert b"__CONSULT_CONFIG__" not in gzip.decompress(answer.data)
        assert len(answer.data) <= BUDGET
