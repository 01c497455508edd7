from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card, Reply
from bot.chat.events import Press
from bot.chat.posts import Message, Outcome, Post
from bot.chat.tokens import parse
from bot.features.game import running, timing
from bot.store.community import Game
from bot.store.protocol import Tx
from bot.store.rules import Rules
from tests import bank
from tests.games.channel import PLACE, Channel, Player, Playing, questions
from tests.stage import Stage

RIGHT, WRONG = "Both succeed", "deadlock"
WHOLE = timing.whole(bank.SINGLE).total_seconds()


@pytest.fixture
async def playing(url: str, guarded: None) -> AsyncIterator[Playing]:
    """A channel on each database, with a bank of twelve."""
    stage = Stage(url, questions(12))
    yield Playing(stage)
    await stage.store.close()


async def row(playing: Playing, who: Player) -> Game:
    """The newest game as it is stored."""
    return (await playing.stage.store.look(who.origin(), lambda tx: tx.games()))[0]


async def next_due(playing: Playing) -> datetime | None:
    """When the next due row is due."""
    return await playing.stage.store.next_due()


def points(card: Card) -> dict[str, int]:
    """The standings on a card."""
    rows = (line.split() for line in card.text.split("\n") if line[:2].strip().isdigit())
    return {parts[1]: int(parts[-1]) for parts in rows if len(parts) == 3}


async def test_a_game_begins_with_its_first_question(playing: Playing) -> None:
    """The command answers privately and the question stands in the channel at once."""
    ada = playing.player("ada")
    said = await ada.says("together")
    assert (said.view, said.to) == ("game-starting", "private")
    assert "A game of 10 questions begins in this channel." in said.text
    card = await playing.forward()
    assert card.view == "game-question"
    assert card.title.startswith("1 of 10 · ")
    assert f"Time: {WHOLE:.0f} s." in card.text
    assert [button.label for button in card.buttons] == ["A", "B", "C", "D", "Stop the game"]
    (post,) = playing.channel.posts
    assert (post.where, post.target, post.edits) == ("place", PLACE, None)


