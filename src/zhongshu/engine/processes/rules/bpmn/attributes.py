"""Small readings that all kinds of elements share."""

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.bpmn.draft import Draft

ONLY = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "operationRef": "",
    "parallelMultiple": "false",
    "behavior": "All",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "waitForCompletion": "true",
}
"""Attributes that change what happens, each with the one value that is executed."""


def check_attributes(draft: Draft, tag: etree._Element) -> None:
    """Refuse attributes whose value asks for something we do not do."""
    for attribute, only in ONLY.items():
        value = tag.get(attribute, only)
        if value != only:
            draft.say(tag, "属性 {attribute}=“{value}” 不能执行，请删去。", attribute=attribute, value=value)


def only(draft: Draft, tag: etree._Element, *names: str) -> etree._Element | None:
    """The one child of those names, if any; a second one is refused like any stranger."""
    found = list(draft.known(tag, *names))
    for extra in found[1:]:
        draft.say(extra, "{tag} 只能有一个，请删去多余的。", tag=source.name(extra))
    return found[0] if found else None


def true(draft: Draft, tag: etree._Element, attribute: str, *, default: bool) -> bool:
    """An attribute that is true or false."""
    value = tag.get(attribute, str(default).lower())
    if value not in ("true", "false", "1", "0"):
        draft.say(tag, "属性 {attribute} 只能是 true 或 false。", attribute=attribute)
    return value in ("true", "1")


def named(tag: etree._Element) -> tuple[str, str]:
    """The id and name of an element."""
    return tag.get("id", ""), tag.get("name", "")
