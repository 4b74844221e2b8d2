"""System libraries that Blender needs, and the packages that hold them."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Package(NamedTuple):
    """Names of the package that holds a library."""

    debian: str
    fedora: str


PACKAGES: Mapping[str, Package] = {
    "libEGL.so.1": Package("libegl1", "libglvnd-egl"),
    "libGL.so.1": Package("libgl1", "libglvnd-glx"),
    "libICE.so.6": Package("libice6", "libICE"),
    "libSM.so.6": Package("libsm6", "libSM"),
    "libX11.so.6": Package("libx11-6", "libX11"),
    "libXext.so.6": Package("libxext6", "libXext"),
    "libXfixes.so.3": Package("libxfixes3", "libXfixes"),
    "libXi.so.6": Package("libxi6", "libXi"),
    "libXrender.so.1": Package("libxrender1", "libXrender"),
    "libXxf86vm.so.1": Package("libxxf86vm1", "libXxf86vm"),
    "libgomp.so.1": Package("libgomp1", "libgomp"),
    "libstdc++.so.6": Package("libstdc++6", "libstdc++"),
    "libxcb.so.1": Package("libxcb1", "libxcb"),
    "libxkbcommon.so.0": Package("libxkbcommon0", "libxkbcommon"),
}


def missing() -> tuple[str, ...]:
    """Names of the libraries that Blender's module asks for and this system lacks."""
    spec = importlib.util.find_spec("bpy")
    if spec is None or spec.origin is None or shutil.which("ldd") is None:
        return ()
    found = subprocess.run(["ldd", spec.origin], capture_output=True, text=True, check=False)
    return tuple(sorted(set(re.findall(r"^\s*(\S+) => not found", found.stdout, re.MULTILINE))))


def remedy(libraries: Iterable[str]) -> str:
    """What to type to get the libraries, on Debian, Ubuntu and Fedora."""
    packages = [PACKAGES.get(library, Package(library, library)) for library in libraries]
    debian = " ".join(sorted({package.debian for package in packages}))
    fedora = " ".join(sorted({package.fedora for package in packages}))
    return f"sudo apt-get install {debian} (Debian, Ubuntu) or sudo dnf install {fedora} (Fedora)"


def print_packages() -> None:
    """Print the Debian packages of the missing libraries, one a line."""
    for library in missing():
        print(PACKAGES.get(library, Package(library, library)).debian)
