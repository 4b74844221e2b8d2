"""Figures for Prometheus: what is asked, how long answers take, what waits, what room is left."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from lichtspiel.studio.database import NOW, Sessions, Video
from lichtspiel.studio.home import Home

_STATUSES = ("queued", "in_progress", "completed", "failed")
_BUCKETS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """One server's figures, and those of the studio as its database has them."""

    def __init__(self, home: Home, sessions: Sessions) -> None:
        self._registry = CollectorRegistry()
        self._answers = Histogram(
            "lichtspiel_http_request_seconds",
            "Time to answer a request.",
            ("method", "route", "status"),
            registry=self._registry,
            buckets=_BUCKETS_S,
        )
        self._registry.register(_Studio(home, sessions))

    def answered(self, method: str, route: str, status: int, took_s: float) -> None:
        """Count an answer. `route` is the pattern, not the address, so that ids do not multiply series."""
        self._answers.labels(method, route, str(status)).observe(took_s)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Studio(Collector):
    """Asks the database when asked."""

    def __init__(self, home: Home, sessions: Sessions) -> None:
        self._home, self._sessions = home, sessions

    def collect(self) -> Iterable[Metric]:
        videos = GaugeMetricFamily(
            "lichtspiel_videos", "Videos that are not deleted, by status.", labels=["status"]
        )
        oldest = (Video.status == "queued", ~Video.deleted)
        with self._sessions() as session:
            counted = select(Video.status, func.count()).where(~Video.deleted).group_by(Video.status)
            counts = dict(session.execute(counted).tuples().all())
            waits = session.scalar(select(NOW - func.min(Video.created_at)).where(*oldest))
        for status in _STATUSES:
            videos.add_metric([status], counts.get(status, 0))
        yield videos
        yield GaugeMetricFamily(
            "lichtspiel_longest_wait_seconds", "Age of the oldest queued video.", value=waits or 0
        )
        free = shutil.disk_usage(self._home.folder).free
        yield GaugeMetricFamily("lichtspiel_free_bytes", "Free space for films.", value=free)
