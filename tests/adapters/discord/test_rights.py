"""What the bot may do in a channel: the computation, and what it says at the wire."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord.rights import (
    ADMINISTRATOR,
    EVERYTHING,
    HISTORY,
    IN_THREADS,
    LACKS,
    SEND,
    SERVERS_ONLY,
    THREADS,
    UNANSWERED,
    UNKNOWN,
    UNSEEN,
    VIEW,
    Channel,
    Membership,
    Overwrite,
    Rights,
    Role,
    lacking,
    permissions,
)
from bot.chat.events import Origin
from bot.chat.rights import OPTIONAL
from tests.adapters.discord.drill import door
from tests.adapters.discord.wire import APPLICATION, OWNER, Json, Refusal, Wire
from tests.drivers.discord import DiscordDriver, driving

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
GUILD, ME, BOTS, CREW = "700", "99", "701", "702"
ALL = VIEW | SEND | HISTORY | THREADS | IN_THREADS
MANAGE_GUILD = 1 << 5
ROLE, MEMBER = 0, 1


def _channel(*overwrites: tuple[str, int, int, int]) -> Channel:
    several = (Overwrite(one, kind, str(allow), str(deny)) for one, kind, allow, deny in overwrites)
    return Channel(0, GUILD, tuple(several))


def _roles(**bits: int) -> tuple[Role, ...]:
    ids = {"everyone": GUILD, "bots": BOTS, "crew": CREW}
    return tuple(Role(ids[name], str(held)) for name, held in bits.items())


@pytest.mark.parametrize(
    ("roles", "own", "overwrites", "held"),
    [
        ({"everyone": ALL}, (), (), ALL),
        ({"everyone": VIEW, "bots": SEND}, (BOTS,), (), VIEW | SEND),
        ({"everyone": VIEW, "bots": SEND}, (), (), VIEW),
        ({"everyone": 0, "bots": ADMINISTRATOR}, (BOTS,), ((GUILD, ROLE, 0, ALL),), EVERYTHING),
        ({"everyone": ADMINISTRATOR}, (), ((ME, MEMBER, 0, ALL),), EVERYTHING),
        ({"everyone": ALL}, (), ((GUILD, ROLE, 0, SEND),), ALL & ~SEND),
        ({"everyone": ALL}, (BOTS,), ((GUILD, ROLE, 0, SEND), (BOTS, ROLE, SEND, 0)), ALL),
        ({"everyone": ALL}, (BOTS,), ((BOTS, ROLE, SEND, 0), (GUILD, ROLE, 0, SEND)), ALL),
        ({"everyone": ALL}, (), ((BOTS, ROLE, 0, SEND),), ALL),
        (
            {"everyone": ALL},
            (BOTS, CREW),
            ((BOTS, ROLE, SEND, 0), (CREW, ROLE, 0, SEND)),
            ALL,
        ),
        (
            {"everyone": ALL},
            (BOTS, CREW),
            ((CREW, ROLE, 0, SEND), (BOTS, ROLE, SEND, 0)),
            ALL,
        ),
        ({"everyone": ALL}, (BOTS,), ((BOTS, ROLE, 0, VIEW), (ME, MEMBER, VIEW, 0)), ALL),
        ({"everyone": ALL}, (BOTS,), ((BOTS, ROLE, VIEW, 0), (ME, MEMBER, 0, VIEW)), ALL & ~VIEW),
        ({"everyone": ALL}, (), (("41", MEMBER, 0, ALL),), ALL),
        ({"everyone": ALL}, (), ((ME, MEMBER, VIEW, VIEW),), ALL),
    ],
    ids=[
        "everyone",
        "a role adds",
        "another's role",
        "administrator",
        "everyone administrator",
        "denied to everyone",
        "allowed to a role again",
        "in whatever order",
        "another's overwrite",
        "one role allows, one denies",
        "the other way round",
        "the member wins over the role",
        "also in denying",
        "another member",
        "allowed wins over denied",
    ],
)
def test_the_table(
    roles: dict[str, int],
    own: tuple[str, ...],
    overwrites: tuple[tuple[str, int, int, int], ...],
    held: int,
) -> None:
    """
    Roles add up, administrators pass, and a channel's overwrites hold in Discord's order.
    """
    found = permissions(_channel(*overwrites), _roles(**roles), own, ME)

    assert found == held


def _documented(
    roles: dict[str, int], own: list[str], overwrites: dict[str, tuple[int, int]]
) -> int:
    """`compute_base_permissions` and `compute_overwrites` of topics/permissions, word for word."""
    base = roles[GUILD]
    for role in own:
        base |= roles[role]
    if base & ADMINISTRATOR == ADMINISTRATOR:
        return EVERYTHING
    held = base
    if GUILD in overwrites:
        allow, deny = overwrites[GUILD]
        held &= ~deny
        held |= allow
    allow = deny = 0
    for role in own:
        if role in overwrites:
            allow |= overwrites[role][0]
            deny |= overwrites[role][1]
    held &= ~deny
    held |= allow
    if ME in overwrites:
        allow, deny = overwrites[ME]
        held &= ~deny
        held |= allow
    return held


def test_as_documented() -> None:
    """
    Two thousand random servers come out as by the algorithm in Discord's documentation.
    """
    rng = random.Random(7)
    bits = (VIEW, SEND, HISTORY, THREADS, IN_THREADS)

    def draw() -> int:
        return sum(bit for bit in bits if rng.random() < 0.3)

    admins = 0
    for _ in range(2000):
        ids = [GUILD, "701", "702", "703", "704"]
        roles = {one: draw() | ADMINISTRATOR * (rng.random() < 0.02) for one in ids}
        own = rng.sample(ids[1:], rng.randrange(4))
        named = [one for one in (*ids, ME, "41") if rng.random() < 0.6]
        rng.shuffle(named)
        overwrites = {one: (draw(), draw()) for one in named}
        several = [
            (one, MEMBER if one in (ME, "41") else ROLE, *both) for one, both in overwrites.items()
        ]
        known = tuple(Role(one, str(held)) for one, held in roles.items())
        wanted = _documented(roles, own, overwrites)
        admins += wanted == EVERYTHING
        assert permissions(_channel(*several), known, own, ME) == wanted
    assert admins > 50


def test_every_lack_at_once() -> None:
    """
    Each missing permission is a sentence that says what to do; a time-out is one more.
    """
    nothing = lacking(_channel(), _roles(everyone=0), Membership(), ME, NOW)
    no_threads = lacking(_channel(), _roles(everyone=VIEW | SEND | HISTORY), Membership(), ME, NOW)
    quiet = Membership(communication_disabled_until=NOW + timedelta(hours=1))
    over = Membership(communication_disabled_until=NOW)

    assert nothing == tuple(sentence for _, sentence in LACKS)
    assert [line.rpartition(": ")[2] for line in no_threads] == [
        "allow Create Public Threads.",
        "allow Send Messages in Threads.",
    ]
    [silenced] = lacking(_channel(), _roles(everyone=ALL), quiet, ME, NOW)
    assert silenced.startswith("I am timed out in this server until 25 Nov 10:00 UTC.")
    assert lacking(_channel(), _roles(everyone=ALL), over, ME, NOW) == ()
    assert lacking(_channel(), _roles(everyone=ADMINISTRATOR), quiet, ME, NOW) == ()


class Now:
    """A clock that stands until it is moved."""

    at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
async def driver() -> AsyncIterator[DiscordDriver]:
    async with driving(door()) as opened:
        opened.wire.places["300"] = _place(0)
        opened.wire.roles = [{"id": GUILD, "name": "@everyone", "permissions": str(ALL)}]
        opened.wire.member = {"roles": [], "communication_disabled_until": None, "flags": 0}
        yield opened


@pytest.fixture
def rights(driver: DiscordDriver, now: Now) -> Rights:
    return driver.client.rights(now)


def _place(kind: int, **more: object) -> Json:
    return {"id": "300", "type": kind, "guild_id": GUILD, "permission_overwrites": []} | more


async def test_nothing_is_lacking(rights: Rights, wire: Wire, now: Now) -> None:
    """
    The bot asks as itself, and believes for five minutes that all is well.
    """
    begun = len(wire.requests)
    assert await rights.lacks("discord:300") == ()
    assert wire.lines()[begun:] == [
        "GET /channels/300",
        f"GET /guilds/{GUILD}/roles",
        f"GET /guilds/{GUILD}/members/{APPLICATION}",
    ]
    now.at += timedelta(minutes=4)
    wire.roles[0]["permissions"] = "0"
    assert await rights.lacks("discord:300") == ()
    now.at += timedelta(minutes=1)
    assert len(await rights.lacks("discord:300")) == 5


async def test_what_is_mended_is_seen_at_once(rights: Rights, wire: Wire) -> None:
    """
    Who has just given a permission need not wait until it is believed.
    """
    deny = [{"id": APPLICATION, "type": 1, "allow": "0", "deny": str(THREADS)}]
    wire.places["300"] = _place(5, permission_overwrites=deny)
    [lack] = await rights.lacks("discord:300")
    wire.places["300"] = _place(5)

    assert "allow Create Public Threads" in lack
    assert await rights.lacks("discord:300") == ()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (2, "voice channel"),
        (4, "category"),
        (11, "thread: choose the channel it hangs on"),
        (12, "thread"),
        (13, "stage channel"),
        (15, "forum"),
        (16, "media channel"),
        (99, "something else"),
    ],
)
async def test_places_without_a_daily(rights: Rights, wire: Wire, kind: int, words: str) -> None:
    """
    A place in which a daily cannot run is named.
    """
    wire.places["300"] = _place(kind)
    [lack] = await rights.lacks("discord:300")

    assert lack.startswith("A daily needs a text channel; this is ")
    assert words in lack


@pytest.mark.parametrize(
    ("place", "refusal", "words"),
    [
        ("discord:301", None, UNKNOWN),
        ("discord:x", None, UNKNOWN),
        ("slack:T1/C1", None, UNKNOWN),
        ("discord:300", Refusal(403, 50001), UNSEEN),
        ("discord:300", Refusal(404, 10004), UNSEEN),
        ("discord:300", Refusal(503, 0), UNANSWERED),
        ("discord:300", Refusal(429, 0, **{"Retry-After": "11"}), UNANSWERED),
    ],
    ids=["unknown", "no number", "slack", "unseen", "no server", "down", "limited"],
)
async def test_what_cannot_be_known(
    rights: Rights, wire: Wire, place: str, refusal: Refusal | None, words: str
) -> None:
    """
    A channel that is gone or hidden, and a Discord that does not answer, are told in a sentence.
    """
    wire.refuse["GET /channels/300"] = [refusal] if refusal else []
    assert await rights.lacks(place) == (words,)


async def test_odd_answers(rights: Rights, wire: Wire) -> None:
    """
    A direct conversation has no daily, and what cannot be read is no answer.
    """
    wire.places["300"] = {"id": "300", "type": 1, "recipients": []}
    assert await rights.lacks("discord:300") == (SERVERS_ONLY,)
    wire.places["300"] = {"id": "300", "type": "text"}
    assert await rights.lacks("discord:300") == (UNANSWERED,)


async def test_a_short_limit_is_sat_out(rights: Rights, wire: Wire) -> None:
    """
    A rate limit of an instant costs nothing but the wait.
    """
    wire.refuse["GET /channels/300"] = [Refusal(429, 0, **{"Retry-After": "0.05"})]
    assert await rights.lacks("discord:300") == ()


def test_history_is_optional() -> None:
    """
    Without the history a daily is posted all the same: the sentence says what it is good for.
    """
    [only] = lacking(_channel(), _roles(everyone=ALL & ~HISTORY), Membership(), ME, NOW)
    others = [sentence for bit, sentence in LACKS if bit != HISTORY]

    assert only.startswith(OPTIONAL)
    assert "needed so that a daily is never shown twice after an outage" in only
    assert not any(one.startswith(OPTIONAL) for one in others)


def _whose(person: str = "discord:41", said: bool | None = None, guild: str = GUILD) -> Origin:
    community = f"discord:{guild}" if guild else ""
    return Origin(person=person, place="", community=community, at=NOW, key="", admin=said)


@pytest.mark.parametrize("said", [True, False])
async def test_the_payload_is_believed(rights: Rights, wire: Wire, said: bool) -> None:
    """
    What the payload says of its presser is not asked again.
    """
    begun = len(wire.requests)

    assert await rights.admin(_whose(said=said)) is said
    assert len(wire.requests) == begun


@pytest.mark.parametrize(
    ("person", "roles", "bits", "admin"),
    [
        ("41", [BOTS], MANAGE_GUILD, True),
        ("41", [BOTS], ADMINISTRATOR, True),
        ("41", [BOTS], ALL, False),
        ("41", [], MANAGE_GUILD, False),
        ("42", [BOTS], MANAGE_GUILD, False),
        (OWNER, [], 0, True),
    ],
    ids=["manages", "administrator", "no right", "another's role", "no member", "owner"],
)
async def test_who_has_pressed_nothing_is_looked_up(
    rights: Rights, wire: Wire, person: str, roles: list[str], bits: int, admin: bool
) -> None:
    """
    An admin is who owns the server, or has a role that may manage it; who has left is none.
    """
    wire.roles.append({"id": BOTS, "permissions": str(bits)})
    wire.members["41"] = {"roles": roles, "user": {"id": "41"}}

    assert await rights.admin(_whose(f"discord:{person}")) is admin


async def test_everybody_may_manage(rights: Rights, wire: Wire) -> None:
    """
    The role that everybody has counts as well.
    """
    wire.roles[0]["permissions"] = str(MANAGE_GUILD)
    wire.members["41"] = {"roles": []}

    assert await rights.admin(_whose())


async def test_an_admin_is_believed_for_five_minutes(rights: Rights, wire: Wire, now: Now) -> None:
    """
    Who is an admin and who is none is asked every five minutes.
    """
    wire.members |= {"41": {"roles": [BOTS]}, "42": {"roles": []}}
    wire.roles.append({"id": BOTS, "permissions": str(MANAGE_GUILD)})
    assert [await rights.admin(_whose(f"discord:{one}")) for one in (41, 42)] == [True, False]
    wire.members = {"41": {"roles": []}, "42": {"roles": [BOTS]}}
    now.at += timedelta(minutes=4)
    asked = len(wire.requests)
    assert [await rights.admin(_whose(f"discord:{one}")) for one in (41, 42)] == [True, False]
    assert len(wire.requests) == asked
    now.at += timedelta(minutes=1)

    assert [await rights.admin(_whose(f"discord:{one}")) for one in (41, 42)] == [False, True]


@pytest.mark.parametrize(
    ("refusal", "admin"),
    [
        (Refusal(403, 50001), None),
        (Refusal(404, 10004), False),
        (Refusal(429, 0, **{"Retry-After": "11"}), None),
    ],
    ids=["no member ourselves", "no server", "limited"],
)
async def test_no_answer_is_no_right(
    rights: Rights, wire: Wire, refusal: Refusal, *, admin: bool | None
) -> None:
    """
    Where Discord does not say it nobody is an admin, and nobody is taken for none.
    """
    wire.members["41"] = {"roles": []}
    wire.roles[0]["permissions"] = str(ADMINISTRATOR)
    wire.refuse[f"GET /guilds/{GUILD}"] = [refusal]

    assert await rights.admin(_whose()) is admin


async def test_a_failure_is_not_kept(rights: Rights, wire: Wire) -> None:
    """
    Who could not be looked up is looked up again.
    """
    wire.members["41"] = {"roles": "odd"}
    wire.roles[0]["permissions"] = str(ADMINISTRATOR)
    assert await rights.admin(_whose()) is None
    wire.members["41"] = {"roles": []}

    assert await rights.admin(_whose())


@pytest.mark.parametrize(
    "whose", [_whose("slack:T1/U1"), _whose(guild=""), _whose("discord:x"), _whose("")]
)
async def test_nobody_to_ask_for(rights: Rights, wire: Wire, whose: Origin) -> None:
    """
    Outside of a server, or of Discord, nobody is an admin, and nobody is asked.
    """
    begun = len(wire.requests)

    assert not await rights.admin(whose)
    assert len(wire.requests) == begun
