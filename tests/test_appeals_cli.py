"""`sparring appeals`: the operator's list, decisions, and the patch of the bank."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from questions.amending import accepting
from questions.loading import load
from questions.model import Item, Short
from tests import bank
from tests.core.moderating import seen
from tests.core.test_repair import corrections
from tests.stage import Actor, Stage
from tests.test_cli import ROOT, ran

BANK = ROOT / "questions" / "bank"


def short_item() -> Item:
    """A question of the real bank with typed words."""
    items = [one.item for one in load(BANK).entries]
    return next(one for one in items if isinstance(one.body, Short) and not one.retired)


async def appealed(home: Path, item: Item, *names: str, community: str = "discord:g7") -> Stage:
    """People who gave the same answer, which was refused; the first one appeals."""
    (home / "data").mkdir(exist_ok=True)
    stage = Stage(home / "data" / "sparring.db", bank.collection((item,)))
    for name in names:
        one = stage.person(name, community=community)
        await one.says("type:short 1")
        await one.sends((await one.form("Answer")).token, answer="quite another word")
        if name == names[0]:
            await one.presses("⋯")
            await one.sends((await one.form("I was right")).token, reason="My book has it.")
    return stage


async def points(actor: Actor) -> int:
    board = await seen(actor, lambda tx: tx.board("all", "all", 5))
    return board.own.points if board.own else 0


async def test_the_operator_lists_shows_and_upholds(tmp_path: Path) -> None:
    """The list also while the bot runs; upheld, everybody is put right when it runs again."""
    item = short_item()
    stage = await appealed(tmp_path, item, "ada", "ben")
    listed = ran(tmp_path, "appeals", "list").stdout
    name = listed.split()[0]
    assert "open, " in listed
    assert f"{item.id}: quite another word" in listed
    shown = ran(tmp_path, "appeals", "show", name[:6]).stdout
    assert "Answered: quite another word" in shown
    assert "Reason: My book has it." in shown
    assert item.hash in shown
    held = ran(tmp_path, "appeals", "uphold", name)
    assert (held.returncode, "is in use by" in held.stderr) == (2, True)
    await stage.store.close()
    done = ran(tmp_path, "appeals", "uphold", name)
    assert "put right when the bot runs" in done.stdout, done.stderr
    stage.open()
    stage.clock.forward(days=4000)  # the command line has the real clock
    await stage.clockwork().tick()
    for who in ("ada", "ben"):
        assert await points(stage.person(who)) == 2
    audits = await seen(stage.person("ada"), lambda tx: tx.audits())
    assert [(one.name, one.what) for one in audits] == [("the operator", "upheld")]
    await stage.store.close()
    assert ran(tmp_path, "appeals", "list").stdout == "No appeal waits.\n"
    assert "upheld, " in ran(tmp_path, "appeals", "list", "--all").stdout
    again = ran(tmp_path, "appeals", "uphold", name)
    assert (again.returncode, again.stderr) == (2, "This appeal is upheld already.\n")


async def test_the_operator_declines_one_of_a_direct_conversation(tmp_path: Path) -> None:
    """A reason is needed; the answer counts again."""
    stage = await appealed(tmp_path, short_item(), "ada", community="")
    await stage.store.close()
    listed = ran(tmp_path, "appeals", "list").stdout
    assert "in private" in listed
    name = listed.split()[0]
    silent = ran(tmp_path, "appeals", "decline", name)
    assert (silent.returncode, "Say why" in silent.stderr) == (2, True)
    assert ran(tmp_path, "appeals", "decline", name, "--reason", "No.").returncode == 0
    stage.open()
    stage.clock.forward(days=4000)
    await stage.clockwork().tick()
    own = stage.person("ada", community="")
    assert len(await corrections(own)) == 2
    assert await seen(own, lambda tx: tx.person.ability.whole.n) == 1
    await stage.store.close()


async def test_what_was_upheld_becomes_a_patch_that_applies(tmp_path: Path) -> None:
    """`git apply` takes it, and the question then accepts the answer; nothing else changes."""
    item = short_item()
    stage = await appealed(tmp_path, item, "ada")
    await stage.store.close()
    name = ran(tmp_path, "appeals", "list").stdout.split()[0]
    ran(tmp_path, "appeals", "uphold", name)
    made = ran(tmp_path, "appeals", "export")
    assert made.stderr == ""
    patched(tmp_path, made.stdout, item, "quite another word")


def patched(home: Path, patch: str, item: Item, answer: str) -> None:
    """The bank after this patch is as before, with one answer more."""
    (home / "questions").mkdir()
    shutil.copytree(BANK, home / "questions" / "bank")
    subprocess.run(["git", "apply", "-p1"], input=patch, text=True, cwd=home, check=True)
    before = {one.item.id: one.item for one in load(BANK).entries}
    loaded = load(home / "questions" / "bank")
    assert loaded.mistakes == ()
    after = {one.item.id: one.item for one in loaded.entries}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {item.id}
    body = item.body
    assert isinstance(body, Short)
    more = replace(body, answers=(*body.answers, answer))
    assert after[item.id].body == more


@pytest.mark.parametrize("answer", ['say "yes" # no', "a: b, c]", "naïve ü 中"])
def test_any_answer_can_be_added(tmp_path: Path, answer: str) -> None:
    """Quotes, marks and other scripts come through."""
    item = short_item()
    made = accepting(BANK, {item.id: [answer]})
    assert made.left == ()
    patched(tmp_path, made.patch, item, answer)


def test_every_short_question_can_be_amended() -> None:
    """Whatever form its list has; what cannot be added is named."""
    items = [one.item for one in load(BANK).entries if isinstance(one.item.body, Short)]
    made = accepting(BANK, {one.id: ["quite another word"] for one in items})
    assert made.left == ()
    assert made.patch.count('"quite another word"') == len(items)
    other = accepting(BANK, {"no-such-id": ["x"]})
    assert (other.patch, other.left) == ("", ("no-such-id: no longer in the bank",))


def test_a_list_below_its_key_and_a_near_miss(tmp_path: Path) -> None:
    """A block list grows by a line; what is a near miss too is said."""
    item = short_item()
    (tmp_path / "bank" / "git").mkdir(parents=True)
    file = tmp_path / "bank" / "git" / "topic.yaml"
    file.write_text(
        '- id: "one"\n  level: "mid"\n  type: "short"\n  prompt: "Which?"\n  answers:\n'
        '    - "a"\n    - "b"\n  near_misses:\n    - answers: ["c"]\n      why: "No."\n'
        '      misconception: "c-is-a"\n  explain: "Yes."\n  sources:\n    - title: "T"\n'
        '      section: "1"\n      url: "https://example.test/"\n  proof:\n    kind: "read"\n'
    )
    made = accepting(tmp_path / "bank", {"one": ["c"], item.id: ["x"]})
    assert '+    - "c"\n' in made.patch
    assert made.left == (
        "one: 'c' is a near miss too, take it out there",
        f"{item.id}: no longer in the bank",
    )
