"""What others plug into the studio: further checks of a folder. Filled in `main/wiring.py`."""

from collections.abc import Callable, Iterable, Mapping

from zhongshu.engine.cases.rules.examining import Finding

Check = Callable[[Mapping[str, str]], Iterable[Finding]]
"""What there is to say about the files of a folder (name → text) that the studio cannot know of: its letters."""

checks: list[Check] = []
