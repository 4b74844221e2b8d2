"""The rules of the house that no other tool holds."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_MODULE = 450
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def tracked(*patterns: str) -> list[Path]:
    """Files that are part of the project; all of them where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_modules_fit_in_a_head() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in tracked("*.py")}
    assert {path.name: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_modules_are_named_after_their_subject() -> None:
    assert [path for path in tracked("*.py") if FORBIDDEN_NAMES & {*path.parts, path.stem}] == []


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "index" + "-url" not in lock


def test_the_lock_pins_everything_by_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][^\s=]*==\S+(.*(?:\n    --hash=\S+.*)*)", lock, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=~!\[; ]", line)[0].lower() for line in wanted}
    pinned = set(re.findall(r"^([a-z0-9][^\s=]*)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert names - pinned == set()


def test_only_one_room_starts_blender() -> None:
    imports = re.compile(r"^\s*(?:import|from) (?:bpy|mathutils)\b", re.MULTILINE)
    sources = tracked("src/*.py", "bench/*.py")
    outside = [path for path in sources if "picture" not in path.as_posix()]
    assert [path for path in outside if imports.search(path.read_text("utf-8"))] == []


def test_no_stage_uses_the_clock_or_a_global_generator() -> None:
    """The same screenplay and seed make the same film only where nothing else decides."""
    impure = re.compile(
        r"np\.random\.(?!default_rng|Generator|SeedSequence)\w+\(|\brandom\.(?:random|seed|choice|uniform)\("
        r"|default_rng\(\)|\buuid4\(|\btime\.time\(|datetime\.now\("
    )
    sources = [path for path in tracked("src/*.py") if "studio" not in path.parts]
    assert {path.name: found for path in sources if (found := impure.findall(path.read_text("utf-8")))} == {}


def test_make_help_lists_what_the_readme_promises() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("film", "test", "doctor", "bench", "bench-picture"):
        assert f"make {target} " in listed


def test_bootstrap_runs_on_old_pythons() -> None:
    """It starts on whatever Python a machine has, so its syntax stays at 3.8."""

    ast.parse((ROOT / "bootstrap.py").read_text("utf-8"), feature_version=(3, 8))
