"""What the director reads in the corpus of prompts."""

from __future__ import annotations

import pytest

from tests.director.corpus import Entry, checks, corpus

FIRST_CONTACT = {
    "held_out": "132 of 151 checks, 87.4 %",
    "held_out_2": "120 of 135 checks, 88.9 %",
    "held_out_3": "110 of 117 checks, 94.0 %",
    "held_out_4": "48 of 53 checks, 90.6 %",
}
"""What held when the prompts were first read, before any rule was changed for them."""


def _share(part: str) -> tuple[int, int, list[str]]:
    held = total = 0
    failures = []
    for entry in corpus()[part]:
        results = checks(entry)
        held += sum(ok for _, ok in results)
        total += len(results)
        failures += [f"{entry['prompt']}: {name}" for name, ok in results if not ok]
    return held, total, failures


@pytest.mark.parametrize("entry", corpus()["reference"], ids=lambda entry: entry["prompt"][:40])
def test_reference_prompts_are_read_completely(entry: Entry) -> None:
    assert [name for name, ok in checks(entry) if not ok] == []


@pytest.mark.parametrize("part", [part for part in corpus() if part != "reference"])
def test_most_of_each_part_is_read(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    held, total, failures = _share(part)
    with capsys.disabled():
        first = f" (at first contact: {FIRST_CONTACT[part]})" if part in FIRST_CONTACT else ""
        print(f"\ndirector, {part}: {held} of {total} checks, {held / total:.1%}{first}")
    assert held / total >= 0.95, failures


def test_corpus_is_large_and_in_both_languages() -> None:
    prompts = [entry["prompt"] for part in corpus().values() for entry in part]
    assert len(prompts) == len(set(prompts)) >= 75
    german = [
        prompt for prompt in prompts if any(word in prompt.split() for word in ("Ein", "Eine", "Der", "ein"))
    ]
    assert len(german) >= 15
