"""Settings are refused without telling them; the embedded secret is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from consult.config import Settings, local_secret


def test_a_secret_too_short_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_SECRET_KEY", "hunter2")
    with pytest.raises(ValidationError, match="at least 32 characters") as refused:
        Settings()
    assert "hunter2" not in str(refused.value)


def test_the_embedded_secret_is_the_same_for_all_who_start_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: local_secret(tmp_path / "var"), range(8)))
    assert len(found) == 1
    assert len(found.pop()) >= 32
    (kept,) = (tmp_path / "var").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_database_addresses_get_their_driver(given: str, used: str) -> None:
    assert Settings(secret_key="t" * 40, database_url=given).sqlalchemy_url == used
