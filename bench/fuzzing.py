"""Asks an application whatever its OpenAPI document allows, and a good deal that it does not."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok

from lichtspiel.studio.web import documentation

_NOT_CHECKED = {
    "positive": ("positive_data_acceptance",),
    "negative": ("positive_data_acceptance", "ignored_auth"),
}
"""A request can be of the right shape and still ask for what there is not, such as another's video.
And wrong data would be sent with wrong keys, which are made right here, or nothing else was tried."""


@dataclass
class Findings:
    """What came of it."""

    answers: Counter[int] = field(default_factory=Counter)
    """How often each status was answered."""
    faults: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.answers.total()


def examine(app: FastAPI, key: str, examples: int, mode: str) -> Findings:
    """Ask every operation at most `examples` times. The same arguments ask the same questions.

    mode: "positive" for data as the document wants it, "negative" for other data.
    """
    schema = schemathesis.openapi.from_dict(documentation.document(app))
    schema.app = app
    skipped = list(CHECKS.get_by_names(_NOT_CHECKED[mode]))
    findings = Findings()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        strategy = operation.as_strategy(generation_mode=GenerationMode(mode))

        def ask(case: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
            answer = case.call(app=app)
            findings.answers[answer.status_code] += 1
            try:
                case.validate_response(answer, excluded_checks=skipped)
            except (FailureGroup, Failure) as fault:
                findings.faults.append(f"{case.operation.label}: {fault}")

        settings = hypothesis.settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        with suppress(hypothesis.errors.Unsatisfiable):  # there is nothing that could be wrong
            settings(hypothesis.given(case=strategy)(ask))()
    return findings
