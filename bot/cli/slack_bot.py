"""The Slack adapter, started from settings: Socket Mode, or an HTTP server."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack import app
from adapters.slack.calls import connected
from adapters.slack.front import Front, serve
from adapters.slack.rights import lacks
from adapters.slack.socket import Socket
from bot.app import now
from bot.chat.posts import Poster
from bot.chat.rights import Rights
from bot.cli.failing import Wrong
from bot.config import Settings
from bot.door import Door

log = logging.getLogger("sparring.slack")
Start = Callable[[], Coroutine[Any, Any, None]]


async def slack_bot(
    settings: Settings, core: Door, stack: AsyncExitStack
) -> tuple[Poster, Start, Rights]:
    """Check the token; gives the poster, what runs, and who answers for rights.

    Raises Wrong for what can be mended.
    """
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = await stack.enter_async_context(connected(token, settings.slack_api_base))
    try:
        lacking = ", ".join(lacks(await client.auth_test()))
        if lacking:
            log.warning("the Slack app lacks %s: add it from `sparring manifest slack`", lacking)
    except SlackApiError as error:
        raise Wrong(
            f"Slack refused SPARRING_SLACK_BOT_TOKEN ({error.response.get('error')}). Copy it from "
            "OAuth & Permissions of your app (xoxb-)."
        ) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Wrong(f"Slack cannot be reached at {settings.slack_api_base}: {error}") from None
    bot = app.create(core, client, now=now)
    stack.push_async_callback(bot.settle)
    start = _http(settings, bot) if settings.slack_mode == "http" else _socket(settings, bot)
    return bot.poster, start, bot.rights


def _socket(settings: Settings, bot: app.App) -> Start:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    return Socket(bot, token, clock=time.monotonic).run


def _http(settings: Settings, bot: app.App) -> Start:
    secret = (
        settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    )
    host, port = settings.slack_host, settings.slack_port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Wrong(
                f"{host}:{port} cannot be listened on: {error.strerror}. Stop what uses it, or set "
                "SPARRING_SLACK_PORT."
            ) from None
    front = Front(bot, secret, now=now)
    return lambda: serve(front, host, port)
