"""What Slack sends, as far as we read it: tolerant of new fields, strict about kinds."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[A-Z0-9]{1,40}$")]
Text = Annotated[str, Meta(max_length=40_000)]
Stamp = Annotated[str, Meta(pattern=r"^[0-9]{1,11}(\.[0-9]{1,9})?$")]


class Slash(Struct, frozen=True):
    """A slash command."""

    command: Text
    team_id: Id
    user_id: Id
    channel_id: Id
    trigger_id: Text
    text: Text = ""
    user_name: Text = ""
    response_url: Text = ""
    api_app_id: Text = ""


class Team(Struct, frozen=True):
    id: Id


class User(Struct, frozen=True):
    id: Id
    team_id: Id | None = None
    name: Text | None = None
    username: Text | None = None


class Channel(Struct, frozen=True):
    id: Id


class Option(Struct, frozen=True):
    value: Text


class Action(Struct, frozen=True):
    """A pressed button or chosen option."""

    action_id: Text
    block_id: Text | None = None
    type: Text = ""
    value: Text | None = None
    selected_option: Option | None = None
    action_ts: Stamp | None = None


class Container(Struct, frozen=True):
    type: Text = ""
    message_ts: Stamp | None = None
    thread_ts: Stamp | None = None
    channel_id: Id | None = None
    is_ephemeral: bool | None = None


class State(Struct, frozen=True):
    values: dict[str, dict[str, Any]] = {}


class View(Struct, frozen=True):
    id: Id
    type: Text = "modal"
    hash: Text = ""
    callback_id: Text = ""
    private_metadata: Text = ""
    previous_view_id: Id | None = None
    app_installed_team_id: Id | None = None
    state: State | None = None


class Pressed(Struct, frozen=True):
    """The message under a button or a shortcut."""

    ts: Stamp | None = None
    thread_ts: Stamp | None = None


class Interaction(Struct, frozen=True):
    """Everything that comes as a `payload`."""

    type: Text
    user: User
    team: Team | None = None
    channel: Channel | None = None
    container: Container | None = None
    message: Pressed | None = None
    view: View | None = None
    actions: tuple[Action, ...] | None = None
    trigger_id: Text | None = None
    response_url: Text | None = None
    callback_id: Text | None = None
    action_ts: Stamp | None = None


class Said(Struct, frozen=True):
    """The inner event of the Events API; events that we do not know put anything anywhere."""

    type: Text
    user: Any = None
    channel: Any = None
    channel_type: Any = None
    ts: Any = None
    event_ts: Any = None
    thread_ts: Any = None
    bot_id: Any = None
    subtype: Any = None
    tab: Any = None
    team: Any = None
    user_team: Any = None
    tokens: Any = None


class Authorization(Struct, frozen=True):
    team_id: Id | None = None


class Delivery(Struct, frozen=True):
    """The envelope of the Events API."""

    type: Text
    event: Said
    event_id: Text
    event_time: int | None = None
    team_id: Id | None = None
    authorizations: tuple[Authorization, ...] | None = None
