"""Setting up a daily: the proposal, what is lacking, starting, posting at once, several of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from adapters.discord import markdown
from adapters.slack import render as slack_render
from bot.chat.cards import Card, Reply
from bot.chat.events import Command, Origin
from bot.chat.rights import OPTIONAL
from bot.chat.text import Prose, blocks, clean, place, plain, spoken
from bot.chat.tokens import make
from bot.features.challenge import keeping
from bot.store.community import LADDER, WORKDAYS, Challenge
from bot.store.protocol import Tx
from tests.core.challenging import LACKS, Port, everything, kept
from tests.sampling import challenge as sampling
from tests.sampling.asked import reader
from tests.stage import Actor, Channel, Stage

HERE = "discord:g7/c3"
TUESDAY = datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC)


@pytest.fixture
def port(stage: Stage) -> Port:
    stage.rights["discord"] = found = Port()
    return found


@pytest.fixture
def gil(stage: Stage, port: Port) -> Actor:
    del port  # it has to be there before she acts
    return stage.person("gil", admin=True)


async def begun(gil: Actor) -> Card:
    await gil.says("challenge")
    return await gil.presses("Start tomorrow")


async def test_it_proposes_in_sentences_and_saves_nothing(gil: Actor, stage: Stage) -> None:
    """A channel without a challenge is proposed one; to look at it, or preview it, leaves no trace.

    The preview is private, asks something, has no buttons and says what it is.
    """
    before = await everything(stage)
    card = await gil.says("challenge")
    assert card.to == "replace"
    for words in (
        "Monday to Friday at 09:00, UTC, in this channel",
        "All areas; from junior on Monday to senior on Friday",
        "The answer is shown when the next one comes",
        "It pings nobody",
    ):
        assert words in card.text
    assert [one.label for one in card.buttons] == [
        "Preview for me",
        "Post the first now",
        "Start tomorrow",
        "Change...",
    ]
    preview = await gil.presses("Preview for me")
    assert (preview.to, preview.buttons) == ("private", ())
    assert "A preview, only for you" in preview.note
    assert preview.title.startswith("Daily · Mon 23 Nov")
    assert await everything(stage) == before


async def test_the_preview_does_not_tell_what_will_be_asked(gil: Actor, stage: Stage) -> None:
    """What a preview shows is not what the first post asks."""
    await gil.says("challenge")
    preview = await gil.presses("Preview for me")
    await gil.presses("Post the first now")
    channel = Channel(stage.clock)
    await stage.clockwork({"discord": channel}).tick()
    assert channel.last("daily").text != preview.text


@pytest.mark.parametrize("words", ["18:00", "databases senior", "discord:", "slack:T1/C2"])
async def test_words_are_refused_with_what_to_press(gil: Actor, words: str) -> None:
    """Who types a time is told that Change sets it, and nothing is saved."""
    card = await gil.says(f"challenge {words}")
    assert "I take no words here" in card.text
    assert "Change sets time, weekdays" in card.text
    assert await kept(gil) == ()


async def test_a_typed_channel_of_another_workspace_is_no_channel(stage: Stage, port: Port) -> None:
    """On Slack channels come as text: one that is not of this workspace is refused."""
    stage.rights["slack"] = port

    def typed(channel: str) -> Command:
        origin = Origin(
            person="slack:T1/U1",
            place="slack:T1/C1",
            community="slack:T1",
            at=stage.clock(),
            key=channel,
            admin=True,
        )
        return Command(origin, "challenge", {"channel": channel})

    (card,) = (await stage.door.handle(typed("slack:T9/C5"))).cards
    assert "I take no words here" in card.text
    (card,) = (await stage.door.handle(typed("slack:T1/C5"))).cards
    assert "in #C5" in spoken(card.text)


async def test_a_direct_conversation_has_no_challenge(stage: Stage, port: Port) -> None:
    """It is said where to type it: in a conversation of nobody's, and in one inside a workspace."""
    stage.rights["slack"] = port
    alone = await stage.person("gil", community="", admin=True).says("challenge")
    assert "Type it in one of its channels" in alone.text
    inside = Origin(
        person="slack:T1/U1",
        place="slack:T1/D1",
        community="slack:T1",
        private=True,
        at=stage.clock(),
        key="d1",
        admin=True,
    )
    (card,) = (await stage.door.handle(Command(inside, "challenge"))).cards
    assert "Type `/quiz challenge` in the channel that shall have it" in card.text


