from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.events import Press
from bot.chat.say import Reader
from bot.chat.tokens import make
from bot.features.moderation.withdrawing import withdraw
from bot.store.protocol import Tx
from bot.store.scores import Board
from bot.views import places
from questions.model import Number, Ref, Short
from tests import bank
from tests.daily.setting import OTHER, PLACE, Here, answers, collection, many
from tests.stage import Actor, Stage


async def test_a_daily_is_posted_once_at_its_time(here: Here) -> None:
    """At 09:00 every place has one post, however often the clockwork looks."""
    await here.challenge(places=(PLACE, OTHER))
    await here.at(24, 8, 59)
    assert here.channel.posts == []
    for _ in range(3):
        await here.at(24, 9)
    assert sorted(one.target for one in here.channel.new()) == [PLACE, OTHER]
    card = here.channel.new()[0].card
    assert card.title.startswith("Daily · Tue 24 Nov · ")
    assert card.title.endswith(" · junior")
    assert [one.label for one in card.buttons] == ["A", "B", "C", "D", "Don't know"]
    assert "Answer for all: Wed 09:00, UTC." in card.note
    (daily,) = await here.dailies()
    assert (daily.day, daily.state) == (date(2026, 11, 24), "open")
    assert all(one.state == "posted" and one.message for one in await here.postings(daily))


async def test_nothing_in_a_post_tells_the_key(here: Here) -> None:
    """Tokens differ by their letter alone, and no word of the explanation is there."""
    await here.challenge()
    await here.at(24, 9)
    card = here.channel.new()[0].card
    tokens = [one.token for one in card.buttons[:4]]
    assert {token[:-1] for token in tokens} == {tokens[0][:-1]}
    body = bank.SINGLE.body
    assert bank.SINGLE.explain not in card.text
    assert all(one.why not in card.text for one in body.options)  # type: ignore[union-attr]  # a single


async def test_locking_in_counts_once_with_the_verdict_at_once(here: Here, ada: Actor) -> None:
    """A press shows the choice in private, Change goes back, Lock in records ten points once."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    wrong, right = ada.letter("deadlock"), ada.letter("Both succeed")
    card = await ada.presses(wrong)
    assert card.text.startswith(f"You chose {wrong}.")
    assert "deadlock" in card.text
    await ada.presses("Change")
    await ada.presses(right)
    token = ada.token(f"Lock in {right}")
    card = await ada.sends(token)
    assert "✓ Right" in card.text
    assert card.note == "10 points. Answer for all: Wed 09:00, UTC."
    assert "You will be on the board." in card.text
    again = await ada.sends(token)
    assert "✓ Right" in again.text
    here.sees(ada)
    assert "✓ Right" in (await ada.presses(wrong)).text
    log = await here.stage.store.look(ada.origin(), lambda tx: tx.log())
    assert [(row.points, row.right) for row in log] == [(10, True)]
    board = await ada.says("leaderboard")
    assert "10" in board.text


async def test_a_wrong_answer_brings_three_points(here: Here, ada: Actor) -> None:
    """Trying counts: three points, and Don't know is an answer too."""
    await here.challenge()
    await here.at(24, 9)
    assert (await answers(here, ada, "deadlock")).note.startswith("3 points.")
    ben = here.stage.person("ben")
    here.sees(ben)
    await ben.presses("Don't know")
    card = await ben.presses("Lock in")
    assert "The answer:" in card.text
    assert card.note.startswith("3 points.")


async def test_points_count_for_the_community_and_for_the_channel(here: Here, ada: Actor) -> None:
    """A daily's answer is on the board of all and on that of the channel it was pressed in."""
    await here.challenge(places=(OTHER, PLACE))
    await here.at(24, 9)
    await answers(here, ada)
    scopes = {"all": 1, f"in/{PLACE}": 1, f"in/{OTHER}": 0}
    for scope, people in scopes.items():
        board = await here.stage.store.look(ada.origin(), partial(_board, scope))
        assert (scope, len(board.top)) == (scope, people)


