"""What the bot says unasked: messages in channels, threads and direct conversations, and edits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from adapters.slack.calls import FAULTS, Calls, fault
from adapters.slack.people import People
from adapters.slack.render import Json, message, without_unfurling
from adapters.slack.views import home_view
from bot.chat.cards import Button
from bot.chat.posts import Later, Message, Post, Refused

PLATFORM: Final = "slack"
EVENT: Final = "sparring_post"  # of the metadata that holds our dedupe id
LOOKED_AT: Final = 100  # newest messages in which an earlier attempt is looked for
REPLIES: Final = 1000  # of a thread: Slack gives the oldest first, and no more at once
TOKEN_SECONDS: Final = 600.0  # a broken token is for the operator to mend
DOWN_SECONDS: Final = 15.0
BUSY_SECONDS: Final = 60.0
POST: Final = "chat_postMessage"  # the client's name for it
# Error codes of chat.postMessage, chat.update, conversations.open and views.publish that another
# try will not mend.
WHY: Final = {
    "channel_not_found": "the channel is gone, or I am not in it",
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel",
    "restricted_action": "only some people may post there",
    "restricted_action_read_only_channel": "nobody may post there",
    "account_inactive": "the workspace or the bot's account is gone",
    "cannot_dm_bot": "it is a bot",
    "user_not_found": "the person is gone",
    "user_disabled": "the person is gone",
    "user_not_visible": "I cannot see the person",
    "cant_dm_bot": "it is a bot",
    "message_not_found": "the message is gone",
    "cant_update_message": "the message is not mine",
    "edit_window_closed": "the message may no longer be edited",
    "thread_not_found": "the message is gone",
    "not_enabled": "the Home is switched off",
    "invalid_blocks": "Slack does not like how it is drawn",
    "msg_blocks_too_long": "it is too long",
    "msg_too_long": "it is too long",
}
GONE: Final = (  # of these, what the place itself refuses
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "account_inactive",
)
UNREADABLE: Final = ("missing_scope", "not_in_channel", "channel_not_found")  # of the look-up
TOKENS: Final = ("invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope")
log = logging.getLogger("sparring.slack")


class Poster:
    """Sends posts; a post that may have been sent before is looked for by its dedupe id.

    It never sleeps: what Slack has closed, and a channel in its second of rest, are raised as
    Later without a request.
    """

    def __init__(self, calls: Calls, people: People, standing: tuple[Button, ...]) -> None:
        self._calls = calls
        self._client = calls.client
        self._people = people
        self._standing = standing
        self._stopped = False

    def stop(self) -> None:
        """The app has been uninstalled: nothing more is sent."""
        self._stopped = True
        log.warning("the app was uninstalled or its token revoked; nothing more is posted")

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Send or edit. Raises Later or Refused.

        `first` promises that no process can have tried before, which saves the look-up.
        """
        if self._stopped:
            raise Refused("the app was uninstalled", gone=True)
        try:
            return await self._sent(post, first=first)
        except FAULTS as error:
            raise _verdict(error) from error

    async def _sent(self, post: Post, *, first: bool) -> Message:
        if post.edits:
            channel, stamp = _channel_and_stamp(post.edits)
            return await self._written(
                post, self._client.chat_update, {"channel": channel, "ts": stamp}
            )
        if post.where == "home":
            return await self._home(post)
        where = {"channel": await self._channel(post)}
        if post.where == "thread" and post.under:
            where["channel"], where["thread_ts"] = _channel_and_stamp(post.under)
        self._free(where["channel"])
        known = None if first else await self._found(post.dedupe, where)
        if known is not None:
            return known
        about = {"event_type": EVENT, "event_payload": {"id": post.dedupe}}
        sent = await self._written(post, self._client.chat_postMessage, where | {"metadata": about})
        self._calls.pace.wrote(where["channel"])
        return sent

    def _free(self, channel: str) -> None:
        pace = self._calls.pace
        if wait := max(pace.rest(POST), pace.wait(channel)):
            raise Later(wait)

    async def _channel(self, post: Post) -> str:
        own = _own(post.target)
        if post.where != "direct":
            return own
        return await self._people.direct(own, patient=False)

    async def _written(self, post: Post, method: Any, where: Json) -> Message:
        fitting = without_unfurling if post.edits else dict
        answer = await self._calls.shown(
            method, lambda file: where | fitting(message(post.card, file)), post.card, patient=False
        )
        if post.edits:
            return Message(PLATFORM, f"{answer['channel']}/{answer['ts']}")  # its ts is the old one
        return _message(answer["channel"], answer["ts"])

    async def _home(self, post: Post) -> Message:
        user = _own(post.target)
        await self._calls.shown(
            self._client.views_publish,
            lambda file: {"user_id": user, "view": home_view(post.card, self._standing, file)},
            post.card,
            patient=False,
        )
        return Message(PLATFORM, f"{user}/home")

    async def _found(self, dedupe: str, where: Json) -> Message | None:
        """Look for a post among the newest messages.

        The right to read a channel is optional: without it the post counts as new, and one whose
        fate was unknown may be shown twice.
        """
        asked: Json = {"channel": where["channel"], "include_all_metadata": True}
        try:
            if thread := where.get("thread_ts"):
                asked |= {"ts": thread, "limit": REPLIES}
                answer = await self._calls.once(self._client.conversations_replies, **asked)
            else:
                asked |= {"limit": LOOKED_AT}
                answer = await self._calls.once(self._client.conversations_history, **asked)
        except SlackApiError as error:
            if fault(error).code in UNREADABLE:
                return None
            raise
        stamps = (stamp for id_, stamp in _posted(answer) if id_ == dedupe)
        stamp = next(stamps, None)
        return _message(where["channel"], stamp) if stamp else None


def _message(channel: str, stamp: str) -> Message:
    """A new message: Slack's ts is the time at which it took it."""
    return Message(PLATFORM, f"{channel}/{stamp}", datetime.fromtimestamp(float(stamp), UTC))


def _posted(answer: Any) -> Iterator[tuple[str, str]]:
    for one in answer.get("messages") or ():
        about = one.get("metadata") or {}
        if about.get("event_type") == EVENT:
            yield str((about.get("event_payload") or {}).get("id")), str(one.get("ts"))


def _own(external: str) -> str:
    """The last part of `slack:T1/C2`."""
    platform, _, rest = external.partition(":")
    team, slash, own = rest.partition("/")
    if platform != PLATFORM or not (team.isalnum() and slash and own.isalnum()):
        raise Refused(f"not of Slack: {external[:40]}")
    return own


def _channel_and_stamp(sent: Message) -> tuple[str, str]:
    channel, _, stamp = sent.id.partition("/")
    if sent.platform != PLATFORM or not (channel.isalnum() and stamp.replace(".", "").isdecimal()):
        raise Refused(f"not of Slack: {sent.id[:40]}")
    return channel, stamp


def _verdict(error: BaseException) -> Later | Refused:
    why = fault(error)
    if why.code == "ratelimited":
        return Later(why.after)
    if why.code == "unreachable" or why.code.startswith("http_5"):
        return Later(DOWN_SECONDS, unsure=True)
    if why.code in TOKENS:
        return Later(TOKEN_SECONDS)
    if why.code in WHY:
        return Refused(WHY[why.code], gone=why.code in GONE)
    return Later(BUSY_SECONDS, unsure=True)  # fatal_error may have posted it, says its page
