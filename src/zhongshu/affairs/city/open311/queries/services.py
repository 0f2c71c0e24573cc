"""What can be reported, and what is asked of each."""

from typing import Literal

from zhongshu.affairs.city.open311.rules import shapes
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.rules import open311
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category


def published() -> dict[str, Category]:
    """The categories anybody may report, ended ones too: cases of others are no matter of Open311's."""
    return {code: found for code, found in catalogue.tree().items() if found.scenario}


def known(code: str) -> Category:
    """The published category with this service code, ended or not; Absent when there is none."""
    found = published().get(code)
    if found is None:
        raise Absent("没有编号为 {code} 的服务，请从 services 中选择。", code=code[:40])
    return found


def form(code: str) -> Questionnaire:
    """What is asked of a report under this service; Absent when there is no such service now."""
    found = known(code)
    if found.ended is not None:
        raise Absent("没有编号为 {code} 的服务，请从 services 中选择。", code=code[:40])
    return scenarios.newest(found.scenario).form


def titled(asked: Questionnaire) -> str:
    """What a questionnaire is for: all that is said of a matter to anybody."""
    return asked.title_en if language() == "en" else asked.title


def services() -> list[shapes.Shape]:
    """Every service there is now."""
    return [shapes.service(_service(found)) for found in published().values() if found.ended is None]


def _service(found: Category) -> shapes.Service:
    group, itself = catalogue.path(found.code)[-2:]
    return shapes.Service(
        code=found.code, name=found.called(language()), description=titled(scenarios.newest(found.scenario).form),
        group=group.called(language()), names=(itself.name, itself.name_en, group.name, group.name_en),
    )  # fmt: skip


def definition(code: str) -> shapes.Shape:
    """The questions of a service, in the language of the answer."""
    spoken: Literal["zh", "en"] = "en" if language() == "en" else "zh"
    return open311.definition(code, form(code), spoken)
