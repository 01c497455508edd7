"""Settings: the only reader of the environment; every mistake is reported at once."""

from __future__ import annotations

import logging
import os
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Literal, NamedTuple

from dotenv.parser import Original, parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import folders

PLACEHOLDERS = ("changeme", "your-", "xoxb-...", "xapp-...", "<", "example")


class Settings(BaseSettings):
    """What an operator may set; `.env.example` explains each one.

    A name with `_FILE` added reads the value from that file (Docker and Kubernetes secrets).
    """

    model_config = SettingsConfigDict(
        env_prefix="SPARRING_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    data: Path = Field(default_factory=folders.data)
    database: str = ""
    zone: str = "UTC"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    discord_token: SecretStr | None = None
    discord_api_base: str = ""
    discord_gateway: str = ""
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_mode: Literal["socket", "http"] = "socket"
    slack_api_base: str = "https://slack.com/api/"
    slack_host: str = "127.0.0.1"
    slack_port: int = Field(default=3000, ge=1, le=65535)

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        from bot.days import zone_named  # noqa: PLC0415 - reads the time zone database

        named = zone_named(value)
        if named is None:
            raise ValueError(f"{value!r} is no time zone; use a name like Europe/Berlin or UTC")
        return named

    @field_validator("database")
    @classmethod
    def _database_known(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError(
                "it begins with sqlite:/// or postgresql+psycopg://; empty means a file in "
                "SPARRING_DATA"
            )
        return value

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "discord_token")
    @classmethod
    def _no_placeholder(cls, value: SecretStr | None) -> SecretStr | None:
        if value and value.get_secret_value().casefold().startswith(PLACEHOLDERS):
            raise ValueError("it still holds the placeholder of .env.example")
        return value

    @property
    def url(self) -> str:
        """The database: the one named, else a file in the data folder."""
        return self.database or f"sqlite:///{self.data / 'sparring.db'}"

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return self.slack_bot_token is not None

    @property
    def discord(self) -> bool:
        """Whether Discord is configured."""
        return self.discord_token is not None


class BadSettings(Exception):
    """Settings that cannot be; the text names every one of them and what to do."""


class _Line(NamedTuple):
    """What stands in a line of the file of settings; no `name` where it cannot be read."""

    number: int
    name: str
    value: str


def load(env_file: str | None = ".env") -> Settings:
    """Read the environment, secrets from files and .env; raises BadSettings with all mistakes.

    Those of the file stand behind its name and their line.
    """
    written = _written(env_file)
    problems = [*_unread(written, env_file), *_read_secret_files(written)]
    settings = None
    logging.getLogger("dotenv.main").disabled = True  # it would tell of unread lines once more
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own
    except ValidationError as error:
        problems += _lines(error)
    if settings is None or problems:
        raise BadSettings("\n".join(_placed(one, written, env_file) for one in problems))
    if problems := _together(settings):
        raise BadSettings("\n".join(problems))
    return settings


def _placed(problem: str, written: tuple[_Line, ...], env_file: str | None) -> str:
    """A mistake behind the place it was made in; the environment goes before the file."""
    name = problem.partition(":")[0]
    lines = [one.number for one in written if one.name == name and name not in os.environ]
    return f"{env_file}:{lines[-1]}: {problem}" if lines else problem


def _unread(written: tuple[_Line, ...], env_file: str | None) -> list[str]:
    """Lines that are none, and names that are no settings with the nearest that is one."""
    known = [f"SPARRING_{name.upper()}" for name in Settings.model_fields]
    problems = []
    for one in written:
        if not one.name:
            problems.append(
                f"{env_file}:{one.number}: this line cannot be read; a setting is NAME=value"
            )
        if not one.name.startswith("SPARRING_") or one.name.removesuffix("_FILE") in known:
            continue
        near = get_close_matches(one.name, known, 1)
        meant = f"; is {near[0]} meant?" if near else "; .env.example has them all"
        problems.append(f"{one.name}: there is no such setting{meant}")
    return problems


def _lines(error: ValidationError) -> list[str]:
    return [
        f"SPARRING_{'_'.join(map(str, one['loc'])).upper()}: "
        + one["msg"].removeprefix("Value error, ").replace("Input should", "it should")
        for one in error.errors()
    ]


def _together(settings: Settings) -> list[str]:
    """Settings that need one another."""
    problems = []
    if settings.slack and settings.slack_mode == "socket" and not settings.slack_app_token:
        problems.append(
            "SPARRING_SLACK_APP_TOKEN: Socket Mode needs it (xapp-..., Basic Information > "
            "App-Level Tokens); or set SPARRING_SLACK_MODE=http"
        )
    if settings.slack and settings.slack_mode == "http" and not settings.slack_signing_secret:
        problems.append(
            "SPARRING_SLACK_SIGNING_SECRET: HTTP mode needs it (Basic Information > App "
            "Credentials)"
        )
    return problems


def _read_secret_files(written: tuple[_Line, ...]) -> list[str]:
    """Put what `_FILE` names point to into the environment; gives what cannot be read."""
    problems = []
    stands = {one.name: one.value for one in written if one.value}
    for name, path in {**stands, **os.environ}.items():
        target = name.removesuffix("_FILE")
        if not path or not name.startswith("SPARRING_") or target in {name, *os.environ}:
            continue
        try:
            os.environ[target] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            problems.append(f"{name}: cannot read {path}: {error.strerror}")
        except UnicodeDecodeError:
            problems.append(f"{name}: cannot read {path}: it is not UTF-8")
    return problems


def _written(env_file: str | None) -> tuple[_Line, ...]:
    """What stands in the file of settings; raises BadSettings where that is no text."""
    if env_file is None or not Path(env_file).is_file():
        return ()
    try:
        text = Path(env_file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadSettings(f"{env_file}: it cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadSettings(f"{env_file}: it is not UTF-8. Save it as UTF-8.") from None
    return tuple(
        _Line(_begins(one.original), one.key or "", one.value or "")
        for one in parse_stream(StringIO(text))
        if one.key or one.error
    )


def _begins(text: Original) -> int:
    """The line on which a setting stands: empty ones before it are part of its text."""
    return text.line + text.string[: -len(text.string.lstrip())].count("\n")