async def test_a_whisper_says_when_and_not_whether(playing: Playing) -> None:
    """Right and wrong are answered by the same words but for letter and time."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada, "5")
    for who in (ada, ben):  # who has never answered here is told of the board
        await who.answers("wait", after=3)
    await playing.ends()
    await playing.follows()
    right, wrong = await ada.answers(RIGHT, after=4.2), await ben.answers(WRONG, after=4.2)
    assert right.to == "private"
    assert right.text[1:] == wrong.text[1:] == " is in, 4.2 s."
    assert right.tone == wrong.tone == "plain"
    assert right.buttons == wrong.buttons == ()


async def test_the_first_answer_here_speaks_of_the_board(playing: Playing) -> None:
    """Who has never been told learns once that there is a board, and how to leave it."""
    ada = playing.player("ada")
    await playing.begins(ada)
    card = await ada.answers(RIGHT, after=3)
    assert "You will be on the board." in card.text
    assert [button.label for button in card.buttons] == ["Hide me"]
    await playing.ends()
    await playing.follows()
    assert "board" not in (await ada.answers(RIGHT, after=3)).text


async def test_points_fall_to_half_and_haste_costs(playing: Playing) -> None:
    """Right at once 10, in the last moment 5, wrong 0, wrong within two seconds -3."""
    people = [playing.player(name) for name in ("ada", "ben", "cem", "dora", "eve")]
    await playing.begins(people[0], "1")
    given = ((RIGHT, 0.0), (RIGHT, WHOLE), (WRONG, 2.0), (WRONG, 1.9), (RIGHT, WHOLE / 2))
    for who, (words, after) in zip(people, given, strict=True):
        await who.answers(words, after=after)
    kept = {}
    for who in people:
        (answer,) = await playing.stage.store.look(who.origin(), lambda tx: tx.log())
        kept[who.name] = answer.points
    assert kept == {"ada": 10, "ben": 5, "cem": 0, "dora": -3, "eve": 8}
    await playing.ends()
    assert points(await playing.follows()) == {"Ada": 10, "Eve": 8, "Ben": 5}


async def test_too_late_is_said_by_how_much(playing: Playing) -> None:
    """A press after the time is not counted, whenever it arrives."""
    ada = playing.player("ada")
    await playing.begins(ada)
    assert (await ada.answers(RIGHT, after=WHOLE + 0.3)).text == "Too late by 0.3 s."
    assert await playing.stage.store.look(ada.origin(), lambda tx: tx.log()) == ()


async def test_one_answer_a_question(playing: Playing) -> None:
    """The first answer counts, however often and whatever is pressed after it."""
    ada = playing.player("ada")
    await playing.begins(ada)
    await ada.answers(WRONG, after=5)
    again = await ada.answers(RIGHT, after=6)
    assert "your first answer counts" in again.text
    (answer,) = await playing.stage.store.look(ada.origin(), lambda tx: tx.log())
    assert (answer.right, answer.points) == (False, 0)


async def test_the_question_ends_at_its_time(playing: Playing) -> None:
    """The end and the pause are due rows at exactly their times."""
    ada = playing.player("ada")
    await playing.begins(ada)
    shown = playing.stage.clock()
    game = await row(playing, ada)
    assert (game.opened, game.ends) == (shown, shown + timedelta(seconds=WHOLE))
    assert await next_due(playing) == game.ends
    await playing.forward(WHOLE - 0.001)
    assert playing.channel.card.view == "game-question"
    await playing.forward(0.001)
    assert playing.channel.card.view == "game-split"
    assert await next_due(playing) == playing.stage.clock() + timedelta(seconds=6)
    await playing.forward(5.999)
    assert playing.channel.card.title.startswith("1 of 10")
    card = await playing.forward(0.001)
    assert (card.view, card.title[:7]) == ("game-question", "2 of 10")


async def test_the_split_has_percentages_and_no_names(playing: Playing) -> None:
    """After the end everybody sees how it was answered and what is right, and no name."""
    for name, words in (("ada", RIGHT), ("ben", RIGHT), ("cem", WRONG)):
        who = playing.player(name)
        if name == "ada":
            await playing.begins(who)
        await who.answers(words, after=5)
    card = await playing.ends()
    rows = [line for line in card.text.split("\n") if line[:1] in ("✓", "✗")]
    assert [line[:9] for line in rows if RIGHT in line] == ["✓ 67 % · "]
    assert [line[:9] for line in rows if WRONG in line] == ["✗ 33 % · "]
    assert "**2 of 3 right.**" in card.text
    assert "Next question in 6 s." in card.text
    assert not any(name in card.text for name in ("Ada", "Ben", "Cem"))
    (why,) = playing.channel.thread
    assert "Each works on its own snapshot" in why.text
    assert why.links
    edits = [post.edits for post in playing.channel.posts if post.where == "place"]
    assert edits[0] is None
    assert all(edit and edit.id == "m1" for edit in edits[1:])  # one message, edited


async def test_standings_come_every_third_question_and_at_the_end(playing: Playing) -> None:
    """Ties share a rank, hidden people have no name, who won nothing is only counted."""
    ada, ben, cem, eve = (playing.player(name) for name in ("ada", "ben", "cem", "eve"))
    await playing.begins(ada, "4")
    looks = []
    for number in range(4):
        for who in (ada, ben, cem):
            await who.answers(RIGHT, after=0 if who is cem else 10)
        await eve.answers(WRONG, after=5)
        if not number:
            await cem.sends("board-shown:no")
        looks.append(await playing.ends())
        await playing.follows()
    assert [bool(points(card)) for card in looks] == [False, False, True, False]
    assert "Next question in 10 s." in looks[2].text
    final = playing.channel.card
    assert final.view == "game-over"
    assert " 1  somebody" in final.text
    assert final.text.count(" 2  ") == 2
    assert "And 1 more." in final.text
    assert "Eve" not in final.text
    assert "4 questions, 4 players." in final.text


async def test_fifty_who_press_at_once_are_all_in_once(playing: Playing) -> None:
    """However many press together and twice: one answer each, none lost, none refused as busy."""
    people = [playing.player(f"p{n}") for n in range(50)]
    await playing.begins(people[0])
    pressed = (who.answers(RIGHT, after=5) for who in people * 2)
    said = [card.text for card in await asyncio.gather(*pressed)]
    assert sum(" is in, 5.0 s." in one for one in said) == 50
    assert sum("first answer counts" in one for one in said) == 50
    assert "**50 of 50 right.**" in (await playing.ends()).text


async def test_two_starts_at_once_make_one_game(playing: Playing) -> None:
    """Whoever comes second is told of the first, also in the same moment."""
    people = [playing.player(f"p{n}") for n in range(8)]
    views = [card.view for card in await asyncio.gather(*(who.says("together") for who in people))]
    assert sorted(views) == ["game-running"] * 7 + ["game-starting"]
    await playing.forward()
    assert len(playing.channel.posts) == 1


async def test_it_goes_on_when_all_have_answered(playing: Playing) -> None:
    """From the second question on it ends once all who answered one of the last two have."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada)
    for who in (ada, ben):
        await who.answers(RIGHT, after=4)
    assert (await playing.forward(4)).view == "game-question"  # others may still join the first
    await playing.ends()
    await playing.follows()
    await ada.answers(RIGHT, after=3)
    assert (await playing.forward(3)).view == "game-question"
    await ben.answers(RIGHT)
    assert (await playing.forward(0.001)).view == "game-split"
    left = playing.stage.clock() + timedelta(seconds=6)
    assert await next_due(playing) == left
    await playing.forward(0.5)
    late = await playing.player("eve").sends(_pick(await row(playing, ada), 1))
    assert "Question 2 is over." in late.text  # in time by the clock, but the key can be read
    assert (await playing.forward(5.5)).title.startswith("3 of 10")


