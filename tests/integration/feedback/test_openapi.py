"""The interface does what its description says: schemathesis looks for where it does not."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask, jsonify, request
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from consult.organizations.models import Service
from tests.pages import PageClient

ROOT = Path(__file__).resolve().parents[3]

#: Everything schemathesis can tell from one answer, but ``positive_data_acceptance``: what a
#: question takes is said by its service, not by the description, so data may fit it and be refused.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


def look(
    app: Flask, address: str, most: int, ready: Callable[[Any], None] = lambda _case: None
) -> tuple[Counter[int], set[str]]:
    """Calls each operation of the description with made-up requests, the same at each run.

    Returns how many requests had each status, and what was found.
    """
    described = schemathesis.openapi.from_wsgi(address, app)
    seen: Counter[int] = Counter()
    found: set[str] = set()
    for operation in (result.ok() for result in described.get_all_operations()):
        for mode in GenerationMode:

            @settings(
                max_examples=most,
                derandomize=True,
                deadline=None,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def call(case: Any) -> None:
                ready(case)
                answer = case.call()
                seen[answer.status_code] += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except FailureGroup as group:
                    found.update(f"{case.operation.label}: {e}" for e in group.exceptions)

            call()
    return seen, found


@pytest.fixture
def description(client: PageClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json?lang=en")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json
    return dict(answer.json)


def operations(description: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each operation by method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }


def test_nothing_is_found_against_the_description(
    app: Flask, service: Service, bearer: dict[str, str], request: pytest.FixtureRequest
) -> None:
    def ready(case: Any) -> None:
        case.path_parameters["key"] = service.key
        case.headers = {**(case.headers or {}), **bearer}

    most = 15 if "sqlite" in request.node.callspec.id else 5
    seen, found = look(app, "/api/v1/openapi.json", most, ready)
    assert found == set()
    assert seen.keys() >= {200, 404, 422}
    assert sum(seen.values()) > 4 * most


BROKEN: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Broken on purpose", "version": "1"},
    "paths": {
        "/thing": {
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"count": {"type": "integer"}},
                                "required": ["count"],
                                "additionalProperties": False,
                            }
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "A number.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {"count": {"type": "integer"}},
                                    "required": ["count"],
                                }
                            }
                        },
                    },
                    "422": {"description": "Refused."},
                },
            }
        }
    },
}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda: (jsonify(count="many"), 200), "Response violates schema"),
        (lambda: (jsonify(count=1), 418), "Undocumented status code"),
        (lambda: ("one", 200), "Undocumented Content-Type"),
        (lambda: (jsonify(count=1), 500), "Server error"),
        (lambda: (jsonify(count=1), 200), "Schema-violating request accepted"),
    ],
)
def test_what_is_wrong_would_be_found(answer: Callable[[], Any], told: str) -> None:
    broken = Flask("broken")
    broken.add_url_rule("/openapi.json", view_func=lambda: jsonify(BROKEN), endpoint="described")
    broken.add_url_rule("/thing", view_func=lambda: answer(), endpoint="thing", methods=["POST"])
    _seen, found = look(broken, "/openapi.json", 3)
    assert told in "\n".join(found)


def test_a_right_answer_is_not_blamed() -> None:
    right = Flask("right")
    right.add_url_rule("/openapi.json", view_func=lambda: jsonify(BROKEN), endpoint="described")

    @right.post("/thing")
    def thing() -> Any:
        body = request.get_json(silent=True)
        fits = isinstance(body, dict) and body.keys() == {"count"}
        is_whole = fits and not isinstance(body["count"], bool) and body["count"] == 1
        return (jsonify(count=1), 200) if is_whole else ("", 422)

    assert look(right, "/openapi.json", 5)[1] == set()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_each_operation_is_documented(description: dict[str, Any]) -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = operations(description)
    assert len(found) == 4
    for operation, told in found.items():
        assert f"`{operation.replace('{key}', 'KEY')}`" in guide, operation
        assert told["summary"]
        assert told["description"]
        assert {"404", "503"} <= told["responses"].keys()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_description_is_told_in_both_languages(
    client: PageClient, description: dict[str, Any]
) -> None:
    french = client.get("/api/v1/openapi.json", headers={"Accept-Language": "fr-CA"})
    assert french.json
    assert description["openapi"] == "3.1.0"
    in_french, in_english = operations(french.json), operations(description)
    assert in_french.keys() == in_english.keys()
    for name, told in in_french.items():
        assert told["summary"] != in_english[name]["summary"]
        assert told["responses"].keys() == in_english[name]["responses"].keys()
    mark = french.headers["ETag"]
    again = client.get("/api/v1/openapi.json?lang=fr", headers={"If-None-Match": mark})
    assert again.status_code == 304


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_page_tells_it_to_people_from_this_server_alone(
    client: PageClient, description: dict[str, Any], lang: str
) -> None:
    page = client.page(f"/{lang}/api")
    text = page.find("main").get_text(" ")  # type: ignore[union-attr]
    for operation in operations(description):
        assert operation in text
    for field in ("idempotency_key", "submitted_at", "cursor", "masked"):
        assert field in text
    addresses = [tag.get("src") or tag.get("href") for tag in page.select("[src], link[href]")]
    assert all(str(address).startswith("/") for address in addresses)
