"""Where a cluster lives and as whom its server runs.

PostgreSQL refuses to run as root. Started by root it runs as `nobody`, who must be able to reach its data
and programs: where the checkout lies in a folder others may not enter (such as root's home), both live under
/var/tmp in a folder of `nobody` alone, and a link in `var/` remembers it. No user is added and no mode of a
foreign folder is changed.
"""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhongshu.main.ground.console import Trouble
from zhongshu.main.ground.postgres import binaries

ELSEWHERE = Path("/var/tmp")
OWNER = "link"  # file that tells which link the folder was made for


@dataclass(frozen=True, slots=True)
class Home:
    """A cluster's folder, and the user its server runs as (None: whoever starts it)."""

    folder: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    def as_owner(self) -> dict[str, Any]:
        """Arguments of `subprocess` that run a program as the cluster's user, in its folder, in English."""
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        who: dict[str, Any] = {"cwd": self.folder, "umask": 0o077, "env": environment}
        if self.user:
            who |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return who

    def install(self) -> Path:
        """The PostgreSQL programs for this data, where the cluster's user can reach them."""
        mark = self.data / "PG_VERSION"
        install = binaries.of_major(int(mark.read_text())) if mark.exists() else binaries.newest()
        if not self.user or _open_to_all(install / "bin" / "postgres"):
            return install
        return _copied(install, self.folder / f"programs-{binaries.version(install)}")


def of(var: Path, name: str) -> Home:
    """The home of the cluster called `name` that belongs to `var`; its folder is made if absent."""
    link = var / name
    if os.geteuid():
        link.mkdir(mode=0o700, exist_ok=True)
        if not os.access(link, os.R_OK | os.W_OK | os.X_OK):
            raise Trouble(
                f"{link} 属于另一个用户（多半以 root 运行过）；请用原来的用户运行，或换一个 ZHONGSHU_VAR。",
                f"{link} is another user's (often root's); run as that user, or set another ZHONGSHU_VAR.",
            )
        return Home(link, None)
    nobody = pwd.getpwnam("nobody")
    folder = link if _open_to_all(var) else _elsewhere(link)
    _own(folder, nobody)
    if folder != link:
        (folder / OWNER).write_text(str(link))
    return Home(folder, nobody)


def _elsewhere(link: Path) -> Path:
    """The folder under /var/tmp that `link` remembers.

    A link that moved along with its checkout still leads there; one that was copied does not, for two
    platforms would share the data.
    """
    mark = hashlib.sha256(str(link).encode()).hexdigest()[:12]
    folder = ELSEWHERE / f"zhongshu-{mark}"
    if link.is_symlink() and link.readlink() != folder:
        if not _is_copy(link):
            return link.readlink()
        link.unlink()
    if not link.is_symlink():
        link.symlink_to(folder)
    return folder


def _is_copy(link: Path) -> bool:
    """Whether the link the folder was made for still stands, at another place than this one."""
    first = Path((link.readlink() / OWNER).read_text())
    return first.is_symlink() and first.readlink() == link.readlink()


def _own(folder: Path, user: pwd.struct_passwd) -> None:
    """Makes the folder the user's alone; one that somebody else made first is refused."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, user.pw_uid, user.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.pw_uid or stat.S_IMODE(found.st_mode) & 0o077:
            raise Trouble(
                f"{folder} 的属主或权限不对，不能用来存放数据库；请查明后移走它，再运行一次。",
                f"{folder} is not the database user's alone; find out why, move it away and run again.",
            ) from None


def _open_to_all(path: Path) -> bool:
    """Whether anyone may reach and run `path`: each folder above lets others pass, and so does it."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))


def _copied(install: Path, target: Path) -> Path:
    """The install and the libraries it loads, copied once per version to where they can be reached."""
    here = target / binaries.PACKAGE.name / install.name
    if not target.exists():
        fresh = target.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        others = [other.name for other in binaries.PACKAGE.glob("pginstall*") if other != install]
        for part in binaries.PACKAGE.parent.glob(f"{binaries.PACKAGE.name}*"):
            if part.is_dir() and not part.name.endswith("-info"):
                shutil.copytree(part, fresh / part.name, symlinks=True, ignore=shutil.ignore_patterns(*others))
        _open_up(fresh)
        fresh.rename(target)
    return here


def _open_up(folder: Path) -> None:
    """Lets everyone who can enter the folder read what is in it, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
