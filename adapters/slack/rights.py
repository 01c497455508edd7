"""What Slack is asked about rights: who is an admin, and what we may not do in a channel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from slack_sdk.errors import SlackApiError

from adapters.slack import manifest, words
from adapters.slack.calls import FAULTS, Calls, fault
from adapters.slack.recent import Recent
from bot.chat.events import Origin

KEPT: Final = timedelta(minutes=5)
PEOPLE: Final = 10_000
SECONDS: Final = 2.0  # for who is an admin: what opens a form lives for 3 s
SCOPES: Final = "x-oauth-scopes"  # a header of every answer: what the token was given
WRITE, ANYWHERE = "chat:write", "chat:write.public"
LOOK: Final = ("channels:read", "groups:read")
RANKS: Final = ("is_admin", "is_owner", "is_primary_owner")  # of users.info
# posting_restricted_to of conversations.info; other groups may hold a bot
ADMINS: Final = frozenset({"admin", "owner", "org_admin", "org_owner"})
Json = Mapping[str, Any]


class Rights:
    """Answers `bot.chat.rights.Rights`; a failure is no answer and is not kept."""

    def __init__(self, calls: Calls, now: Callable[[], datetime]) -> None:
        self._calls = calls
        self._client = calls.client
        self._now = now
        self._admins: Recent[_Answer] = Recent(PEOPLE)

    async def admin(self, origin: Origin) -> bool | None:
        """Whether this person is an admin or owner of the workspace, kept for 5 minutes.

        None where Slack does not say. Somebody of another workspace, as in a shared channel, is
        none here.
        """
        team, user = _parts(origin.person)
        if not user or f"slack:{team}" != origin.community:
            return False
        key, now = f"{team}/{user}", self._now()
        kept = self._admins.get(key)
        if kept is not None and timedelta(0) <= now - kept.at < KEPT:
            return kept.admin
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._calls.ask(self._client.users_info, user=user)
        except FAULTS:
            return None
        found = answer.get("user") or {}
        here = found.get("team_id") in (None, team) and not found.get("deleted")
        admin = here and any(found.get(rank) is True for rank in RANKS)
        self._admins.put(key, _Answer(admin, now))
        return admin

    async def lacks(self, place: str) -> tuple[str, ...]:
        """Everything that keeps us from posting there, a sentence each; asked anew every time.

        Whoever has mended something presses again at once.
        """
        team, channel = _parts(place)
        if not (team and channel):
            return (words.no_channel(),)
        try:
            answer = await self._calls.patient(self._client.conversations_info, channel=channel)
        except FAULTS as error:
            return tuple(_unseen(error))
        seen = answer.get("channel") or {}
        lacking = list(_missing(seen, _scopes(answer)))
        if await self._shut_out(seen):
            lacking.append(words.restricted())
        return tuple(lacking)

    async def _shut_out(self, seen: Json) -> bool:
        """Whether only admins and some named people, of whom we are none, may post."""
        only = (seen.get("properties") or {}).get("posting_restricted_to") or {}
        kinds, named = only.get("type") or (), only.get("user") or ()
        if not (kinds or named) or not ADMINS.issuperset(kinds):
            return bool(seen.get("is_read_only"))
        try:
            me = await self._calls.patient(self._client.auth_test)
        except FAULTS:
            return False
        return me.get("user_id") not in named


class _Answer(Struct, frozen=True):
    """What was said of a person, and when."""

    admin: bool
    at: datetime


def _parts(external: str) -> tuple[str, str]:
    """Workspace and own id of `slack:T1/U2`; '' for what is missing or not Slack's."""
    platform, _, rest = external.partition(":")
    team, _, own = rest.partition("/")
    fits = platform == "slack" and team.isalnum() and own.isalnum()
    return (team, own) if fits else ("", "")


def _missing(seen: Json, scopes: frozenset[str] | None) -> Iterator[str]:
    """What a channel that we see keeps from us."""
    if seen.get("is_im") or seen.get("is_mpim"):
        yield words.no_channel()
        return
    if scopes is not None and WRITE not in scopes:
        yield words.scope(WRITE)
    if seen.get("is_archived"):
        yield words.archived()
    reaches = not seen.get("is_private") and scopes is not None and ANYWHERE in scopes
    if not (seen.get("is_member") or reaches):
        yield words.outside()


def _unseen(error: BaseException) -> Iterator[str]:
    """What is missing where the channel itself cannot be looked at."""
    code = fault(error).code
    scopes = _scopes(error.response) if isinstance(error, SlackApiError) else None
    needed = (WRITE, *LOOK) if code in ("missing_scope", "channel_not_found") else ()
    for one in needed:
        if scopes is not None and one not in scopes:
            yield words.scope(one)
    if code == "missing_scope" and scopes is None:
        yield words.scope(LOOK[0])
    elif code == "channel_not_found":
        yield words.invisible()
    elif code != "missing_scope":
        yield words.unlooked()


def lacks(answer: Any) -> tuple[str, ...]:
    """The permissions that the app should have and, as Slack says with any answer, has not."""
    scopes = _scopes(answer)
    return () if scopes is None else tuple(sorted(manifest.SCOPES.keys() - scopes))


def _scopes(answer: Any) -> frozenset[str] | None:
    """The scopes of our token, None where Slack does not say."""
    headers = {str(k).casefold(): v for k, v in (getattr(answer, "headers", None) or {}).items()}
    said = headers.get(SCOPES)
    return None if said is None else frozenset(one.strip() for one in str(said).split(","))
