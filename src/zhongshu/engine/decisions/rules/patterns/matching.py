"""Running a pattern over a text, step by counted step."""

from collections.abc import Callable, Iterator

from zhongshu.engine.decisions.rules.patterns.programs import Program, compile

Spend = Callable[[int], None]
Groups = tuple[int, ...]
BATCH = 256


def search(pattern: str, flags: str, text: str, spend: Spend) -> Iterator[Groups]:
    """Each match in turn, none inside another, as starts and ends of its groups; group 0 is the match, -1 no part.

    `spend` is told of the steps and may stop it. Raises reading.Malformed.
    """
    program = compile(pattern, flags)
    at = 0
    while at <= len(text):
        found = _first(program, text, at, spend)
        if found is None:
            return
        yield found
        at = found[1] if found[1] > found[0] else found[1] + 1


def _first(program: Program, text: str, at: int, spend: Spend) -> Groups | None:
    seen: set[int] = set()  # a place once tried in vain is not tried again, wherever the match begins
    for start in range(at, len(text) + 1):
        found = _match(program, text, start, seen, spend)
        if found is not None:
            return found
    return None


def _match(program: Program, text: str, start: int, seen: set[int], spend: Spend) -> Groups | None:
    """The match that begins here. A pattern that repeats a group's text may have to try a place again."""
    steps, length = program.steps, len(program.steps)
    waiting = [(0, start, (start, -1, *(-1,) * (2 * program.groups)))]
    count = 0
    while waiting:
        at, place, kept = waiting.pop()
        while True:
            count += 1
            if count == BATCH:
                spend(BATCH // 2)
                count = 0
            if not program.repeats:
                if (key := place * length + at) in seen:
                    break
                seen.add(key)
            step = steps[at]
            match step.verb:
                case "take":
                    if place >= len(text) or not step.takes(text[place]):  # type: ignore[misc]
                        break
                    at, place = at + 1, place + 1
                case "fork":
                    waiting.append((step.otherwise, place, kept))
                    at = step.then
                case "go":
                    at = step.then
                case "keep":
                    kept = (*kept[: step.number], place, *kept[step.number + 1 :])
                    at += 1
                case "again":
                    taken = _taken(kept, step.number, text)
                    if not _same(text[place : place + len(taken)], taken, program.any_case):
                        break
                    at, place = at + 1, place + len(taken)
                case "start" | "end":
                    if not _edge(step.verb, program.lines, text, place):
                        break
                    at += 1
                case _:
                    spend(count // 2)
                    return (kept[0], place, *kept[2:])
    spend(count // 2 + 1)
    return None


def _taken(kept: Groups, group: int, text: str) -> str:
    """What a group has taken so far; nothing if it had no part."""
    begins, ends = kept[2 * group : 2 * group + 2]
    return text[begins:ends] if begins >= 0 else ""


def _same(one: str, other: str, any_case: bool) -> bool:
    return one == other or (any_case and one.lower() == other.lower())


def _edge(verb: str, lines: bool, text: str, place: int) -> bool:
    if verb == "start":
        return place == 0 or (lines and place < len(text) and text[place - 1] == "\n")
    return place == len(text) or (lines and text[place] == "\n")
