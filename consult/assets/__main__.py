"""``python -m consult.assets build``."""

import click

from consult.assets.build import build


@click.group()
def main() -> None:
    """Style sheets, scripts and images."""


main.command("build", help="Build them, when their sources changed.")(build)

if __name__ == "__main__":
    main(prog_name="python -m consult.assets")
