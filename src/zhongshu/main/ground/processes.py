"""Other processes: whether one still lives, and which of them work in a folder."""

import subprocess
import sys
from pathlib import Path

LINUX = sys.platform.startswith("linux")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended but was not yet collected does not."""
    if LINUX:
        return _state(pid) not in {"", "Z", "X"}
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip()) and not told.stdout.strip().startswith("Z")


def works_in(pid: int, folder: Path) -> bool:
    """Whether a living process has `folder` as its working directory; believed where it cannot be seen."""
    if not alive(pid):
        return False
    if not LINUX:
        return True
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False


def any_works_in(folder: Path) -> bool:
    """Whether any living process has `folder` as its working directory (Linux; elsewhere none is seen)."""
    if not LINUX:
        return False
    return any(works_in(int(entry.name), folder) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _state(pid: int) -> str:
    """The kernel's letter for what a process does; empty when there is none."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[0]