def _board(scope: str, tx: Tx) -> Board:
    return tx.board(scope, "all", 10)


async def test_hide_me_takes_the_person_off_the_board(here: Here, ada: Actor) -> None:
    """The first lock-in offers it, and only the first."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada)
    card = await ada.presses("Hide me")
    assert card.text.startswith("You are not on the board.")
    assert "✓ Right" in card.text
    assert not any(one.label == "Hide me" for one in card.buttons)
    await here.at(25, 9)
    card = await answers(here, ada)
    assert "on the board" not in card.text


async def test_the_next_daily_reveals_the_last_one(here: Here, ada: Actor) -> None:
    """The new post says how yesterday went, the old one shows the split, its thread says why."""
    await here.challenge()
    await here.at(24, 9)
    letter = here.channel.new()[0].card
    await answers(here, ada)
    await answers(here, here.stage.person("ben"), "deadlock")
    right = next(line[0] for line in letter.text.splitlines() if "Both succeed" in line)
    await here.at(25, 9)
    new = here.channel.new()[-1].card
    assert new.text.startswith(f"Yesterday: 1 of 2 right, answer {right}.")
    assert [one.label for one in new.buttons][-1] == "Why, yesterday"
    closed = here.channel.edits()[-1].card
    assert closed.title == "Daily · Tue 24 Nov · closed"
    assert "2 answered, 1 right (50 %)" in closed.text
    assert f"{right} 1 ✓" in closed.text
    assert [one.label for one in closed.buttons] == ["My answer", "Try it, no points"]
    (thread,) = here.channel.new("thread")
    assert thread.under is not None
    assert thread.under.id == "m1"
    assert "1 (50 %)" in thread.card.text
    assert "Ben" not in thread.card.text
    assert thread.card.links
    before, after = sorted(await here.dailies(), key=lambda one: one.day)
    assert (before.state, before.answered, before.right) == ("closed", 2, 1)
    assert after.state == "open"


async def test_why_of_yesterday_is_one_press_away(here: Here, ada: Actor) -> None:
    """Yesterday's explanation is for everybody; today's only for those who answered."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    token = ada.token("A").replace("daily-pick", "daily-why").rpartition(":")[0]
    assert "Answer it first" in (await ada.sends(token)).text
    await here.at(25, 9)
    here.sees(ada)
    card = await ada.presses("Why, yesterday")
    assert bank.SINGLE.explain.split("\n", maxsplit=1)[0] in card.text


async def test_a_closed_daily_shows_ones_own_answer_or_lets_one_try(here: Here, ada: Actor) -> None:
    """My answer is the verdict; who did not answer may try it, once, for no points."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada)
    await here.at(25, 9)
    ada.card = here.channel.edits()[-1].card
    assert "✓ Right" in (await ada.presses("My answer")).text
    ben = here.stage.person("ben")
    ben.card = here.channel.edits()[-1].card
    card = await ben.presses("My answer")
    assert "You did not answer this one" in card.text
    card = await ben.presses("Try it, no points")
    letter = ben.letter("Both succeed")
    card = await ben.presses(letter)
    assert "✓ Right" in card.text
    assert card.note == "No points: this one was closed."
    (row,) = await here.stage.store.look(ben.origin(), lambda tx: tx.log())
    assert (row.points, row.instance.endswith(".try")) == (0, True)
    assert "Ben" not in (await ada.says("leaderboard")).text
    ben.card = here.channel.edits()[-1].card
    assert "No points" in (await ben.presses("Try it, no points")).note


async def test_a_late_delivery_counts_if_it_was_pressed_in_time(here: Here, ada: Actor) -> None:
    """The platform's time decides: before the reveal it counts, after it it does not."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    letter = ada.letter("Both succeed")
    await ada.presses(letter)
    token = ada.token(f"Lock in {letter}")
    await here.at(25, 9)
    shown = here.stage.clock.at
    late = here.stage.person("ben")
    here.stage.clock.at = shown + timedelta(minutes=1)
    assert "You did not answer this one" in (await late.sends(token)).text
    here.stage.clock.at = shown - timedelta(minutes=5)  # the press's own time
    assert "10 points." in (await ada.sends(token)).note
    here.stage.clock.at = shown
    await here.at(25, 9, 10)
    closed = here.channel.edits()[-1].card
    assert "1 answered, 1 right" in closed.text
    assert min(await here.dailies(), key=lambda one: one.day).answered == 1