async def test_all_that_is_lacking_is_said_at_once_and_saving_goes_on(
    gil: Actor, stage: Stage, port: Port
) -> None:
    """Each missing permission is a sentence; it forbids posting at once, not setting up."""
    port.missing[HERE] = LACKS
    card = await gil.says("challenge")
    assert all(one in card.text for one in LACKS)
    before = await everything(stage)
    card = await gil.presses("Post the first now")
    assert "Nothing was posted. What I lack first:" in card.text
    assert all(one in card.text for one in LACKS)
    assert await everything(stage) == before
    card = await gil.presses("Start tomorrow")
    assert "The next one: Tue 24 Nov, 09:00, UTC." in card.text
    assert all(one in card.text for one in LACKS)
    assert len(await kept(gil)) == 1
    card = await gil.presses("Post today's now")
    assert "Nothing was posted. What I lack first:" in card.text
    port.missing.clear()
    assert "Today's is on its way" in (await gil.presses("Post today's now")).text


async def test_what_is_optional_is_said_and_forbids_nothing(
    gil: Actor, stage: Stage, port: Port
) -> None:
    """A right that the bot can do without keeps no daily from being posted at once."""
    port.missing[HERE] = (f"{OPTIONAL}I may not read the history there.",)
    card = await gil.says("challenge")
    assert "I can post. What I lack:" in card.text
    assert "I may not read the history there." in card.text
    assert "Today's is on its way" in (await gil.presses("Post the first now")).text
    assert len(await kept(gil)) == 1


async def test_start_tomorrow_posts_tomorrow_and_not_today(gil: Actor, stage: Stage) -> None:
    """At eight in the morning today's nine o'clock is left alone, tomorrow's comes, once."""
    stage.clock.at -= timedelta(hours=1)
    await begun(gil)
    (one,) = await kept(gil)
    assert (one.at, one.weekdays, one.levels, one.reveal) == ("09:00", WORKDAYS, LADDER, "next")
    assert (one.places, one.by, one.paused) == ((HERE,), "discord:gil", False)
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    stage.clock.forward(hours=8)
    await work.tick()
    assert channel.posts == []
    stage.clock.at = TUESDAY
    for _ in range(3):
        await work.tick()
    (post,) = channel.posts
    assert post.target == HERE
    assert post.card.title.startswith("Daily · Tue 24 Nov")


async def test_the_first_is_posted_now_and_the_proposal_is_taken_up_once(
    gil: Actor, stage: Stage
) -> None:
    """However often and by whomever the proposal is pressed, there is one challenge and post."""
    await gil.says("challenge")
    now, tomorrow = gil.token("Post the first now"), gil.token("Start tomorrow")
    assert (
        "Today's is on its way. The next one: Tue 24 Nov, 09:00, UTC."
        in (await gil.sends(now)).text
    )
    other = stage.person("ida", admin=True)
    for token in (now, tomorrow):
        assert "has its challenge already" in (await other.sends(token)).text
    assert len(await kept(gil)) == 1
    channel = Channel(stage.clock)
    await stage.clockwork({"discord": channel}).tick()
    assert len(channel.posts) == 1


async def test_presses_at_the_same_moment_make_one_challenge(gil: Actor, stage: Stage) -> None:
    """Four admins take up one proposal at once, each twice: one challenge, one daily, one post."""
    await gil.says("challenge")
    token = gil.token("Post the first now")
    people = [stage.person(name, admin=True) for name in ("gil", "ida", "jon", "kim")]
    await asyncio.gather(*(person.sends(token) for person in people for _ in range(2)))
    (one,) = await kept(gil)
    dailies = await stage.store.look(
        gil.origin(), lambda tx: tx.dailies(stage.clock().date(), one.id)
    )
    assert [daily.state for daily in dailies] == ["open"]
    channel = Channel(stage.clock)
    await stage.clockwork({"discord": channel}).tick()
    assert len(channel.posts) == 1


