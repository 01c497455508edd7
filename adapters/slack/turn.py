"""The acknowledgement of one event: given once, by its answer or by the clock."""

from __future__ import annotations

import asyncio
from typing import Any

Payload = dict[str, Any] | str


class Turn:
    """Holds what Slack is told; the first word counts."""

    def __init__(self) -> None:
        self.given: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()

    def give(self, payload: Payload) -> bool:
        """Acknowledge; False where that has been done."""
        if self.given.done():
            return False
        self.given.set_result(payload)
        return True

    async def wait(self, seconds: float) -> bool:
        """Wait for the acknowledgement; False if it is still to come."""
        await asyncio.wait({self.given}, timeout=seconds)
        return self.given.done()