async def test_a_young_account_is_recorded_without_points(here: Here, ada: Actor) -> None:
    """An account younger than the community asks for is told how long it has to wait."""
    await here.challenge()
    await here.at(24, 9)

    def stricter(tx: Tx) -> Reply:
        tx.save_community(replace(tx.community, rules=replace(tx.community.rules, youngest=7)))
        return Reply()

    await here.stage.store.run(here.origin(), stricter)
    card = await answers(here, ada)
    assert "✓ Right" in card.text
    assert "in 7 days" in card.note
    assert "Ada" not in (await ada.says("leaderboard")).text
    (row,) = await here.stage.store.look(ada.origin(), lambda tx: tx.log())
    assert (row.points, row.right) == (0, True)


async def test_the_number_of_answers_is_refreshed_now_and_then(here: Here, ada: Actor) -> None:
    """Every ten minutes in the first hour, then hourly, and only if it has changed."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada)
    assert here.channel.edits() == []
    await here.at(24, 9, 11)
    assert [one.card.note[-11:] for one in here.channel.edits()] == [" 1 answered"]
    await here.at(24, 9, 22)
    assert len(here.channel.edits()) == 1
    await answers(here, here.stage.person("ben"))
    await here.at(24, 9, 25)
    assert len(here.channel.edits()) == 1
    await here.at(24, 9, 40)
    assert len(here.channel.edits()) == 2
    for minute in (50, 59):
        await here.at(24, 9, minute)
    await here.at(24, 10, 10)
    await answers(here, here.stage.person("cem"))
    await here.at(24, 10, 40)
    assert len(here.channel.edits()) == 2  # hourly by now
    await here.at(24, 11, 20)
    assert len(here.channel.edits()) == 3


@pytest.mark.parametrize(("reveal", "hour"), [("17:00", 17), ("+4", 13)])
async def test_a_reveal_may_have_its_own_time(here: Here, reveal: str, hour: int) -> None:
    """At 17:00, or hours after the post, it closes by itself; the next day says how it went."""
    await here.challenge(reveal=reveal)
    await here.at(24, 9)
    assert f"Answer for all: Tue {hour}:00, UTC." in here.channel.new()[0].card.note
    await here.at(24, hour - 1, 59)
    assert here.channel.new("thread") == []
    await here.at(24, hour)
    await here.at(24, hour, 1)
    assert len(here.channel.new("thread")) == 1
    await here.at(25, 9)
    assert "Yesterday: nobody answered." in here.channel.new()[-1].card.text
    assert len(here.channel.new("thread")) == 1


async def test_a_late_daily_is_posted_once_and_a_very_late_one_is_skipped(here: Here) -> None:
    """Up to six hours late it comes without a word; later it is skipped, and the next says so."""
    await here.challenge()
    await here.at(24, 14, 59)
    assert len(here.channel.new()) == 1
    assert "running" not in here.channel.new()[0].card.text
    await here.at(25, 15, 1)
    assert len(here.channel.new()) == 1
    assert [one.state for one in await here.dailies()] == ["skipped", "closed"]
    await here.at(26, 9)
    text = here.channel.new()[-1].card.text
    assert text.startswith("Yesterday's was skipped: I was not running at the time.")
    assert "Tuesday: nobody answered." in text


async def test_several_missed_days_are_skipped_each(here: Here) -> None:
    """After three days away each of them stands in the ledger, and one line says so."""
    await here.challenge()
    await here.at(27, 10)
    assert [one.state for one in await here.dailies()] == ["open", "skipped", "skipped", "skipped"]
    text = here.channel.new()[-1].card.text
    assert text.startswith("3 were skipped (Tue 24 Nov to Thu 26 Nov): I was not running")


async def test_a_place_that_refuses_is_told_once(here: Here) -> None:
    """A refused place is tried no more, and whoever scheduled it hears once what to do."""
    await here.challenge(places=(PLACE, OTHER))
    here.channel.refuses = {OTHER}
    for day in (24, 25):
        await here.at(day, 9)
    assert [one.target for one in here.channel.new()] == [PLACE, PLACE]
    (told,) = here.channel.new("direct")
    assert told.target == "discord:boss"
    where = places.name(Reader(), OTHER).text
    assert f"could not be posted in {where}: I was removed from that channel." in told.card.text
    assert (await here.stored()).lost == (OTHER,)
    first = min(await here.dailies(), key=lambda one: one.day)
    assert {one.state for one in await here.postings(first)} == {"posted", "lost"}


async def test_with_no_place_left_nothing_is_planned(here: Here) -> None:
    """Where every place refuses, the ledger stops; choosing the place anew begins again."""
    await here.challenge()
    here.channel.refuses = {PLACE}
    await here.at(24, 9)
    await here.at(25, 9)
    assert len(await here.dailies()) == 1
    here.channel.refuses = set()
    await here.change(lost=())
    await here.at(26, 9)
    assert len(here.channel.new()) == 1


async def test_a_platform_that_was_away_costs_no_place(here: Here) -> None:
    """A post that could not be sent for six hours is lost, but its place stays."""
    await here.challenge()
    here.channel.answers = [RuntimeError("cut")]
    await here.at(24, 9)
    here.stage.clock.forward(hours=7)
    await here.work.tick()
    (told,) = here.channel.new("direct")
    assert "The next one comes as planned" in told.card.text
    assert (await here.stored()).lost == ()
    await here.at(25, 9)
    assert len(here.channel.new()) == 1


async def test_a_message_that_comes_back_after_the_reveal_is_closed(here: Here) -> None:
    """A post that took until after the reveal is edited as soon as it has its message."""
    await here.challenge(reveal="+1")
    here.stage.clock.at = here.stage.clock.at.replace(day=24, hour=9, minute=0, second=1)
    await here.work.work()
    here.stage.clock.forward(hours=2)
    await here.work.work()
    assert here.channel.posts == []
    await here.work.tick()
    await here.work.tick()
    assert [one.where for one in here.channel.posts] == ["place", "place", "thread"]
    assert here.channel.edits()[0].card.view == "daily-closed"


async def test_a_paused_challenge_still_reveals(here: Here, ada: Actor) -> None:
    """Nothing is posted while it is paused, and what is open closes when the next would come."""
    await here.challenge()
    await here.at(24, 9)
    assert await here.change(paused=True) is None
    await answers(here, ada)
    await here.at(25, 8, 59)
    assert here.channel.new("thread") == []
    await here.at(25, 9)
    assert len(here.channel.new("thread")) == 1
    assert len(here.channel.new()) == 1
    await here.change(paused=False)
    await here.at(26, 9)
    assert len(here.channel.new()) == 2


async def test_a_weekly_challenge_paused_days_later_still_reveals(here: Here) -> None:
    """What has been open for days is revealed too, at the time of the next week's."""
    await here.challenge(weekdays=(1,))
    await here.at(24, 9)
    await here.at(29, 12)
    await here.change(paused=True)
    await here.at(30, 9)
    assert here.channel.new("thread") == []
    await here.at(31, 9)
    assert len(here.channel.new("thread")) == 1


