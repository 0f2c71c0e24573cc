"""What somebody has typed so far: texts by the path of their question, bounded and plain, right or wrong. Pure.

A path is the name of an input: `phone`, of a row of a repeating group `rows.0.phone`, of a part of the page that is no
question `place-address`. None says that the page asked and was left empty, as an unticked box is.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from zhongshu.base.http.refusals import Invalid, TooLarge

MOST_BYTES = 200_000
MOST_PATHS = 3_000
MOST_VALUES = 500
_PATH = re.compile(r"[^\W\d][\w-]{0,63}(?:\.\d{1,3}(?:\.[^\W\d]\w{0,63})?)?")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Typed = Mapping[str, Any]


def clean(raw: Any) -> dict[str, Any]:
    """What was sent, as it may be kept: paths to texts, numbers, truths, lists of those, or None.

    Raises Invalid for what no form sends, TooLarge for more than 200 kB.
    """
    if not isinstance(raw, Mapping) or len(raw) > MOST_PATHS:
        raise Invalid("草稿应当是各项名称和所填内容，最多 {most} 项。", most=MOST_PATHS)
    kept = {_path(path): _value(path, value) for path, value in raw.items()}
    bounded(kept)
    return kept


def bounded(answers: Typed) -> None:
    """TooLarge when this is more than a draft holds."""
    if size(answers) > MOST_BYTES:
        raise TooLarge("所填内容超过 {most} kB，没有保存。请精简文字，材料请作为文件上传。", most=MOST_BYTES // 1_000)


def size(kept: Any) -> int:
    """How many bytes something takes when it is written down."""
    return len(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())


def documents(answers: Typed) -> list[str]:
    """The ids of documents that may be among the answers, each once, in order of their ids."""
    values = (one for value in answers.values() for one in (value if isinstance(value, list) else [value]))
    return sorted({one for one in values if isinstance(one, str) and _ID.fullmatch(one)})


def _path(path: Any) -> str:
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise Invalid("草稿里有不能识别的项。请刷新页面后再保存。")
    return path


def _value(path: str, value: Any) -> Any:
    if isinstance(value, list) and len(value) <= MOST_VALUES:
        return [_single(path, one) for one in value] or None
    return _single(path, value)


def _single(path: str, value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="replace").decode()
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and value - value == 0):
        return value
    raise Invalid("草稿里“{path}”一项的内容不能识别。", path=path)
