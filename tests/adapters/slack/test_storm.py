"""Storms of 429: everything arrives, once, in order, and nothing is asked too early."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.calls import Calls, connected
from adapters.slack.people import People
from adapters.slack.post import Poster
from bot.due import Clockwork
from storage import open_store
from tests.adapters.slack.storm import Clock, bot, put, storm
from tests.adapters.slack.wire import Refusal, listening


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_storm_of_429(tmp_path: Path, seed: int) -> None:
    """
    100 posts to 8 channels a seed; `python -m tests.adapters.slack.storm` sends 1,000 to 40.
    """
    report = await storm(100, 8, seed, tmp_path)

    assert (report.delivered, report.missing, report.twice, report.disordered) == (100, 0, 0, 0)
    assert (report.early, report.crowded) == (0, 0)
    assert report.limited > 0
    assert report.dropped > 0


@pytest.mark.parametrize(("readable", "shown"), [(True, 1), (False, 2)])
async def test_a_connection_that_drops_after_slack_took_the_post(
    tmp_path: Path, *, readable: bool, shown: int
) -> None:
    """
    A new process, told by the outbox that it is not the first, finds the post by its metadata.

    Without the optional right to read the channel it cannot look, and sends it again.
    """
    clock = Clock()
    async with listening() as wire, connected("xoxb-canary", f"{wire.url}/api/") as client:
        wire.refuse["chat.postMessage"] = [Refusal(taken=True)]
        wire.member_of.add("C0")
        wire.scopes -= set() if readable else {"channels:history"}
        for _ in range(2):
            url = f"sqlite:///{tmp_path / 'outbox.sqlite'}"
            store = open_store(url, clock=clock, ids=lambda: "id", zone="UTC")
            calls = Calls(client, clock)
            work = Clockwork(store, {}, {}, {"slack": Poster(calls, People(calls), ())}, clock)
            await store.run(bot(), lambda tx: put(tx, 1, 1))
            await work.deliver("slack")
            waits = await work.next() is not None
            await store.close()
            clock.at += timedelta(minutes=1)

        assert not waits
        assert len(wire.shown) == shown
        assert len(wire.calls("conversations.history")) == 1
