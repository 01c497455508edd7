"""What Discord sends, read tolerantly: real payloads, odd ones and five hundred mutations."""

from __future__ import annotations

import asyncio
import copy
import logging
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.discord.arrivals import EPOCH, read
from tests.adapters.discord import payloads
from tests.adapters.discord.drill import door
from tests.adapters.discord.wire import EPHEMERAL, Json, Posted, Talk
from tests.drivers.discord import driving

ANN = payloads.user("41", "ann")
MESSAGE = Posted("900", "300", {"components": [], "flags": 0})
QUIZ = {"id": "7", "name": "quiz", "type": 1}


def _in_server(kind: int, data: Json, **more: Any) -> Json:
    return payloads.interaction(kind, data, **payloads.in_server(ANN), **more)


def test_installed_by_one_person_alone() -> None:
    """
    A server that has not installed the bot is no community, and nobody is its admin.
    """
    payload = _in_server(2, QUIZ) | {"authorizing_integration_owners": {"1": "41"}}
    arrival = read(payload)

    assert arrival
    assert (arrival.origin.community, arrival.origin.admin) == ("", None)
    assert (arrival.origin.private, arrival.direct) == (False, False)
    assert arrival.origin.place == "discord:300"


def test_names_and_permissions() -> None:
    """
    The nick wins over the shown name, that over the user name; permissions may be missing.
    """
    payload = _in_server(2, QUIZ)
    payload["member"] |= {"nick": "Annie", "permissions": None}
    annie = read(payload)
    payload["member"] |= {"nick": None, "user": ANN | {"global_name": "Ann B."}}
    shown = read(payload)

    assert annie
    assert shown
    assert [annie.origin.name, shown.origin.name] == ["Annie", "Ann B."]
    assert annie.origin.admin is None


def test_how_old_the_account_is() -> None:
    """
    The person's own id says when Discord made the account.
    """
    made = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    number = (made - EPOCH) // timedelta(milliseconds=1) << 22
    payload = _in_server(2, QUIZ)
    payload["member"]["user"] = payloads.user(str(number + 77), "cem")
    arrival = read(payload)

    assert arrival
    assert arrival.origin.since == made


