"""The file of misconceptions: every one that is used has a sentence, every sentence is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questions.cache import load
from questions.checks import everything
from questions.templates import ALL
from tests.questions.written import SINGLE, bank

GOOD = """\
- id: any-refusal-is-404
  says: "You answer every refusal with 404."
- id: not-allowed-is-not-implemented
  says: "You take 'not allowed' for 'not implemented'."
"""


def mistakes(root: Path, text: str, name: str = "http-apis") -> list[str]:
    """What the check says of a bank with one question and this file of misconceptions."""
    bank(root, SINGLE)
    folder = root / "misconceptions"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text)
    return [str(one) for one in everything(root).mistakes]


def test_what_is_used_and_said_is_sound(tmp_path: Path) -> None:
    """Sentences for exactly the misconceptions of the bank are taken, and found again."""
    # the templates' own are missing in this small bank
    found = mistakes(tmp_path, GOOD)
    assert [one for one in found if "a template names" not in one] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("- id: any-refusal-is-404\n", "- id: another-one\n"), "stands in no file"),
        (GOOD + '- id: unheard-of\n  says: "You never heard of it."\n', "no question betrays"),
        (GOOD.replace("You answer", "One answers"), "begin with 'You'"),
        (GOOD.replace("404.", "404"), "end with a full stop"),
        (GOOD.replace("every refusal", "every refusal" * 9), "90 at most"),
        (GOOD + GOOD, "already"),
        (GOOD.replace("  says: ", "  sais: "), "needs 'says'"),
        ("id: alone\n", "a list of tables"),
        ("- id: [\n", "not YAML"),
    ],
)
def test_every_breach_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """A slip in the file of misconceptions is refused with file and line."""
    (found, *_) = [one for one in mistakes(tmp_path, text) if said in one]
    assert found.partition(":")[0].endswith(".yaml")
    assert found.split(":")[1].isdigit()


def test_a_changed_sentence_is_seen(tmp_path: Path) -> None:
    """The compiled bank notices that a misconception is called otherwise."""
    bank(tmp_path, SINGLE)
    folder = tmp_path / "misconceptions"
    folder.mkdir()
    (folder / "http-apis.yaml").write_text(GOOD)
    drawn = {slug for template in ALL for slug in template.why} - set(re.findall("id: (.*)", GOOD))
    said = (f'- id: {slug}\n  says: "You think so."\n' for slug in sorted(drawn))
    (folder / "templates.yaml").write_text("".join(said))
    before = load(tmp_path, tmp_path / "cache").beliefs
    assert before["any-refusal-is-404"] == "You answer every refusal with 404."
    (folder / "http-apis.yaml").write_text(GOOD.replace("every refusal", "any refusal at all"))
    after = load(tmp_path, tmp_path / "cache").beliefs
    assert after["any-refusal-is-404"] == "You answer any refusal at all with 404."