async def test_change_keeps_the_proposal_paused_through_a_restart(gil: Actor, stage: Stage) -> None:
    """State lives in the database alone: every press may meet another process."""
    await gil.says("challenge")
    await stage.restart()
    await gil.presses("Change...")
    (one,) = await kept(gil)
    assert one.paused
    assert await stage.store.next_due() is None
    await stage.restart()
    form = await gil.form("Time and zone")
    await stage.restart()
    card = await gil.sends(form.token, time="18:00", zone="Berlin")
    assert "Once it goes on: 18:00, Berlin." in card.text
    assert "Not started yet." in card.text
    await stage.restart()
    card = await gil.presses("Start")
    assert "The next one: Mon 23 Nov, 18:00, Berlin." in card.text
    assert "Not started yet" not in card.text
    assert await stage.store.next_due() == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


async def test_post_the_first_now_after_changes(gil: Actor) -> None:
    """A draft is begun by posting its first."""
    await gil.says("challenge")
    await gil.presses("Change...")
    await gil.presses("Back")
    card = await gil.presses("Post the first now")
    assert "Today's is on its way. The next one: Tue 24 Nov, 09:00, UTC." in card.text
    (one,) = await kept(gil)
    assert not one.paused
    assert "Post today's now" not in [button.label for button in card.buttons]


async def test_one_a_day(gil: Actor) -> None:
    """Today's is posted once: the button that is still on an old card says so."""
    await begun(gil)
    token = gil.token("Post today's now")
    await gil.sends(token)
    assert "posted already: one question a day" in (await gil.sends(token)).text


async def test_nothing_is_posted_where_no_question_fits(gil: Actor, stage: Stage) -> None:
    """A challenge for which there is no question says so when asked to post, and is as it was."""
    await begun(gil)
    await gil.presses("Change...")
    card = await gil.sends((await gil.form("Areas")).token, areas="kotlin, mobile")
    if gil.reply.errors:
        card = await gil.sends((await gil.form("Areas")).token, areas="docker")
    assert "No question fits that now" in card.text
    before = await everything(stage)
    card = await gil.presses("Post today's now")
    assert "I have no question that fits this challenge" in card.text
    assert await everything(stage) == before
    assert "too few questions" in (await gil.presses("Preview for me")).text


async def test_the_zone_of_the_first_challenge_is_the_communitys(stage: Stage, port: Port) -> None:
    """Where the community has none, the zone that the platform proposes of its admin is offered."""
    stage.rights["slack"] = port
    keys = iter("abcdef")

    def origin() -> Origin:
        return Origin(
            person="slack:T1/U1",
            place="slack:T1/C1",
            community="slack:T1",
            at=stage.clock(),
            key=next(keys),
            zone="America/New_York",
            admin=True,
        )

    proposal = (await stage.door.handle(Command(origin(), "challenge"))).cards[0]
    assert "at 09:00, New York" in proposal.text
    actor = stage.person("gil", community="slack:T1", admin=True)
    actor.card = proposal
    card = await actor.presses("Start tomorrow")
    assert "at 09:00, UTC" in card.text  # another admin, of whom nothing is proposed
    assert "Days and weeks" not in card.text
    actor.card = card
    await actor.presses("Change...")
    card = await actor.sends((await actor.form("Time and zone")).token, time="9", zone="new york")
    assert "Days and weeks here are counted in New York time" in card.text
    whole = await stage.store.look(actor.origin(), lambda tx: tx.community)
    assert whole.zone == "America/New_York"


