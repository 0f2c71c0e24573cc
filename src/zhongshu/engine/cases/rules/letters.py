"""The letters of a scenario as its page of settings names them; what they look like stands in `letters/NAME.typ`. Pure.

What makes a letter, and its pages, is `engine/letters`.
"""

import re
from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel

MOST = 20
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


class LetterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One letter: when it is made, how it is numbered, who gets it.

    `task`: the task whose completion makes it; without one it is made `by hand`, or when a `supplement` is asked for.
    `when`: FEEL over the case's data, asked at that moment. `number`: its number, such as 云汀许〔{year}〕{seq}号;
    empty for a letter without. `to`: whether the applicant reads it or it stays on file. `names`: how the applicant
    stands in it: a letter to somebody else than them needs no more than a masked name.
    """

    name: str
    name_en: str
    task: str = ""
    made: Literal["by hand", "supplement"] = "by hand"
    when: str = ""
    number: str = ""
    to: Literal["applicant", "file"] = "file"
    names: Literal["masked", "full"] = "masked"

    def called(self, language: str) -> str:
        """What the letter is called in a language."""
        return self.name_en if language == "en" else self.name


def file(name: str) -> str:
    """Where in the folder the letter's looks stand."""
    return f"letters/{name}.typ"


def check(letters: Mapping[str, LetterSettings], tasks: Collection[str], files: Collection[str]) -> None:
    """Refuse letters that could never be made. Invalid names the letter."""
    if len(letters) > MOST:
        raise Invalid("一个场景最多 {most} 种文书。", most=MOST)
    for name, letter in letters.items():
        if not _NAME.fullmatch(name):
            raise Invalid("文书 {letter} 的名称只能用小写字母、数字和下划线，以字母开头。", letter=name)
        if letter.task and letter.task not in tasks:
            raise Invalid("文书 {letter} 在环节 {task} 办结时制作，但没有这个环节。", letter=name, task=letter.task)
        if letter.task and letter.made != "by hand":
            raise Invalid("文书 {letter} 只能写明一个制作时机：task 或 made。", letter=name)
        if file(name) not in files:
            raise Invalid("文书 {letter} 缺少文件 {file}。", letter=name, file=file(name))
        feel.compile(letter.when or "true")
