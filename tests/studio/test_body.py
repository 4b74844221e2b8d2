"""Keys of forms that nest by brackets."""

from __future__ import annotations

from typing import Any

import pytest

from lichtspiel.studio.web import body
from lichtspiel.studio.web.errors import ApiError


@pytest.mark.parametrize(
    ("items", "fields"),
    [
        ([("a", "1")], {"a": "1"}),
        ([("a[b]", "1"), ("a[c]", "2")], {"a": {"b": "1", "c": "2"}}),
        ([("a[][id]", "1"), ("a[][id]", "2")], {"a": [{"id": "1"}, {"id": "2"}]}),
        ([("a[]", "1"), ("a[]", "2")], {"a": ["1", "2"]}),
        ([("a", "1"), ("a", "2")], {"a": ["1", "2"]}),
    ],
)
def test_brackets_nest(items: list[tuple[str, str]], fields: dict[str, Any]) -> None:
    assert body.nested(items) == fields


@pytest.mark.parametrize(
    "items",
    [
        [("a", "1"), ("a[]", "2")],
        [("a", "1"), ("a[b]", "2")],
        [("a[]", "1"), ("a[b]", "2")],
        [("a[b", "1")],
        [("", "1")],
        [("a" + "[b]" * 200, "1")],
    ],
)
def test_keys_that_contradict_or_mean_nothing_are_refused(items: list[tuple[str, str]]) -> None:
    with pytest.raises(ApiError):
        body.nested(items)
