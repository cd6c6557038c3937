"""One working day of a team, in each language, with the keyboard alone.

Sign in with a second factor, see the morning, read the ranking, make an improvement, record an
interview, draw an improvement from it and close it, see the second target move, read what everyone
now reads, sign out.
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from consult.db import utc_now
from tests.browser.axe import barriers, overflows
from tests.browser.conftest import Site, Visitor
from tests.browser.keyboard import choose, follow, reach, write
from tests.browser.pressing import press

BODY = "regie-permis-plein-air"
PASSWORD = "une phrase pour la journée entière"

PLACES = {
    "fr": {
        "sign_in": "connexion", "today": "equipe", "account": "equipe/compte/deuxieme-etape",
        "activity": "equipe/participation/nouvelle", "said": "vous-avez-dit-nous-avons-fait",
        "improve": "amelioration",
    },
    "en": {
        "sign_in": "sign-in", "today": "staff", "account": "staff/account/second-step",
        "activity": "staff/involvement/new", "said": "you-said-we-did", "improve": "improvement",
    },
}  # fmt: skip


def consult(site: Site, *arguments: str) -> str:
    """A command of consult on the demo's own data."""
    program = Path(sys.executable).with_name("consult")
    environment = {**os.environ, "CONSULT_VAR_DIR": str(site.var_dir)}
    done = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(site: Site, lang: str) -> str:
    """A service of the body, launched last month and rated since; its slug."""
    slug = f"journee-{lang}"
    launched = utc_now().date() - timedelta(days=30)
    said = consult(
        site, "add-service", BODY, slug, "--name-fr", f"Journée ({lang})", "--name-en",
        f"Day ({lang})", "--launched-on", launched.isoformat(),
    )  # fmt: skip
    key = said.split()[-1]
    asked = urllib.request.Request(  # noqa: S310
        f"{site.url}/api/v1/services/{key}/feedback",
        data=json.dumps({"rating": 2, "comment": "L’étape 3 est obscure.", "lang": lang}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        assert answer.status == 201
    return slug


@pytest.fixture
def account(site: Site, lang: str) -> str:
    email = f"journee-{lang}@example.org"
    consult(
        site, "add-staff", BODY, "--role", "administrator", "--email", email, "--name",
        "Dominique Jour", "--password", PASSWORD,
    )  # fmt: skip
    return email


def no_barrier(page: Page) -> None:
    assert barriers(page) == [], page.url
    assert not overflows(page), page.url


def second_factor(page: Page, site: Site, lang: str, email: str) -> str:
    """Sets up the second factor, as a person does the day before; its secret."""
    places = PLACES[lang]
    page.goto(f"{site.url}/{lang}/{places['sign_in']}")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    press(page.locator("main form button").first)
    page.goto(f"{site.url}/{lang}/{places['account']}")
    page.locator("[name=password]").fill(PASSWORD)
    press(page.locator("main form button").first)
    no_barrier(page)
    secret = page.locator("main code").inner_text().replace(" ", "").replace("\xa0", "")
    page.locator("[name=code]").fill(_code(secret, -1))
    press(page.locator("main form button").first)
    expect(page.locator(".app-codes li")).to_have_count(10)
    no_barrier(page)
    press(page.locator("footer form button"))
    return secret


def _code(secret: str, steps: int = 0) -> str:
    """The code of now, or of half a minute ago: each is taken once."""
    code: str = pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))
    return code


def test_a_working_day(
    site: Site, visitor: Callable[..., Visitor], lang: str, service: str, account: str
) -> None:
    page = visitor().page()
    secret = second_factor(page, site, lang, account)
    places, home = PLACES[lang], f"{site.url}/{lang}"

    page.goto(f"{home}/{places['sign_in']}")
    write(page.locator("[name=email]"), account)
    write(page.locator("[name=password]"), PASSWORD)
    follow(page.locator("main form button").first)
    write(page.locator("[name=code]"), _code(secret))
    follow(page.locator("main form button").first)
    page.wait_for_url(f"{home}/{places['today']}")
    no_barrier(page)
    before = page.locator("[aria-labelledby=targets] li").nth(1).locator("strong").inner_text()

    follow(page.locator("[aria-labelledby=next] > p a").last)
    follow(page.locator(".app-card h3 a").first)
    follow(page.locator(f"main a[href$='/{places['improve']}']").first)
    write(page.locator("[name=title_fr]"), f"Étape 3, en clair ({lang})")
    write(page.locator("[name=title_en]"), f"Step 3 in plain words ({lang})")
    follow(page.locator("main form button[type=submit]").last)
    expect(page.get_by_role("status").first).to_be_visible()

    page.goto(f"{home}/{places['activity']}?service={service}")
    interview(page)
    no_barrier(page)
    follow(page.locator("main a[href*='activity=']"))
    follow(page.locator("main form button[type=submit]").last)

    choose_in(page, "done")
    write(page.locator("[name=did_fr]"), "L’étape 3 tient en une phrase.")
    write(page.locator("[name=did_en]"), "Step 3 fits in one sentence.")
    follow(page.locator("main form button[type=submit]").last)

    page.goto(f"{home}/{places['today']}")
    after = page.locator("[aria-labelledby=targets] li").nth(1).locator("strong").inner_text()
    assert fraction(after) == (fraction(before)[0] + 1, fraction(before)[1])

    page.goto(f"{home}/{places['said']}/{service}")
    expect(page.locator("main")).to_contain_text(
        {"fr": "tient en une phrase", "en": "fits in one sentence"}[lang]
    )
    follow(page.locator("footer form button"))
    expect(page.locator("footer form button")).to_have_count(0)


def interview(page: Page) -> None:
    """Fills and saves the form of an activity."""
    choose(page.locator("fieldset:has([name=kind])").last, "interview")
    for name, words in (
        ("title_fr", "Entrevues sur l’étape 3"),
        ("title_en", "Interviews on step 3"),
        ("people", "6"),
        ("profile_fr", "Des personnes qui demandent pour la première fois"),
        ("profile_en", "People who apply for the first time"),
        ("learned_fr", "On ne comprend pas l’étape 3."),
        ("learned_en", "Step 3 is not understood."),
    ):
        write(page.locator(f"[name={name}]"), words)
    reach(page.locator("[name=starts_on]"))
    page.locator("[name=starts_on]").fill((utc_now().date() - timedelta(days=3)).isoformat())
    follow(page.locator("main form button[type=submit]").last)


def choose_in(page: Page, state: str) -> None:
    """Chooses where an improvement moves to, and presses the button beside."""
    select = page.locator("main select[name=state]").first
    reach(select)
    places = select.locator("option").evaluate_all("all => all.map(one => one.value)")
    page.keyboard.press("Home")
    for _press in range(places.index(state)):
        page.keyboard.press("ArrowDown")
    expect(select).to_have_value(state)
    follow(page.locator("main form:has(select[name=state]) button").first)


def fraction(words: str) -> tuple[int, int]:
    """« 2 sur 3 », "2 of 3"."""
    counted, _word, total = words.replace("\xa0", " ").split()
    return int(counted), int(total)