async def test_rest_days_follow_the_challenges(gil: Actor, stage: Stage) -> None:
    """Rest days are those on which no challenge posts; a pause leaves them, the end takes them."""

    async def rest() -> tuple[int, ...]:
        return await stage.store.look(gil.origin(), lambda tx: tx.community.rest)

    assert "Rest days here are now Sat, Sun" in (await begun(gil)).text
    assert await rest() == (5, 6)
    await gil.presses("Change...")
    card = await gil.sends((await gil.form("Weekdays")).token, days=("0", "5"))
    assert "Rest days here are now Tue, Wed, Thu, Fri, Sun" in card.text
    await gil.presses("New challenge")
    await gil.presses("Start tomorrow")
    assert await rest() == (6,)
    await gil.presses("Pause")
    assert await rest() == (1, 2, 3, 4, 6)
    for one in await kept(gil):
        await gil.sends(make("challenge-pause", one.id))
    assert await rest() == (1, 2, 3, 4, 6)
    for one in await kept(gil):
        await gil.sends(make("challenge-ended", one.id))
    assert await rest() == ()


async def test_rest_days_chosen_by_hand_are_left_alone(gil: Actor, stage: Stage) -> None:
    """What an admin ticked is not overwritten by a challenge."""
    await gil.says("community")
    await gil.sends((await gil.form("Change days")).token, zone="UTC", rest=("2",))
    assert "Rest days" not in (await begun(gil)).text
    assert await stage.store.look(gil.origin(), lambda tx: tx.community.rest) == (2,)


async def test_several_challenges(gil: Actor, stage: Stage) -> None:
    """A community may have several, two of them in one channel; each is found again."""
    await begun(gil)
    await gil.presses("New challenge")
    await gil.presses("Change...")
    await gil.sends((await gil.form("Time and zone")).token, time="17:00", zone="UTC")
    await gil.presses("Start")
    card = await gil.says("challenge")
    assert card.view == "challenge-list"
    assert card.select is not None
    assert sorted(one.label for one in card.select.choices) == ["09:00, UTC", "17:00, UTC"]
    value = next(one.value for one in card.select.choices if one.label == "17:00, UTC")
    assert "· 17:00, UTC" in (await gil.sends(card.select.token, value=value)).title
    other = stage.person("gil", admin=True, place="c4")
    assert (await other.says("challenge")).view == "challenge-proposal"
    assert (await other.presses("The others")).view == "challenge-list"


async def test_there_is_room_for_ten(gil: Actor) -> None:
    """The eleventh is refused in words, however it is asked for."""
    await begun(gil)
    for _ in range(9):
        await gil.presses("New challenge")
        await gil.presses("Start tomorrow")
    card = await gil.presses("New challenge")
    assert "at most 10 challenges" in card.text
    assert len(await kept(gil)) == 10


async def test_another_communitys_buttons_do_nothing(gil: Actor, stage: Stage) -> None:
    """An admin elsewhere who presses, or forges, a token of this community is refused."""
    await gil.says("challenge")
    proposed = [one.token for one in gil.card.buttons] if gil.card else []
    await gil.presses("Start tomorrow")
    (one,) = await kept(gil)
    mallory = stage.person("mal", community="discord:evil", admin=True)
    await mallory.says("community")
    before = await everything(stage)
    forged = make("challenge-begin", "now", "discord_3Ag7_2Fc3", "0" * 12, one.id)
    of_it = [
        make(verb, one.id)
        for verb in (
            "challenge-card",
            "challenge-change",
            "challenge-pause",
            "challenge-today",
            "challenge-ended",
            "challenge-remove",
            "challenge-comes",
        )
    ]
    for token in (*proposed, *of_it, forged):
        card = await mallory.sends(token)
        assert card.view == "mistake", token
    card = await mallory.sends(
        make("challenge-set", one.id, "when", form=True), time="1", zone="UTC"
    )
    assert card.view == "mistake"
    assert await everything(stage) == before


