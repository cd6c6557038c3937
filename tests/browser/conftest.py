"""The demo really started, and Debian's chromium really looking at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.pressing import press
from tests.servers import ServerMissingError, free_port, wait_until

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running demo: its address, the other site with the widget, its staff account, its data."""

    url: str
    host: str
    email: str
    password: str
    var_dir: Path


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2)  # noqa: S310
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``consult demo`` on free ports, as ``make demo`` starts it."""
    var = tmp_path_factory.mktemp("demo")
    port, host_port = free_port(), free_port()
    log = (var / "demo.log").open("w+")
    consult = Path(sys.executable).with_name("consult")
    process = subprocess.Popen(
        [consult, "demo", "--port", str(port), "--host-port", str(host_port)],
        env={**os.environ, "CONSULT_VAR_DIR": str(var / "var"), "PYTHONUNBUFFERED": "1"},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    said = ""

    def ready() -> bool:
        nonlocal said
        said = Path(log.name).read_text()
        assert process.poll() is None, said
        return "Ctrl-C" in said and _answers(f"http://127.0.0.1:{port}/fr/")

    try:
        wait_until(ready, "the demo", 300)
        account = re.search(r"(\S+@\S+)\s+·\s+(\S+)", said)
        assert account, said
        url, host = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{host_port}"
        yield Site(url, host, account[1], account[2], var / "var")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        raise ServerMissingError("chromium is not installed: apt-get install chromium")
    browser = _playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
    yield browser
    browser.close()


@dataclass
class Visitor:
    """Opens pages, and notes what each asked of the network and complained of."""

    context: BrowserContext
    allowed: set[str]
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        return page

    def _note(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.complaints.append(str(getattr(message, "text", "")))

    @property
    def strayed(self) -> list[str]:
        """Requests that left the sites they may talk to."""
        return [u for u in self.requests if urlsplit(u).netloc not in self.allowed]


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """``visitor(javaScriptEnabled=False, width=320)`` is a person with a clean browser."""
    made: list[Visitor] = []

    def make(width: int = 1280, javascript: bool = True, **options: object) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        allowed = {urlsplit(site.url).netloc, urlsplit(site.host).netloc}
        made.append(Visitor(context, allowed))
        return made[-1]

    yield make
    for person in made:
        person.context.close()
        assert not person.strayed, "a request left the site"


@pytest.fixture
def signed_in(visitor: Callable[..., Visitor], site: Site) -> Callable[..., Page]:
    """``signed_in("fr")`` is a page of the demo's staff, signed in through the form."""

    def make(lang: str = "fr", **options: object) -> Page:
        page = visitor(**options).page()
        page.goto(f"{site.url}/{lang}/" + ("connexion" if lang == "fr" else "sign-in"))
        page.locator("input[name=email]").fill(site.email)
        page.locator("input[name=password]").fill(site.password)
        press(page.locator("main button"))
        page.wait_for_url(re.compile(r"/(equipe|staff)$"))
        return page

    return make
