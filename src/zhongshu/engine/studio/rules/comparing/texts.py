"""How two texts differ, line by line."""

from difflib import SequenceMatcher

from zhongshu.engine.studio.rules.comparing.told import Line

AROUND, MOST_LINES = 2, 400


def compare(before: str, after: str) -> tuple[Line, ...]:
    """The lines that differ with two on either side, 400 at most; a part left out between is one `…`."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 2_000)
    for group in matcher.get_grouped_opcodes(AROUND):
        if found:
            found.append(Line("…", ""))
        for verb, a, b, c, d in group:
            if verb == "equal":
                found += [Line(" ", line) for line in old[a:b]]
            else:
                found += [Line("-", line) for line in old[a:b]] + [Line("+", line) for line in new[c:d]]
        if len(found) > MOST_LINES:
            return (*found[:MOST_LINES], Line("…", ""))
    return tuple(found)
