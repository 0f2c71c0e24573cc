"""What messages say. Pure.

A template's sentence is Chinese with named gaps and is translated where it is shown. A fact may stand beside its
English name: `phase` and `phase_en`.
"""

from collections.abc import Mapping
from typing import Any

TEMPLATES: dict[str, str] = {
    "case.opened": "您上报的“{title}”已收到，编号 {number}。",
    "case.advanced": "您上报的“{title}”（{number}）有新进展：{phase}。",
    "case.closed": "您上报的“{title}”（{number}）已办结，感谢您关心城市。请您评价。",
    "case.refused": "您上报的“{title}”（{number}）未予受理：{reason}",
    "task.assigned": "您有新的任务：“{title}”（{number}），环节：{task}。",
}


def sentence(template: str) -> str:
    """The template's sentence, gaps open."""
    return TEMPLATES[template]


def gaps(facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """What fills the gaps in a language: a fact's English name where there is one and English is spoken."""
    return {name: str((language == "en" and facts.get(f"{name}_en")) or fact) for name, fact in facts.items()}
