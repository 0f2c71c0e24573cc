"""Random histories: whatever may happen to a case, and whether what it leaves behind is legal."""

from collections.abc import Iterator
from itertools import groupby

from zhongshu.engine.processes.rules import happenings
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers as what
from zhongshu.engine.processes.rules.marking import WHOLE, Token
from zhongshu.engine.processes.tests.blocks import Path
from zhongshu.engine.processes.tests.blocks.parts import HOT, ODD
from zhongshu.engine.processes.tests.running import Run

SIGNERS = 2


class History:
    """A case, where its elements lie, and which tasks have been done; `mixes`: that was warned of."""

    def __init__(self, where: dict[str, Path], net: nets.Net, *, mixes: bool = False) -> None:
        self.where, self.mixes = where, mixes
        self.run = Run(net, bodies=["a", "b", "c"], odd=False, hot=False)
        self.done: set[str] = set()

    def happens(self, happening: happenings.Happening) -> None:
        """Let this happen, and remember what was done."""
        if isinstance(happening, happenings.TaskCompleted):
            self.done.add(self.run.tasks[happening.token].element)
        self.run.happens(happening)

    def possible(self) -> Iterator[happenings.Happening]:
        """All that can happen now."""
        if self.run.end:
            yield from map(happenings.Reopened, sorted(self.done))
            return
        yield happenings.DataChanged()
        yield from (happenings.TimerFired(*key) for key in sorted(self.run.timers))
        yield from self._told()
        for token in self.run.marking.tokens:
            yield from self._of(token)

    def _told(self) -> Iterator[happenings.Happening]:
        for trigger in dict.fromkeys(event.trigger for _, event in self.run.marking.waits(self.run.net)):
            if isinstance(trigger, what.Message):
                yield happenings.MessageCame(trigger.name)
            elif isinstance(trigger, what.Signal):
                yield happenings.SignalCame(trigger.name)

    def _of(self, token: Token) -> Iterator[happenings.Happening]:
        element = self.run.net.elements[token.at]
        if token.progress and isinstance(getattr(element, "rounds", None), nets.Instances):
            if len(token.progress.items) < 5:
                yield happenings.TaskAdded(token.id, "one more")
        elif token.id in self.run.tasks:
            signers = [each for each in self.run.marking.tokens if each.parent == token.id]
            signs = self.run.tasks[token.id].signs
            if not signers:
                yield happenings.TaskCompleted(token.id)
            if len(signers) < SIGNERS and not signs:
                yield happenings.SignerAdded(token.id)
            if signs or token.index is not None:
                yield happenings.TaskCancelled(token.id)
            yield from (happenings.Returned(token.id, to) for to in sorted(self.done))

    def path(self, token: Token) -> Path:
        """The branches a token is in; one that waits where they come together is still in its own."""
        joins = isinstance(self.run.net.elements[token.at], nets.Join)
        return self.where[token.via if joins and token.via else token.at]

    def around(self, token: Token, to: str) -> tuple[Token, str]:
        """The token in whose place the case stands, and the element the task `to` is or lies in, in one scope."""
        net, marking = self.run.net, self.run.marking
        opened = {each.process: each.id for each in net.elements.values() if isinstance(each, nets.Call)}
        there = {net.scope[to]: to}
        while (scope := next(reversed(there))) != net.process_id:
            around = opened.get(scope, scope)
            there[net.scope[around]] = around
        while self._serves(token) or net.scope[token.at] not in there:
            holder = marking.token(token.parent or 0)
            assert holder
            token = holder
        return token, there[net.scope[token.at]]

    def _serves(self, token: Token) -> bool:
        """Whether a token is an instance, a signature, or work that undoes."""
        holder = self.run.marking.token(token.parent or 0)
        inside = holder is None or isinstance(self.run.net.elements[holder.at], nets.Scope | nets.Call)
        return token.index is not None or not inside

    def is_beside(self, token: Token) -> bool:
        """Whether a token is an answer to an event, given beside what its scope does."""
        element = self.run.net.elements[token.at]
        if not isinstance(element, nets.Scope) or not element.event:
            return False
        start = self.run.net.elements[f"{element.id}-start"]
        return isinstance(start, nets.Start) and not start.interrupts

    def finish(self, most: int = 1_000) -> None:
        """Do whatever is open, and let come whatever is waited for, until the case ends; fails if it does not."""
        for _ in range(most):
            if self.run.end:
                return
            self.run.data |= {ODD: False, HOT: False}
            self.happens(next(self._ahead()))
        raise AssertionError(f"still open: {self.run.stored}")

    def _ahead(self) -> Iterator[happenings.Happening]:
        """What leads on: work that is open, then what is waited for in the flow."""
        busy = {token.parent for token in self.run.marking.tokens}
        yield from (happenings.TaskCompleted(token) for token in sorted(self.run.tasks) if token not in busy)
        for token, event in self.run.marking.waits(self.run.net):
            match event:
                case nets.Catch(id, trigger=what.Timer()):
                    yield happenings.TimerFired(token.id, id)
                case nets.Catch(trigger=what.Message(name)) | nets.Receive(trigger=what.Message(name)):
                    yield happenings.MessageCame(name)
                case nets.Catch(trigger=what.Signal(name)):
                    yield happenings.SignalCame(name)
                case nets.Catch(trigger=what.Condition()):
                    self.run.data[HOT] = True
                    yield happenings.DataChanged()


