"""When deadlines speak up, and to whom (`[alarms]`)."""

from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import words
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, table
from zhongshu.channels.desk.studio.presenters.tasks.around import words as listed
from zhongshu.engine.cases.rules.alarms import USUAL
from zhongshu.engine.studio.rules.editing import pages

KEY = "alarms"
TITLE = "预警和督办"
_TOLD = ("warned", "late", "escalated")
_SHARES = ("near", "step")


def summary(around: Around) -> str:
    """In one line."""
    said = gettext("用去 {near}% 时预警，超时后每过 {step}% 升级一次")
    return said.format(**{key: _percent(_share(around, key)) for key in _SHARES})


def inputs(around: Around) -> Inputs:
    """What is set, as the inputs hold it."""
    known = table(around.known, KEY)
    told = {f"alarms-{key}": listed(known.get(key)) or list(getattr(USUAL, key)) for key in _TOLD}
    return {f"alarms-{key}": [_percent(_share(around, key))] for key in _SHARES} | told


def form(around: Around, typed: Inputs) -> list[Control]:
    """Its inputs."""
    return [
        controls.text(typed, "alarms-near", gettext("期限用去多少时预警"), kind="number", unit="%"),
        controls.text(typed, "alarms-step", gettext("超时后，每过期限的多少升级一次"), kind="number", unit="%"),
        controls.checks(typed, "alarms-warned", gettext("预警时告知"), words.told()),
        controls.checks(typed, "alarms-late", gettext("超时时告知"), words.told()),
        controls.checks(typed, "alarms-escalated", gettext("升级时告知上一级的"), words.roles()),
    ]


def changed(around: Around, typed: Inputs) -> str:
    """The page of settings with what was typed; what is as usual is not written."""
    said: dict[str, pages.Value] = {
        "near": (controls.whole(typed, "alarms-near", 1, 99) or 100 * USUAL.near) / 100,
        "step": (controls.whole(typed, "alarms-step", 1, 1_000) or 100 * USUAL.step) / 100,
    }
    for key in _TOLD:
        offered = dict(words.roles() if key == "escalated" else words.told())
        chosen = controls.some_of(typed, f"alarms-{key}", offered, inputs(around)[f"alarms-{key}"])
        if not chosen:
            raise Invalid("请勾选至少一个告知谁。", field=f"alarms-{key}")
        said[key] = chosen
    return pages.only(around.text, (KEY,), {key: "" if _usual(key, value) else value for key, value in said.items()})


def _usual(key: str, value: Any) -> bool:
    usual = getattr(USUAL, key)
    return set(value) == set(usual) if key in _TOLD else bool(value == usual)


def _share(around: Around, key: str) -> Any:
    return table(around.known, KEY).get(key, getattr(USUAL, key))


def _percent(share: Any) -> str:
    return f"{share * 100:g}" if isinstance(share, int | float) else str(share)
