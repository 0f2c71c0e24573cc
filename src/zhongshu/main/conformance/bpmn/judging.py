"""What becomes of one BPMN file."""

from dataclasses import dataclass

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules.bpmn import document, infoset


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file is broken (`broken` says why), refused (`errors` say why) or executable.

    `equal`: it was loaded, written and loaded again without saying anything else.
    """

    errors: tuple[bpmn.Finding, ...] = ()
    broken: bool = False
    equal: bool = False

    @property
    def executable(self) -> bool:
        """Whether cases can walk through it."""
        return not self.errors


def judge(xml: bytes) -> Verdict:
    """What becomes of a file; answers for any bytes whatever."""
    try:
        loaded = document.load(xml)
    except bpmn.Unreadable as unreadable:
        return Verdict(unreadable.errors, broken=True)
    return Verdict(bpmn.examine(xml).errors, equal=_written_back_equal(loaded))


def _written_back_equal(loaded: document.Document) -> bool:
    try:
        again = document.load(document.write(loaded))
    except bpmn.Unreadable:  # writing made it too large, or is at fault
        return False
    return infoset.of(again.root) == infoset.of(loaded.root)
