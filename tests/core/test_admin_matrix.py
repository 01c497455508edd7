"""Every admin command and verb, at every step, by everybody: refused, or allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from msgspec.structs import replace

from bot.chat.cards import Button, Reply
from bot.chat.events import Command, Platform, Press, Value
from bot.chat.tokens import FORM, make, parse
from bot.features.challenge import placing
from bot.features.feature import Feature, Mistake
from bot.features.table import features
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import trouble
from tests.core.challenging import Port, kept, stored
from tests.stage import Actor, Stage

PREFIXES = ("challenge-", "community-", "moderation-", "daily-withdraw")
COMMANDS = sorted(spec.name for one in features() for spec in one.commands if spec.admin)
VERBS = sorted({verb for one in features() for verb in one.admin})
FORMS = frozenset(verb for one in features() for verb in one.on_form)
OVER = ("challenge-ended", "challenge-list")  # not pressed while tokens are gathered
HOME, AWAY = "discord:g7", "discord:far"
REFUSALS = (trouble.admins_only("discord"), trouble.admins_elsewhere())
ROLES = {  # what the payload says, what the platform says, where; and whether it is allowed
    "member": (False, False, HOME, False),
    "unknown, and is none": (None, False, HOME, False),
    "unknown, and is one": (None, True, HOME, True),
    "admin": (True, False, HOME, True),
    "admin in a direct conversation": (True, True, "", False),
}
VALUES: dict[str, Value] = {
    "lacks": ("I may not write there.",),
    "value": "x",
    "reason": "it is wrong",
    "date": "tomorrow",
    "time": "18:00",
    "zone": "UTC",
}


def unlisted(known: Iterable[Feature]) -> list[str]:
    """Verbs that are an admin's by their name and not by their feature's list."""
    return sorted(
        verb
        for one in known
        for verb in {*one.on_press, *one.on_form}
        if verb.startswith(PREFIXES) and verb not in one.admin
    )


def test_every_admin_verb_is_listed() -> None:
    """A verb that begins as an admin's is enforced by the door, and none is listed in vain."""
    assert unlisted(features()) == []
    handled = {verb for one in features() for verb in {*one.on_press, *one.on_form}}
    assert set(VERBS) - handled == set()
    assert [verb for verb in VERBS if not verb.startswith(PREFIXES)] == []
    assert len(COMMANDS) >= 3
    assert {verb.partition("-")[0] for verb in VERBS} == {
        "challenge",
        "community",
        "moderation",
        "daily",
    }


def test_a_forgotten_verb_is_found() -> None:
    """A feature that handles an admin's verb and does not list it fails the test above."""
    forgetful = Feature(on_press={"community-x": lambda *_: Reply()}, admin=frozenset())
    assert unlisted((forgetful,)) == ["community-x"]
    form = Feature(on_form={"daily-withdraw": lambda *_: None}, admin=frozenset())  # type: ignore[dict-item]  # never called
    assert unlisted((form,)) == ["daily-withdraw"]


@pytest.fixture
async def tokens(stage: Stage) -> list[str]:
    """Tokens of a community in which everything is going on, at least one for each verb."""
    stage.rights["discord"] = Port()
    admin = stage.person("gil", admin=True)
    await busy(stage, admin)
    found = await gathered(stage, admin)
    one = await running(admin)
    place = await stage.store.look(admin.origin(), lambda tx: placing.sealed(tx, f"{HOME}/c5"))
    found |= {make("challenge-add", one, *place), make("challenge-today", one)}
    known = {read.verb for token in found if (read := parse(token))}
    assert len(known) > len(VERBS) * 3 // 4  # most of it is the real thing
    return sorted(found) + [make(verb, one, "x", "x") for verb in VERBS if verb not in known]


async def running(admin: Actor) -> str:
    """The id of the community's first challenge."""
    return min(await kept(admin), key=lambda one: one.since).id


async def busy(stage: Stage, admin: Actor) -> None:
    """Challenges, an open daily, a date left out, a lost channel, reports, an appeal."""
    await admin.says("challenge")
    await admin.presses("Post the first now")
    await admin.sends((await admin.form("Skip a date")).token, date="tomorrow")
    (one,) = await kept(admin)
    await saved(
        stage, admin, replace(one, lost=("discord:g7/c9",), places=(*one.places, "discord:g7/c9"))
    )
    refused = stage.person("ian")
    await refused.says("type:single 1")
    await refused.presses(refused.letter("One is rolled back"))
    await refused.presses("⋯")
    await refused.sends((await refused.form("I was right")).token, reason="it is")
    for name in ("eve", "fay", "hal"):
        person = stage.person(name)
        await person.says("type:single 1")
        await person.presses(person.letter("Both succeed"))
        await person.presses("⋯")
        await person.sends((await person.form("Report")).token, reason="unclear")


async def saved(stage: Stage, admin: Actor, one: Challenge) -> None:
    def work(tx: Tx) -> Reply:
        tx.save_challenge(one)
        return Reply()

    await stage.store.run(admin.origin(), work)


async def gathered(stage: Stage, admin: Actor) -> set[str]:
    """Press every admin's verb that can be seen, once, and keep all tokens that are seen."""
    found: set[str] = set()
    pressed: set[str] = set(OVER)
    there = stage.person("gil", admin=True, place="c4")
    for actor in (admin, there):
        for command in COMMANDS:
            waiting = [await stage.door.handle(Command(actor.origin(), command))]
            while waiting:
                for button in shown(waiting.pop(0)):
                    read = parse(button.token)
                    if read is None or read.verb not in VERBS:
                        continue
                    found.add(button.token)
                    if read.verb not in pressed and not read.form:
                        pressed.add(read.verb)
                        press = Press(actor.origin(), button.token)
                        waiting.append(await stage.door.handle(press))
    return found


