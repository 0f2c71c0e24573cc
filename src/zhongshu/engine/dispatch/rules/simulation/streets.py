"""The ways between junctions, known beforehand, and where somebody under way is at a moment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhongshu.engine.dispatch.rules.travel import RoadGraph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Seconds of the shortest way between every two junctions, and the junction such a way passes last."""

    seconds: "NDArray[np.float32]"
    before: "NDArray[np.int32]"

    @classmethod
    def of(cls, roads: RoadGraph, speed: float) -> "Streets":
        """The ways of a road graph at a speed in metres a second; every junction can be reached from every other.

        A graph in pieces is a `ValueError`: an officer could be sent where no road leads.
        """
        import numpy as np

        metres, before = roads.every_way()
        if not np.isfinite(metres).all():
            raise ValueError("The streets lead from everywhere to everywhere.")
        return cls(metres / np.float32(speed), before)

    def __len__(self) -> int:
        return len(self.seconds)

    def next_turn(self, start: int, goal: int, since: float, at: float) -> tuple[int, float]:
        """Where somebody who left `start` for `goal` at `since` can next turn at `at`: a junction, and when there."""
        junction = goal
        while junction != start:
            passed = int(self.before[start, junction])
            if since + float(self.seconds[start, passed]) < at:
                break
            junction = passed
        return junction, max(since + float(self.seconds[start, junction]), at)
