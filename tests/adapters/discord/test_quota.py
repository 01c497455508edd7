"""What Discord's answers close, and for how long."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from multidict import CIMultiDict

from adapters.discord.calls import IN_FLIGHT, WIDENED, Width, patiently
from adapters.discord.quota import A_SECOND, KEPT, Limited, Quota

HERE, THERE = "http://d/api/v10/channels/300/messages", "http://d/api/v10/channels/301/messages"
VIA = {"Via": "1.1 here"}


class Seconds:
    now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def quota(clock: Seconds) -> Quota:
    return Quota(clock)


def _wait(quota: Quota, method: str = "POST", url: str = HERE) -> tuple[float, bool]:
    try:
        quota.check(method, url)
    except Limited as limited:
        return round(limited.retry_after, 6), limited.everywhere
    return 0.0, False


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        (VIA, b'{"retry_after": 1.5, "global": false}', (1.5, False)),
        (VIA | {"retry-after": "3"}, b'{"retry_after": 2.2}', (3, False)),
        (VIA | {"RETRY-AFTER": "3"}, b"{}", (3, False)),
        (VIA | {"Retry-After": "7"}, b"no JSON", (7, False)),
        (VIA, b"{}", (5, False)),
        (VIA, b'{"retry_after": "soon"}', (5, False)),
        (VIA, b'{"retry_after": -1}', (5, False)),
        (VIA, b'{"retry_after": NaN}', (5, False)),
        (VIA, b'{"retry_after": 1e300}', (86400, False)),
        (VIA, b'{"retry_after": 0.01}', (0.1, False)),
        (VIA, b"[]", (5, False)),
        ({}, b'{"retry_after": 4}', (4, False)),
        (VIA, b'{"retry_after": 4, "global": true}', (4, True)),
        (VIA | {"x-ratelimit-scope": "global"}, b'{"retry_after": 4}', (4, True)),
        (VIA | {"X-RateLimit-Global": "True"}, b'{"retry_after": 4}', (4, True)),
        (VIA | {"X-RateLimit-Scope": "shared"}, b'{"retry_after": 4}', (4, False)),
        (VIA, b'{"code": 30046}', (60, False)),
        ({}, b'{"code": 30046}', (60, False)),
        ({"Retry-After": "9"}, b'{"code": 30046}', (9, False)),
        ({}, b'{"code": 0}', (600, True)),
        ({}, b"error code: 1015", (600, True)),
        ({"Retry-After": "900"}, b"<html>", (900, True)),
        ({"Via": ""}, b"{}", (600, True)),
    ],
)
def test_refusals(
    quota: Quota, headers: dict[str, str], body: bytes, wait: tuple[float, bool]
) -> None:
    """
    The longest time that is said holds, whatever its wording; what Discord did not say is a ban.
    """
    quota.hear("POST", HERE, 429, CIMultiDict(headers), body)

    assert _wait(quota) == wait
    assert _wait(quota, url=THERE) == (wait if wait[1] else (0.0, False))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2.5"}, 2.5),
        ({"x-ratelimit-remaining": "0", "X-RATELIMIT-RESET-AFTER": "2.5"}, 2.5),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "2.5"}, 0.0),
        ({"X-RateLimit-Remaining": "0"}, 0.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "x"}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_last_one_left(
    quota: Quota, clock: Seconds, headers: dict[str, str], wait: float
) -> None:
    """
    A success that leaves nothing closes its route until it is reset, and not longer.
    """
    quota.hear("POST", HERE, 200, CIMultiDict(headers))
    assert _wait(quota) == (wait, False)
    clock.now += wait
    assert _wait(quota) == (0.0, False)


def test_a_route_is_a_method_a_path_and_its_first_id(quota: Quota) -> None:
    """
    Edits of all messages of a channel are one route; another method or channel is another.
    """
    edits = HERE + "/1"
    quota.hear("PATCH", edits, 429, CIMultiDict(VIA), b'{"retry_after": 9}')

    assert _wait(quota, "PATCH", HERE + "/2?x=1") == (9, False)
    assert _wait(quota, "PATCH", THERE + "/1") == (0.0, False)
    assert _wait(quota, "POST", HERE) == (0.0, False)
    assert _wait(quota, "PATCH", "http://d/api/v10/channels/300") == (0.0, False)
    quota.hear("POST", "http://d/api/v10/users/@me/channels", 429, CIMultiDict(VIA), b"{}")
    assert _wait(quota, "POST", "http://d/api/v10/users/@me/channels") == (5, False)
    assert _wait(quota, "GET", "http://d/api/v10/gateway") == (0.0, False)


def test_a_shorter_time_opens_nothing(quota: Quota) -> None:
    """
    What is closed for long stays so, whatever a late answer says.
    """
    for seconds in (b"30", b"2"):
        quota.hear("POST", HERE, 429, CIMultiDict(VIA), b'{"retry_after": %s}' % seconds)
        said = b'{"retry_after": %s, "global": true}' % seconds
        quota.hear("POST", THERE, 429, CIMultiDict(VIA), said)

    assert _wait(quota) == (30, True)


def test_so_many_a_second(quota: Quota, clock: Seconds) -> None:
    """
    Past 45 requests within a second the others wait for its end.
    """
    for _ in range(A_SECOND):
        quota.take("POST", HERE)
    clock.now += 0.25
    with pytest.raises(Limited) as limited:
        quota.take("POST", THERE)
    assert (limited.value.retry_after, limited.value.everywhere) == (0.75, True)
    clock.now += 0.75
    quota.take("POST", THERE)


def test_nothing_is_kept_for_ever(quota: Quota, clock: Seconds) -> None:
    """
    Routes that are open again are forgotten.
    """
    for number in range(3 * KEPT):
        url = f"http://d/api/v10/channels/{number}/messages"
        quota.hear("POST", url, 429, CIMultiDict(VIA), b'{"retry_after": 1}')
        clock.now += 0.01

    assert len(quota._until) <= KEPT + 1


async def test_patience_has_an_end() -> None:
    """
    Short limits are sat out one after the other, until they are too much together.
    """
    waits = [0.02, 0.02, 0.5]
    called = []

    async def call() -> str:
        called.append(asyncio.get_running_loop().time())
        if waits:
            raise Limited(waits.pop(0))
        return "done"

    with pytest.raises(Limited) as limited:
        await patiently(call, 0.3)
    assert (limited.value.retry_after, len(called)) == (0.5, 3)
    assert called[-1] - called[0] >= 0.035
    assert await patiently(call, 0.3) == "done"


def test_the_trace_is_aiohttps(quota: Quota) -> None:
    """
    It listens to the end of every request.
    """
    trace = quota.trace()
    assert isinstance(trace, aiohttp.TraceConfig)
    assert len(trace.on_request_end) == 1


async def test_fewer_at_once_after_a_refusal_of_everything() -> None:
    """
    One goes ahead alone, and as it is answered more and more go with it, as many as before.
    """
    width, seen = Width(), []
    under_way = 0

    async def ask() -> None:
        nonlocal under_way
        async with width:
            under_way += 1
            seen.append(under_way)
            await asyncio.sleep(0)
            under_way -= 1
            width.widen()

    async with width:
        width.narrow()
        several = [asyncio.create_task(ask()) for _ in range(12 * WIDENED * IN_FLIGHT)]
        await asyncio.sleep(0)
        assert seen == []
        several[0].cancel()
    await asyncio.gather(*several, return_exceptions=True)

    assert set(seen[:WIDENED]) == {1}
    assert seen.index(2) < seen.index(IN_FLIGHT // 2) < seen.index(IN_FLIGHT)
    assert max(seen) == IN_FLIGHT
    assert len(seen) == len(several) - 1
