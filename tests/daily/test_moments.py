"""What happens in the very same moment: presses, reveals and withdrawals of one batch."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot.app import clockwork_of
from bot.chat.cards import Card, Reply
from bot.chat.events import Origin
from bot.chat.tokens import make
from bot.store.protocol import Store, Tx, Unsure
from tests.daily.setting import Here
from tests.games.channel import Playing, questions
from tests.stage import Actor, Stage


async def choosing(here: Here, words: str) -> list[Actor]:
    """Six people who have chosen an option of Tuesday's daily and not locked in."""
    await here.challenge()
    await here.at(24, 9)
    people = [here.stage.person(f"p{n}") for n in range(6)]
    for one in people:
        here.sees(one)
        await one.presses(one.letter(words))
    return people


def lock(one: Actor) -> Awaitable[Card]:
    assert one.card is not None
    labels = [button.label for button in one.card.buttons]
    return one.presses(next(label for label in labels if label.startswith("Lock in")))


async def points(people: list[Actor]) -> list[list[int]]:
    logs = [await one.stage.store.look(one.origin(), lambda tx: tx.log()) for one in people]
    return [[row.points for row in log] for log in logs]


async def test_answers_beside_a_reveal_are_in_its_split(here: Here) -> None:
    """Six lock in while the answer is revealed: the ledger counts what the log has."""
    people = await choosing(here, "Both succeed")
    here.stage.clock.at += timedelta(hours=23)
    await asyncio.gather(*map(lock, people[:3]), here.post_now(), *map(lock, people[3:]))
    for minute in (1, 3, 15, 59):
        await here.at(25, 9, minute)
    (daily,) = [one for one in await here.dailies() if one.day.day == 24]
    assert daily.answered == sum(map(len, await points(people)))


async def test_answers_beside_a_due_reveal_are_in_its_split(here: Here) -> None:
    """The same where the clock reveals, with presses before and after it in one batch."""
    people = await choosing(here, "Both succeed")
    here.stage.clock.at += timedelta(days=1)
    await asyncio.gather(*map(lock, people[:3]), here.work.work(), *map(lock, people[3:]))
    for minute in (1, 3, 15, 59):
        await here.at(25, 9, minute)
    (daily,) = [one for one in await here.dailies() if one.day.day == 24]
    assert daily.answered == sum(map(len, await points(people)))


async def test_answers_beside_a_withdrawal_get_full_points(here: Here) -> None:
    """Who locks in while an admin withdraws the question has full points, or has not answered."""
    people = await choosing(here, "deadlock")
    (daily,) = await here.dailies()
    gil = here.stage.person("gil", admin=True)
    drop = gil.sends(make("daily-withdraw", daily.id, form=True), reason="two are right")
    await asyncio.gather(*map(lock, people[:3]), drop, *map(lock, people[3:]))
    await here.at(24, 9, 5)
    assert all(one in ([], [3, 10]) for one in await points(people))


async def test_answers_beside_the_stop_of_a_game_are_in_its_standings(url: str) -> None:
    """Four answer while the game is stopped: whoever counts stands in the final standings."""
    stage = Stage(url, questions(12))
    playing = Playing(stage)
    players = [playing.player(f"p{n}") for n in range(5)]
    await playing.begins(players[0], "1")
    (game,) = await stage.store.look(players[0].origin(), lambda tx: tx.games())
    stop = players[0].sends(make("game-stop", game.id, passing=True))
    answering = [one.answers("Both succeed", after=3) for one in players[1:]]
    await asyncio.gather(*answering[:2], stop, *answering[2:])
    await playing.follows()
    text = playing.channel.card.text
    logs = {one: await stage.store.look(one.origin(), lambda tx: tx.log()) for one in players}
    counted = [one.name.capitalize() for one, log in logs.items() if log]
    await stage.store.close()
    assert "Game over" in playing.channel.card.title
    assert all(name in text for name in counted)


async def test_a_clock_that_is_set_back_does_not_end_a_challenge(here: Here) -> None:
    """Between a claim and its work the clock goes back: the daily comes, and the next ones too."""
    await here.challenge()
    due = datetime(2026, 11, 24, 9, tzinfo=UTC)
    times = [due, due - timedelta(milliseconds=5)]
    clock: Callable[[], datetime] = lambda: times.pop(0) if times else here.stage.clock()  # noqa: E731
    here.stage.clock.at = due + timedelta(seconds=1)
    await clockwork_of(here.stage.store, here.stage.kit, {"discord": here.channel}, clock).work()
    for day in (24, 25, 26):
        await here.at(day, 9, 5)
    assert [one.day.day for one in await here.dailies()] == [26, 25, 24]


class Dying:
    """A store whose connection dies once, while it commits what became of a post."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cut = False

    async def run(self, origin: Origin, work: Callable[[Tx], Reply], *, quiz: str = "") -> Reply:
        if origin.key.startswith("sent/") and not self.cut:
            self.cut = True
            raise Unsure
        return await self._store.run(origin, work, quiz=quiz)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


async def test_an_unsure_commit_of_what_became_of_a_post_is_found_out(here: Here) -> None:
    """The post is told of again, so that the ledger knows the message it has to edit."""
    await here.challenge()
    here.stage.clock.at = datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC)
    dying = Dying(here.stage.store)
    posters = {"discord": here.channel}
    work = clockwork_of(dying, here.stage.kit, posters, here.stage.clock)  # type: ignore[arg-type]  # it has them all by __getattr__
    await work.tick()
    assert dying.cut
    for _ in range(3):
        here.stage.clock.forward(minutes=2)
        await work.tick()
    (daily,) = await here.dailies()
    assert [one.message is not None for one in await here.postings(daily)] == [True]
