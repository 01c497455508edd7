"""What is exported comes back by import as it was, as far as the format can hold it."""

from __future__ import annotations

import re
import shutil
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from questions.cache import HERE
from questions.exchange import giftwriting
from questions.exchange.columns import inert, meant
from questions.exchange.files import Record, Taken
from questions.exchange.giftmarks import reasoned
from questions.exchange.house import dumped
from questions.exchange.importing import Order, bring
from questions.exchange.plain import Fields, fields, text_of
from questions.exchange.reading import READERS
from questions.exchange.writing import WRITERS, exported, holdable, left_out
from questions.export import draws
from questions.loading import entered, load
from questions.model import TYPES, Choice, Code, Item, Open, Option, Proof, Source
from questions.yamltext import Series, Table, parse
from tests.questions.written import ALL, bank

BANK = tuple(entry.item for entry in load(HERE / "bank").entries)
GUIDE = (HERE.parent / "docs" / "authors.md").read_text(encoding="utf-8")
FORMS = sorted(WRITERS)
ROW = re.compile(r"^\| `(\w+)` \| (all|nothing)(.*?) \| (all|nothing)(.*?) \|$", re.MULTILINE)
# Everything that an author may type into a field of text, and that YAML can hold.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and not text.endswith("\n"))
MARKS = st.text("={}~#:\\%->[]*'\"@+,;\t\n ab1", min_size=1, max_size=20)


def empty_bank(root: Path, *, beliefs: bool = False) -> Path:
    """A bank without items, beside the real areas and hosts, and the misconceptions if wanted."""
    for name in ("areas.yaml", "hosts.yaml"):
        shutil.copy(HERE / name, root / name)
    if beliefs and (HERE / "misconceptions").is_dir():
        shutil.copytree(HERE / "misconceptions", root / "misconceptions")
    (root / "bank").mkdir()
    return root


def taken(items: tuple[Item, ...], form: str) -> Taken:
    """The items written and read again in a format."""
    return READERS[form]("file", WRITERS[form](holdable(items, form)))


def kept(item: Item, form: str) -> Fields:
    """The fields that a format is said to hold of an item."""
    lost = set(giftwriting.lost(item)) if form == "gift" else set()
    return {key: value for key, value in fields(item).items() if key not in lost}


@pytest.mark.parametrize("form", FORMS)
def test_the_bank_comes_back_field_by_field(form: str) -> None:
    """Nothing that the format can hold is lost or changed, and nothing is added."""
    found = taken(BANK, form)
    assert (found.refused, found.doubts) == ((), ())
    held = holdable(BANK, form)
    assert [(one.area, one.topic) for one in found.records] == [(i.area, i.topic) for i in held]
    for record, item in zip(found.records, held, strict=True):
        assert record.fields == kept(item, form), item.id


@pytest.mark.parametrize("form", FORMS)
def test_the_bank_is_written_as_yaml_of_the_same_items(form: str, tmp_path: Path) -> None:
    """An empty bank into which the export of ours is brought has the same items, unproven."""
    root = empty_bank(tmp_path, beliefs=True)
    items = [
        item
        for item in holdable(BANK, form)
        if form != "gift" or not isinstance(item.body, Open)  # these lose their rubric
    ]
    file = tmp_path / f"bank.{form}"
    file.write_text(exported(items, form), encoding="utf-8")
    brought = bring(root, file, None, Order())
    assert brought.mistakes == ()
    assert sum(brought.written.values()) == len(items)
    loaded = load(root / "bank")
    assert loaded.mistakes == ()
    back = {entry.item.id: entry.item for entry in loaded.entries}
    assert back == {item.id: replace(item, proof=Proof("unproven")) for item in items}


@given(st.lists(TEXT | MARKS, min_size=8, max_size=8, unique=True), st.booleans())
def test_any_text_comes_back(texts: list[str], many: bool) -> None:
    """Whatever stands in a field: marks of the formats, quotes, line ends, formulas."""
    one = made(texts, many=many)
    assert taken((one,), "csv").records[0].fields == fields(one)
    assert taken((one,), "anki").records[0].fields == fields(one)


@given(st.lists(TEXT | MARKS, min_size=8, max_size=8, unique=True), st.booleans())
def test_any_text_that_gift_holds_comes_back(texts: list[str], many: bool) -> None:
    """GIFT takes the blanks off the ends of texts; all else is escaped."""
    bare = [text.strip() or f"x{at}" for at, text in enumerate(texts)]
    one = made([text.replace("\n* [", "\n").replace("](", "]") for text in bare], many=many)
    assert giftwriting.unholdable(one) == ""
    (record,) = taken((one,), "gift").records
    assert record.fields == fields(one)


@given(st.lists(TEXT | MARKS, min_size=8, max_size=8, unique=True), st.booleans())
def test_any_text_is_written_as_yaml(texts: list[str], many: bool) -> None:
    """The house's YAML reads as what was written, without a mistake of form."""
    one = fields(made([text.rstrip("\n") or "x" for text in texts], many=many))
    root, mistakes = parse("file", dumped([one, one]).encode())
    assert mistakes == []
    assert isinstance(root, Series)
    for node in root.entries:
        assert isinstance(node, Table)
        entry, _ = entered("file", node, "git", "remotes")
        assert entry is not None
        assert fields(entry.item) == one


