"""Reads what an OpenAPI document says that a client can ask.

Specification: https://spec.openapis.org/oas/latest.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHODS = ("get", "post", "put", "patch", "delete", "options", "head", "trace")
_DEPTH = 5
"""Levels of an example; schemas may refer to themselves."""
_EXAMPLES: dict[str, Any] = {
    "string": "string",
    "integer": 0,
    "number": 0,
    "boolean": True,
    "null": None,
}
_FORMATS = {
    "date": "2025-01-31",
    "date-time": "2025-01-31T12:00:00Z",
    "time": "12:00:00",
    "email": "emma@example.org",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "uri": "https://example.org/",
}


def described_routes(document: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Method, path, summary, and an example of a JSON body, of each operation."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            operation = item.get(method)
            if isinstance(operation, dict):
                yield (
                    method.upper(),
                    path,
                    operation.get("summary") or "",
                    _body(operation, document),
                )


def _body(operation: dict[str, Any], document: dict[str, Any]) -> str:
    body = _resolved(operation.get("requestBody") or {}, document)
    media = (body.get("content") or {}).get("application/json")
    if not media:
        return ""
    if "example" in media:
        value = media["example"]
    elif examples := media.get("examples"):
        value = _resolved(next(iter(examples.values())), document).get("value")
    else:
        value = _example(media.get("schema") or {}, document, _DEPTH)
    return json.dumps(value, ensure_ascii=False, indent=2)


def _example(schema: Any, document: dict[str, Any], depth: int) -> Any:
    schema = _resolved(schema, document)
    for name in ("example", "default", "const"):
        if name in schema:
            return schema[name]
    for name in ("examples", "enum"):
        if isinstance(values := schema.get(name), list) and values:
            return values[0]
    if depth == 0:
        return None
    for name in ("anyOf", "oneOf"):
        if options := schema.get(name):
            return _example(options[0], document, depth)
    if parts := schema.get("allOf"):
        values = [_example(part, document, depth) for part in parts]
        objects = [value for value in values if isinstance(value, dict)]
        return (
            {key: value for each in objects for key, value in each.items()}
            if objects
            else values[0]
        )
    return _typed_example(schema, document, depth)


def _typed_example(schema: dict[str, Any], document: dict[str, Any], depth: int) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0] if kind else None
    if kind == "object" or "properties" in schema:
        return {
            key: _example(each, document, depth - 1)
            for key, each in (schema.get("properties") or {}).items()
            if not _resolved(each, document).get("readOnly")
        }
    if kind == "array":
        return [_example(schema["items"], document, depth - 1)] if schema.get("items") else []
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 0), schema.get("exclusiveMinimum", -1) + 1)
    return _FORMATS.get(schema.get("format", "")) or _EXAMPLES.get(kind or "")


def _resolved(value: Any, document: dict[str, Any]) -> dict[str, Any]:
    """What stands where a `$ref` leads, in the document itself."""
    for _ in range(_DEPTH):
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        value = document
        for key in reference[2:].split("/"):
            value = value.get(key.replace("~1", "/").replace("~0", "~"), {})
    return value if isinstance(value, dict) else {}
