"""Write and show figures of a benchmark: what was measured, what it had to reach, and on what machine."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """A measured value against its target."""

    value: float
    target: str
    """In words: `≤ 0.1 %`, `1.035 … 1.085`."""
    unit: str
    ok: bool


def at_most(value: float, bound: float, unit: str) -> Figure:
    """A figure that must not be above a bound."""
    return Figure(float(value), f"≤ {bound:g}", unit, bool(value <= bound))


def at_least(value: float, bound: float, unit: str) -> Figure:
    """A figure that must not be below a bound."""
    return Figure(float(value), f"≥ {bound:g}", unit, bool(value >= bound))


def between(value: float, low: float, high: float, unit: str) -> Figure:
    """A figure that must lie between two bounds."""
    return Figure(float(value), f"{low:g} … {high:g}", unit, bool(low <= value <= high))


def write(name: str, figures: Mapping[str, Figure]) -> Path:
    """Write `benchmarks/NAME.json` and print a table. Returns the file."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    record = {"machine": machine(), "figures": {key: asdict(figure) for key, figure in figures.items()}}
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    width = max((len(key) for key in figures), default=0)
    for key, figure in figures.items():
        mark = "ok  " if figure.ok else "FAIL"
        print(f"{mark} {key:<{width}}  {figure.value:>12.5g} {figure.unit:<6} (target {figure.target})")
    return path


def machine() -> dict[str, str]:
    """The computer in words, without its name."""
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
