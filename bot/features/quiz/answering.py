"""Answers: every type's way of giving one, and the verdict that is recorded once."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.overlay import upheld
from bot.features.quiz import jailed
from bot.features.quiz.table import Table, decided, sit_down
from bot.features.recording import record
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.protocol import Tx
from bot.store.rows import Answer
from bot.views import shown, verdict
from questions.model import Case, Match, Regex, Sql


def at(token: Token, tx: Tx, kit: Kit) -> Table | Reply:
    """The open question, or what to show where it is decided, over, or the press is stale."""
    table = sit_down(token, tx, kit)
    if not table.quiz.person:
        return _everybody(table)
    if decided(table.asked) or table.quiz.state != "open":
        return reply(_over(table))
    stale = token.part(1).isdigit() and int(token.part(1)) != table.asked.step
    return reply(table.question()) if stale else table


def _over(table: Table) -> Card:
    if table.asked.verdict is not None:
        return table.again()
    raise Mistake(say(table.reader, "This quiz is over. Begin another with `/quiz`."))


def _everybody(table: Table) -> Table | Reply:
    """A question shared in a place: each person's own answer decides what they see."""
    if table.quiz.words == table.tx.person.id:
        raise Mistake(say(table.reader, "You asked this one and know its answer: let others try."))
    row = table.tx.answer_of(f"{table.quiz.id}.{table.position}")
    if row is None:
        return table
    answer = msgspec.json.decode(row.data, type=Answer)
    one = replace(table.asked, verdict=answer.verdict, response=answer.response)
    already = say(table.reader, "You have answered this one; your first answer counts.")
    return reply(table.changed(one).again(already))


def decide(table: Table, response: Response) -> Reply:
    """Grade a response, record it and show the verdict; a close one asks once more."""
    outcome = grade(table.item, response, turn=table.asked.turn)
    return settle(table, response, outcome)


def settle(table: Table, response: Response, outcome: Verdict) -> Reply:
    """Record a verdict and show it."""
    outcome = upheld(table.tx, table.item, response, outcome)
    if outcome.mark == "close":
        one = replace(table.asked, verdict=outcome, response=response)
        return reply(table.changed(one).now())
    instance = f"{table.quiz.id}.{table.position}"
    done = record(table.tx, instance, table.asked, table.item, response, outcome)
    return reply(table.changed(done).verdict())


def pick(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A letter of a single, an output, or a step of a case."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    thing = _thing(table, token.part(2))
    if not isinstance(table.item.body, Case):
        return decide(table, Response(picks=(thing.index,)))
    picks = (*table.asked.picked, thing.index)
    step = table.item.body.steps[table.asked.step]
    says = verdict.consequence(table.reader, step.options[thing.index], thing.letter)
    if len(picks) == len(table.item.body.steps):
        done = decide(table, Response(picks=picks))
        card = replace(done.cards[0], text=f"{says}\n\n{done.cards[0].text}")
        return reply(card)
    one = replace(table.asked, picked=picks, step=table.asked.step + 1)
    return reply(table.changed(one).question(intro=says))


def toggle(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A letter of a multi goes in or out; nothing is sent yet."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    index = _thing(table, token.part(2)).index
    kept = frozenset(table.asked.picked) ^ {index}
    return reply(table.changed(replace(table.asked, picked=tuple(sorted(kept)))).question())


def add(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The next step of an order, or the right side of the next left one."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    index = _thing(table, token.part(2)).index
    picked = table.asked.picked
    full = len(picked) >= _length(table)
    if full or (index in picked and not isinstance(table.item.body, Match)):
        return reply(table.question())  # pressed twice: it is there already
    return reply(table.changed(replace(table.asked, picked=(*picked, index))).question())


def undo(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Take the last step or join back."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    one = replace(table.asked, picked=table.asked.picked[:-1])
    return reply(table.changed(one).question())


def send(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What was toggled, sequenced or joined is the answer."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    picked = table.asked.picked
    wanted = 1 if table.item.type == "multi" else _length(table)
    if len(picked) < wanted:
        left = wanted - len(picked)
        return reply(table.question(said=say(table.reader, "Not yet: {n} to go.", n=left)))
    return decide(table, Response(picks=picked))


def typed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What was typed into the form."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    text = press.typed("answer").strip()
    if not text:
        return Reply(errors={"answer": say(table.reader, "Type an answer, or close this form.")})
    if isinstance(table.item.body, Sql | Regex):
        return jailed.run(table, table.item.body, text)
    asked = table.asked
    if asked.verdict is not None and asked.verdict.mark == "close":
        table = table.changed(replace(asked, turn=asked.turn + 1))
    response = Response(text=text)
    outcome = grade(table.item, response, turn=table.asked.turn)
    if outcome.reason == "not-a-number":
        sentence = "I found no number in that, so nothing is counted. Type a number."
        return Reply(errors={"answer": say(table.reader, sentence)})
    return settle(table, response, outcome)


def final(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A close answer is meant as it stands: it is decided now."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    response = table.asked.response or Response()
    table = table.changed(replace(table.asked, turn=table.asked.turn + 1))
    return decide(table, response)


def unknown(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Don't know: an answer and a day, and never a wrong one."""
    table = at(token, tx, kit)
    if isinstance(table, Reply):
        return table
    return settle(table, Response(), Verdict(mark="unknown"))


def _thing(table: Table, letter: str) -> shown.Shown:
    for thing in shown.things(table.item, table.asked):
        if thing.letter == letter:
            return thing
    raise Mistake(
        say(
            table.reader,
            "There is no {letter} here. Choose one of those shown.",
            letter=letter[:10] or "?",
        )
    )


def _length(table: Table) -> int:
    body = table.item.body
    return len(body.pairs) if isinstance(body, Match) else len(table.asked.order[0])
