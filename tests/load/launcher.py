"""Starts ``consult serve`` again and again without loading the code again: a fork for each line.

What is loaded is the code and nothing else: each server makes its own application, opens its own
database, and is killed as a server that was started from the command line would be. Standard input
says the port, a line a start; standard output answers with the number of the process.
"""

import os
import signal
import sys

from consult import Settings, create_app
from consult.cli import main


def load() -> None:
    """Imports all that an application imports, by making one that is thrown away."""
    create_app(Settings(secret_key="t" * 40))


def serve_each_line() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            main(["serve", "--port", line.strip()])
        print(child, flush=True)


if __name__ == "__main__":
    load()
    serve_each_line()
