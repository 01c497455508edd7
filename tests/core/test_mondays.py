"""Looks back on a week: when they are due whatever happens to zones, and who gets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.chat.events import Origin
from bot.chat.posts import Refused
from bot.chat.text import place
from bot.chat.tokens import make
from bot.store.protocol import Tx
from tests.core.challenging import LACKS, Port
from tests.core.moderating import acts, seen
from tests.stage import Actor, Channel, Stage

ANSWER = "Both succeed"


@pytest.fixture
async def stage(url: str, guarded: None) -> AsyncIterator[Stage]:
    """A stage whose communities begin in Tokyo."""
    one = Stage(url, zone="Asia/Tokyo")
    yield one
    await one.close()


@pytest.fixture
def admin(stage: Stage) -> Actor:
    return stage.person("gil", admin=True)


async def right(stage: Stage, name: str) -> None:
    person = stage.person(name)
    await person.says("type:single 1")
    await person.presses(person.letter(ANSWER))


async def moves(admin: Actor, zone: str) -> None:
    """Change the community's zone."""
    await admin.says("community")
    form = await admin.form("Change days")
    await admin.sends(form.token, zone=zone, rest=())


async def winners(admin: Actor) -> None:
    await admin.says("community")
    await admin.presses("Winners here")


async def test_a_zone_moved_west_announces_the_week_once_it_is_over(
    admin: Actor, stage: Stage
) -> None:
    """Nothing comes before Sunday is over there, then once and with what its last hours brought."""
    await winners(admin)
    await moves(admin, "los angeles")
    await right(stage, "ada")
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    stage.clock.at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)  # Monday 09:30 in Tokyo
    await work.tick()
    assert channel.posts == []
    stage.clock.at = datetime(2026, 11, 30, 3, tzinfo=UTC)  # Sunday evening in Los Angeles
    await right(stage, "ben")
    for hour in (17, 18):  # from Monday 09:00 there
        stage.clock.at = datetime(2026, 11, 30, hour, 30, tzinfo=UTC)
        await work.tick()
    (post,) = channel.posts
    assert post.dedupe.endswith(".w2026-48")
    assert "Ada" in post.card.text
    assert "Ben" in post.card.text


async def test_a_zone_moved_east_loses_no_week(admin: Actor, stage: Stage) -> None:
    """Where the new zone's Monday has come already, the week is announced at once."""
    await moves(admin, "los angeles")
    await winners(admin)
    await right(stage, "ada")
    channel = Channel(stage.clock)
    work = stage.clockwork({"discord": channel})
    stage.clock.at = datetime(2026, 11, 23, 17, tzinfo=UTC)  # of the week before nobody has points
    await work.tick()
    stage.clock.at = datetime(2026, 11, 30, 3, tzinfo=UTC)  # Sunday 19:00, Tokyo's Monday noon
    await moves(admin, "tokyo")
    await work.tick()
    assert len(channel.posts) == 1
    await moves(admin, "los angeles")
    stage.clock.at = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
    await work.tick()
    assert [post.card.title for post in channel.posts] == ["Best of the week 23 Nov to 29 Nov"]


async def test_quiet_hours_move_what_waits(admin: Actor, stage: Stage) -> None:
    """Quiet hours chosen after the winners hold for the next Monday already."""
    await winners(admin)
    form = await admin.form("Change games")
    await admin.sends(form.token, starters="anybody", quiet="08:00-11:00", youngest="0")
    assert await stage.store.next_due() == datetime(2026, 11, 30, 2, tzinfo=UTC)  # 11:00 there


async def test_what_is_switched_off_leaves_no_row(admin: Actor, stage: Stage) -> None:
    """A row whose look back nobody wants any more is gone once it was due."""
    await winners(admin)

    def off(tx: Tx) -> None:
        rules = replace(tx.community.rules, winners="")
        tx.save_community(replace(tx.community, rules=rules))

    await acts(admin, off)
    stage.clock.forward(days=7)
    await stage.clockwork({"discord": Channel(stage.clock)}).tick()
    assert await stage.store.next_due() is None