def _pick(game: Game, n: int, letter: str = "A") -> str:
    return f"~game-pick:{game.id}:{n}:{letter}"


async def test_whoever_joins_alone_leaves_time_for_others(playing: Playing) -> None:
    """Where nobody answered the last questions, one answer does not end this one."""
    ada = playing.player("ada")
    await playing.begins(ada)
    await playing.ends()
    await playing.follows()
    await ada.answers(RIGHT, after=3)
    assert (await playing.forward(4)).view == "game-question"


async def test_a_press_that_arrives_after_the_end_counts_by_its_own_time(playing: Playing) -> None:
    """What was pressed in time and came late is an answer; what was pressed late is none."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada, "1")
    game = await row(playing, ada)
    assert game.opened is not None
    ada.card = playing.channel.card
    letter = ada.letter(RIGHT)
    in_time = replace(ada.origin(), at=game.opened + timedelta(seconds=WHOLE - 1))
    await playing.forward(WHOLE + 1)
    assert playing.channel.card.view == "game-split"
    said = await playing.stage.door.handle(Press(in_time, _pick(game, 0, letter)))
    assert "is in" in said.cards[0].text
    assert (await ben.sends(_pick(game, 0, letter))).text.startswith("Too late by")
    assert points(await playing.follows()) == {"Ada": 5}


async def test_five_silent_questions_end_it(playing: Playing) -> None:
    """Nobody answers five in a row: it ends and says so; one answer begins the count anew."""
    ada = playing.player("ada")
    await playing.begins(ada)
    for number in range(6):
        if number == 1:
            await ada.answers(RIGHT, after=3)
        await playing.ends()
        await playing.follows()
    assert playing.channel.card.title.startswith("7 of 10")
    card = await playing.ends()
    assert "Nobody answered the last five questions" in card.text
    assert (await row(playing, ada)).state == "done"
    assert await next_due(playing) is None


async def test_one_game_a_place(playing: Playing) -> None:
    """A second start says where the running one is; another channel has its own."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada)
    card = await ben.says("together")
    assert card.view == "game-running"
    assert "question 1 of 10, started by Ada" in card.text
    assert len(await playing.stage.store.look(ada.origin(), lambda tx: tx.games())) == 1


