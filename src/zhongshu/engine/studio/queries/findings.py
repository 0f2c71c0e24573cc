"""Everything there is to say about a folder in this city: what its author has to change, and should look at."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal.caches import Cached
from zhongshu.engine.cases import doors as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import examining
from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.cases.rules.scenario import compile
from zhongshu.engine.studio.queries import towns
from zhongshu.engine.studio.rules import folders, foreign, trial
from zhongshu.engine.studio.rules.foreign import Here
from zhongshu.registers.catalogue import queries as categories
from zhongshu.registers.people.queries import bodies
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


def findings(files: Mapping[str, str], code: str, beside: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """All that is wrong or odd with these files (name → text) as the scenario of this code, errors first.

    Settings, drawings, questionnaires, decisions, expressions, letters; services, roles, bodies and places that are
    here; the code and the prefix of case numbers, also among scenarios that come `beside` it (code → prefix); once all
    of that is sound, its author's examples. Empty when there is nothing to say.
    """
    if outside := tuple(folders.bounds(files)):
        return outside
    found = [*examining.examine(files, cases.handlers.keys(), cases.looks), *_called(files, code, beside or {})]
    if places.root():
        found += foreign.look(files, here())
    if examining.is_sound(found):
        found += trial.rehearse(compile(1, files), files, towns.town)
    return tuple(sorted(found, key=lambda each: each.severity != "error"))


def look_over(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """The same of each scenario folder in `folder`, by code; loads nothing."""
    found = {path.parent.name: readable(path.parent) for path in sorted(folder.glob("*/scenario.toml"))}
    beside = {code: folders.prefix_of(files) for code, (files, _) in found.items()}
    return {code: said or findings(files, code, beside) for code, (files, said) in found.items()}


def here() -> Here:
    """The city, its places, its living bodies and its categories, for telling what is of another one."""
    tree, cities = places.tree(), _cities()
    living = {id: body.name for id, body in bodies.tree().items() if body.ended is None}
    return Here(str(cities[0] if len(cities) == 1 else tree.root), tree.names, living, categories.tree())


def _cities() -> list[int]:
    return [code for code in places.tree().names if codes.level_of(code) == codes.Level.CITY]


def readable(folder: Path) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The files of a folder on disk; where they cannot be read none, and why."""
    try:
        return scenarios.files_of(folder), ()
    except Refusal as refused:
        return {}, (Finding("", "", "error", refused.sentence, refused.gaps),)
    except UnicodeDecodeError:
        return {}, (Finding("", "", "error", "有文件不是 UTF-8 编码，请另存为 UTF-8。"),)


def _called(files: Mapping[str, str], code: str, beside: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the folder goes by its own code, and by a prefix no other scenario has."""
    said = folders.code_of(files)
    if said and said != code:
        yield Finding(
            PAGE, "/code", "error", "code 写成了 {said}，这份场景的代码是 {code}。", {"said": said, "code": code}
        )
    if not folders.is_code(code):
        yield Finding(PAGE, "/code", "error", "场景代码只用小写字母、数字和连字符，以字母开头，不超过 60 个字符。")
    prefix, known = folders.prefix_of(files), {**prefixes(), **beside}
    if prefix and (other := next((name for name, its in known.items() if its == prefix and name != code), "")):
        gaps = {"prefix": prefix, "other": other}
        yield Finding(PAGE, "/prefix", "error", "编号前缀 {prefix} 已由场景 {other} 使用，请换一个。", gaps)


def _prefixes() -> dict[str, str]:
    return {each.code: each.settings.prefix for each in scenarios.all_newest()}


prefixes = Cached(("scenarios", "all"), _prefixes)
"""Code → the prefix of its case numbers, of every scenario's newest version."""
