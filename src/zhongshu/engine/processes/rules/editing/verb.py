"""What all edits have in common: a copy is changed, drawn anew where its shape changed, and looked over."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules.bpmn import diagrams, document
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.sheet import Sheet
from zhongshu.engine.processes.rules.findings import Finding

P = ParamSpec("P")
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2)."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of an edit: the document, the element or flow that was made (if any), and all that is to be said of it.

    `came`, `went`: the tasks of people that are new or gone, whose settings have to follow.
    """

    document: Document
    made: str
    findings: tuple[Finding, ...]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def verb(edit: Callable[Concatenate[Sheet, P], str]) -> Callable[Concatenate[Document, P], Edited]:
    """An edit of a sheet, told as a function from a document to what comes of it."""

    @wraps(edit)
    def edited(kept: Document, /, *args: P.args, **kwargs: P.kwargs) -> Edited:
        _check_texts([*args, *kwargs.values()])
        sheet = Sheet(kept)
        made = edit(sheet, *args, **kwargs)
        new = diagrams.redraw(sheet.done()) if sheet.moved else sheet.kept
        reading = bpmn.examine(document.write(new))
        if reading.errors:
            _refuse_new(kept, sheet, reading.errors)
        before, now = _work(kept), _work(new)
        came, went = (tuple(id for id in one if id not in other) for one, other in ((now, before), (before, now)))
        return Edited(new, made, (*reading.errors, *reading.warnings), came, went)

    return edited


def _check_texts(given: Iterable[object]) -> None:
    """Refuse texts no XML file can hold."""
    for each in given:
        if isinstance(each, str):
            if UNWRITABLE.search(each):
                raise Refused("文字里有不能识别的字符，请删去后重试。")
        elif isinstance(each, Sequence):
            _check_texts(each)


def _refuse_new(kept: Document, sheet: Sheet, errors: Iterable[Finding]) -> None:
    """Refuse an edit after which something is wrong that was not before."""
    known = {(each.element_id, str(each)) for each in bpmn.examine(document.write(kept)).errors}
    for each in errors:
        if (each.element_id, str(each)) not in known:
            sentence = "这样改，流程就不能执行了。“{element}”：{reason}"
            raise Refused(sentence, element=sheet.called(each.element_id) or "流程图", reason=str(each))


def _work(kept: Document) -> dict[str, None]:
    tags = bpmn.source.tags(kept.root)
    return {tag.get("id", ""): None for tag in tags if parts.kind(tag) in parts.WORK}
