"""Commands written in the slices, imported only when they are called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


def load_command(address: str) -> click.Command:
    """The command at ``module:name``."""
    module, name = address.split(":")
    command: click.Command = getattr(import_module(module), name)
    return command


class LazyGroup(click.Group):
    """A group whose commands are given by name and address (``module:name``)."""

    def __init__(self, *, addresses: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.addresses = addresses

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.addresses)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return load_command(self.addresses[name]) if name in self.addresses else None