def test_what_may_be_changed() -> None:
    """
    A message is its presser's own if only they see it or it stands in their direct messages.
    """
    data, more = payloads.press("next", MESSAGE)
    public = read(_in_server(3, data, **more))
    more["message"]["flags"] = EPHEMERAL
    private = read(_in_server(3, data, **more))
    more["message"]["flags"] = None
    direct = read(payloads.interaction(3, data, **payloads.in_direct(ANN), **more))
    group = read(payloads.interaction(3, data, **payloads.in_direct(ANN), **more) | {"context": 2})

    assert [one and one.own for one in (public, private, direct, group)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("payload", [{"type": 1}, {"type": 99}])
def test_not_for_us(payload: Json) -> None:
    """
    A ping and kinds that are yet to come are nothing.
    """
    assert read(_in_server(2, QUIZ) | payload) is None


@pytest.mark.parametrize(
    "broken",
    [
        None,
        5,
        [],
        {},
        {"type": 3},
        {"id": "x"},
        {"id": "1" * 30},
        {"token": ""},
        {"member": None, "user": None},
        {"channel": None, "channel_id": None},
        {"data": []},
    ],
)
def test_unreadable(broken: Any) -> None:
    """
    What is not an interaction is a ValueError, not anything else.
    """
    payload = _in_server(2, QUIZ) | broken if broken and isinstance(broken, dict) else broken
    if broken == {"type": 3}:
        payload = broken
    with pytest.raises(ValueError, match=r"."):
        read(payload)


def _seeds() -> list[Json]:
    button, shown = payloads.press("pick:41:B", MESSAGE)
    menu, _ = payloads.press("period", MESSAGE, ("all",))
    opener, _ = payloads.press("!typed:41", MESSAGE)
    modal: Json = {
        "custom_id": "!typed:41",
        "components": [
            {"type": 10},
            {"type": 18, "component": {"type": 4, "custom_id": "answer"}},
            {"type": 18, "component": {"type": 3, "custom_id": "sure"}},
        ],
    }
    form = payloads.form(modal, {"answer": "HEAD", "sure": ("yes",)})
    words = {"name": "words", "type": 3, "value": "databases"}
    leaf = {"name": "challenge", "type": 1, "options": [{"name": "role", "type": 8, "value": "6"}]}
    return [
        _in_server(2, QUIZ | {"options": [words]}),
        _in_server(2, {"id": "8", "name": "sparring", "type": 1, "options": [leaf]}),
        _in_server(4, QUIZ | {"options": [words | {"focused": True}]}),
        _in_server(3, button, **shown),
        _in_server(3, menu, **shown),
        _in_server(3, opener, **shown),
        _in_server(5, form, **shown),
        payloads.interaction(3, button, **payloads.in_direct(ANN), **shown),
    ]


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(inside):
        yield value, key
        if isinstance(one, dict | list):
            yield from _spots(one)


def _deep() -> Any:
    deep: Any = {"custom_id": "x"}
    for _ in range(3000):
        deep = {"components": [deep], "component": deep, "options": [deep], "name": "x"}
    return deep


def _mutated(seed: int) -> Json:
    rng = random.Random(seed)
    payload = copy.deepcopy(rng.choice(_seeds())) | {"token": f"token-{seed}"}
    for _ in range(rng.choice((1, 1, 2, 4))):
        holder, key = rng.choice(list(_spots(payload)))
        change = rng.randrange(12)
        if change < 3 and isinstance(holder, dict):
            del holder[key]
        elif change == 3 and isinstance(holder, dict):
            holder["unknown"] = {"field": [1, None]}
        elif change == 4:
            holder[key] = [holder[key]]
        else:
            holder[key] = rng.choice(
                (
                    None,
                    True,
                    0,
                    -1,
                    2**70,
                    1.5,
                    "",
                    "x",
                    "9" * 25,
                    "\x00\ud800",
                    "x" * 100_000,
                    [],
                    {},
                    [None],
                    {"id": None},
                    "/quiz",
                    "!" * 101,
                    _deep() if seed % 50 == 0 else [[]],
                )
            )
    return payload


async def test_five_hundred_mutations(caplog: pytest.LogCaptureFixture) -> None:
    """
    Whatever is missing, null, of another type, huge or deep: nothing is raised, and the bot lives.
    """
    caplog.set_level(logging.INFO, "sparring.discord")
    unhandled: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    async with driving(door()) as driver:
        for seed in range(500):
            payload = _mutated(seed)
            talk = Talk(str(seed), "41", "300", driver.wire.now, MESSAGE)
            driver.wire.talks[str(payload.get("token"))] = talk
            driver.client._connection.parse_interaction_create(payload)  # type: ignore[arg-type]
            driver.client._connection.parse_message_create(_mutated(seed))  # type: ignore[arg-type]
            if seed % 50 == 0:
                await driver.settle()
        await driver.settle()
        assert (await driver.command("ann", "quiz")).title == "2 of 5 · The reflog · mid"

    assert unhandled == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    said = [record.getMessage() for record in caplog.records if record.name == "sparring.discord"]
    assert sum("could not be read" in line for line in said) > 100
    assert sum(talk.answered > 0 for talk in driver.wire.talks.values()) > 200


async def test_ten_megabytes() -> None:
    """
    A press and a form of ten megabytes are answered like others.
    """
    async with driving(door()) as driver:
        data = {"id": "7", "name": "review", "type": 1}
        huge = data | {"options": [{"name": "words", "type": 3, "value": "x" * 10_000_000}]}
        await driver.send("ann", payloads.COMMAND, huge)
        talk = await driver.send("ann", payloads.COMMAND, huge | {"name": "y" * 10_000_000})

        assert talk.shown
