"""The API's own description (OpenAPI 3.1), made from the shapes of its answers."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse

from dashboard import conf
from dashboard.domain.terms import Outcome
from dashboard.views.api.door import AT_MOST, WITHIN_S, answer
from dashboard.views.api.shapes import (
    CallsAnswer,
    CatalogueAnswer,
    FiguresAnswer,
    LiveAnswer,
    ProblemAnswer,
    QueuesAnswer,
)

Document = dict[str, Any]

REFERENCE: Final = "#/components/schemas/{name}"

FIRST: Final = {
    "name": "from",
    "in": "query",
    "required": True,
    "description": "First day, in the PBX's local time.",
    "schema": {"type": "string", "format": "date"},
}
LAST: Final = FIRST | {"name": "to", "description": "Last day, included; at most 400 days after the first."}
QUEUE: Final = {
    "name": "queue",
    "in": "query",
    "description": "Only these queues, such as main/4; may be given several times. All in scope without it.",
    "schema": {"type": "array", "items": {"type": "string"}},
}
BY: Final = {
    "name": "by",
    "in": "query",
    "description": "What a row is: a queue, a day, or an interval of `minutes`.",
    "schema": {"type": "string", "enum": ["queue", "day", "interval"], "default": "queue"},
}
MINUTES: Final = {
    "name": "minutes",
    "in": "query",
    "description": "Length of an interval.",
    "schema": {"type": "integer", "enum": [15, 30, 60], "default": 15},
}
OUTCOME: Final = {
    "name": "outcome",
    "in": "query",
    "schema": {"type": "string", "enum": [outcome.value for outcome in Outcome]},
}
BEFORE: Final = {
    "name": "before",
    "in": "query",
    "description": "The `next` of the page before.",
    "schema": {"type": "string"},
}
LIMIT: Final = {
    "name": "limit",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 200},
}

PATHS: Final[dict[str, tuple[str, str, type, list[Document]]]] = {
    "/queues": ("queues", "The queues in scope and their definitions.", QueuesAnswer, []),
    "/live": ("live", "Callers waiting, agents and figures of today, right now.", LiveAnswer, []),
    "/figures": (
        "figures",
        "Figures of days in the past and of today, by queue, day or interval.",
        FiguresAnswer,
        [FIRST, LAST, QUEUE, BY, MINUTES],
    ),
    "/calls": (
        "calls",
        "The calls behind the figures, each with the reason it counts or does not.",
        CallsAnswer,
        [FIRST, LAST, QUEUE, OUTCOME, BEFORE, LIMIT],
    ),
    "/catalogue": ("catalogue", "What each figure is called, its unit and its formula.", CatalogueAnswer, []),
}


def document() -> Document:
    """The whole description."""
    shapes = [shape for _name, _summary, shape, _parameters in PATHS.values()]
    _schemas, components = msgspec.json.schema_components([*shapes, ProblemAnswer], ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wallboard",
            "version": conf.build(),
            "description": (
                "Reads what the owner of a token may see: the queues of his teams. Shares are from 0 to 1, times are seconds,"
                f" null is unknown. At most {AT_MOST} requests per token within {WITHIN_S} s."
            ),
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {path: {"get": _operation(*entry)} for path, entry in PATHS.items()},
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(name: str, summary: str, shape: type, parameters: list[Document]) -> Document:
    refusals = {
        "400": "What was asked makes no sense; the text says why.",
        "401": "No valid token.",
        "403": "The owner of the token may not see reports.",
        "404": "A queue is not there, or not the owner's to see.",
        "429": "Too many requests.",
    }
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": _content(shape)},
            **{
                status: {"description": text, "content": _content(ProblemAnswer)}
                for status, text in refusals.items()
            },
        },
    }


def _content(shape: type) -> Document:
    return {"application/json": {"schema": {"$ref": REFERENCE.format(name=shape.__name__)}}}


def openapi(request: HttpRequest) -> HttpResponse:
    """For everybody: it says what there is, not what it says."""
    return answer(document())
