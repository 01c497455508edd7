"""What is remembered for a while, as a hint: the newest entries of a bounded number."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The newest entries; the oldest goes when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, T] = OrderedDict()

    def get(self, key: str) -> T | None:
        """The entry of this key, None if it is gone."""
        return self._held.get(key)

    def put(self, key: str, value: T) -> None:
        """Remember it as the newest."""
        self._held[key] = value
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def drop(self, key: str) -> None:
        """Forget it."""
        self._held.pop(key, None)
