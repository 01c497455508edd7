from __future__ import annotations

from tests.daily.setting import OTHER, PLACE, Here, answers
from tests.stage import Actor, Stage


async def test_without_a_challenge_it_says_what_an_admin_types(ada: Actor) -> None:
    """None at all: who starts one, and how."""
    card = await ada.says("daily")
    assert "An admin starts one with `/sparring challenge` in a channel." in card.text


async def test_a_direct_conversation_has_none(stage: Stage) -> None:
    """A daily belongs to a community."""
    zoe = stage.person("zoe", community="")
    assert "Type `/daily` in one of its channels." in (await zoe.says("daily")).text


async def test_an_unanswered_one_is_asked_in_private(here: Here, ada: Actor) -> None:
    """The same tokens as on the post: what is locked in here counts, in the channel's scope too."""
    await here.challenge(places=(OTHER, PLACE))
    await here.at(24, 9)
    card = await ada.says("daily")
    assert card.to == "replace"
    assert [one.token for one in card.buttons] == [
        one.token for one in here.channel.new()[0].card.buttons
    ]
    letter = ada.letter("Both succeed")
    await ada.presses(letter)
    assert "10 points." in (await ada.presses(f"Lock in {letter}")).note


async def test_an_answered_one_shows_the_verdict_and_when_it_is_revealed(
    here: Here, ada: Actor
) -> None:
    """After locking in, /daily is the verdict with the time at which all see the answer."""
    await here.challenge()
    await here.at(24, 9)
    await answers(here, ada)
    card = await ada.says("daily")
    assert "✓ Right" in card.text
    assert "Answer for all: Wed 09:00, UTC." in card.note


async def test_what_was_missed_can_be_tried(here: Here, ada: Actor) -> None:
    """The closed ones of the last seven days stand below today's, without today's answer."""
    await here.challenge()
    for day in (24, 25, 26):
        await here.at(day, 9)
    await answers(here, ada)
    card = await ada.says("daily")
    assert "**Missed**" in card.text
    assert [one.label for one in card.buttons][1:] == ["Try Wed 25 Nov", "Try Tue 24 Nov"]
    await ada.presses("Try Tue 24 Nov")
    letter = ada.letter("Both succeed")
    assert (await ada.presses(letter)).note == "No points: this one was closed."


async def test_a_second_challenge_of_today_is_a_button(here: Here, ada: Actor) -> None:
    """Where two are open the first is asked, the other one press away."""
    await here.challenge()
    await here.challenge(id="ch2", places=(OTHER,))
    await here.at(24, 9)
    card = await ada.says("daily")
    assert "1 more of today below." in card.note
    other = card.rows[-1][0]
    shown = await ada.sends(other.token)
    assert shown.view == "daily-asked"
    assert shown.text != card.text


async def test_review_asks_missed_dailies_and_what_is_due(here: Here, ada: Actor) -> None:
    """A quiz of the dailies that were missed; answered, they are due again some day."""
    await here.challenge()
    assert "Nothing to review yet." in (await ada.says("review")).text
    for day in (24, 25, 26):
        await here.at(day, 9)
    card = await ada.says("review")
    assert card.title.startswith("1 of 2")
    assert "Why this: a daily that you missed" in card.text
    await ada.presses(ada.letter("deadlock"))
    await ada.presses("Next")
    await ada.presses(ada.letter("Both succeed"))
    await ada.presses("Finish")
    card = await ada.says("review")
    assert "Nothing is due. The next question comes back tomorrow." in card.text
    here.stage.clock.forward(days=1, hours=1)
    card = await ada.says("review")
    assert "Why this: you missed this idea; here it is in another dress" in card.text


async def test_review_speaks_of_a_quiz_that_was_still_open(here: Here, ada: Actor) -> None:
    """What gave way to it is said, as `/quiz` does; one of long ago is closed in silence."""
    await here.challenge()
    for day in (24, 25, 26):
        await here.at(day, 9)
    await ada.says("1")
    assert "Your open quiz is closed." in (await ada.says("review")).text
    here.stage.clock.forward(hours=13)
    assert "is closed" not in (await ada.says("review")).text


async def test_review_never_asks_an_open_daily(here: Here, ada: Actor) -> None:
    """What is open now waits for its reveal, due or not."""
    await here.challenge(reveal="+48", weekdays=(1,))
    await here.at(24, 9)
    await answers(here, ada, "deadlock")
    await here.at(25, 20)
    assert (await ada.says("review")).view == "review-none"
    await here.at(26, 9)
    assert "Why this: you missed" in (await ada.says("review")).text