async def test_winners_here_says_what_is_lacking(admin: Actor, stage: Stage) -> None:
    """What would keep the winners from being posted is said before Monday."""
    port = stage.rights["discord"] = Port()
    port.missing = {"discord:g7/c3": LACKS}
    await admin.says("community")
    card = await admin.presses("Winners here")
    assert "What I lack before I can post:" in card.text
    assert LACKS[0] in card.text
    assert "A week's best three are announced on Monday" in card.text


async def test_refused_winners_are_told_once(admin: Actor, stage: Stage) -> None:
    """A channel that takes nothing is given up, and who chose it learns why by direct message."""
    await winners(admin)
    await right(stage, "ada")
    channel = Channel(stage.clock, Refused("I cannot see the channel", gone=True))
    work = stage.clockwork({"discord": channel})
    for _ in range(3):
        stage.clock.at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
        await work.tick()
        stage.clock.forward(days=7)
        await work.tick()
    (post,) = channel.posts
    assert (post.where, post.target, post.card.view) == (
        "direct",
        "discord:gil",
        "leaderboard-refused",
    )
    assert "I cannot see the channel" in post.card.text
    assert "Nobody is told who won a week" in (await admin.says("community")).text


class Direct(Actor):
    """Somebody in a direct conversation that knows its community."""

    def origin(self, key: str = "") -> Origin:
        """As anywhere, but private."""
        return replace(super().origin(key), private=True)


@pytest.mark.parametrize(
    "token",
    [make("community-winners"), make("community-here"), make("community-same")],
)
async def test_a_direct_conversation_is_no_channel(stage: Stage, token: str) -> None:
    """On Slack it knows its community: what is a channel's is refused there in words."""
    admin = Direct(stage, "gil", "discord:g7", admin=True, place="dm-gil")
    card = await admin.sends(token)
    assert card.text == "Type that in the channel it is about."
    rules = await seen(stage.person("gil", admin=True), lambda tx: tx.community.rules)
    assert rules.winners == ""
    form = make("community-set-here", "games", form=True)
    card = await admin.sends(form, starters="admins", quiet="")
    assert card.text == "Type that in the channel it is about."


async def test_the_digest_goes_to_who_is_an_admin_by_then(stage: Stage) -> None:
    """Who is no admin any more gets none, whatever they asked for once."""
    port = stage.rights["discord"] = Port("discord:gil", "discord:zoe")
    for name in ("gil", "zoe"):
        person = stage.person(name)
        await person.says("community")
        await person.presses("Digest for me")
    port.admins = ("discord:zoe",)
    channel = Channel(stage.clock)
    stage.clock.at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    work = stage.clockwork({"discord": channel})
    await work.tick()
    await work.tick()
    assert [post.target for post in channel.posts] == ["discord:zoe"]


async def test_the_digest_waits_for_a_platform_that_does_not_answer(stage: Stage) -> None:
    """A look-up that fails makes nobody lose the digest: it is asked again."""
    port = stage.rights["discord"] = Port("discord:gil")
    gil = stage.person("gil")
    await gil.says("community")
    await gil.presses("Digest for me")
    channel = Channel(stage.clock)
    stage.clock.at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    work = stage.clockwork({"discord": channel})
    port.silent = True
    await work.tick()
    stage.clock.forward(seconds=2)
    await work.tick()
    assert channel.posts == []
    assert "Try again in a minute" in (await gil.says("community")).text
    port.silent = False
    stage.clock.forward(seconds=4)
    await work.tick()
    assert [post.target for post in channel.posts] == ["discord:gil"]


async def test_the_log_names_channel_and_values(admin: Actor) -> None:
    """What was changed can be read from the log alone: where, and what holds now."""
    await admin.says("community")
    await admin.presses("This channel")
    form = await admin.form("Change games")
    await admin.sends(form.token, starters="admins", quiet="22:00-07:00")
    await winners(admin)
    await admin.says("moderate")
    card = await admin.presses("Log")
    here = place("discord:g7/c3")
    assert f"Gil had each week's winners announced in {here}\n" in card.text
    assert f"Gil changed who may start games in {here}, and when: Only admins" in card.text
    assert "; Quiet from 22:00 to 07:00" in card.text
