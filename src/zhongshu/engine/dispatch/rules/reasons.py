"""Why a body was named: data that a page can say in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhongshu.engine.dispatch.rules import bodies
from zhongshu.engine.dispatch.rules.duties import Duty
from zhongshu.engine.dispatch.rules.evidence import Node, Seen

WRITTEN = "职责清单规定由{body}负责。"
SAME_PLACE = "{place}同类事件 {seen} 件中 {handled} 件由{body}处置。"
ANY_PLACE = "全域同类事件 {seen} 件中 {handled} 件由{body}处置。"
ANY_CATEGORY = "{place}各类事件 {seen} 件中 {handled} 件由{body}处置。"
ALL = "全部事件 {seen} 件中 {handled} 件由{body}处置。"
POST_IN_PLACE = "{place}同类事件 {seen} 件中 {handled} 件由当地对应单位处置，此处为{body}。"
POST_ANYWHERE = "全域同类事件 {seen} 件中 {handled} 件由当地对应单位处置，此处为{body}。"
"""The last two are said where bodies are counted by role, see `bodies`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground: `sentence` is a translation key, the other fields fill it.

    `category` and `place` name the level used (empty: any); `handled` of `seen` cases there were this body's.
    """

    sentence: str
    body: str
    category: str = ""
    place: str = ""
    seen: int = 0
    handled: int = 0

    @property
    def share(self) -> float:
        """The body's share of the cases seen at this level."""
        return self.handled / self.seen if self.seen else 0.0

    def __str__(self) -> str:
        return self.sentence.format(
            body=self.body, category=self.category, place=self.place, seen=self.seen, handled=self.handled
        )


def reasons_for(
    body: str,
    counts: Mapping[Node, Mapping[str, Seen]],
    categories: Sequence[str],
    places: Sequence[str],
    written: Sequence[Duty],
) -> tuple[Reason, ...]:
    """The grounds for one body, strongest first.

    The rows that name it, the finest level that knows it, its category anywhere if that is another level.
    """
    found = [Reason(WRITTEN, body) for duty in written if duty.body == body]
    knowing = [node for node, at in counts.items() if body in at and at[body].cases > 0]
    finest = max(knowing, key=lambda node: (node.category, node.place), default=None)
    anywhere = Node(finest.category, 0) if finest else None
    for node in dict.fromkeys(node for node in (finest, anywhere) if node in knowing and node is not None):
        found.append(_reason(body, node, counts[node], categories, places))
    return tuple(found)


def _reason(body: str, node: Node, at: Mapping[str, Seen], categories: Sequence[str], places: Sequence[str]) -> Reason:
    category = categories[node.category - 1] if node.category else ""
    place = places[node.place - 1] if node.place else ""
    if bodies.role(body, places, node.place) != body:
        sentence = POST_IN_PLACE if place else POST_ANYWHERE
    elif category:
        sentence = SAME_PLACE if place else ANY_PLACE
    else:
        sentence = ANY_CATEGORY if place else ALL
    seen = sum(max(seen.cases, 0) for seen in at.values())
    return Reason(sentence, body, category, place, seen, at[body].cases)
