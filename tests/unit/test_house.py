"""The house rules a machine can keep: sizes, and nothing that names where it was built."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = [p for p in sorted((ROOT / "consult").rglob("*.py")) if "migrations" not in p.parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") < 500
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{path}:{node.lineno} {node.name}"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_machine() -> None:
    """The project installs from whatever mirror a machine is set to use."""
    hosts = "|".join(["pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "/wo" + "rk/"])
    found = [
        path.relative_to(ROOT)
        for path in tracked()
        if path.suffix not in {".png", ".mo"} and re.search(hosts, path.read_text(errors="ignore"))
    ]
    assert found == []


def test_no_personal_looking_address_in_the_tree() -> None:
    """Addresses in tests and demo content end in a domain reserved for examples."""
    address = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b")
    allowed = re.compile(r"(^|\.)(example|exemple)(\.[a-z]{2,6}){1,2}$|\.(example|invalid)$")
    for path in tracked():
        if (
            path.suffix in {".py", ".html", ".csv", ".json", ".md", ".po"}
            and "lock" not in path.name
        ):
            for domain in address.findall(path.read_text(errors="ignore")):
                assert allowed.search(domain), f"{path.relative_to(ROOT)}: {domain}"