async def test_the_starter_and_admins_may_stop(playing: Playing) -> None:
    """Others get a private sentence and the game goes on; points and the way on stay."""
    ada, ben = playing.player("ada"), playing.player("ben")
    boss = playing.player("boss", admin=True)
    await playing.begins(ada)
    await ada.answers(RIGHT, after=0)
    refused = await ben.touches("Stop the game")
    assert "Only Ada or an admin can stop this game." in refused.text
    assert (await row(playing, ada)).state == "open"
    assert "Stopped." in (await ada.touches("Stop the game")).text
    card = await playing.forward()
    assert card.view == "game-over"
    assert "Ada stopped the game." in card.text
    assert points(card) == {"Ada": 10}
    assert await next_due(playing) is None
    await playing.begins(ben)
    await boss.touches("Stop the game")
    card = await playing.forward()
    assert "Boss stopped the game." in card.text
    audits = await playing.stage.store.look(boss.origin(), lambda tx: tx.audits())
    assert [(one.what, one.name) for one in audits] == [("game-stopped", "Boss")]


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(minutes=-10), timedelta()])
@pytest.mark.parametrize("tells", [True, False])
async def test_a_wrong_clock_of_ours_changes_no_points(
    playing: Playing, ahead: timedelta, tells: bool
) -> None:
    """Points and lateness go by the platform's clock, where it says when a message stands."""
    playing = Playing(playing.stage, Channel(playing.stage, ahead=ahead))
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada, "2")
    playing.channel.tells = tells  # later edits may come without the platform's time
    for _ in range(2):
        assert f"{WHOLE / 2:.1f} s" in (await ada.answers(RIGHT, after=WHOLE / 2)).text
        assert (await ben.answers(RIGHT, after=WHOLE + 1)).text == "Too late by 1.0 s."
        assert (await playing.forward(WHOLE)).view == "game-split"
        await playing.follows()
    assert points(playing.channel.card) == {"Ada": 16}


async def test_a_press_without_a_platforms_time_goes_by_ours(playing: Playing) -> None:
    """Where a payload has no time, our own is taken, moved by what the clocks differ."""
    playing = Playing(playing.stage, Channel(playing.stage, ahead=timedelta(minutes=10)))
    ada = playing.player("ada")
    await playing.begins(ada)
    playing.stage.clock.forward(seconds=4)
    ada.card = playing.channel.card
    ours = replace(ada.origin(), at=playing.stage.clock(), ours=True)
    assert " is in, 4.0 s." in (await ada.at(ours, ada.letter(RIGHT))).text


async def test_a_late_word_of_an_old_question_changes_nothing(playing: Playing) -> None:
    """What became of a post is taken once, and only for the question that is being shown."""
    ada = playing.player("ada")
    await playing.begins(ada)
    first = playing.channel.posts[0]
    before = await row(playing, ada)
    assert await outcome(playing, first, "again") == before
    await playing.ends()
    await playing.follows()
    before = await row(playing, ada)
    assert await outcome(playing, first, "and again") == before
    assert before.at == 1


async def outcome(playing: Playing, post: Post, key: str) -> Game:
    """Tell the game once more that a post stands; gives the game after it."""
    ada = playing.player("ada")
    back = parse(post.back)
    assert back is not None
    playing.stage.clock.forward(seconds=1)
    said = Outcome(post=post, message=Message("discord", "m1"), at=playing.stage.clock())
    origin = replace(ada.origin(key), person="", ours=True)
    kit = playing.stage.kit
    await playing.stage.store.run(origin, lambda tx: running.shown(said, back, tx, kit))
    return await row(playing, ada)