async def test_going_on_takes_the_planned_reveal_back(here: Here) -> None:
    """Paused and resumed on the same day: the next one reveals, once."""
    await here.challenge()
    await here.at(24, 9)
    await here.change(paused=True)
    await here.change(paused=False)
    await here.at(25, 9)
    assert len(here.channel.new("thread")) == 1
    assert len(here.channel.new()) == 2


async def test_a_change_never_posts_a_date_twice(here: Here) -> None:
    """A new time later today waits for tomorrow, since today's date is in the ledger."""
    await here.challenge()
    await here.at(24, 9)
    at = await here.change(at="18:00")
    assert at is not None
    assert (at.day, at.hour) == (25, 18)
    await here.at(24, 18)
    assert len(here.channel.new()) == 1
    await here.at(25, 18)
    assert len(here.channel.new()) == 2


async def test_post_now_posts_todays_once(here: Here) -> None:
    """Today's at once, not again at its time, and the one before is revealed."""
    await here.challenge()
    here.stage.clock.at = here.stage.clock.at.replace(day=24, hour=7)
    assert await here.post_now() is not None
    assert await here.post_now() is None
    await here.at(24, 9)
    assert len(here.channel.new()) == 1
    await here.at(25, 9)
    assert len(here.channel.new()) == 2


