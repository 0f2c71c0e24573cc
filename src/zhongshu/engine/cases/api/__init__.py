"""Machine door to cases: parse, call one action or query, answer."""

from zhongshu.engine.cases.api import back as back  # its endpoints join the router
from zhongshu.engine.cases.api import changes as changes
from zhongshu.engine.cases.api import concerns as concerns
from zhongshu.engine.cases.api import hands as hands
from zhongshu.engine.cases.api import migrations as migrations
from zhongshu.engine.cases.api import signing as signing
from zhongshu.engine.cases.api import starting as starting
from zhongshu.engine.cases.api import whistle as whistle
from zhongshu.engine.cases.api.tasks import Sent, answer, router

__all__ = ["Sent", "answer", "router"]
