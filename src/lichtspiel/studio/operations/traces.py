"""OpenTelemetry traces, where `OTEL_EXPORTER_OTLP_ENDPOINT` says who takes them; else they cost nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import Span

_TRACER = trace.get_tracer("lichtspiel.studio")


def set_up(role: str) -> None:
    """Send this process's traces, named after its role, to the collector; do nothing without one."""
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - half a second
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": f"lichtspiel-{role}"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


@contextmanager
def span(name: str, **attributes: str | int | float) -> Iterator[Span]:
    """A part of the work with its beginning, end and error, if it raises one."""
    with _TRACER.start_as_current_span(name, attributes=attributes) as opened:
        yield opened
