"""The inputs of a question, a step or a group, each by its name."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control
from zhongshu.channels.desk.studio.presenters.forms import words
from zhongshu.engine.studio.rules.editing.questions.kinds import Kind


def of_question(
    values: Mapping[str, str], kind: Kind, sources: Iterable[tuple[str, str]], *, inside: bool
) -> dict[str, Control]:
    """All that is typed or chosen of a question but its rules; `inside` a repeating group or not."""
    typed = {name: [value] for name, value in values.items()}
    text, select = controls.text, controls.select
    known = [("", gettext("不预填")), *((name, gettext(said)) for name, said in sources)]
    anew = gettext("换了题型，保存后再填它的选项和上下限。")
    found = [
        text(typed, "title", gettext("问什么")),
        text(typed, "title_en", gettext("英文")),
        select(typed, "kind", gettext("题型"), words.all_kinds(inside=inside), anew),
        text(typed, "help", gettext("说明"), gettext("写在题目下面：填什么，去哪里找。"), kind="area"),
        text(typed, "help_en", gettext("英文说明"), kind="area"),
        text(typed, "unit", gettext("单位"), gettext("例如 平方米、人。"), kind="text" if kind.numeric else "hidden"),
        select(typed, "source", gettext("自动预填"), known, gettext("平台已经知道的，先替填写的人填好，他可以改。")),
        *_bounds(typed, kind),
    ]
    if kind.chosen:
        said = gettext("一行一个：名称 | 英文 | 保存的值。后两样可以不写。")
        found.append(text(typed, "options", gettext("选项"), said, kind="area"))
    return {each.name: each for each in found}


def _bounds(typed: controls.Inputs, kind: Kind) -> list[Control]:
    least, most = words.bounds(kind)
    return [controls.text(typed, "least", least), controls.text(typed, "most", most)] if least else []


def of_section(values: Mapping[str, str]) -> list[Control]:
    """What a step or group is called, and what is said of it."""
    typed, text = {name: [value] for name, value in values.items()}, controls.text
    return [
        text(typed, "title", gettext("名称")),
        text(typed, "title_en", gettext("英文名称")),
        text(typed, "help", gettext("说明"), kind="area"),
        text(typed, "help_en", gettext("英文说明"), kind="area"),
    ]