async def test_a_date_posted_by_hand_is_not_posted_again_by_its_due_row(
    here: Here, caplog: pytest.LogCaptureFixture
) -> None:
    """Its row was claimed just before somebody pressed Post now: the ledger has the date."""
    await here.challenge()
    here.stage.clock.at = here.stage.clock.at.replace(day=24, hour=9, minute=0, second=1)
    (row,) = await here.stage.store.claim_due(here.stage.clock(), 10, timedelta(minutes=2))
    posted = await here.post_now()
    await here.work._one(row)
    await here.work.tick()
    assert len(here.channel.new()) == 1
    assert await here.dailies() == (posted,)
    assert caplog.records == []
    await here.at(25, 9)
    assert len(here.channel.new()) == 2


async def test_post_now_makes_up_for_a_skipped_one(here: Here) -> None:
    """A daily that was skipped today can be posted by hand; it is the same row of the ledger."""
    await here.challenge()
    await here.at(24, 16)
    (skipped,) = await here.dailies()
    assert skipped.state == "skipped"
    assert await here.post_now() is not None
    await here.work.tick()
    (daily,) = await here.dailies()
    assert (daily.id, daily.state) == (skipped.id, "open")
    assert len(here.channel.new()) == 1


async def test_the_same_database_posts_once_with_two_clockworks(here: Here) -> None:
    """Two processes look at the same time: one post."""
    await here.challenge(places=(PLACE, OTHER))
    other = here.clockwork()
    here.stage.clock.at = here.stage.clock.at.replace(day=24, hour=9, second=1)
    await asyncio.gather(here.work.tick(), other.tick(), here.work.tick(), other.tick())
    assert sorted(one.target for one in here.channel.new()) == [PLACE, OTHER]
    assert max(here.channel.counted.values()) == 1


async def test_answers_that_race_with_the_reveal_are_all_counted_or_refused(here: Here) -> None:
    """Lock-ins at the moment of the reveal: what the ledger counts is what the log has."""
    await here.challenge()
    await here.at(24, 9)
    people = [here.stage.person(f"p{n}") for n in range(24)]
    card = here.channel.new()[0].card
    tokens = [one.token.replace("daily-pick", "daily-lock") for one in card.buttons[:4]]
    for n, one in enumerate(people):
        await one.sends(tokens[n % 4].replace("daily-lock", "daily-pick"))
    here.stage.clock.at = here.stage.clock.at.replace(day=25)
    presses = [one.sends(tokens[n % 4]) for n, one in enumerate(people)]
    await asyncio.gather(*presses[:12], here.work.work(), *presses[12:])
    daily = min(await here.dailies(), key=lambda one: one.day)
    rows = await here.stage.store.look(here.origin(), lambda tx: tx.answers((daily.id,)))
    assert daily.state == "closed"
    assert (daily.answered, daily.right) == (len(rows), sum(row.right for row in rows))