async def test_what_admins_did_is_written_down(gil: Actor) -> None:
    """Every change has a row in the audit log with who, what and when."""
    await begun(gil)
    await gil.presses("Change...")
    await gil.sends((await gil.form("Level")).token, level="senior")
    await gil.presses("Pause")
    noted = await gil.stage.store.look(gil.origin(), lambda tx: tx.audits())
    assert [(one.what, one.about, one.name) for one in noted] == [
        ("paused-a-challenge", "09:00, UTC", "Gil"),
        ("changed-a-challenge", "all senior", "Gil"),
        ("began-a-challenge", "09:00, UTC", "Gil"),
    ]


async def test_pause_and_end_stop_the_posts(gil: Actor, stage: Stage) -> None:
    """A paused challenge posts nothing until it goes on, one that ended never again."""
    await begun(gil)
    assert "Paused: nothing is posted until" in (await gil.presses("Pause")).text
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    stage.clock.at = TUESDAY
    await work.tick()
    assert channel.posts == []
    assert "The next one: Wed 25 Nov" in (await gil.presses("Start")).text
    stage.clock.forward(days=1)
    await work.tick()
    assert len(channel.posts) == 1
    await gil.says("challenge")
    card = await gil.presses("Pause")
    assert "What is open can be answered, and its answer is shown as planned." in card.text
    assert "The next one: Thu 26 Nov" in (await gil.presses("Go on")).text
    assert "cannot be brought back" in (await gil.presses("End")).text
    (one,) = await kept(gil)
    assert "Ended: nothing more is posted." in (await gil.presses("End it")).text
    assert await kept(gil) == ()
    for _ in range(4):
        stage.clock.forward(days=1)
        await work.tick()
    assert len([post for post in channel.posts if post.card.view == "daily"]) == 1
    assert "has ended" in (await gil.sends(make("challenge-card", one.id))).text


async def test_channels_are_added_and_removed(gil: Actor, stage: Stage, port: Port) -> None:
    """Another channel gets the same question; what is lacking there is said; one has to stay."""
    await begun(gil)
    (one,) = await kept(gil)
    there = stage.person("gil", admin=True, place="c4")
    port.missing["discord:g7/c4"] = LACKS
    await there.says("challenge")
    await there.presses("The others")
    await there.sends("challenge-pick", value=one.id)
    await there.presses("Channels")
    card = await there.presses("Add this channel")
    assert "also in this channel" in card.text
    assert all(sentence in card.text for sentence in LACKS)
    assert (await kept(gil))[0].places == (HERE, "discord:g7/c4")
    channel = Channel(stage.clock)
    stage.clock.at = TUESDAY
    await stage.clockwork({"discord": channel}).tick()
    first, second = channel.posts
    assert {first.target, second.target} == {HERE, "discord:g7/c4"}
    assert first.card == second.card
    remove = make("challenge-remove", one.id)
    card = await there.sends(remove, value=HERE)
    assert "No more dailies in #c3" in spoken(card.text)
    card = await there.sends(remove, value="discord:g7/c4")
    assert "That is its only channel" in card.text
    assert (await kept(gil))[0].places == ("discord:g7/c4",)


async def test_every_channel_is_asked_before_posting_at_once(
    gil: Actor, stage: Stage, port: Port
) -> None:
    """With several channels each lack is said with its channel, and nothing is posted anywhere."""
    await begun(gil)
    (one,) = await kept(gil)
    await set_places(stage, gil, replace(one, places=(HERE, "discord:g7/c4", "discord:g7/c5")))
    port.missing = {"discord:g7/c4": LACKS[:1], "discord:g7/c5": LACKS[1:]}
    card = await gil.presses("Post today's now")
    assert f"#c4: {LACKS[0]}" in spoken(card.text)
    assert f"#c5: {LACKS[1]}" in spoken(card.text)
    channel = Channel(stage.clock)
    await stage.clockwork({"discord": channel}).tick()
    assert channel.posts == []


