"""The interface does what its description says: schemathesis looks for where it does not."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
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
    checks.unsupported_method,
    checks.missing_required_header,
]


def look(
    app: Flask, address: str, ready: Callable[[Any], None], most: int = 20
) -> tuple[Counter[tuple[str, int]], list[str]]:
    """Calls each operation of the description with made-up requests, the same at each run.

    Returns how many requests of each operation had each status, and what was found.
    """
    described = schemathesis.openapi.from_wsgi(address, app)
    seen: Counter[tuple[str, int]] = Counter()
    found: list[str] = []
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
                seen[case.operation.label, answer.status_code] += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except FailureGroup as group:
                    found.extend(f"{case.operation.label}: {e}" for e in group.exceptions)

            call()
    return seen, found


@pytest.fixture
def description(client: PageClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json?lang=en")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.json
    return dict(answer.json)


def test_nothing_is_found_against_the_description(
    app: Flask, service: Service, bearer: dict[str, str]
) -> None:
    def ready(case: Any) -> None:
        case.path_parameters["key"] = service.key
        case.headers = {**(case.headers or {}), **bearer}

    seen, found = look(app, "/api/v1/openapi.json", ready)
    assert found == []
    print(seen)
    assert {status for _, status in seen} >= {200, 201, 422}
