"""What Slack sends, read into events of ours. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from adapters.slack import payloads
from adapters.slack.render import LINK
from adapters.slack.views import Behind, Surface, typed, unpacked
from bot.chat.events import Origin, Value
from bot.chat.tokens import in_passing

T = TypeVar("T")
Kind = Literal[
    "command", "press", "form", "shortcut", "closed", "suggest",
    "home", "said", "mention", "gone", "other",
]  # fmt: skip
ID = 40  # characters; Slack's own have 9 to 11
NO_TEAM = "T0"  # stands where an organisation's payload names no workspace


class Arrival(Struct, frozen=True, kw_only=True):
    """One thing that happened in Slack.

    `behind` says where an answer goes: the surface that was used and what names it. `trigger`
    opens one modal within 3 s; `view` is the modal or Home that was pressed or sent; `state` its
    typed values by block.
    """

    kind: Kind
    origin: Origin
    team: str
    user: str
    behind: Behind
    name: str = ""
    text: str = ""
    token: str = ""
    values: Mapping[str, Value] = {}
    trigger: str = ""
    view: str = ""
    state: Mapping[str, Any] = {}

    @property
    def direct(self) -> bool:
        """Whether it happened in a direct conversation."""
        return self.behind.channel.startswith("D")

    @property
    def passing(self) -> bool:
        """Whether it is a press on a public message that only a whisper answers."""
        return self.kind == "press" and self.behind.surface == "post" and in_passing(self.token)


def read(body: Any, sent: str, now: Callable[[], datetime]) -> Arrival:
    """Read a body; `sent` is X-Slack-Request-Timestamp or ''. Raises ValueError if unreadable."""
    if not isinstance(body, dict):
        raise ValueError("not an object")  # noqa: TRY004 - a malformed body is a bad value
    clock = _Clock(sent, now)
    if "command" in body:
        return _command(_converted(body, payloads.Slash), clock)
    if body.get("type") == "event_callback":
        return _event(_converted(body, payloads.Delivery), clock)
    found = _converted(body, payloads.Interaction)
    match found.type:
        case "block_actions":
            return _press(found, clock)
        case "view_submission":
            return _form(found, clock)
        case "shortcut" | "message_action":
            return _shortcut(found, clock)
        case "view_closed" | "block_suggestion":
            kind: Kind = "closed" if found.type == "view_closed" else "suggest"
            return _plain(kind, found, clock)
    raise ValueError("of no known type")


class _Clock(Struct, frozen=True):
    """When something happened: Slack's word if it says so, else ours."""

    sent: str
    now: Callable[[], datetime]

    def at(self, stamp: Any) -> tuple[datetime, bool]:
        """The time, and whether it is ours."""
        for one in (stamp, self.sent):
            try:
                if one:
                    return datetime.fromtimestamp(float(one), UTC), False
            except (TypeError, ValueError, OverflowError, OSError):
                continue
        return self.now(), True


def _command(found: payloads.Slash, clock: _Clock) -> Arrival:
    behind = Behind(channel=found.channel_id, answer=found.response_url)
    origin = _origin(
        found.team_id, found.team_id, found.user_id, behind, clock.at(None),
        key=f"command/{found.trigger_id}", name=found.user_name,
    )  # fmt: skip
    return Arrival(
        kind="command", origin=origin, team=found.team_id, user=found.user_id, behind=behind,
        name=found.command.lstrip("/").casefold(), text=found.text, trigger=found.trigger_id,
    )  # fmt: skip


def _press(found: payloads.Interaction, clock: _Clock) -> Arrival:
    if not found.actions:
        raise ValueError("no action")
    action = found.actions[0]
    behind = _behind(found)
    option = action.selected_option
    value = (option.value if option else action.value) or ""
    ends = (found.user.id, action.action_ts or "", action.action_id, value)
    arrival = _plain("press", found, clock, behind, action.action_ts, "/".join(ends))
    if action.action_id.startswith(LINK) or not (value or option):
        return msgspec.structs.replace(arrival, kind="other")
    return msgspec.structs.replace(
        arrival,
        token=action.action_id if option else value,
        values={"value": value} if option else {},
    )


def _form(found: payloads.Interaction, clock: _Clock) -> Arrival:
    view = found.view
    if view is None:
        raise ValueError("no view")
    behind = unpacked(view.private_metadata)
    state = view.state.values if view.state else {}
    arrival = _plain("form", found, clock, behind, None, f"{view.id}/{view.hash}")
    return msgspec.structs.replace(arrival, token=behind.token, values=typed(state), state=state)