async def test_lost_channels_are_shown_and_tried_again(
    gil: Actor, stage: Stage, port: Port
) -> None:
    """A channel that refused a post is named on the card; a press tries it again."""
    await begun(gil)
    (one,) = await kept(gil)
    await set_places(stage, gil, replace(one, places=(HERE, "discord:g7/c4"), lost=(HERE,)))
    card = await gil.says("challenge")
    assert "I could not post in this channel any more" in card.text
    await gil.presses("Channels")
    port.missing[HERE] = LACKS
    card = await gil.presses("Try the lost again")
    assert "I try again in this channel when the next one comes." in card.text
    assert LACKS[0] in card.text
    assert (await kept(gil))[0].lost == ()
    await set_places(stage, gil, replace(one, lost=(HERE,)))
    await gil.says("challenge")
    assert "None of its channels takes" in (await gil.presses("Post today's now")).text


async def test_the_log_reads_as_sentences(gil: Actor, stage: Stage) -> None:
    """Every channel that is tried again has its line, by its name; so has what was changed."""
    await begun(gil)
    (one,) = await kept(gil)
    both = (HERE, "discord:g7/c4")
    await set_places(stage, gil, replace(one, places=both, lost=both))
    await gil.says("challenge")
    await gil.presses("Channels")
    await gil.presses("Try the lost again")
    await gil.says("moderate")
    log = spoken((await gil.presses("Log")).text)
    for line in (
        "Gil had #c3 tried again",
        "Gil had #c4 tried again",
        "Gil began a daily: 09:00, UTC",
    ):
        assert line in log
    assert "discord:" not in log


async def set_places(stage: Stage, gil: Actor, one: Challenge) -> None:
    def saved(tx: Tx) -> Reply:
        tx.save_challenge(one)
        return Reply()

    await stage.store.run(gil.origin(), saved)


@pytest.mark.parametrize(
    ("zone", "unnamed"), [("UTC", True), ("Etc/UTC", True), ("Europe/London", False)]
)
def test_a_server_that_runs_in_utc_names_no_zone(zone: str, unnamed: bool) -> None:
    """What most servers are set to tells nothing of where people are."""
    assert keeping.unnamed(zone) is unnamed


@pytest.mark.parametrize("platform", ["discord", "slack", "terminal"])
def test_no_mark_is_left_on_a_card(platform: str) -> None:
    """What is bold is bold: no star of ours is shown as one."""
    for card in sampling.cards(reader(platform)).values():
        assert "**" not in spoken(card.text), card.view


@pytest.mark.parametrize(
    ("external", "discord", "slack", "words"),
    [
        ("discord:118", "<#118>", {"type": "text", "text": "#118"}, "#118"),
        ("slack:T1/C2", "\\#C2", {"type": "channel", "channel_id": "C2"}, "#C2"),
        ("terminal:here", "\\#here", {"type": "text", "text": "#here"}, "#here"),
        ("discord:1><@2", "\\#1>\\<\\@2", {"type": "text", "text": "#1><@2"}, "#1><@2"),
    ],
)
def test_a_channel_is_shown_by_its_name(
    external: str, discord: str, slack: dict[str, str], words: str
) -> None:
    """A platform shows its own channel as its name; nothing else becomes live by it."""
    text = place(external)
    assert markdown.fitted(text, 100) == discord
    assert slack_render.text(text)[0]["elements"][0]["elements"] == [slack]
    assert spoken(text) == words


def test_nobody_types_a_channel() -> None:
    """What people type, cleaned or only escaped, has no channel in it."""
    assert spoken(clean(place("discord:118"))) == "discord:118"
    shown = blocks(plain(place("discord:118")))
    assert [span.kind for one in shown if isinstance(one, Prose) for span in one.spans] == ["plain"]


def test_a_channel_that_does_not_fit_is_left_out_whole() -> None:
    """Where a message is cut no half of a channel's name is left."""
    long = "x" * 400 + place("slack:T1/C2345678")
    for room in range(440, 600):
        kept = slack_render.text(long, room)
        elements = kept[0]["elements"][0]["elements"] if kept else []
        assert {"type": "channel", "channel_id": "C2345678"} in elements or len(elements) <= 1
