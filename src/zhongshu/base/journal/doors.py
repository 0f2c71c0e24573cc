"""What others may plug into the journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from zhongshu.base.journal.rules import merkle
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.journal.rules.merkle import Hash
from zhongshu.base.journal.rules.notes import ED25519, Scheme, Verifier


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something that happens because of entries: the `verbs` it listens to and what it does with each.

    `act` must be idempotent: after a crash the same entry comes again.
    """

    verbs: frozenset[str]
    act: Callable[[Read], None]


class Signer(Protocol):
    """A private key, wherever it is kept."""

    @property
    def public(self) -> bytes:
        """The public key, as the log's scheme writes it."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature over these bytes, as the log's scheme writes it."""
        ...


@dataclass(frozen=True, slots=True)
class Log:
    """Under which name this journal signs its tree, with which hash, and with which keys: the newest first, it signs.

    Another hash makes another tree and needs another origin.
    """

    origin: str
    signers: Callable[[], Sequence[Signer]]
    hash_: Hash = merkle.sha256
    scheme: Scheme = ED25519

    def verifiers(self, origin: str = "") -> list[Verifier]:
        """The public keys, each as it signs plainly and with the moment, under this name or one the log had before."""
        name, publics = origin or self.origin, [signer.public for signer in self.signers()]
        return [Verifier(name, self.scheme, public, timed) for public in publics for timed in (False, True)]


@dataclass(slots=True)
class Doors:
    """Filled once, in `main/wiring.py`."""

    log: Log | None = None


doors = Doors()


def log() -> Log:
    """The log this journal is kept as."""
    if doors.log is None:
        raise RuntimeError("no log is plugged in")
    return doors.log