async def test_a_restart_changes_nothing(here: Here, ada: Actor) -> None:
    """A new process knows what was posted, takes the old post's presses and reveals it."""
    await here.challenge()
    await here.at(24, 9)
    here.sees(ada)
    letter = ada.letter("Both succeed")
    await here.stage.restart()
    here.work = here.clockwork()
    await ada.presses(letter)
    await ada.presses(f"Lock in {letter}")
    await here.at(25, 9)
    assert "Yesterday: 1 of 1 right" in here.channel.new()[-1].card.text


async def test_many_presses_of_one_person_are_one_answer(here: Here, ada: Actor) -> None:
    """However hard somebody presses, and whatever: the first lock-in stands."""
    await here.challenge()
    await here.at(24, 9)
    card = here.channel.new()[0].card
    locks = [one.token.replace("daily-pick", "daily-lock") for one in card.buttons[:4]]
    await asyncio.gather(*(ada.sends(locks[n % 4]) for n in range(20)))
    log = await here.stage.store.look(ada.origin(), lambda tx: tx.log())
    assert len(log) == 1


async def test_two_processes_on_postgresql_post_once(server_url: str) -> None:
    """Two stores, two clockworks, six challenges due at once: each place has one post."""
    stages = [Stage(server_url, collection(many(6))) for _ in range(2)]
    first, second = (Here(one) for one in stages)
    stages[1].new_id = stages[0].new_id
    second.channel = first.channel
    for number in range(6):
        places = (f"discord:g7/a{number}", f"discord:g7/b{number}")
        await first.challenge(id=f"ch{number}", places=places)
    for one in stages:
        one.kit = bank.kit(one.questions, stages[0].new_id)
        one.clock.at = one.clock.at.replace(day=24, hour=9, second=1)
    works = [one.clockwork({"discord": first.channel}) for one in stages]
    for _ in range(2):
        await asyncio.gather(*(work.tick() for work in (*works, *works)))
    assert len(first.channel.new()) == 12
    assert max(first.channel.counted.values()) == 1
    dailies = await first.dailies()
    assert len(dailies) == len({one.ref for one in dailies}) == 6
    for one in stages:
        await one.store.close()


async def test_two_challenges_do_not_ask_the_same(here: Here) -> None:
    """Each has its own question, also at the same instant."""
    await here.challenge()
    await here.challenge(id="ch2", places=(OTHER,))
    await here.at(24, 9)
    refs = {one.ref for one in await here.dailies()}
    assert len(refs) == 2


async def test_streaks_reached_are_named_but_for_the_hidden(here: Here, ada: Actor) -> None:
    """Seven days in a row are a word in the thread, not for those who hide."""
    await here.challenge()
    ben = here.stage.person("ben")
    for day in range(24, 31):
        await here.at(day, 9)
        await answers(here, ada)
        await answers(here, ben)
        if day == 24:
            await ben.presses("Hide me")
    await here.at(31, 9)
    threads = [one.card.text for one in here.channel.new("thread")]
    assert "Streaks: Ada 7 days." in threads[-1]
    assert not any("Ben" in text for text in threads)
    assert not any("Streaks" in text for text in threads[:-1])


async def test_yesterdays_daily_counts_for_yesterday(here: Here, ada: Actor) -> None:
    """The card says which day it is, also when it is shown again; today waits for its own."""
    await here.challenge()
    await here.at(24, 9)
    await here.at(25, 8)
    first = (await answers(here, ada)).text
    assert "Yesterday's daily counts for Tue 24 Nov. Today still waits for an answer." in first
    again = (await ada.sends(make("daily-show", (await here.dailies())[0].id))).text
    assert "Yesterday's daily counts for Tue 24 Nov." in again
    assert "Today: not yet." in (await ada.says("progress")).text
    await here.at(25, 9)
    assert "Yesterday" not in (await answers(here, ada)).text
    assert (await ada.says("progress")).text.startswith("Streak 2. ")


