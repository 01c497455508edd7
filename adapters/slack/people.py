"""What is remembered of people between events, as a hint: their direct channel and profile."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from adapters.slack.arrivals import Arrival
from adapters.slack.calls import FAULTS, Calls
from adapters.slack.recent import Recent
from bot.chat.events import Origin

KEPT = 10_000  # people


class Profile(Struct, frozen=True):
    """What a person's profile proposes."""

    name: str = ""
    zone: str = ""
    locale: str = ""


class People:
    """Asks each thing once; forgetting it costs one more request."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._channels: Recent[str] = Recent(KEPT)
        self._profiles: Recent[Profile] = Recent(KEPT)

    async def direct(self, user: str, *, patient: bool = True) -> str:
        """The channel of the conversation between a person and the app. Raises FAULTS."""
        known = self._channels.get(user)
        if known is None:
            ask = self._calls.patient if patient else self._calls.once
            opened = await ask(self._calls.client.conversations_open, users=user)
            known = str(opened["channel"]["id"])
            self._channels.put(user, known)
        return known

    def introduced(self, arrival: Arrival) -> Origin:
        """The origin with what is known of the person."""
        known = self._profiles.get(arrival.user)
        if known is None:
            return arrival.origin
        return replace(
            arrival.origin,
            name=known.name or arrival.origin.name,
            named=bool(known.name),
            zone=known.zone,
            locale=known.locale or arrival.origin.locale,
        )

    def unknown(self, user: str) -> bool:
        """Whether a person's profile has not been asked for."""
        return bool(user) and self._profiles.get(user) is None

    async def learn(self, user: str) -> None:
        """Ask for a person's profile; a failure is remembered as an empty one."""
        self._profiles.put(user, Profile())
        try:
            answer = await self._calls.ask(
                self._calls.client.users_info, user=user, include_locale=True
            )
        except FAULTS:
            return
        found = answer.get("user") or {}
        profile = found.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or found.get("name")
        self._profiles.put(
            user,
            Profile(str(name or ""), str(found.get("tz") or ""), str(found.get("locale") or "")),
        )
