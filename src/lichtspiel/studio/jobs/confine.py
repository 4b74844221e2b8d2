"""Keeps the processes that make films within bounds: no network, bounded memory, killed as one.

Limits on address space are of no use here: Blender maps far more than it uses. So the memory that a
group of processes really holds is watched from outside.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

_MEMORY_SHARE = 0.8
_FIRST_TO_GO = 800
"""Of 1000: when the machine runs out of memory, this process goes before those that keep the jobs."""

_NICE = 5


@dataclass(frozen=True)
class Limits:
    """What one step of a film may take."""

    memory_bytes: int
    """Resident memory of all its processes together."""
    silence_s: float = 1200.0
    """Without any progress."""
    wall_s: float = 6 * 3600.0


def default_limits(memory_bytes: int | None = None) -> Limits:
    """Most of the machine's memory, unless it is given."""
    everything = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Limits(memory_bytes or int(_MEMORY_SHARE * everything))


def confine() -> bool:
    """Bound this process and all it will start; tell whether it could be cut off from the network.

    It also gives way to the server and the database. Call it before any thread starts.
    """
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO), encoding="ascii")
    return leave_network()


def leave_network() -> bool:
    """Move this process to a network without any connection, where the system allows that."""
    if not hasattr(os, "unshare"):
        return False
    user, group = os.getuid(), os.getgid()
    try:
        os.unshare(os.CLONE_NEWNET)
    except OSError:
        try:
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        except OSError:
            return False
        # Be in the new namespace who one was outside.
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def resident_bytes(group: int) -> int:
    """Memory that a process group holds; 0 where the system does not tell."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it has just ended
        # The name, in parentheses, may hold anything; fields are counted after it.
        fields = told.rpartition(")")[2].split()
        if int(fields[2]) == group:
            pages += int(fields[21])
    return pages * resource.getpagesize()


def kill(group: int) -> None:
    """End a process group at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left; macOS says the latter
        os.killpg(group, signal.SIGKILL)