async def test_a_number_is_typed_into_a_form(url: str, guarded: None) -> None:
    """Sending the form locks it in; what is no number counts nothing."""
    stage = Stage(url, collection((bank.NUMERIC,)))
    here, ada = Here(stage), stage.person("ada")
    await here.challenge()
    await here.at(25, 9)
    card = here.sees(ada)
    assert [one.label for one in card.buttons] == ["Answer", "Don't know"]
    form = await ada.form("Answer")
    assert "160 jobs arrive" in form.text
    await ada.sends(form.token, answer="many")
    assert "answer" in ada.reply.errors
    body = bank.NUMERIC.body
    assert isinstance(body, Number)
    card = await ada.sends(form.token, answer=body.known_wrong[0].value)
    assert "✗ Not right" in card.text
    await here.at(26, 9)
    (thread,) = here.channel.new("thread")
    assert "**✗** 40 · 1" in thread.card.text
    await stage.store.close()


async def test_a_close_answer_is_asked_once_more(url: str, guarded: None) -> None:
    """Nearly counts nothing: the better answer does, or the same one if it is meant."""
    asked = replace(
        bank.SHORT, prompt="What speeds up equality lookups?", body=Short(("hash index",), ())
    )
    stage = Stage(url, collection((asked,)))
    here = Here(stage)
    ada, ben = stage.person("ada"), stage.person("ben")
    await here.challenge()
    await here.at(24, 9)
    for one in (ada, ben):
        here.sees(one)
        form = await one.form("Answer")
        card = await one.sends(form.token, answer="an index")
        assert card.view == "daily-close"
        here.sees(one)
    assert "Which kind, exactly?" in (await ada.says("daily")).text
    form = await ada.form("Answer")
    assert "10 points." in (await ada.sends(form.token, answer="hash index")).note
    await ben.says("daily")
    assert "3 points." in (await ben.presses("That is my answer")).note
    rows = await stage.store.look(ada.origin(), lambda tx: tx.log())
    assert [(row.kind, row.turn, row.counted) for row in rows] == [
        ("draft", 0, False),
        ("answer", 1, True),
    ]
    await stage.store.close()


async def test_withdrawing_says_why_and_gives_full_points(here: Here, ada: Actor) -> None:
    """An admin's reason stands on the post; who answered has ten points, right or wrong."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada, "deadlock")
    (daily,) = await here.dailies()
    boss = here.stage.person("boss")
    token = f"!daily-withdraw:{daily.id}"
    refused = await boss.sends(token, reason="Two are right")
    assert "Only" in refused.text
    empty = await here.stage.door.handle(Press(here.origin(), token, {"reason": " "}))
    assert "reason" in empty.errors
    said = await here.stage.door.handle(Press(here.origin(), token, {"reason": "Two are right."}))
    assert "1 person gets full points" in said.cards[0].text
    await here.at(24, 9, 5)
    card = here.channel.edits()[-1].card
    assert "This question was withdrawn: Two are right." in card.text
    assert "10" in (await ada.says("leaderboard")).text
    ada.card = card
    mine = await ada.presses("My answer")
    assert "You get full points." in mine.text
    ben = here.stage.person("ben")
    here.sees(ben)
    assert "nothing changes for you." in (await ben.presses("A")).text
    await here.at(25, 9)
    new = here.channel.new()[-1].card
    assert new.text.startswith("Yesterday's question was withdrawn: full points for all")
    assert here.channel.new("thread") == []


async def withdraws(here: Here, name: str) -> None:
    """An admin withdraws a question in moderation, not by its daily."""
    ref = Ref("", name, f"hash-{name}")

    def work(tx: Tx) -> Reply:
        withdraw(tx, here.stage.kit, ref, "Two are right")
        return Reply()

    await here.stage.store.run(here.origin(), work)
    await here.work.tick()


async def test_a_question_withdrawn_while_it_is_open_is_withdrawn_at_the_reveal(
    here: Here, ada: Actor
) -> None:
    """Withdrawn in moderation: the daily's posts say so too, and full points for later answers."""
    await here.challenge()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert daily.ref is not None
    await answers(here, here.stage.person("ben"), "deadlock")
    await withdraws(here, daily.ref.id)
    await answers(here, ada, "deadlock")
    await here.at(25, 9)
    assert here.channel.edits()[-1].card.title == "Daily · Tue 24 Nov · withdrawn"
    board = await here.stage.store.look(here.origin(), partial(_board, "all"))
    assert [one.points for one in board.top] == [10, 10]