def shown(reply: Reply) -> list[Button]:
    selects = [Button("", card.select.token) for card in reply.cards if card.select]
    return [button for card in reply.cards for button in card.buttons] + selects


def actor(stage: Stage, role: str) -> Actor:
    """Somebody in this role, whom nobody here has seen before."""
    says, platform, community, _ = ROLES[role]
    stage.rights["discord"] = Port("discord:new") if platform else Port()
    return stage.person("new", community=community, admin=says)


def steps(one: Actor, token: str, challenge: str) -> Iterator[Press]:
    """A token pressed bare, sent as a form, chosen in a menu, and come back from a job."""
    typed = VALUES | {"value": challenge}
    for values in ({}, VALUES, typed, typed | {"value": f"{HOME}/c9"}, {"lacks": ()}):
        yield Press(one.origin(), token, values)


def words(reply: Reply) -> str:
    return " ".join(card.text for card in reply.cards)


def refused(reply: Reply) -> bool:
    """Whether this says that it takes an admin, and nothing else."""
    return words(reply) in REFUSALS and not reply.errors


@pytest.mark.parametrize("role", [role for role, facts in ROLES.items() if not facts[3]])
async def test_refused_without_a_trace(stage: Stage, tokens: list[str], role: str) -> None:
    """Who is no admin is told so at every step; no row is changed, and nothing will be posted."""
    one = actor(stage, role)
    challenge = await running(stage.person("gil", admin=True))
    before, wrong, tried = stored(stage), [], 0
    for command in COMMANDS:
        for args in ({}, {"channel": "discord:5"}):
            said = await stage.door.handle(Command(one.origin(), command, args))
            wrong += [] if refused(said) else [command]
    for token in tokens:
        for press in steps(one, token, challenge):
            tried += 1
            wrong += [] if refused(await stage.door.handle(press)) else [token]
        if (form := await opened(stage, one, token)) and form not in REFUSALS:
            wrong.append(f"form of {token}")
    assert wrong == []
    assert tried > 5 * len(VERBS)
    assert stored(stage) == before


async def opened(stage: Stage, one: Actor, token: str) -> str:
    """What is said to who opens the form of a token, or the form; '' where there is none."""
    bare = token.lstrip(FORM)
    if bare.partition(":")[0] not in FORMS:
        return ""
    try:
        form = await stage.door.form(one.origin(), FORM + bare)
    except Mistake as mistake:
        return str(mistake)
    return str(form)


@pytest.mark.parametrize("role", [role for role, facts in ROLES.items() if facts[3]])
async def test_allowed(
    stage: Stage, tokens: list[str], role: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An admin, by the payload or by the platform's word, is refused nowhere; nothing breaks."""
    one = actor(stage, role)
    challenge = await running(stage.person("gil", admin=True))
    before = stored(stage)
    for command in COMMANDS:
        assert not refused(await stage.door.handle(Command(one.origin(), command)))
    for token in tokens:
        assert await opened(stage, one, token) not in REFUSALS
        for press in steps(one, token, challenge):
            reply = await stage.door.handle(press)
            assert not refused(reply), token
            assert "bug" not in {card.view for card in reply.cards}, (token, caplog.text)
    assert stored(stage)["audit"] != before["audit"]


async def test_an_admin_elsewhere_changes_nothing_here(stage: Stage, tokens: list[str]) -> None:
    """With the buttons of this community, somebody else's admin reaches no row of it."""
    admin = stage.person("gil", admin=True)
    challenge = await running(admin)
    own = await stage.store.look(admin.origin(), lambda tx: tx.community.id)
    far = stage.person("new", community=AWAY, admin=True)
    await far.says("community")
    before = concerning(stage, own)
    for token in tokens:
        for press in steps(far, token, challenge):
            said = await stage.door.handle(press)
            assert "bug" not in {card.view for card in said.cards}, token
        await opened(stage, far, token)
    assert concerning(stage, own) == before


def concerning(stage: Stage, community: str) -> dict[str, list[str]]:
    """The rows that name this community or one of its places."""
    names = (f"'{community}'", f'"{community}"', f"{HOME}'", f'{HOME}"', f"{HOME}/")
    return {
        table: [row for row in rows if any(name in row for name in names)]
        for table, rows in stored(stage).items()
    }


async def test_the_platform_is_asked_only_where_the_payload_does_not_say(
    stage: Stage, tokens: list[str]
) -> None:
    """Rights that the payload vouches for cost no request, and members' own verbs none at all."""
    stage.rights["discord"] = port = Port()
    for says in (True, False):
        await stage.person("new", admin=says).sends(tokens[0])
    assert port.asked == 0
    await stage.person("new").says("daily")
    assert port.asked == 0
    await stage.person("new").sends(tokens[0])
    assert port.asked == 1


@pytest.mark.parametrize(
    ("platform", "how"),
    [("slack", "`/quiz help`"), ("discord", "`/sparring help`"), ("terminal", "`/help`")],
)
def test_a_refusal_names_help_as_it_is_typed(platform: Platform, how: str) -> None:
    """Who is refused can type what they are told, wherever they are."""
    assert trouble.admins_only(platform).endswith(f"see what you can do with {how}.")
