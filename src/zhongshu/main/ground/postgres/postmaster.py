"""What a running server says of itself in `postmaster.pid`."""

from dataclasses import dataclass
from pathlib import Path

from zhongshu.main.ground import processes


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The lines of the file that matter: process, data, port, and whether it takes connections."""

    pid: int
    data: Path
    port: int
    ready: bool

    def lives(self, data: Path) -> bool:
        """Whether this is the living server of `data`, not a leftover, a copy or a number used again."""
        return self.data.resolve() == data.resolve() and processes.works_in(self.pid, data)


def read(data: Path) -> Postmaster | None:
    """The file of a data directory; None when there is none, or it is not written to the end yet."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), Path(lines[1]), int(lines[3]), lines[-1].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def forget_a_dead_one(data: Path) -> None:
    """Removes a leftover file that PostgreSQL itself would take for a living server's.

    Its own test asks only whether the process number is in use. A number used again, a copied folder or a
    dead process nobody collected would stop it for ever. Where any server process still works in the
    folder, the file stays: two servers on one folder destroy it.
    """
    told = read(data)
    if told and processes.alive(told.pid) and told.lives(data):
        return
    if not processes.any_works_in(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
