"""`lichtspiel doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Literal, NamedTuple

import av
from rich.console import Console

from lichtspiel.cli import libraries
from lichtspiel.engines.workfolder import cache_root
from lichtspiel.library import catalogue
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs

LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
}
ACCENTS = {"us": "American English", "gb": "British English"}
NEEDED_MEMORY_GIB = 4
NEEDED_DISK_GB = 2
CODECS = {"libx264": "H.264 pictures", "aac": "AAC sound", "mov_text": "captions"}


class Finding(NamedTuple):
    """One line of the report."""

    state: Literal["ok", "slow", "problem"]
    what: str
    detail: str
    remedy: str = ""


_MARKS = {"ok": ("✓", "green"), "slow": ("!", "yellow"), "problem": ("✗", "red")}


def doctor() -> int:
    """Say what works here, what does not, and what to do about it."""
    console = Console(soft_wrap=True, highlight=False)
    problems = 0
    for finding in findings():
        mark, colour = _MARKS[finding.state]
        console.print(f"[{colour}]{mark}[/] {finding.what}: ", end="")
        console.print(finding.detail, markup=False)
        if finding.remedy:
            console.print(f"  → {finding.remedy}", markup=False)
        problems += finding.state == "problem"
    if not problems:
        console.print("Ready to make films.")
        return 0
    console.print(f"{problems} of these must be mended before a film can be made.")
    return 1


def findings() -> Iterator[Finding]:
    """Everything that was looked at, in order."""
    yield _processor()
    yield _memory()
    yield _disk()
    yield from _codecs()
    yield from _packs()
    yield from _voices()
    yield _module("mujoco", "physics", "import mujoco")
    yield _system_libraries()
    yield _renderer()
    yield _apart()


def _packs() -> Iterator[Finding]:
    for pack in packs().values():
        if is_installed(pack):
            yield Finding("ok", f"Pack {pack.id}", f"{pack.package} {pack.version}, {pack.licence}")
        elif not pack.optional:
            yield Finding(
                "slow",
                f"Pack {pack.id}",
                f"is not installed; needed for {pack.needed_for}",
                f"lichtspiel packs install {pack.id} ({pack.download_mb:.0f} MB); the first film does it",
            )


def _voices() -> Iterator[Finding]:
    """Who can speak which language, and how."""
    if not is_installed(packs()["voices"]):
        return
    for language, name in LANGUAGES.items():
        able = [voice for voice in catalogue.voices().values() if language in voice.languages]
        accents = {ACCENTS[voice.accent] for voice in able} if language == "en" else set()
        said = [f"{len(able)} of Kokoro's, women, men, old people and children", *sorted(accents)]
        said += sorted({voice.note for voice in able if voice.note.startswith(name)})
        yield Finding("ok", f"voices that speak {name}", "; ".join(said))


def _processor() -> Finding:
    cores = os.process_cpu_count() or 1
    if cores < 2:
        return Finding("slow", "processor", "1 core", "films take long: a draft of 4 s takes minutes")
    return Finding("ok", "processor", f"{cores} cores")


def _memory() -> Finding:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding("ok", "memory", "not known on this system")
    gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    if gib < NEEDED_MEMORY_GIB * 0.9:
        return Finding("slow", "memory", f"{gib:.1f} GiB", "close other programs, or choose --quality draft")
    return Finding("ok", "memory", f"{gib:.1f} GiB")


def _disk() -> Finding:
    folder = cache_root()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free / 1e9
    except OSError as error:
        detail = f"{folder} cannot be used ({error.strerror})"
        return Finding("problem", "work folder", detail, "set LICHTSPIEL_CACHE to a folder you can write")
    if not os.access(folder, os.W_OK):
        detail = f"{folder} cannot be written"
        return Finding("problem", "work folder", detail, "set LICHTSPIEL_CACHE to a folder you can write")
    if free < NEEDED_DISK_GB:
        detail = f"{free:.1f} GB free in {folder}"
        return Finding("problem", "disk", detail, f"make room for {NEEDED_DISK_GB} GB")
    return Finding("ok", "disk", f"{free:.0f} GB free in {folder}")


def _codecs() -> Iterator[Finding]:
    for codec, purpose in CODECS.items():
        if codec in av.codecs_available:
            yield Finding("ok", "codec", f"{codec} for {purpose}")
        else:
            remedy = "install PyAV's own wheel: pip install --force-reinstall --only-binary :all: av"
            yield Finding("problem", "codec", f"{codec} for {purpose} is missing", remedy)


def _module(package: str, purpose: str, code: str) -> Finding:
    """Import it in a process of its own, since a broken one may take its process down."""
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if tried.returncode:
        detail = f"{package} does not load: {_last_line(tried.stderr)}"
        return Finding("problem", purpose, detail, "install it anew: make clean, then make doctor")
    return Finding("ok", purpose, f"{package} {importlib.metadata.version(package)}")


def _system_libraries() -> Finding:
    lacking = libraries.missing()
    if lacking:
        return Finding("problem", "system libraries", ", ".join(lacking), libraries.remedy(lacking))
    return Finding("ok", "system libraries", "all that Blender needs")


def _renderer() -> Finding:
    asked = subprocess.run(
        [sys.executable, "-m", "lichtspiel.picture.devices"], capture_output=True, text=True, check=False
    )
    if asked.returncode:
        detail = f"Blender does not load: {_last_line(asked.stderr)}"
        return Finding("problem", "renderer", detail, "install what is missing above, then try again")
    found = json.loads(asked.stdout.splitlines()[-1])
    version = importlib.metadata.version("bpy")
    return Finding("ok", "renderer", f"Blender {version} Cycles on {', '.join(found)}")


def _apart() -> Finding:
    """Whether the studio can keep the processes that render from the network."""
    code = "from lichtspiel.studio.jobs.confine import leave_network; raise SystemExit(not leave_network())"
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    if tried.returncode:
        remedy = "on Linux, allow user namespaces (kernel.unprivileged_userns_clone=1)"
        return Finding("slow", "studio", "rendering processes cannot be kept from the network here", remedy)
    return Finding("ok", "studio", "rendering processes are kept from the network")


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
