"""``consult demo`` says at once, in a line, when it cannot start."""

import socket

import pytest
from flask import Flask


@pytest.mark.parametrize("option", ["--port", "--host-port"])
def test_a_taken_port_is_one_clear_line(app: Flask, option: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        done = app.test_cli_runner().invoke(args=["demo", option, taken])
    assert done.exit_code == 2
    assert f"port {taken} is taken" in done.output
    assert "Traceback" not in done.output


def test_a_port_that_cannot_be_is_refused(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "--port", "80000"])
    assert done.exit_code == 2
    assert "80000" in done.output