async def test_it_survives_a_restart_at_the_same_question(playing: Playing) -> None:
    """A new process goes on where the row says: open question, pause, and scores."""
    ada = playing.player("ada")
    await playing.begins(ada, "2")
    await ada.answers(RIGHT, after=0)
    await playing.restart()
    assert "first answer counts" in (await ada.answers(WRONG, after=3)).text
    await playing.forward(3600)  # away for an hour: it ends with what was answered
    assert "**1 of 1 right.**" in playing.channel.looks[-1].text
    await playing.restart()
    card = await playing.follows()
    assert card.title.startswith("2 of 2")
    await ada.answers(RIGHT, after=0)
    await playing.ends()
    await playing.restart()
    assert points(await playing.follows()) == {"Ada": 20}


async def test_a_refused_message_stops_the_game(playing: Playing) -> None:
    """Where the bot may not write any more the game is over, scores stay, another may begin."""
    ada = playing.player("ada")
    await playing.begins(ada)
    await ada.answers(RIGHT, after=0)
    await playing.ends()
    playing.channel.refuses = True
    await playing.follows()
    assert (await row(playing, ada)).state == "stopped"
    assert await next_due(playing) is None
    playing.channel.refuses = False
    assert (await ada.says("together")).view == "game-starting"
    board = await playing.stage.store.look(ada.origin(), lambda tx: tx.board("all", "all", 10))
    assert [one.points for one in board.top] == [10]


async def test_a_game_stopped_before_it_stands_is_closed_all_the_same(playing: Playing) -> None:
    """The first message of a game that was stopped meanwhile says so."""
    ada = playing.player("ada")
    await ada.says("together")
    game = await row(playing, ada)
    await ada.sends(f"~game-stop:{game.id}")
    await playing.forward()
    assert playing.channel.card.view == "game-over"


async def test_a_question_that_never_comes_ends_the_game(playing: Playing) -> None:
    """A place is never blocked for ever by a game whose question was lost."""
    ada = playing.player("ada")
    await ada.says("together")
    playing.stage.clock.forward(minutes=61)
    await playing.work.work()
    assert (await row(playing, ada)).state == "stopped"
    assert (await ada.says("together")).view == "game-starting"


async def test_a_press_before_the_platform_has_said_so_is_asked_for_again(playing: Playing) -> None:
    """Until the time is known nothing is counted, and that is said."""
    ada = playing.player("ada")
    await ada.says("together")
    game = await row(playing, ada)
    assert "Press again." in (await ada.sends(_pick(game, 0))).text
    await playing.forward()
    assert "is in" in (await ada.sends(_pick(game, 0))).text


async def test_everything_may_come_twice(playing: Playing) -> None:
    """Ticks, wake-ups and outcomes that are repeated change nothing."""
    ada = playing.player("ada")
    await playing.begins(ada, "2")
    await ada.answers(RIGHT, after=0)
    for seconds in (WHOLE, 6.0, WHOLE, 6.0):
        playing.stage.clock.forward(seconds=seconds)
        for _ in range(3):
            await playing.work.tick()
    names = [post.dedupe.split(".", 2)[2] for post in playing.channel.posts]
    assert sorted(names) == ["0", "0.split", "0.why", "1", "1.split", "1.why", "over"]
    assert points(playing.channel.card) == {"Ada": 10}


