"""One step under way: tokens come to rest, are taken up, and travel along flows until all of them rest.

The only thing in these rules that changes: it lives for one call of `advance` and is never handed out.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import stops
from zhongshu.engine.processes.rules.marking import Marking, Token, is_open_task

MOST_TOKENS = 4_000


class Arrival(NamedTuple):
    """A token on its way: the flow it travels, and the scope it belongs to."""

    flow: nets.Flow
    parent: int | None


class Walk:
    """The state of a step: resting tokens, travellers, effects so far."""

    def __init__(self, net: nets.Net, marking: Marking, data: Mapping[str, Any]) -> None:
        self.net, self.data = net, data
        self.tokens = {token.id: token for token in marking.tokens}
        self.fresh = self.next = marking.next
        self.travellers: deque[Arrival] = deque()
        self.effects: list[eff.Effect] = []
        self.ended = net.start.id

    def marking(self) -> Marking:
        """Where the case stands now."""
        return Marking(tuple(self.tokens[id] for id in sorted(self.tokens)), self.next)

    def rest(self, element: nets.Element, parent: int | None, via: str | None = None, **more: Any) -> Token:
        """A new token at an element."""
        if len(self.tokens) >= MOST_TOKENS:
            raise stops.Crowded(element, MOST_TOKENS)
        token = Token(self.next, element.id, via, parent, **more)
        self.tokens[token.id] = token
        self.next += 1
        return token

    def arm(self, token: Token) -> None:
        """Start the timers attached to the element a token rests at."""
        timers = [each for each in self.net.boundaries[token.at] if isinstance(each, nets.Timer)]
        if timers:
            self.tokens[token.id] = replace(token, armed=tuple(timer.id for timer in timers))
        self.effects += [eff.StartTimer(token.id, timer.id, timer.duration) for timer in timers]

    def take(self, token: Token) -> None:
        """Remove a token whose work is done, and its timers; one of this step leaves no effect behind."""
        armed = self.tokens.pop(token.id).armed
        if token.id >= self.fresh:
            self.effects = [each for each in self.effects if getattr(each, "token", None) != token.id]
        else:
            self.effects += [eff.CancelTimer(token.id, timer) for timer in armed]

    def withdraw(self, token: Token) -> None:
        """Remove a token whose work is no longer wanted, and all that belongs to it."""
        self.empty(token.id)
        if is_open_task(self.net, token):
            self.effects.append(eff.WithdrawTask(token.id, token.at))
        self.take(token)

    def empty(self, scope: int | None) -> None:
        """Withdraw whatever belongs to a scope: the token of that number, or the whole case."""
        self.travellers = deque(each for each in self.travellers if each.parent != scope)
        for token in [each for each in self.tokens.values() if each.parent == scope]:
            self.withdraw(token)

    def leave(self, element: nets.Element, parent: int | None) -> None:
        """Send a token along every flow out of an element; where there is none, it ends."""
        flows = self.net.outgoing[element.id]
        self.travellers += [Arrival(flow, parent) for flow in flows]
        if not flows:
            self.ended = element.id