def untouched(history: History, going_back: happenings.Returned) -> list[Token]:
    """What going back must leave alone: all that is not in the scope, or is in another branch of a fork of which the
    case comes from and goes to the same branch."""
    marking = history.run.marking
    token = marking.token(going_back.token)
    assert token
    here, there = history.around(token, going_back.to)
    ours, theirs = history.path(here), history.where[there]
    common = [one for one, other in zip(ours, theirs, strict=False) if one == other]
    if any(branch.kind == "more" for branch in ours[len(common) :]):
        common = []
    left = []
    for token in marking.tokens:
        beside = token
        while beside.parent != here.parent and (holder := marking.token(beside.parent or 0)):
            beside = holder
        inside = history.path(beside)[: len(common)] == tuple(common)
        if beside.parent != here.parent or history.is_beside(beside) or not inside:
            left.append(token)
    return [each for each in left if each.id != here.parent]


def check(history: History) -> None:
    """Whether a case is in order: the marking, what the caller was told, and where the tokens are."""
    run, marking = history.run, history.run.marking
    by_id = {token.id: token for token in marking.tokens}
    assert list(by_id) == sorted(by_id) and len(by_id) == len(marking.tokens)
    assert all(WHOLE < id < marking.next for id in by_id)
    assert all(token.parent is None or token.parent in by_id for token in marking.tokens)
    assert {token.id for token in marking.open_tasks(run.net)} == run.tasks.keys()
    timers = {(t.id, e.id) for t, e in marking.waits(run.net) if isinstance(e.trigger, what.Timer)}
    assert timers == run.timers.keys()
    assert (run.end is not None) == marking.finished
    for parent, tokens in groupby(sorted(marking.tokens, key=_parent), key=_parent):
        _check_within(history, by_id.get(parent), list(tokens))


def _parent(token: Token) -> int:
    return token.parent or WHOLE


def _check_within(history: History, holder: Token | None, tokens: list[Token]) -> None:
    """Whether what lies directly in a token may be there: its instances, its signatures, or one flow of control."""
    at = history.run.net.elements[holder.at] if holder else None
    if isinstance(at, nets.Throw | nets.End):
        assert len(tokens) == 1
    elif holder and holder.progress:
        places = [token.index for token in tokens]
        assert len(set(places)) == len(places) and {token.at for token in tokens} == {holder.at}
        items = holder.progress.items
        assert not items or len(places) <= len(items) - holder.progress.closed
    elif isinstance(at, nets.Task):
        assert {token.at for token in tokens} == {at.id}
    else:
        paths = [history.path(token) for token in tokens if not history.is_beside(token)]
        assert flows(paths) == 1 or (flows(paths) == 0 and tokens)


def flows(paths: list[Path]) -> int:
    """How many flows of control tokens with these paths make, each fork with all its branches being one.

    What an event that interrupts nothing has added is none of them. AssertionError if a branch is lost or doubled.
    """
    found = sum(not path for path in paths)
    for (kind, _), branches in _split([path for path in paths if path]).items():
        inner = [0] if kind == "more" else [flows(rest) for rest in branches.values()]
        if not any(inner):
            continue
        assert max(inner) == 1, "a branch is doubled"
        assert kind != "all" or inner == [1, 1], "a branch is lost"
        found += 1
    return found


def _split(paths: list[Path]) -> dict[tuple[str, int], dict[int, list[Path]]]:
    """What lies in the branches of each fork: by the fork, then by the branch."""
    groups: dict[tuple[str, int], dict[int, list[Path]]] = {}
    for (kind, of, number), *rest in paths:
        groups.setdefault((kind, of), {}).setdefault(number, []).append(tuple(rest))
    return groups