async def test_my_answers_say_what_i_missed(playing: Playing) -> None:
    """Privately each question that is over, and the way back to what was missed."""
    ada, ben = playing.player("ada"), playing.player("ben")
    await playing.begins(ada, "3")
    for words in (RIGHT, WRONG, ""):
        if words:
            await ada.answers(words, after=5)
        await playing.ends()
        await playing.follows()
    card = await ada.touches("My answers")
    assert card.to == "private"
    first, second, third = card.text.split("\n")[:3]
    assert first.startswith("✓ 1. ")
    assert "right is" in second
    assert second.startswith("✗ 2. ")
    assert "not answered" in third
    assert "You: rank 1 of 1 with 9 points." in card.text
    assert "comes back in `/sparring review`" in card.text
    assert "no answer in this game" in (await ben.touches("My answers")).text


async def test_my_answers_tell_nothing_of_an_open_question(playing: Playing) -> None:
    """While a question is open nobody can read what is right in it."""
    ada = playing.player("ada")
    await playing.begins(ada, "3")
    await ada.answers(WRONG, after=5)
    game = await row(playing, ada)
    card = await ada.sends(f"~game-mine:{game.id}")
    assert "right is" not in card.text
    await playing.ends()
    assert "right is" in (await ada.sends(f"~game-mine:{game.id}")).text


async def test_play_again_asks_for_the_same(playing: Playing) -> None:
    """The button begins a game of the same words with what was not asked just now."""
    ada = playing.player("ada")
    await playing.begins(ada, "databases senior 2")
    await playing.ends()
    await playing.follows()
    await playing.ends()
    card = await playing.follows()
    assert card.title == "Game over · Relational databases"
    assert (await ada.touches("Play again")).view == "game-starting"
    games = await playing.stage.store.look(ada.origin(), lambda tx: tx.games())
    assert [one.words for one in games] == ["databases senior 2"] * 2
    asked = [{one.ref.id for one in game.asked} for game in games]
    assert asked[0] & asked[1] == set()
    assert (await playing.forward()).title.startswith("1 of 2")
    assert playing.channel.posts[-1].edits is None


async def test_several_letters_are_chosen_in_a_form(url: str, guarded: None) -> None:
    """The form repeats the question; its time runs on; letters are sent together."""
    playing = Playing(Stage(url, questions(3, bank.MULTI)))
    ada, ben = playing.player("ada"), playing.player("ben")
    card = await playing.begins(ada, "1")
    assert [button.label for button in card.buttons] == ["Choose", "Stop the game"]
    ada.card = ben.card = card
    form = await ada.form("Choose")
    assert "SameSite=Lax" in form.text
    (field,) = form.fields
    assert field.kind == "checkboxes"
    rights = ("A link from another site", "never sent over plain HTTP")
    letters = tuple(ada.letter(words) for words in rights)
    await ada.sends(form.token, picks=())
    assert ada.reply.errors == {"picks": "Choose at least one."}
    assert " are in, 0.0 s." in (await ada.sends(form.token, picks=letters)).text
    await ben.sends(form.token, picks=(letters[0],))
    split = await playing.ends()
    assert "**1 of 2 right.**" in split.text
    shares = {line.split(" %")[0] for line in split.text.split("\n") if line.startswith("✓")}
    assert shares == {"✓ 100", "✓ 50"}
    assert points(await playing.follows()) == {"Ada": 10}
    await playing.stage.store.close()


async def test_who_may_start_is_the_admins_choice(playing: Playing) -> None:
    """Where only admins start games, others are told; an admin may."""
    ada, boss = playing.player("ada"), playing.player("boss", admin=True)
    await choose(playing, boss, Rules(starters="admins"))
    assert "only admins start games" in (await ada.says("together")).text
    assert (await boss.says("together")).view == "game-starting"


