"""What blocks are drawn with: how often activities are done, what events wait for and tell, what conditions read."""

from zhongshu.engine.processes.tests import drawing as draw

ODD, HOT = "odd", "hot"
"""The two booleans all conditions read: `odd` chooses ways, `hot` sets conditional events off."""

LIST, QUORUM = draw.each_of("bodies"), draw.each_of("bodies", "nrOfCompletedInstances &gt;= 2")
ROW, TWICE = draw.instances(draw.times("2"), 'isSequential="true"'), draw.instances(draw.times("2"))
AGAIN = draw.loop(ODD, 'loopMaximum="3"')
FIRST = draw.loop(ODD, 'loopMaximum="2" testBefore="true"')
ROUNDS = ("", "", LIST, QUORUM, ROW, TWICE, AGAIN, FIRST)

MESSAGE, SIGNAL, TOLD = draw.message("m"), draw.signal("s"), draw.signal("t")
ASKED, ALARM = draw.message("q"), draw.signal("r")
CLOCK, TWO_RINGS, BELL = draw.clock("PT1H"), draw.clock("R2/PT1H", "timeCycle"), draw.clock("R/PT1H", "timeCycle")
CONDITION = draw.condition(HOT)
WAITS = (MESSAGE, SIGNAL, TOLD, CLOCK, CONDITION)
ENDING = (ASKED, ALARM, TOLD, CLOCK, CONDITION)
"""What may interrupt; what is told in the process itself (`t`) never makes more of it, or it would not end."""
ADDING = (ASKED, ALARM, CLOCK, TWO_RINGS, BELL, CONDITION)
TELLS = ("", draw.message("m"), TOLD, draw.escalation("nobody"))