@pytest.mark.parametrize("text", ["\nsecond", " first\nsecond", " \nsecond", "first\n "])
def test_text_that_no_block_can_hold_is_quoted(text: str) -> None:
    """A block's first line decides how far it is indented, so some texts are none."""
    root, mistakes = parse("file", dumped([{"prompt": text}]).encode())
    assert mistakes == []
    assert isinstance(root, Series)
    assert text_of(root) == [{"prompt": text}]


def test_brackets_behind_a_right_reason_are_words() -> None:
    """Right answers betray no misconception: what looks like one belongs to the reason."""
    assert reasoned("It is [so-and-so]", right=True) == {"why": "It is [so-and-so]"}
    assert reasoned("No. [so-and-so]") == {"why": "No.", "misconception": "so-and-so"}


def made(texts: list[str], *, many: bool) -> Item:
    """A question of these texts."""
    prompt, right, wrong, other, why, because, explain, code = texts
    options = (
        Option(right, right=True, why=why),
        Option(wrong, right=False, why=because, misconception="a-belief"),
        Option(other, right=False, why=why, misconception="another-belief"),
    )
    return Item(
        id="made-up",
        area="git",
        topic="remotes",
        level="mid",
        type="multi" if many else "output",
        prompt=prompt,
        body=Choice(options, many=many),
        explain=explain,
        sources=(Source("A manual", "1 (one)", "https://example.test/a(b)"),),
        proof=Proof("run"),
        code=None if many else Code(code, "python", "3.11"),
    )


@given(st.text(string.printable, max_size=8))
def test_cells_are_inert_and_mean_what_was_written(text: str) -> None:
    """No cell begins with what a spreadsheet runs, unless it is a number; none is empty."""
    cell = inert(text)
    assert meant(cell) == text
    number = re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
    assert cell
    assert number or cell[0] not in "=+-@\t\r"


def test_what_a_format_cannot_hold_is_counted() -> None:
    """Types, fields and proofs that do not come along are named with their numbers."""
    kinds = {"single", "sql", "open"}
    some = tuple(item for item in BANK if item.type in kinds and not item.retired)
    counts = {kind: sum(item.type == kind for item in some) for kind in ("single", "sql", "open")}
    said = " ".join(left_out(some, "gift"))
    assert f"{counts['single'] + counts['open']} of {len(some)} questions" in said
    assert f"Left out: type sql ({counts['sql']})." in said
    for part in ("rubric", "red_flags", "follow_ups"):
        assert f"{part} ({counts['open']})" in said
    assert f"proofs ({counts['single'] + counts['open']})" in said
    assert "Left out" not in " ".join(left_out(some, "csv"))
    old = (replace(some[0], retired=True, replaced_by="another-one"), *some[1:])
    for form in FORMS:
        assert "retired (1)" in " ".join(left_out(old, form))
        assert len(holdable(old, form)) == len(holdable(some, form)) - 1


def test_templates_are_no_part_of_these_formats() -> None:
    """Draws come with the rows that the measures read, and with nothing else."""
    assert "Left out" not in " ".join(left_out(tuple(draws(1)), "jsonl"))
    assert exported([*draws(1)], "jsonl").count("\n") == len([*draws(1)])


def test_the_guide_says_what_each_format_holds(tmp_path: Path) -> None:
    """The table in docs/authors.md is what comes back of an item of each type."""
    said = {row[0]: row[1:] for row in ROW.findall(GUIDE.partition("| of an item |")[2])}
    bank(tmp_path, "".join(ALL.values()))
    written = {entry.item.type: entry.item for entry in load(tmp_path / "bank").entries}
    assert set(said) == {*TYPES, "hints", "proof"}
    for kind, item in written.items():
        for form, words in (
            ("csv", said[kind][:2]),
            ("anki", said[kind][:2]),
            ("gift", said[kind][2:]),
        ):
            assert words == held(item, form), (kind, form)
    hinted = replace(written["single"], hints=("Think of the method.",))
    assert "hints" in one_back(hinted, "csv").fields
    assert "hints" in one_back(hinted, "anki").fields
    assert "hints" not in one_back(hinted, "gift").fields
    assert said["hints"] == ("all", "", "nothing", "")
    assert all("proof" not in one_back(written["single"], form).fields for form in FORMS)
    assert said["proof"] == ("nothing", "", "nothing", "")


def one_back(item: Item, form: str) -> Record:
    return taken((item,), form).records[0]


def held(item: Item, form: str) -> tuple[str, str]:
    """The words of the table for what comes back of an item."""
    found = taken((item,), form).records
    if not found:
        return "nothing", ""
    lost = [key for key in fields(item) if found[0].fields.get(key) != fields(item)[key]]
    return "all", " but " + ", ".join(f"`{key}`" for key in lost) if lost else ""
