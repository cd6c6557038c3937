"""The ``consult`` command: a short list of the slices' commands."""

import os
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup, routes_command

from consult.config import Settings, local_secret
from consult.lazy_commands import load_command

#: Commands that need the application, and where each is written.
APP_COMMANDS = {
    "add-organization": "consult.organizations.cli:add_organization",
    "add-service": "consult.organizations.cli:add_service",
    "add-staff": "consult.organizations.cli:add_staff",
    "backup": "consult.backup.cli:backup",
    "audit": "consult.organizations.audit.cli:audit",
    "create-admin": "consult.organizations.cli:create_admin",
    "demo": "consult.demo.cli:demo",
    "export-answers": "consult.surveys.cli:export_answers",
    "export-services": "consult.register.cli:export_services",
    "import-answers": "consult.surveys.cli:import_answers_file",
    "import-comments": "consult.feedback.cli:import_comments",
    "import-services": "consult.register.cli:import_services",
    "restore": "consult.backup.cli:restore",
    "serve": "consult.server:serve",
    "worker": "consult.jobs.cli:worker",
}

#: Commands that work without the application of the environment: loaded only when called.
FILE_COMMANDS = {
    "analyze": "consult.analysis.cli:analyze",
    "bench": "consult.bench.cli:bench",
    "evaluate": "consult.evaluate:evaluate",
    "vectors": "consult.analysis.vectors_cli:vectors",
}


def _application() -> Flask:
    """The application of the environment; without a secret, that of the embedded installation."""
    from consult import create_app

    if "CONSULT_SECRET_KEY" in os.environ:
        return create_app()
    var_dir = Path(os.environ.get("CONSULT_VAR_DIR", "var"))
    return create_app(Settings(secret_key=local_secret(var_dir)))


class ConsultGroup(FlaskGroup):
    """Flask's command group without its own options, and with the file commands beside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_default_commands=False, load_dotenv=False)
        self.params = [p for p in self.params if p.name not in ("app", "debug", "env_file")]
        self.add_command(routes_command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *FILE_COMMANDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in FILE_COMMANDS:
            return load_command(FILE_COMMANDS[name])
        return super().get_command(ctx, name)


@click.group(cls=ConsultGroup, create_app=_application, add_version_option=False)
@click.version_option(package_name="consult")
def main() -> None:
    """consult: the platform where a government listens."""


def init_app(app: Flask) -> None:
    """Adds every slice's commands to ``app``."""
    for name, address in APP_COMMANDS.items():
        app.cli.add_command(load_command(address), name)
