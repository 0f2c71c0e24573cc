"""One step under way: tokens come to rest, are taken up, and travel along flows until all of them rest.

The only thing in these rules that changes: it lives for one call of `advance` and is never handed out.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.advance import stops
from zhongshu.engine.processes.rules.marking import WHOLE, Marking, Token, is_open_task

MOST_TOKENS = 4_000


class Arrival(NamedTuple):
    """A token on its way to an element: the flow it travels, the token that holds it, which instance it is."""

    target: str
    via: str | None
    parent: int | None
    instance: int | None = None


class Walk:
    """The state of a step: resting tokens, travellers, effects so far."""

    def __init__(self, net: nets.Net, marking: Marking, data: Mapping[str, Any]) -> None:
        self.net, self.data = net, data
        self.tokens = {token.id: token for token in marking.tokens}
        self.whole = marking.whole(net)
        self.fresh = self.next = marking.next
        self.travellers: deque[Arrival] = deque()
        self.effects: list[eff.Effect] = []
        self.ended = net.start.id

    def marking(self) -> Marking:
        """Where the case stands now."""
        tokens = tuple(self.tokens[id] for id in sorted(self.tokens))
        return Marking(tokens, self.next, self.whole.armed, self.whole.rung, self.whole.kept)

    def holder(self, scope: int | None) -> Token:
        """The token that holds what lies in a scope; for None the case itself."""
        return self.whole if scope is None else self.tokens[scope]

    def within(self, scope: int | None) -> Iterator[Token]:
        """The tokens directly in a scope."""
        return (token for token in list(self.tokens.values()) if token.parent == scope)

    def waits(self) -> list[tuple[Token, nets.Listening]]:
        """What may happen now, by token; the case itself comes last."""
        return [(token, self.net.elements[event]) for token in self._listening() for event in token.armed]  # type: ignore[misc]

    def _listening(self) -> list[Token]:
        return [token for token in (*self.tokens.values(), self.whole) if token.armed]

    def rest(self, element: nets.Element, arrival: Arrival, **more: Any) -> Token:
        """A new token at an element."""
        if len(self.tokens) >= MOST_TOKENS:
            raise stops.Crowded(element, MOST_TOKENS)
        token = Token(self.next, element.id, arrival.via, arrival.parent, arrival.instance, **more)
        self.tokens[token.id] = token
        self.next += 1
        return token

    def put(self, token: Token) -> Token:
        """A token in place of the one with its number."""
        if token.id == WHOLE:
            self.whole = token
        else:
            self.tokens[token.id] = token
        return token

    def take(self, token: Token) -> None:
        """Remove a token whose work is done, and its timers; one of this step leaves no effect behind."""
        if (token := self.tokens[token.id]).armed:
            self.disarm(token, token.armed)
        del self.tokens[token.id]
        if token.id >= self.fresh:
            self.effects = [each for each in self.effects if getattr(each, "token", None) != token.id]

    def disarm(self, token: Token, events: tuple[str, ...]) -> Token:
        """Let those events no longer happen to a token."""
        for event in events:
            if event in token.armed and _is_timed(self.net.elements[event]):
                self.effects.append(eff.CancelTimer(token.id, event))
        armed = tuple(each for each in token.armed if each not in events)
        return self.put(replace(token, armed=armed, rung=tuple(each for each in token.rung if each[0] in armed)))

    def withdraw(self, token: Token) -> None:
        """Remove a token whose work is no longer wanted, and all that belongs to it."""
        self.empty(token.id)
        if is_open_task(self.net, token):
            self.effects.append(eff.WithdrawTask(token.id, token.at))
        self.take(token)

    def empty(self, scope: int | None) -> None:
        """Withdraw whatever belongs to a scope: the token of that number, or the whole case."""
        self.travellers = deque(each for each in self.travellers if each.parent != scope)
        for token in self.within(scope):
            self.withdraw(token)

    def leave(self, element: nets.Element, parent: int | None) -> None:
        """Send a token along every open flow out of an element; where there is none at all, it ends."""
        flows = self.net.outgoing[element.id]
        if any(flow.condition for flow in flows):
            flows = self.chosen(element, flows, parent)
        self.travellers += [Arrival(flow.target, flow.id, parent) for flow in flows]
        if not flows and not (isinstance(element, nets.Scope) and element.event):
            self.ended = element.id

    def chosen(self, element: nets.Element, flows: tuple[nets.Flow, ...], parent: int | None) -> tuple[nets.Flow, ...]:
        """The flows whose condition is true or absent, else the default one."""
        default, facts = getattr(element, "default", None), self.facts(parent)
        found = tuple(flow for flow in flows if flow.id != default and is_open(flow, facts))
        if found:
            return found
        if default is None:
            raise stops.NoWay(element)
        return (self.net.flows[default],)

    def facts(self, scope: int | None) -> Mapping[str, Any]:
        """The data as they are seen in a scope: with the items of the instances it lies in, inner ones first."""
        given: dict[str, Any] = {}
        while scope is not None:
            token = self.tokens[scope]
            given = self._given(token) | given
            scope = token.parent
        return {**self.data, **given} if given else self.data

    def _given(self, token: Token) -> dict[str, Any]:
        rounds = getattr(self.net.elements[token.at], "rounds", None)
        if token.index is None or token.parent is None:
            return {}
        given = {"loopCounter": token.index + 1}
        if isinstance(rounds, nets.Instances) and rounds.item:
            given[rounds.item] = self.item(token)
        return given

    def item(self, token: Token) -> Any:
        """What the innermost instance that a token is, or lies in, is for."""
        while token.parent is not None:
            outer = self.tokens[token.parent]
            if token.index is not None and outer.progress and token.index < len(outer.progress.items):
                return outer.progress.items[token.index]
            token = outer
        return None


def is_open(flow: nets.Flow, facts: Mapping[str, Any]) -> bool:
    """Whether a flow may be taken; null is not true."""
    return flow.condition is None or flow.condition.evaluate(facts) is True


def _is_timed(element: nets.Element) -> bool:
    return isinstance(getattr(element, "trigger", None), triggers.Timer)
