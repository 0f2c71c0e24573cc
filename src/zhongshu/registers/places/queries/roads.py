"""The road graph."""

from collections.abc import Sequence

from zhongshu.registers.places.models import Junction, Segment

Roads = tuple[Sequence[tuple[float, float]], Sequence[tuple[int, int, float]]]
"""Junctions (lon, lat in WGS-84 degrees), and the roads between them: two positions in that list and metres."""


def road_graph() -> Roads:
    """All junctions and the segments between them, in two statements; for who keeps it in a form of their own."""
    junctions = list(Junction.objects.order_by("id").values_list("id", "lon", "lat"))
    position = {id_: index for index, (id_, _, _) in enumerate(junctions)}
    segments = Segment.objects.values_list("start_id", "end_id", "metres")
    return (
        [(lon, lat) for _, lon, lat in junctions],
        [(position[start], position[end], metres) for start, end, metres in segments.iterator()],
    )
