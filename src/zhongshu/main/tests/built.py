"""Scenarios as an author builds them in the studio: from a pattern, changed piece by piece, published, exported."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.approvals import actions as approvals
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.editing import Edited
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules.editing import drawings, forms, letters, pages
from zhongshu.engine.studio.rules.editing.letters import SUPPLEMENT, Letter
from zhongshu.engine.studio.rules.editing.questions import reading, verbs
from zhongshu.engine.studio.rules.editing.tables import file as tables
from zhongshu.engine.studio.rules.editing.tables.grid import Grid, Input, Output, Row

PROCESS, PAGE = "process.bpmn", pages.FILE
REVIEWERS = "accept.会审单位"
LETTERS = {
    Letter(
        "受理通知书", "Accepted", "task:accept", "accept.accepted = true", "占受〔{year}〕{seq:03}号", names="full"
    ): "#data.letter.body#data.letter.number：#data.applicant.name，#data.answers.占用面积.text，#data.case.due.words;",
    Letter("补正告知书", "Missing", SUPPLEMENT): "#for item in data.supplement.items [#item.what：#item.why。]",
    Letter(
        "准予许可决定书", "Granted", "task:decide", 'decide.result = "granted"', "占许〔{year}〕{seq}号", to="applicant"
    ): "#data.tasks.examine.answers.facts.text",
}  # fmt: skip
"""Letters of the approval, each with the words of its template."""


def night_works(city: Any) -> bytes:
    """A question to bodies by a day, with one more for each to answer."""
    made = Building(city, "asking", Called("night-works", "夜间施工征询", "Night works", "YG"))
    made.ask("ask", "text", "建议由哪家牵头")
    return made.published()


def street_permit(city: Any) -> bytes:
    """An approval with supplement that gets a joint review, a decision table and three letters."""
    made = Building(city, "approval", Called("street-permit", "占道许可", "Street permit", "ZY"))
    made.ask("", "integer", "占用面积")
    made.ask("accept", "bodies", "会审单位")
    made.decide("pace", Grid(
        "decision", "办理时限", "FIRST", (Input("", "answers.占用面积"),), (Output("", "days"),),
        (Row("", ("> 100",), ("10",)), Row("", ("-",), ("3",))),
    ))  # fmt: skip
    made.draw(editing.add_task, "accepted-examine", "定时限", kind="rule", does="办理时限", id="pace")
    made.draw(editing.add_task, "examine", "会审", id="review")
    made.draw(editing.do_for_each, "review", REVIEWERS, "body")
    made.settle("review", name_en="Review", deadline="5 working_days", role="handler", pool="body")
    made.ask("review", "longtext", "会审意见")
    for letter, words in LETTERS.items():
        made.write(letter, words)
    return made.published()


class Building:
    """A draft of an author, begun from a pattern; each change is a save."""

    def __init__(self, city: Any, pattern: str, called: Called) -> None:
        self.city, self.by = city, city.actor("author")
        self.id = studio.begin_from_pattern(pattern, called, self.by.body, by=self.by, at=city.now).pk

    @property
    def files(self) -> dict[str, str]:
        return drafts.files(drafts.one(self.id, self.by, self.city.now))

    def save(self, changed: Mapping[str, str | None]) -> None:
        revision = drafts.one(self.id, self.by, self.city.now).revision
        studio.save(self.id, changed, revision, by=self.by, at=self.city.now)

    def ask(self, task: str, kind: str, title: str) -> None:
        """One question more, in a questionnaire that is begun where there is none."""
        place = next(each for each in forms.askings(self.files) if each.task == task)
        begun, file = ({}, place.file) if place.file else forms.begun(self.files, task)
        document, _ = verbs.add(reading.read((self.files | begun)[file]), kind, title)
        self.save({**begun, file: reading.write(document)})

    def draw(self, verb: Any, *how: Any, **more: Any) -> None:
        """One change of the process."""
        files = self.files
        done: Edited = verb(drawings.opened(files, PROCESS), *how, **more)
        self.save(drawings.kept(files, PROCESS, done.document))

    def settle(self, task: str, **said: str) -> None:
        """What the page of settings says of a task."""
        self.save({PAGE: pages.said(self.files[PAGE], ("tasks", task), said)})

    def decide(self, name: str, grid: Grid) -> None:
        """A decision table in a file of its own."""
        file = f"decisions/{name}.dmn"
        self.save({file: tables.write(tables.new(grid.name), grid)})

    def write(self, letter: Letter, words: str) -> None:
        """A letter and its template."""
        template = f'#import "/zhongshu.typ": data\n{words}\n'
        code, changed = letters.new(self.files, letter.name, letter.name_en, template)
        files = {**self.files, **{file: text for file, text in changed.items() if text is not None}}
        self.save(changed | letters.changed(files, code, letter))

    def published(self) -> bytes:
        """Proposed, approved by another, and exported."""
        proposal = studio.propose(self.id, "下周起要用", by=self.by, at=self.city.now)
        approvals.decide(proposal.pk, True, "", by=self.city.actor("leader"), at=self.city.now)
        scenarios.version.cache_clear()  # kept for good: a story before may have published, undone, such a version
        return studio.export_draft(self.id, by=self.by, at=self.city.now)
