"""How a token can come to a gateway from elsewhere."""

from functools import lru_cache

from zhongshu.engine.processes.rules.net.whole import Net


@lru_cache(maxsize=10_000)
def ways(net: Net, gateway: str, start: str) -> frozenset[str]:
    """The flows into a gateway that can be reached from an element without passing the gateway."""
    found, seen, todo = set(), {start}, [start]
    while todo:
        near = todo.pop()
        for source in (near, *(event.id for event in net.boundaries[near])):
            for flow in net.outgoing[source]:
                if flow.target == gateway:
                    found.add(flow.id)
                elif flow.target not in seen:
                    seen.add(flow.target)
                    todo.append(flow.target)
    return frozenset(found)
