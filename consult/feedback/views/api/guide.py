"""The description of the interface as a page for people, made on this server alone."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from consult.feedback.views.api.description import description
from consult.i18n import bilingual_route, current_lang

bp = Blueprint("api_guide", __name__, template_folder="../../templates")

JSON = "application/json"


@bilingual_route(bp, "/api", "/api")
def show() -> str:
    """Every operation: what it is for, what it takes, what it answers."""
    told = description(current_lang())
    page = {"about": told["info"]["description"], "operations": list(_operations(told))}
    return render_template("feedback/api.html", api=page)


def _operations(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            if method not in ("get", "post"):
                continue
            yield {
                "name": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "summary": operation["summary"],
                "words": operation["description"],
                "needs_token": {} not in operation["security"],
                "tables": _tables(told, operation),
                "answers": {
                    status: _found(told, answer)["description"]
                    for status, answer in sorted(operation["responses"].items())
                },
            }


def _tables(told: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The tables of one operation by title: its parameters, the fields in and out."""
    tables: dict[str, Any] = {}
    if parameters := operation.get("parameters"):
        tables[_("Parameters")] = {
            parameter["name"]: _row(told, {**parameter, **parameter["schema"]})
            for parameter in parameters
        }
    if body := operation.get("requestBody"):
        tables |= _fields(told, _("What it takes"), body["content"][JSON]["schema"])
    for status in ("200", "201"):
        if status in operation["responses"]:
            answer = operation["responses"][status]["content"][JSON]["schema"]
            tables |= _fields(told, _("What it gives"), answer)
    return tables


def _fields(told: dict[str, Any], title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A table of the fields of an object, and one of those of the items that it lists."""
    schema = _found(told, schema)
    needed = schema.get("required", [])
    tables = {
        title: {
            name: _row(told, about) | {"needed": name in needed}
            for name, about in schema["properties"].items()
        }
    }
    for name, about in schema["properties"].items():
        if "$ref" in about.get("items", {}):
            tables |= _fields(told, f"{title}, {name}", about["items"])
    return tables


def _row(told: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    kind = about.get("type") or _found(told, about).get("type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    choices = [str(choice) for choice in about.get("enum", []) if choice not in (None, "")]
    return {
        "kind": about.get("format") or " ".join(k for k in kinds if k not in ("null", "")),
        "words": about.get("description", "") + (f" ({', '.join(choices)})" if choices else ""),
    }


def _found(told: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part of the description, or what it refers to."""
    if "$ref" not in part:
        return part
    found: Any = told
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)
