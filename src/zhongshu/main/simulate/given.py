"""The world as it is given: the streets of the demonstration city, 160 km², and a number of officers."""

from functools import cache

from zhongshu.engine.dispatch.rules.simulation.policies import Batch, NearestFree, NearestWaiting, Policy
from zhongshu.engine.dispatch.rules.simulation.streets import Streets
from zhongshu.engine.dispatch.rules.simulation.world import Stint, World
from zhongshu.engine.dispatch.rules.travel import RoadGraph
from zhongshu.main.demo import geography

OFFICERS = 80
SPEED = 15 / 3.6
"""Metres a second: 15 km/h."""

POLICIES: dict[str, Policy] = {"batch": Batch(), "nearest": NearestFree(), "nearest_waiting": NearestWaiting()}


def world(officers: int = OFFICERS) -> World:
    """The given world, everybody on shift all the time; rates and service times are the defaults of the rules."""
    return World(_streets(), (Stint(),) * officers)


@cache
def _streets() -> Streets:
    city = geography.city()
    places = {junction.id: n for n, junction in enumerate(city.junctions)}
    roads = [(places[road.start], places[road.end], road.metres) for road in city.segments]
    return Streets.of(RoadGraph([(one.lon, one.lat) for one in city.junctions], roads), SPEED)
