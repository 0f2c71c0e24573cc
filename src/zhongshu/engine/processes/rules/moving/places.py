"""Which element of the new process a token goes to: its own, else one that a person chooses."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.marking import Token
from zhongshu.engine.processes.rules.moving.sketch import Sketch
from zhongshu.engine.processes.rules.moving.verdicts import Option, Place, Question

MOST_OPTIONS = 30


def find_places(sketch: Sketch) -> None:
    """Give every token its place, or ask. What a token holds waits until that token has one."""
    for id in sorted(sketch.tokens):
        token = sketch.tokens[id]
        if id in sketch.gone or (token.parent is not None and token.parent not in sketch.places):
            continue
        if place := _own(sketch, token):
            sketch.places[id] = place
        else:
            _choose(sketch, token)


def _own(sketch: Sketch, token: Token) -> Place | None:
    """The place by name."""
    if token.parent is not None and sketch.belongs(token):
        return Place(sketch.places[token.parent].at)
    was = sketch.old.elements[token.at]
    now = sketch.new.elements.get(sketch.named(token.at))
    if now is None or not _alike(sketch, token, was, now):
        return None
    if isinstance(now, nets.Join):
        return _at_join(sketch, token, now)
    return Place(now.id, _same_flow(sketch, token, now))


def _alike(sketch: Sketch, token: Token, was: nets.Element, now: nets.Element) -> bool:
    """Whether a token at one may rest at the other: of a kind, in the scope its holder went to, done as often."""
    return (
        type(now) is type(was)
        and sketch.new.scope[now.id] == sketch.scope(token.parent)
        and _rounds(was) == _rounds(now)
        and getattr(was, "event", False) == getattr(now, "event", False)
    )


def _rounds(element: nets.Element) -> tuple[str, bool]:
    """How often an activity is done, as far as tokens tell."""
    rounds = getattr(element, "rounds", None)
    return type(rounds).__name__, getattr(rounds, "sequential", False)


def _same_flow(sketch: Sketch, token: Token, now: nets.Element) -> str | None:
    flow = sketch.new.flows.get(sketch.named(token.via)) if token.via else None
    return flow.id if flow and flow.target == now.id else None


def _at_join(sketch: Sketch, token: Token, join: nets.Element) -> Place | None:
    """A join, by the flow that has come; else by the one flow that comes from where it came."""
    if via := _same_flow(sketch, token, join):
        return Place(join.id, via)
    source = sketch.named(sketch.old.flows[token.via].source) if token.via else ""
    flows = [flow.id for flow in _free(sketch, token, join) if flow.source == source]
    return Place(join.id, flows[0]) if len(flows) == 1 else None


def _free(sketch: Sketch, token: Token, join: nets.Element) -> list[nets.Flow]:
    """The flows into a join on which nothing waits in this scope."""
    taken = {sketch.places[other.id].via for other in sketch.within(token.parent)}
    return [flow for flow in sketch.new.incoming[join.id] if flow.id not in taken]


def _choose(sketch: Sketch, token: Token) -> None:
    options = tuple(_options(sketch, token))
    match sketch.ask(Question(sketch.key(token.id), "lost", token.at, options)):
        case Option("to", id):
            sketch.places[token.id] = Place(id)
        case Option("wait", id):
            sketch.places[token.id] = Place(sketch.new.flows[id].target, id)
        case Option("withdraw"):
            sketch.drop(token.id)


def _options(sketch: Sketch, token: Token) -> Iterator[Option]:
    """Where a token may go, best first; being withdrawn comes last, and only where others go on."""
    was = sketch.old.elements[token.at]
    found = [each for each in sketch.new.elements.values() if _alike(sketch, token, was, each)]
    ranked = _ranked(sketch, was, found)[:MOST_OPTIONS]
    if isinstance(was, nets.Join):
        yield from (Option("wait", flow.id) for join in ranked for flow in _free(sketch, token, join))
    else:
        yield from (Option("to", each.id) for each in ranked)
    if any(not _holds(sketch, other, token) for other in sketch.tokens.values() if other.id not in sketch.gone):
        yield Option("withdraw")


def _holds(sketch: Sketch, one: Token, other: Token) -> bool:
    """Whether one of two tokens is the other, or holds it, or is held by it."""
    return one.id in _line(sketch, other) or other.id in _line(sketch, one)


def _line(sketch: Sketch, token: Token) -> list[int]:
    line = [token.id]
    while (parent := sketch.tokens[line[-1]].parent) is not None:
        line.append(parent)
    return line


def _ranked(sketch: Sketch, was: nets.Element, found: Iterable[nets.Element]) -> list[nets.Element]:
    """Elements by how likely each is what another has become: of its id, of its name, new, called nearly so."""
    known = {sketch.named(id) for id in sketch.old.elements}

    def unlike(now: nets.Element) -> tuple[bool, bool, bool, float]:
        near = SequenceMatcher(None, was.name or was.id, now.name or now.id).ratio()
        return now.id != sketch.named(was.id), not now.name or now.name != was.name, now.id in known, -near

    return sorted(found, key=unlike)
