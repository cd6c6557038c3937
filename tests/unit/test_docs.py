"""What the documentation names exists, and what exists is documented."""

import re
from pathlib import Path

from consult.cli import APP_COMMANDS, FILE_COMMANDS
from consult.config import Settings

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text()


def test_every_setting_is_documented_with_its_default() -> None:
    documented = set(re.findall(r"^\| `CONSULT_(\w+)`", OPERATING, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int) and not isinstance(field.default, bool):
            row = re.search(rf"^\| `CONSULT_{name.upper()}` \| `(\d+)`", OPERATING, re.MULTILINE)
            assert row, name
            assert int(row[1]) == field.default


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"^\| `consult ([\w-]+)`", OPERATING, re.MULTILINE))
    assert documented >= {*APP_COMMANDS, *FILE_COMMANDS}


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("translations/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_starts_with_the_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    commands = [line.split("#")[0].strip() for line in blocks[0].splitlines() if line.strip()]
    assert commands == ["make demo", "make test"]


def test_the_readme_leads_to_every_guide() -> None:
    linked = set(re.findall(r"\]\((docs/[^)#]+)", (ROOT / "README.md").read_text()))
    assert {f"docs/{page.name}" for page in ROOT.glob("docs/*.md")} <= linked
