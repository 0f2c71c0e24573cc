"""The single files of a scenario folder (name → text), each read by itself. Pure."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.intake.rules import questionnaire as intake

if TYPE_CHECKING:
    from zhongshu.engine.decisions.rules.dmn.folder import Decisions


def file(files: Mapping[str, str], name: str) -> str:
    """What a file says; Invalid names one that is missing."""
    try:
        return files[name]
    except KeyError:
        raise Invalid("场景文件夹缺少文件 {file}。", file=name) from None


def form(files: Mapping[str, str], name: str) -> intake.Questionnaire:
    """A questionnaire of the folder; Invalid says what is wrong, its `field` where."""
    try:
        document: dict[str, Any] = json.loads(file(files, name))
    except (ValueError, RecursionError) as problem:
        raise Invalid("{file} 不是有效的 JSON：{why}", file=name, why=str(problem)) from None
    return intake.read(document)


def decisions(files: Mapping[str, str]) -> "Decisions":
    """What the decision files of the folder answer; Invalid names the file."""
    from zhongshu.engine.decisions.rules.dmn import folder  # loads lxml: not before the first scenario is read

    return folder.read({name: text for name, text in files.items() if name.endswith(".dmn")})
