"""What these tests share."""

from typing import Any

import pytest
from flask import Flask, g
from werkzeug.test import TestResponse

from consult.security import limiter
from tests.pages import PageClient


class BrowserClient(PageClient):
    """Keeps nothing in ``g`` from one request to the next, as a server does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> PageClient:
    return BrowserClient(app, app.response_class, use_cookies=True)


@pytest.fixture(autouse=True)
def _limits_start_anew(app: Flask) -> None:
    """What an earlier test sent does not count against this one."""
    limiter.reset()
