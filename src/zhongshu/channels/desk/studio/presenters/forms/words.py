"""What kinds of question, their bounds and their rules are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.engine.studio.rules.editing.questions import conditions, kinds
from zhongshu.engine.studio.rules.editing.questions.conditions import Condition, Known

_KINDS = {
    "text": "单行文字", "longtext": "多行文字", "choice": "单选", "choices": "多选", "boolean": "是或否",
    "number": "数字", "integer": "整数", "amount": "金额", "date": "日期", "time": "时间", "date-time": "日期和时间",
    "phone": "手机号", "email": "电子邮箱", "id-number": "身份证号", "uscc": "统一社会信用代码", "address": "地址",
    "photo": "照片", "file": "文件", "body": "一个单位", "bodies": "多个单位", "rows": "重复填写的一组题",
}  # fmt: skip
_BOUNDS = {
    "minLength": ("最少字数", "最多字数"), "minimum": ("最小值", "最大值"), "minItems": ("最少几项", "最多几项"),
}  # fmt: skip
_TESTS = {
    "is": "是（等于）", "not": "不是（不等于）", "more": "大于（晚于）", "less": "小于（早于）",
    "from": "不小于（不早于）", "to": "不大于（不晚于）", "has": "包含（选了）", "lacks": "不包含（没选）",
    "answered": "填写了", "unanswered": "没有填写",
}  # fmt: skip
_SAID = {
    "is": "“{title}”是“{value}”", "not": "“{title}”不是“{value}”", "more": "“{title}”大于 {value}",
    "less": "“{title}”小于 {value}", "from": "“{title}”不小于 {value}", "to": "“{title}”不大于 {value}",
    "has": "“{title}”包含“{value}”", "lacks": "“{title}”不包含“{value}”", "answered": "填写了“{title}”",
    "unanswered": "没有填写“{title}”",
}  # fmt: skip
_RULES = {
    "visible": ("{when}时才问", "按表达式决定是否问"),
    "mandatory": ("{when}时必填", "按表达式决定是否必填"),
}
_PARTS = {
    "visible": "什么时候问", "mandatory": "什么时候必填", "computed": "怎样算出", "title": "名称",
    "title_en": "英文名称", "help": "说明", "help_en": "英文说明", "options": "选项", "least": "下限", "most": "上限",
    "unit": "单位", "source": "自动预填",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A rule in words; where lists cannot say it, with its FEEL."""

    words: str
    code: str = ""


def kind(name: str) -> str:
    """A kind of question by its name."""
    return gettext(_KINDS[name])


def all_kinds(*, inside: bool = False) -> list[tuple[str, str]]:
    """Every kind that can be chosen, `inside` a repeating group or not."""
    return [(name, kind(name)) for name in kinds.KINDS if not (inside and name == "rows")]


def bounds(of: kinds.Kind) -> tuple[str, str]:
    """What least and most of a kind are called; empty where it has none."""
    least, most = _BOUNDS.get(of.least, ("", ""))
    return (gettext(least), gettext(most)) if least else ("", "")


def tests() -> list[tuple[str, str]]:
    """What may be asked of an answer."""
    return [(name, gettext(_TESTS[name])) for name in conditions.TESTS]


def part(name: str) -> str:
    """A part of a question, as its page calls it."""
    return gettext(_PARTS[name]) if name in _PARTS else ""


def rule(name: str, text: str, known: Mapping[str, Known]) -> Said:
    """A rule of a question (`visible`, `mandatory`, `computed`) in words."""
    if name == "computed":
        return Said(gettext("自动算出"), text)
    simple, otherwise = _RULES[name]
    found = conditions.read(text, known)
    if found is None:
        return Said(gettext(otherwise), text)
    joint = gettext("，并且") if found.word == "and" else gettext("，或者")
    return Said(gettext(simple).format(when=joint.join(_said(each, known) for each in found.conditions)))


def _said(condition: Condition, known: Mapping[str, Known]) -> str:
    return gettext(_SAID[condition.test]).format(title=known[condition.name].title, value=condition.value)
