"""The ticker: looks every 30 s whatever was missed, learns every minute, sweeps every hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.calibrating import calibrate
from bot.due import Alarm, Clockwork
from bot.store.protocol import Store

TICK = timedelta(seconds=30)


def start(store: Store, work: Clockwork, alarm: Alarm) -> Callable[[], None]:
    """Begin to tick; gives what stops it.

    Exact times are the alarm's, which whoever writes due work rings: this is the safety net.
    """
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - 50 ms

    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
    scheduler.add_job(alarm.ring, "interval", seconds=TICK.total_seconds())
    scheduler.add_job(calibrate, "interval", minutes=1, args=(store,))
    scheduler.add_job(work.sweep, "interval", hours=1)
    scheduler.start()
    store.watch(alarm.ring)
    return lambda: scheduler.shutdown(wait=False)
