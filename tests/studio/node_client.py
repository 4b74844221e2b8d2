"""Runs programs that use OpenAI's Node client. Its packages are in `node/`, pinned by a lock file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAMS = Path(__file__).parent / "node"
_MODULES = Path(sys.prefix) / "node"
"""Where `make install` puts them."""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of `node/` to its end; skip the test where Node or its packages are missing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed, so its client cannot be tried")
    if not (_MODULES / "node_modules" / "openai").is_dir():
        pytest.skip(f"Node's client is not installed: npm ci in {_MODULES}, as `make install` does")
    command = [node, str(_PROGRAMS / program), str(_MODULES), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
