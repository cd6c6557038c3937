"""What is rebuilt, and when: with the tools replaced by a note of their use."""

from pathlib import Path

import pytest

from consult.assets import build as building


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "app.scss").write_text("a { color: red }")
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(building, "resource_folder", lambda name: tmp_path / name)
    return tmp_path


@pytest.fixture
def used(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    tools: list[str] = []

    def run(tool: str, _arguments: list[str], root: Path) -> None:
        tools.append(tool)
        (root / "node_modules").mkdir(exist_ok=True)
        (root / "static" / "dist").mkdir(exist_ok=True)
        (root / "static" / "dist" / "manifest.json").write_text("{}")

    monkeypatch.setattr(building, "_run", run)
    return tools


def test_the_first_build_installs_and_builds_and_the_second_does_nothing(used: list[str]) -> None:
    building.build()
    assert used == ["npm", "node"]
    building.build()
    assert used == ["npm", "node"]


def test_a_changed_source_is_built_again_without_installing(
    checkout: Path, used: list[str]
) -> None:
    building.build()
    (checkout / "static" / "css" / "app.scss").write_text("a { color: blue }")
    building.build()
    assert used == ["npm", "node", "node"]


def test_a_changed_lock_installs_again(checkout: Path, used: list[str]) -> None:
    building.build()
    (checkout / "package-lock.json").write_text('{"lockfileVersion": 3}')
    building.build()
    assert used == ["npm", "node", "npm", "node"]


def test_a_lost_result_is_built_again(checkout: Path, used: list[str]) -> None:
    building.build()
    (checkout / "static" / "dist" / "manifest.json").unlink()
    building.build()
    assert used == ["npm", "node", "node"]


def test_outside_a_checkout_it_says_so(checkout: Path) -> None:
    (checkout / "package-lock.json").unlink()
    with pytest.raises(building.BuildFailedError, match="checkout"):
        building.build()