async def choose(playing: Playing, who: Player, rules: Rules) -> None:
    """An admin has chosen this for the community."""

    def save(tx: Tx) -> Reply:
        tx.save_community(replace(tx.community, rules=rules))
        return Reply()

    await playing.stage.store.run(who.origin(), save)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(21, False), (22, True), (3, True), (7, False), (12, False)]
)
async def test_no_game_begins_in_quiet_hours(playing: Playing, hour: int, quiet: bool) -> None:
    """From 22:00 to 07:00 of the community a start is refused in words."""
    ada = playing.player("ada")
    await choose(playing, ada, Rules(quiet=("22:00", "07:00")))
    playing.stage.clock.at = datetime(2026, 11, 24, hour, 0, tzinfo=UTC)
    card = await ada.says("together")
    assert ("No game begins here from 22:00 to 07:00, UTC" in card.text) == quiet
    assert (card.view == "game-starting") != quiet


async def test_a_young_account_plays_and_is_told(playing: Playing) -> None:
    """Its answers are kept without points where the community wants older accounts."""
    ada = playing.player("ada")
    await choose(playing, ada, Rules(youngest=7))
    await playing.begins(ada, "1")
    card = await ada.answers(RIGHT, after=0)
    assert "Your account is young: points count here in 7 days." in card.text
    assert "You will be on the board" not in card.text
    board = await playing.stage.store.look(ada.origin(), lambda tx: tx.board("all", "all", 10))
    assert board.top == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("together type:short", "I ask single, output and multi there, not short."),
        ("together zzzqqq", "I have nothing on zzzqqq"),
        ("together git", "I have no question in Git"),
        ("together junior", "I have no junior question that fits a game."),
        ("together 21", "21 questions? I take 1 to 20."),
    ],
)
async def test_what_cannot_be_played_is_said(playing: Playing, line: str, words: str) -> None:
    """Words that name nothing to play with are answered privately, and nothing begins."""
    card = await playing.player("ada").says(line)
    assert words in card.text
    assert card.to == "private"
    await playing.work.tick()
    assert playing.channel.posts == []


async def test_fewer_questions_than_asked_for_are_said(playing: Playing) -> None:
    """A game is never shorter in silence."""
    card = await playing.player("ada").says("together 20")
    assert "A game of 12 questions begins" in card.text
    assert "There are no more than 12 of that kind." in card.text


async def test_a_direct_conversation_is_no_place_for_a_game(stage: Stage) -> None:
    """Alone there is nobody to play with; the sentence says where to type it."""
    alone = stage.person("zoe", community="")
    assert (
        "A game needs others. Type `/sparring together` in a channel."
        in (await alone.says("together")).text
    )


async def test_buttons_of_nothing_say_so(playing: Playing) -> None:
    """Made-up and stale tokens are answered in words and change nothing."""
    ada = playing.player("ada")
    await playing.begins(ada)
    game = await row(playing, ada)
    for token in ("~game-pick:nobody:0:A", f"~game-pick:{game.id}:99:A", f"~game-pick:{game.id}"):
        assert "This game is over." in (await ada.sends(token)).text
    assert "There is no Z here." in (await ada.sends(_pick(game, 0, "Z"))).text
    assert "Question 2 is over." in (await ada.sends(_pick(game, 1))).text
    assert await playing.stage.store.look(ada.origin(), lambda tx: tx.log()) == ()


async def test_another_community_cannot_touch_it(playing: Playing) -> None:
    """A game is found in its own community alone."""
    ada = playing.player("ada")
    await playing.begins(ada)
    game = await row(playing, ada)
    stranger = playing.stage.person("mallory", community="discord:g8")
    for token in (_pick(game, 0), f"~game-stop:{game.id}", f"~game-mine:{game.id}"):
        assert "This game is over." in (await stranger.sends(token)).text
    assert await row(playing, ada) == game


async def test_options_stand_in_no_authored_order(tmp_path: Path) -> None:
    """Where the right option stands differs from question to question."""
    stage = Stage(tmp_path / "orders.db", questions(20), seed=None)
    ada = Playing(stage).player("ada")
    await ada.says("together 20")
    (game,) = await stage.store.look(ada.origin(), lambda tx: tx.games())
    assert {one.order[0].index(0) for one in game.asked} == {0, 1, 2, 3}
    await stage.store.close()
