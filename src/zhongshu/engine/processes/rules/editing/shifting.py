"""Verbs that put something elsewhere."""

from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.sheet import Sheet
from zhongshu.engine.processes.rules.editing.verb import verb


@verb
def move(sheet: Sheet, id: str, after: str) -> str:
    """A step with the events on its border to another place of the same process or sub-process, in any branch."""
    tag, way = sheet.node(id), sheet.way(after)
    ways = sheet.out(id)
    if parts.kind(tag) in ("start", "end", "edge") or len(ways) != 1 or not sheet.into(id):
        raise Refused("“{element}”不能整个移动，请移动它前后的环节。", element=sheet.called(id))
    if parts.kind(tag) in parts.GATEWAYS:
        raise Refused("“{element}”是分支的起点或汇合，不能移动，请移动分支里的环节。", element=sheet.called(id))
    near = sheet.node(after if way is None else way.get("sourceRef", ""))
    if near.getparent() is not tag.getparent():
        raise Refused("“{element}”不能移进或移出子流程，请在那里另加一个。", element=sheet.called(id))
    if near is tag or (way is not None and way.get("targetRef") == id):
        return id
    for each in sheet.into(id):
        sheet.aim(each, ways[0].get("targetRef", ""))
    if way is None:
        sheet.drop(ways[0])
        sheet.connect(after, id)
    else:
        sheet.aim(ways[0], way.get("targetRef", ""))
        sheet.aim(way, id)
    return id


@verb
def lead(sheet: Sheet, flow: str, to: str) -> str:
    """Let a way lead to another element there is; where it led must have another way to it."""
    way = sheet.flow(flow)
    sheet.node(to)
    if way.get("targetRef") != to:
        sheet.aim(way, to)
    return flow
