"""One press's transaction: it reads as a `Look` does and gathers what is to be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.chat.posts import Post
from bot.store.rows import Community, Due, LogRow, Member, Memory, Person, Quiz
from bot.store.scores import Gain
from questions.model import Item
from storage import chain, reads, values
from storage.bound import Arrival
from storage.errors import Already
from storage.instant import text
from storage.looking import Look
from storage.reads import Found
from storage.shared_saving import SharedSaving
from storage.writes import Sheet


class Transaction(SharedSaving):
    """Fulfils `bot.store.protocol.Tx`; nothing is written before `finish`."""

    locks = True

    def __init__(
        self, origin: Origin, found: Found, arrival: Arrival, connection: Callable[[], Connection]
    ) -> None:
        super().__init__(origin, found, arrival, connection)
        self._sheet = Sheet()
        self._now = arrival.now
        self._as_read = (self.person, self.community, self.member)
        if origin.name and origin.named and not self.member.chosen and origin.person:
            self.member = _renamed(self.member, origin.name)
        self._forget = False

    def save_person(self, person: Person) -> None:
        self._somebody("a person")
        self._only(person.id == self.person.id, "another person")
        # the log's head is the store's own
        self.person = replace(person, seq=self.person.seq, head=self.person.head)

    def save_community(self, community: Community) -> None:
        self._only(community.id == self.community.id, "another community")
        if self._found.community is not None:
            rows = self._named_rows(reads.COMMUNITY_LOCKED, community=community.id)
            if not rows or values.community(rows[0]) != self._as_read[1]:
                raise Already("community")
        self.community = community

    def hold_community(self) -> None:
        self.save_community(replace(self.community))  # another object: it is written, so contested

    def save_member(self, member: Member) -> None:
        self._somebody("a member")
        self.member = member

    def save_quiz(self, quiz: Quiz) -> None:
        mine = quiz.person in ("", self.person.id) and quiz.community == self.community.id
        known = self._quizzes.get(quiz.id)
        self._only(mine or (known is not None and _whose(known) == _whose(quiz)), "another's quiz")
        self._quizzes[quiz.id] = quiz
        self._sheet.put("quiz", **values.quiz_row(quiz))

    def keep(self, item: Item) -> None:
        self._only(item.owner in ("", self.community.id), "another community's question")
        self._sheet.put("question", **values.question_row(item))

    def remember(self, memory: Memory) -> None:
        self._somebody("what is remembered")
        self._sheet.put("memory", person=self.person.id, **values.memory_row(memory))

    def append(self, row: LogRow) -> None:
        self._somebody("a log")
        self._only(row.person == self.person.id, "another person's log")
        self._only(row.community == self.community.id, "another community's log")
        sealed = chain.sealed(row, self.person.seq + 1, self.person.head)
        self.person = replace(self.person, seq=sealed.seq, head=sealed.chain)
        self._sheet.put("log", **values.log_row(sealed))
        if sealed.kind == "answer":
            self._sheet.put("answered", person=sealed.person, seq=sealed.seq)

    def gain(self, gain: Gain) -> None:
        self._somebody("a score")
        self._sheet.add(
            "score", **self._mine, **msgspec.structs.asdict(gain), hidden=self.member.hidden
        )

    def post(self, post: Post) -> None:
        whose = {"person": self._addressee(post), "community": self.community.id}
        self._sheet.put("outbox", **whose, **values.post_row(post), next_at=text(self._now))

    def schedule(self, due: Due) -> None:
        self._only(due.person in ("", self.person.id), "another person's due")
        self._only(due.community in ("", self.community.id), "another community's due")
        self._sheet.take("due-", due.id)
        self._sheet.put("due", **values.due_row(due))

    def unschedule(self, due_id: str) -> None:
        self._sheet.take("due", due_id)
        self._sheet.put("due-", id=due_id, **self._mine)

    def forget(self) -> None:
        self._somebody("that it is forgotten")
        self._forget = True

    def finish(self, reply: Reply) -> Sheet:
        """Everything this press writes, its reply under its key included."""
        if self._forget:
            # nothing of this press stays either, not even of a person who came with it
            sheet = Sheet()
            sheet.forgets = self.person.id if self._found.person else ""
            return sheet
        self._settle_person()
        self._settle_community()
        self._settle_member()
        key, kept = self.origin.key, values.written(reply)
        self._sheet.put("inbox", person=self.person.id, key=key, at=text(self._now), reply=kept)
        return self._sheet

    def _settle_person(self) -> None:
        if not self.person.id:
            return
        if self._found.person is None:
            self._sheet.put("external+", id=self.origin.person, person=self.person.id)
            self._sheet.put("person+", **values.person_row(self.person))
        elif self.person is not self._as_read[0]:
            self._sheet.put("person", **values.person_row(self.person))

    def _settle_community(self) -> None:
        if self._found.community is None:
            self._sheet.put("community+", **values.community_row(self.community))
        elif self.community is not self._as_read[1]:
            self._sheet.put("community", **values.community_row(self.community))

    def _settle_member(self) -> None:
        if not self.person.id:
            return
        member, before = self.member, self._as_read[2]
        if self._found.member is None or member is not before:
            self._sheet.put("member", **self._mine, **values.member_row(member))
        if member.hidden != before.hidden:
            self._sheet.put("shown", **self._mine, hidden=member.hidden)

    def _addressee(self, post: Post) -> str:
        """The person whom a post is for, '' where it is for a place of several."""
        if post.where in ("place", "thread"):
            return self.person.id if self.community.personal else ""
        if post.target == self.origin.person:
            return self.person.id
        rows = self._ask(reads.EXTERNAL, external=post.target)
        return str(rows[0][0]) if rows else ""

    def _somebody(self, what: str) -> None:
        """The bot's own work has no person to whom anything could belong."""
        self._only(bool(self.person.id), what)


def _renamed(member: Member, name: str) -> Member:
    """The member under the name that the platform shows now; the same object if it is the same."""
    return member if member.name == name else replace(member, name=name)


class Reading(Look):
    """What `Store.look` gives: all of `Tx`, but it refuses to write."""

    def _refuse(self, *_: Any, **__: Any) -> None:
        raise TypeError("a look writes nothing")

    save_person = save_community = save_member = save_quiz = keep = remember = _refuse
    append = gain = post = schedule = unschedule = forget = _refuse
    save_place_rules = save_challenge = save_daily = save_posting = save_game = _refuse
    save_report = hide = show_again = reviewed = save_proposal = note = _refuse
    hold_community = _refuse
    save_appeal = save_alias = _refuse


def _whose(quiz: Quiz) -> tuple[str, str]:
    return quiz.person, quiz.community
