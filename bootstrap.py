"""Build .venv on a machine that has nothing but some Python (3.8 or newer): python3 bootstrap.py .venv

Finds Python 3.13 or has uv fetch it, installs what requirements.lock pins, and this project, and
then the system libraries that Blender lacks, where that is possible without a password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, NoReturn, Optional  # noqa: UP035 - runs on Python 3.8

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".venv-tools"
WANTED = "3.13"


def main(venv: Path) -> int:
    """Build or bring up to date the environment at `venv`."""
    uv = find_uv() or install_uv()
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or version_of(str(python)) != WANTED:
        build(uv, venv)
    say("Installing packages")
    lock = str(HERE / "requirements.lock")
    run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), lock])
    run([uv, "pip", "install", "--quiet", "--no-deps", "--python", str(python), "--editable", str(HERE)])
    install_system_libraries(str(python))
    return 0


def build(uv: str, venv: Path) -> None:
    """Make the environment with the Python 3.13 of this machine, or with one that uv fetches."""
    found = next(pythons(), None)
    say(f"Building {venv.name} with {found or f'a Python {WANTED} that uv fetches'}")
    command = [uv, "venv", "--quiet", "--clear", "--python", found or WANTED, str(venv)]
    if subprocess.run(command, check=False).returncode:
        give_up(
            f"No Python {WANTED} was found, and uv could not fetch one (see above). "
            f"Install Python {WANTED} so that python{WANTED} is on the PATH, then run the same command again."
        )


def pythons() -> Iterator[str]:
    """Interpreters of the wanted version on this machine."""
    roots = [Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"]
    installed = [str(path) for root in roots for path in sorted(root.glob(f"{WANTED}*/bin/python"))]
    on_path = shutil.which(f"python{WANTED}")
    for python in [sys.executable, *([on_path] if on_path else []), *reversed(installed)]:
        if version_of(python) == WANTED:
            yield python


def version_of(python: str) -> str:
    """Major and minor version of an interpreter; empty when it does not run."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()


def find_uv() -> Optional[str]:  # noqa: UP045 - runs on Python 3.8
    """A uv that runs: an installed one, or the one that an earlier run put into .venv-tools."""
    for uv in (shutil.which("uv"), str(TOOLS / "bin" / "uv"), str(TOOLS / "bin" / "uv.exe")):
        if uv and runs([uv, "--version"]):
            return uv
    return None


def install_uv() -> str:
    """Install uv for this project alone; nothing outside it changes."""
    say("Installing uv")
    if not runs([sys.executable, "-m", "pip", "--version"]):
        runs([sys.executable, "-m", "ensurepip", "--user"])
    if not runs([sys.executable, "-m", "pip", "--version"]):
        apt_install(["python3-pip"])
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(TOOLS), "uv"]
    subprocess.run(command, check=False, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})
    return find_uv() or give_up(
        "uv could not be installed (see above). Give this Python its pip (Debian: sudo apt-get install "
        "python3-pip) or install uv yourself, then run the same command again."
    )


def install_system_libraries(python: str) -> None:
    """Install what Blender's module lacks."""
    command = [python, "-c", "from lichtspiel.cli import libraries; libraries.print_packages()"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode:
        give_up(f"The installed project does not run: {asked.stderr.strip().splitlines()[-1]}")
    if asked.stdout.split():
        apt_install(asked.stdout.split())


def apt_install(packages: List[str]) -> None:  # noqa: UP006 - runs on Python 3.8
    """Install Debian packages as root or by sudo without a password; elsewhere say what is missing."""
    command = f"apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        give_up(f"This system lacks libraries. Debian has them in {', '.join(packages)}: install yours.")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if is_root else ["sudo", "-n"]
    if sudo and not runs([*sudo, "true"]):
        give_up(f"System packages are missing. Run: sudo {command}")
    say(f"Installing system packages: {' '.join(packages)}")
    install = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", *packages]
    if not runs(install):
        runs([*sudo, "apt-get", "update", "-qq"])
        run(install)


def runs(command: List[str]) -> bool:  # noqa: UP006 - runs on Python 3.8
    """Whether the command exists and succeeds. Its output is not shown."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: List[str]) -> None:  # noqa: UP006 - runs on Python 3.8
    """Run a command that has to succeed."""
    if subprocess.run(command, check=False).returncode:
        give_up(f"This failed (see above): {' '.join(command)}")


def say(line: str) -> None:
    """Tell what is being done."""
    print(line, file=sys.stderr, flush=True)


def give_up(line: str) -> NoReturn:
    """Say what is wrong and end with failure."""
    say(line)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".venv").absolute()))
