"""Findings about files, as an operator reads them in the terminal."""

from collections.abc import Iterable

from django.utils import translation

from zhongshu.engine.cases.rules import examining
from zhongshu.engine.processes.rules.findings import Finding
from zhongshu.main.ground import console


def tell(file: str, findings: Iterable[Finding]) -> None:
    """One line for each finding, in both languages: where it is, how grave, what to do."""
    for each in findings:
        line = f":{each.line}" if each.line else ""
        where = " ".join(filter(None, (f"{file}{line}", each.element_id)))
        grave = ("错误：", "error: ") if each.severity == "error" else ("提醒：", "warning: ")
        with translation.override("en"):
            english = translation.gettext(each.sentence).format(**each.gaps)
        console.say(f"    {where}  {grave[0]}{each}", f"{grave[1]}{english}")


def tell_of_folder(folder: str, findings: Iterable[examining.Finding]) -> None:
    """The same of a folder of a scenario, each with its file."""
    for each in findings:
        file = "/".join(filter(None, (folder, each.file)))
        tell(file, [Finding(each.place, each.line, each.sentence, each.gaps, each.severity)])
