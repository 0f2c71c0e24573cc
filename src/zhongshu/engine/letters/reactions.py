"""When a step asks for a letter it is made by a job: a step never waits for a page to be set."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.letters import LetterSettings
from zhongshu.engine.letters import actions

MAKING = frozenset({"case.task_completed", "case.supplement_asked"})


def make(entry: Read) -> None:
    """Ask for every letter that the end of this task, or this asking for a supplement, makes."""
    found = Case.objects.filter(pk=entry.subject).values_list("scenario", "version").first()
    if found is None:
        return
    for name, letter in scenarios.version(*found).settings.letters.items():
        if _is_due(letter, entry):
            actions.ask(entry.subject, name, cause=entry.id, account=entry.actor)


def _is_due(letter: LetterSettings, entry: Read) -> bool:
    if entry.verb == "case.supplement_asked":
        return letter.made == "supplement"
    return bool(letter.task) and letter.task == entry.facts.get("task")
