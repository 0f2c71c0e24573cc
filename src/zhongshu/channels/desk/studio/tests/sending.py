"""What the pages of a draft answer, and sending them a change of its process."""

from zhongshu.channels.desk.studio.tests.drafting import text
from zhongshu.engine.studio.models import Draft


def where(draft, part="process/"):
    """The address of a page of the draft."""
    return f"/desk/studio/{draft.pk}/{part}"


def send(author, draft, verb, at, **more):
    """Do one thing to a row; `_ready` in a name stands for `-ready`."""
    held = Draft.objects.get(pk=draft.pk)
    sent = {"revision": str(held.revision), "file": "process.bpmn", "verb": verb, "at": at, "form": verb}
    return author.post(where(draft), sent | {name.replace("_ready", "-ready"): said for name, said in more.items()})


def done(author, draft, verb, at, **more):
    """The same, which is done; where it leads."""
    answer = send(author, draft, verb, at, **more)
    assert answer.status_code == 302, text(answer)
    return answer["Location"]
