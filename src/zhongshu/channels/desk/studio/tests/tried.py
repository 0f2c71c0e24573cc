"""Short ways to try a draft on its pages."""

from zhongshu.channels.desk.studio.tests.drafting import text
from zhongshu.engine.cases.tests.drawn import files
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Trial
from zhongshu.engine.studio.queries import drafts, trials

MADE_UP = {"own-town": "made_up", "own-at": "2026-03-02T09:00"}
TWELVE = [str(body) for body in range(101, 113)]
QUESTION = {
    "subject": "夜间施工怎么管", "description": "夜间施工由谁批准，谁来查处？", "bodies": TWELVE, "by": "2026-03-06",
    "own-source": "official",
}  # fmt: skip


def drafted(city, pattern="asking"):
    """A draft of the administrator's body, from a pattern."""
    by = city.actor("administrator")
    return studio.begin_from_pattern(
        pattern, Called("our-own", "我们的场景", "Our own", "OO"), by.body, by=by, at=city.now
    )


def noise(city):
    """A draft of the next version of a scenario that asks which body takes a case."""
    by = city.actor("administrator")
    return studio.begin_from_scenario("noise", by.body, by=by, at=city.now)


def where(draft, trial=None):
    """The address of a draft's trials, or of one."""
    return f"/desk/studio/{draft.pk}/trial/" + (f"{trial.pk}/" if trial else "")


def begun(author, draft, **typed):
    """The trial that the page begins."""
    answer = author.post(where(draft), {"own-go": "begin", **MADE_UP, **typed})
    assert answer.status_code == 302, text(answer)
    return Trial.objects.get(draft=draft)


def did(author, trial, go, **typed):
    """What the page answers to a button."""
    turn = Trial.objects.get(pk=trial.pk).turn
    sent = {"own-go": go, "own-turn": turn} | {_own(name): value for name, value in typed.items()}
    return author.post(where(trial.draft, trial), sent)


def _own(name):
    return name.replace("own_", "own-") if name.startswith("own_") else name


def done(author, trial, go, **typed):
    """The trial after a button, played again from what is kept."""
    answer = did(author, trial, go, **typed)
    assert answer.status_code == 302, text(answer)
    return played(trial)


def played(trial):
    """The trial as it stands."""
    held = Trial.objects.get(pk=trial.pk)
    return trials.played(held, trials.scenario(drafts.files(held.draft))).trial


APPLIED = {"subject": "占道施工许可", "description": "占用人行道三天。", "address": "解放路", "own-source": "applicant"}


def applied(city, author):
    """A trial in which an applicant waits for an approval."""
    return begun(author, drafted(city, "approval"), **APPLIED)


def token(trial):
    """The number of the only open task."""
    (task,) = played(trial).held.tasks
    return task.token


def drafted_again(city):
    """Another draft of the same body."""
    by = city.actor("administrator")
    return studio.begin_from_pattern("notice", Called("other", "另一个", "Other", "OT"), by.body, by=by, at=city.now)


def drawn(city, *elements, **more):
    """A draft of a scenario drawn for one story."""
    by, others = city.actor("administrator"), {name: more.pop(name) for name in [*more] if "." in name}
    return studio.begin_new(files(*elements, **more) | others, by.body, name="x", by=by, at=city.now)
