"""The API's documentation as a page that needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from operator import itemgetter
from typing import Any

_STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 54rem; padding: 2rem 1rem;
       color: #1d1f24; background: #fdfdfb }
h1 { font-weight: 600 } h2 { margin-top: 3rem; border-bottom: 1px solid #ddd }
code, pre { font: 14px/1.5 ui-monospace, monospace } pre { background: #f1f1ec; padding: .8rem 1rem;
       overflow-x: auto; border-radius: 6px }
summary .muted { float: right }
.verb { display: inline-block; min-width: 4.2rem; font-weight: 600; color: #8a4b08 }
table { border-collapse: collapse; width: 100% } td { padding: .25rem .7rem .25rem 0;
       vertical-align: top; border-top: 1px solid #e8e8e2 }
details { margin: .5rem 0 } summary { cursor: pointer } .muted { color: #666; font-size: .9em }
@media (prefers-color-scheme: dark) { body { color: #e6e6e3; background: #17181b }
       pre { background: #212328 } h2, td { border-color: #333 } .verb { color: #f0b46a }
       .muted { color: #999 } a { color: #8ab4f8 } }
"""

_FIRST = ("Videos", "Characters", "Models", "Files", "Batches", "Webhooks")

_FEW = 8
"""Fields of an object within another that are shown with it."""

_EXAMPLE = """\
from openai import OpenAI

client = OpenAI(base_url="{base}", api_key="YOUR KEY")
video = client.videos.create_and_poll(
    prompt="A red rubber ball falls on a stone floor and bounces twice.",
    model="sora-2",
    seconds="4",
)
client.videos.download_content(video.id).write_to_file("film.mp4")"""


def of(document: dict[str, Any], base: str) -> str:
    """HTML of an OpenAPI document whose API is at an address."""
    return "\n".join(_page(document, base))


def _page(document: dict[str, Any], base: str) -> Iterator[str]:
    info = document["info"]
    yield '<!doctype html><html lang="en"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style>"
    yield f"<h1>{escape(info['title'])} API <span class=muted>{escape(info['version'])}</span></h1>"
    yield f"<p>{_text(info['description'])}</p>"
    yield f"<pre>{escape(_EXAMPLE.format(base=base))}</pre>"
    yield '<p><a href="/v1/openapi.json">OpenAPI document</a></p>'
    for subject, operations in _by_subject(document).items():
        yield f"<h2>{escape(subject)}</h2>"
        for path, verb, operation in operations:
            yield from _operation(document, verb, path, operation)
    yield "</html>"


def _by_subject(document: dict[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Path, verb and operation by subject, what most people come for first."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {subject: [] for subject in _FIRST}
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            found.setdefault(operation.get("tags", ["More"])[0], []).append((path, verb, operation))
    return {subject: sorted(asked, key=itemgetter(0)) for subject, asked in found.items() if asked}


def _operation(document: dict[str, Any], verb: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    told = operation.get("description", operation.get("summary", ""))
    yield "<details><summary>"
    name = escape(operation.get("summary", ""))
    yield f"<code><span class=verb>{verb.upper()}</span>{escape(path)}</code> <span class=muted>{name}</span>"
    yield f"</summary><p>{_text(told)}</p>"
    parameters = [
        (one["name"], one["in"], one["schema"], one.get("required", False))
        for one in operation.get("parameters", [])
        if one["in"] != "header"
    ]
    body = operation.get("requestBody", {}).get("content", {})
    for content in body.values():
        schema = _resolved(document, content["schema"])
        fields = list(_fields(document, schema))
        parameters += [field for field in fields if field[0] not in {known[0] for known in parameters}]
    if body:
        kinds = " or ".join(f"<code>{kind}</code>" for kind in body)
        yield f"<p class=muted>Body: {kinds}</p>"
    example: dict[str, Any] = next((one["schema"] for one in body.values()), {})
    if "example" in (shown := _resolved(document, example)):
        yield f"<pre>{escape(json.dumps(shown['example'], indent=1, ensure_ascii=False))}</pre>"
    if parameters:
        yield "<table>" + "".join(_row(document, *one) for one in parameters) + "</table>"
    yield "</details>"


def _fields(
    document: dict[str, Any], schema: dict[str, Any], above: str = ""
) -> Iterator[tuple[str, str, dict[str, Any], bool]]:
    """The fields of a body, and below each object those that it has, unless it has a page of them."""
    must = schema.get("required", []) if not above else []
    for name, one in schema.get("properties", {}).items():
        yield above + name, "body", one, name in must
        inner = [_resolved(document, kind) for kind in (one, *one.get("anyOf", ()), one.get("items", {}))]
        for kind in inner:
            if 0 < len(kind.get("properties", ())) <= _FEW:
                mark = "[]" if one.get("type") == "array" else ""
                yield from _fields(document, kind, f"{above}{name}{mark}.")


def _text(told: str) -> str:
    """Plain words, with what stands in backquotes as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(told))


def _row(document: dict[str, Any], name: str, where: str, schema: dict[str, Any], must: bool) -> str:
    about = _text(schema.get("description") or _resolved(document, schema).get("description", ""))
    mark = " <b>required</b>" if must else ""
    place = f"<span class=muted>{where}</span>"
    return f"<tr><td><code>{escape(name)}</code>{mark}<td>{escape(_kind(schema))}<td>{about}<td>{place}</tr>"


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return "file" if schema.get("format") == "binary" else str(schema.get("type", "any"))


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return found
