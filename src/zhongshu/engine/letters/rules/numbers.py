"""Numbers of documents: 云汀许〔2026〕12号. Pure."""

import re

from zhongshu.base.http.refusals import Invalid

LONGEST = 60
_GAP = re.compile(r"\{(year|seq|seq:0[2-6])\}", re.ASCII)


def check(pattern: str) -> None:
    """Refuse a pattern that does not name year and place in the sequence, each once. Empty is a letter without one."""
    if not pattern:
        return
    gaps = [gap.split(":")[0] for gap in _GAP.findall(pattern)]
    left = _GAP.sub("", pattern)
    if sorted(gaps) != ["seq", "year"] or "{" in left or "}" in left or len(pattern) > LONGEST:
        raise Invalid(
            "文号“{number}”须有一个 {{year}} 和一个 {{seq}}（可写 {{seq:04}} 补零），不超过 60 字。", number=pattern
        )


def written(pattern: str, year: int, seq: int) -> str:
    """The number that is the `seq`th of its year."""
    return pattern.format(year=year, seq=seq)