def _shortcut(found: payloads.Interaction, clock: _Clock) -> Arrival:
    channel = found.channel.id if found.channel else ""
    behind = Behind(channel=channel, answer=found.response_url or "")
    key = found.trigger_id or ""
    arrival = _plain("shortcut", found, clock, behind, found.action_ts, key)
    return msgspec.structs.replace(arrival, name=found.callback_id or "")


def _plain(
    kind: Kind,
    found: payloads.Interaction,
    clock: _Clock,
    behind: Behind | None = None,
    stamp: str | None = None,
    key: str = "",
) -> Arrival:
    behind = behind or Behind()
    view, user = found.view, found.user
    installed = view.app_installed_team_id if view else None
    team = installed or (found.team.id if found.team else None) or user.team_id or NO_TEAM
    name = user.name or user.username or ""
    origin = _origin(
        team, user.team_id or team, user.id, behind, clock.at(stamp),
        key=f"{kind}/{team}/{key}", name=name,
    )  # fmt: skip
    return Arrival(
        kind=kind, origin=origin, team=team, user=user.id, behind=behind,
        trigger=found.trigger_id or "", view=view.id if view else "",
    )  # fmt: skip


def _behind(found: payloads.Interaction) -> Behind:
    container, view = found.container, found.view
    if view is not None:
        if view.type == "home":
            return Behind(surface="home")
        return msgspec.structs.replace(unpacked(view.private_metadata), surface="modal")
    channel = (container.channel_id if container else None) or (
        found.channel.id if found.channel else ""
    )
    pressed = found.message or payloads.Pressed()
    message = (container.message_ts if container else None) or pressed.ts or ""
    thread = (container.thread_ts if container else None) or pressed.thread_ts or ""
    surface: Surface = "direct" if channel.startswith("D") else "post"
    if container and container.is_ephemeral:
        surface = "ephemeral"
    return Behind(
        surface=surface,
        channel=channel,
        message=message,
        thread=thread,
        answer=found.response_url or "",
    )


def _event(found: payloads.Delivery, clock: _Clock) -> Arrival:
    said = found.event
    first = found.authorizations[0] if found.authorizations else None
    team = (first.team_id if first else None) or found.team_id or NO_TEAM
    own = _id(said.user_team) or _id(said.team)
    user, channel = _id(said.user), _id(said.channel)
    surface: Surface = "home" if said.type == "app_home_opened" else "command"
    thread = said.thread_ts if isinstance(said.thread_ts, str) else ""
    origin = _origin(
        team,
        own if own.startswith("T") else team,  # it may name an organisation
        user,
        behind := Behind(
            surface=surface, channel="" if surface == "home" else channel, thread=thread
        ),
        clock.at(said.event_ts or said.ts or found.event_time),
        key=f"event/{found.event_id}",
    )
    kind = _happened(said) if user or said.user is None else "other"
    return Arrival(kind=kind, origin=origin, team=team, user=user, behind=behind)


def _happened(said: payloads.Said) -> Kind:
    by_person = bool(said.user) and said.bot_id is None and said.subtype in (None, "file_share")
    match said.type:
        case "app_home_opened" if said.user and said.tab in (None, "home"):
            return "home"
        case "message" if by_person and said.channel_type == "im" and _id(said.channel):
            return "said"
        case "app_mention" if by_person and _id(said.channel):
            return "mention"
        case "app_uninstalled":
            return "gone"
        case "tokens_revoked" if isinstance(said.tokens, dict) and said.tokens.get("bot"):
            return "gone"
    return "other"


def _id(given: Any) -> str:
    """An id of Slack's, or ''."""
    fits = isinstance(given, str) and len(given) <= ID and given.isascii() and given.isalnum()
    return given if fits else ""


def _origin(
    team: str,
    own: str,
    user: str,
    behind: Behind,
    at: tuple[datetime, bool],
    *,
    key: str,
    name: str = "",
) -> Origin:
    # A direct conversation with the app stands inside its workspace: the community is known there
    # too, and a quiz begun in a channel is found again. Home has no channel: the person's own.
    return Origin(
        person=f"slack:{own}/{user}",
        place=f"slack:{team}/{behind.channel or user}",
        community=f"slack:{team}",
        private=not behind.channel or behind.channel.startswith("D"),
        at=at[0],
        ours=at[1],
        key=f"slack/{key}",
        name=name,
        named=False,  # a handle, until the profile is known
    )


def _converted(body: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(body, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ValueError(str(error)[:200]) from None
