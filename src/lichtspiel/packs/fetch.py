"""Gets packages with the machine's own package clients, which know its registries and mirrors."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from lichtspiel.packs.pack import Package


class FetchError(Exception):
    """A package could not be had. The message says what to do."""


def fetch(pack: Package, folder: Path) -> None:
    """Unpack the package into an empty folder, without root. Raises FetchError."""
    {"pypi": _pypi, "debian": _debian, "npm": _npm}[pack.kind](pack, folder)


def _pypi(pack: Package, folder: Path) -> None:
    wanted = folder.with_name(f"{folder.name}.txt")
    wanted.write_text(f"{pack.package}=={pack.version} --hash=sha256:{pack.sha256}\n", "utf-8")
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    try:
        _run([*_installer(), *options, "--target", str(folder), "-r", str(wanted)], pack, folder.parent)
    finally:
        wanted.unlink()


def _installer() -> list[str]:
    """`uv pip install` of this machine, or this Python's own pip."""
    beside = Path(sys.prefix).parent / ".venv-tools" / "bin"
    uv = shutil.which("uv") or shutil.which("uv", path=str(beside))
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return [uv, "pip", "install", "--python", sys.executable]
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install"]
    raise FetchError("Neither uv nor pip is here to fetch packages with: install uv, then try again.")


def _debian(pack: Package, folder: Path) -> None:
    """By apt, which also verifies the archive's signature; unpacked without installing."""
    _needs("apt-get", "dpkg-deb")
    archives = folder.with_name(f"{folder.name}.archives")
    archives.mkdir()
    try:
        _run(["apt-get", "download", f"{pack.package}={pack.version}"], pack, archives)
        _run(["dpkg-deb", "-x", str(_checked(pack, archives)), str(folder)], pack, archives)
    finally:
        shutil.rmtree(archives)


def _npm(pack: Package, folder: Path) -> None:
    _needs("npm")
    archives = folder.with_name(f"{folder.name}.archives")
    archives.mkdir()
    try:
        _run(["npm", "pack", "--silent", f"{pack.package}@{pack.version}"], pack, archives)
        with tarfile.open(_checked(pack, archives)) as archive:
            archive.extractall(folder, filter="data")
    finally:
        shutil.rmtree(archives)


def _checked(pack: Package, archives: Path) -> Path:
    """The one archive in a folder, if its hash is the pinned one."""
    (archive,) = archives.iterdir()
    if hashlib.sha256(archive.read_bytes()).hexdigest() != pack.sha256:
        raise FetchError(
            f"{archive.name} is not what was pinned: its SHA-256 differs. Nothing was installed."
        )
    return archive


def _needs(*clients: str) -> None:
    missing = [client for client in clients if shutil.which(client) is None]
    if missing:
        raise FetchError(f"This pack is fetched with {' and '.join(missing)}, which this system lacks.")


def _run(command: Sequence[str], pack: Package, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        reason = said[-1] if said else f"{command[0]} failed"
        raise FetchError(
            f"{pack.package} {pack.version} could not be fetched: {reason} "
            f"Check the network and the settings of {Path(command[0]).name}, then try again."
        )