async def test_a_question_withdrawn_after_the_reveal_is_said_with_ones_answer(
    here: Here, ada: Actor
) -> None:
    """My answer on the closed post says why it was withdrawn."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada, "deadlock")
    (daily,) = await here.dailies()
    assert daily.ref is not None
    await here.at(25, 9)
    await withdraws(here, daily.ref.id)
    ada.card = here.channel.edits()[-1].card
    text = (await ada.presses("My answer")).text
    assert text.startswith("This question was withdrawn: Two are right. You get full points.")


async def test_several_letters_may_be_locked_in(url: str, guarded: None) -> None:
    """Where an admin allows questions with several right options, letters go in and out first."""
    stage = Stage(url, collection((bank.MULTI,)))
    here, ada = Here(stage), stage.person("ada")
    await here.challenge(types=("multi",))
    await here.at(25, 9)
    here.sees(ada)
    first, second = ada.letter("A link from"), ada.letter("It is never sent")
    wrong = ada.letter("A script")
    await ada.presses(first)
    await ada.presses(wrong)
    await ada.presses(second)
    card = await ada.presses(wrong)
    both = ", ".join(sorted((first, second)))
    assert card.text.startswith(f"You chose {both}.")
    assert "10 points." in (await ada.presses(f"Lock in {both}")).note
    await stage.store.close()


@pytest.mark.parametrize("token", ["daily-lock:{0}:Z", "daily-pick:{0}:AB", "daily-lock:{0}"])
async def test_a_letter_that_is_not_there_counts_nothing(
    here: Here, ada: Actor, token: str
) -> None:
    """A made-up token is a mistake, and nothing is recorded."""
    await here.challenge()
    await here.at(24, 9)
    (daily,) = await here.dailies()
    assert "Choose one of those shown" in (await ada.sends(token.format(daily.id))).text
    assert "This daily is gone" in (await ada.sends(token.format("nothing"))).text
    assert await here.stage.store.look(ada.origin(), lambda tx: tx.log()) == ()


async def test_another_community_cannot_press_it(here: Here) -> None:
    """A daily's token is worth nothing behind another community's wall."""
    await here.challenge()
    await here.at(24, 9)
    eve = here.stage.person("eve", community="discord:g8")
    here.sees(eve)
    assert "This daily is gone" in (await eve.presses("A")).text


async def test_reports_never_stop_an_open_daily(here: Here, ada: Actor) -> None:
    """Three people report it; it stays open until its reveal."""
    await here.challenge()
    await here.at(24, 9)
    for name in ("ada", "ben", "cem"):
        one = here.stage.person(name)
        await answers(here, one)
        form = await one.form("Report")
        await one.sends(form.token, reason="Two are right")
    (daily,) = await here.dailies()
    assert daily.state == "open"
    await answers(here, here.stage.person("eve"))
    await here.at(25, 9)
    assert "4 of 4 right" in here.channel.new()[-1].card.text


def test_the_bank_of_these_tests_is_wide_enough() -> None:
    """Every level of every area has questions."""
    assert len({(one.area, one.level) for one in many()}) == 15
