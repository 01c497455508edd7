"""Files of other programs: what they hold is taken, what they lack is listed, nothing half-done."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from questions.commands import main
from questions.exchange.files import Taken
from questions.exchange.importing import Brought, Order, bring
from questions.exchange.reading import read
from questions.loading import load
from questions.model import Choice, Match, Number, Short
from tests.questions.test_exchange import empty_bank
from tests.questions.written import SINGLE, bank

Printed = pytest.CaptureFixture[str]
MOODLE = r"""// from somebody's course
$CATEGORY: $course$/Top/HTTP

::Q1 Methods:: Which method is safe? {=GET ~POST ~%50%PUT#It is idempotent.}

Who wrote RFC 9110\: one name { =Fielding =%0%Berners-Lee#He wrote of the first version. }

::pairs::[html]<p>Match <b>them</b> &amp; go.</p> {
  =404 -> Not Found
  =410 -> Gone
  =304 -> Not Modified
}

How many bits has an IPv4 address? {#32:0}

How wide is it? {#1..5####Between the two.}

The sky is blue. {TRUE#No, look.#Yes.}

The method {=PUT =put} is idempotent.

Choose two of them. {~%50%GET ~%50%HEAD ~%-100%POST}

Tell me about yourself. {}
"""


def kept(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def drafted(folder: Path, name: str, text: str) -> tuple[Brought, Path]:
    """What comes of a draft, and the file."""
    to = folder / "draft.yaml"
    order = Order("http-apis", "status-codes", to=to, draft=True)
    return bring(empty_bank(folder), kept(folder, name, text), None, order), to


def test_gift_of_a_course_is_read(tmp_path: Path) -> None:
    """Every form of answers that GIFT knows becomes the type that we have for it."""
    taken = read(kept(tmp_path, "course.gift", MOODLE))
    assert taken.refused == ()
    fields = [record.fields for record in taken.records]
    kinds = [one["type"] for one in fields]
    assert kinds == [
        *("single", "short", "match", "numeric", "numeric", "single", "short", "multi", "open"),
    ]
    assert fields[1]["prompt"] == "Who wrote RFC 9110: one name"
    assert fields[1]["near_misses"] == [
        {"answers": ["Berners-Lee"], "why": "He wrote of the first version."}
    ]
    assert fields[2]["prompt"] == "Match them & go."
    assert (fields[3]["answer"], fields[3]["tolerance"]) == ("32", "0")
    assert (fields[4]["answer"], fields[4]["tolerance"]) == ("3", "2")
    assert fields[4]["explain"] == "Between the two."
    assert fields[5]["options"] == [
        {"right": "True", "why": "Yes."},
        {"wrong": "False", "why": "No, look."},
    ]
    assert fields[6]["prompt"] == "The method ____ is idempotent."
    assert [record.line for record in taken.records] == [4, 6, 8, 14, 16, 18, 20, 22, 24]
    assert {one["proof"]["kind"] for one in fields if isinstance(one["proof"], dict)} == {
        "unproven"
    }
    doubts = [(doubt.line, doubt.text) for doubt in taken.doubts]
    assert doubts == [
        (4, "'PUT' gives 50 % of the points: here it is wrong, see that it is"),
        (18, "true or false: ours have three options or four, one of them right"),
    ]


def test_what_gift_of_a_course_lacks_is_listed_in_the_draft(tmp_path: Path) -> None:
    """A draft is written with everything that is there; the rest is named at its lines."""
    brought, to = drafted(tmp_path, "course.gift", MOODLE)
    text = to.read_text("utf-8").splitlines()
    mine = [one for one in brought.mistakes if one.path == str(to)]
    assert sum(brought.written.values()) == 9
    why = [one.line for one in mine if one.text.startswith("option 'GET' does not say why")]
    assert text[why[0] - 1] == '    - right: "GET"'
    for said in ("needs 'explain'", "needs 'sources'", "needs 'level'", "needs 'rubric'"):
        assert any(said in one.text for one in mine), said
    assert "- id: q1-methods" not in text  # a title is no id
    assert "- id: which-method-is-safe" in text


def test_gift_with_mistakes_is_refused_as_a_whole(tmp_path: Path) -> None:
    """Each question that is not GIFT has its line; not even a draft is made of the others."""
    text = "::a::Fine? {=yes}\n\nOpen {=never\n\nTwo {=a} {=b}\n\nNothing at all.\n\nx } y {\n"
    brought, to = drafted(tmp_path, "bad.gift", text)
    assert [(one.line, one.text.split(":")[0]) for one in brought.mistakes] == [
        (3, "the answers begin with { and end nowhere"),
        (5, "more than one pair of { }"),
        (7, "no { } with answers"),
        (9, "a } before any {"),
    ]
    assert not to.exists()


def test_a_deck_of_two_columns_is_read(tmp_path: Path) -> None:
    """A short back is an answer to type, a long one a model answer; markup is taken off."""
    text = (
        "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n"
        "x1\tWhat does <b>git reflog</b> list?\tWhere HEAD&nbsp;was\tgit\n"
        f'x2\t"Explain\nrebase"\t"<div>First.</div><div>{"long " * 20}</div>"\tgit\n'
    )
    taken = read(kept(tmp_path, "deck.txt", text))
    short, opened = (record.fields for record in taken.records)
    assert [record.line for record in taken.records] == [5, 6]
    assert (short["type"], short["prompt"], short["answers"]) == (
        "short",
        "What does git reflog list?",
        ["Where HEAD was"],
    )
    assert (opened["type"], opened["prompt"]) == ("open", "Explain\nrebase")
    assert str(opened["model_answer"]).startswith("First.\nlong long")


def test_questions_that_begin_alike_get_ids_of_their_own(tmp_path: Path) -> None:
    """A second one of the same words has a number, and so has one whose id the bank has."""
    asked = "Which method is safe?\tGET\n"
    text = f"#separator:tab\n#html:false\n{asked * 3}"
    brought, to = drafted(tmp_path, "deck.txt", text)
    assert sum(brought.written.values()) == 3
    names = [line for line in to.read_text("utf-8").splitlines() if line.startswith("- id: ")]
    name = "- id: which-method-is-safe"
    assert names == [name, f"{name}-2", f"{name}-3"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id,promt\n", 1, "column 'promt' is none of a question, did you mean 'prompt'?"),
        ("id,id\n", 1, "column 'id' stands twice"),
        ("id,proof.code\nx,1\n", 1, "column 'proof.code': proofs are programs"),
        ("id,options.0.right\n", 1, "column 'options.0.right' is none of a question"),
        ("id,answers,answers.1\nx,a,b\n", 2, "column 'answers.1' and what it is a part of"),
        ("id,answers.1,answers\nx,a,b\n", 2, "column 'answers' and a part of it"),
        ("id,prompt\na,b,c\n", 2, "3 cells, but 2 columns"),
        ('id,prompt\na,"b\n', 2, "a quote is opened and never closed"),
        ("", 1, "nothing is in it"),
        ("id,prompt\n", 1, "no question is in it"),
    ],
)
def test_a_sheet_with_mistakes_is_refused(tmp_path: Path, text: str, line: int, said: str) -> None:
    """What is wrong with rows and columns is said with its line."""
    brought, to = drafted(tmp_path, "x.csv", text)
    assert brought.written == {}
    assert brought.mistakes[0].line == line
    assert brought.mistakes[0].text.startswith(said)
    assert not to.exists()


def test_other_separators_are_found(tmp_path: Path) -> None:
    """Semicolons and tabs part the cells where the first line has most of them."""
    for name, separator in (("a.csv", ";"), ("b.tsv", "\t")):
        text = f"id{separator}type{separator}prompt\nx-y{separator}open{separator}One, two, three\n"
        (record,) = read(kept(tmp_path, name, text)).records
        assert record.fields["prompt"] == "One, two, three"


def test_a_formula_comes_as_text(tmp_path: Path) -> None:
    """A cell that begins as a formula is text here; one apostrophe before it is a spreadsheet's."""
    text = "id,type,prompt,explain\nx-y,open,=cmd|' /C calc'!A0,'=1+1\n"
    (record,) = read(kept(tmp_path, "x.csv", text)).records
    assert record.fields["prompt"] == "=cmd|' /C calc'!A0"
    assert record.fields["explain"] == "=1+1"


def test_our_yaml_comes_without_its_proof(tmp_path: Path) -> None:
    """A program of somebody else is never run here: its place says that nothing is proven."""
    here = tmp_path / "here"
    here.mkdir()
    root = empty_bank(here)
    folder = tmp_path / "http-apis"
    folder.mkdir()
    file = kept(folder, "status-codes.yaml", SINGLE.replace("KEY", "KEY  # evil"))
    assert bring(root, file, None, Order()).mistakes == ()
    written = root / "bank" / "http-apis" / "status-codes.yaml"
    assert "evil" not in written.read_text("utf-8")
    assert load(root / "bank").entries[0].item.proof.kind == "unproven"


def test_an_import_stands_behind_what_is_there(tmp_path: Path, capsys: Printed) -> None:
    """The file of the topic keeps its bytes; a second import finds the ids taken, and is none."""
    path = bank(tmp_path, SINGLE)
    before = path.read_text("utf-8")
    other = SINGLE.replace("http-wrong-method", "http-other-method")
    (tmp_path / "new").mkdir()
    file = kept(tmp_path / "new", "x.yaml", other)
    place = ["--area", "http-apis", "--topic", "status-codes"]
    assert main(["import", str(file), *place], tmp_path) == 0
    after = path.read_text("utf-8")
    assert after.startswith(before.rstrip() + "\n\n- id: http-other-method\n")
    assert main(["check"], tmp_path) == 0
    capsys.readouterr()
    assert main(["import", str(file), *place], tmp_path) == 1
    assert "the id is taken, see" in capsys.readouterr().out
    assert path.read_text("utf-8") == after


def test_one_mistake_keeps_everything_out(tmp_path: Path, capsys: Printed) -> None:
    """Of two questions the one that breaks a rule is named at its line; neither is written."""
    root = empty_bank(tmp_path)
    text = (
        "id,area,topic,type,level,prompt,answers.1\n"
        "a-b,git,remotes,short,mid,What?,x\n"
        "c-d,git,nowhere,short,mid,What?,x\n"
    )
    assert main(["import", str(kept(tmp_path, "x.csv", text))], root) == 1
    out = capsys.readouterr().out
    assert "x.csv:2: a short item needs 'near_misses'" in out
    assert "topic 'nowhere' is not in area 'git'" in out
    assert "nothing was written" in out
    assert list((root / "bank").iterdir()) == []


def test_names_of_places_are_no_paths(tmp_path: Path) -> None:
    """An area that climbs out of the folder is none."""
    root = empty_bank(tmp_path)
    to = tmp_path / "drafts"
    to.mkdir()
    text = "id,area,topic,type,prompt\na-b,../..,x/../../y,open,What?\n"
    brought = bring(root, kept(tmp_path, "x.csv", text), None, Order(to=to, draft=True))
    assert [Path(name).relative_to(to) for name in brought.written] == [
        Path("elsewhere/elsewhere.yaml")
    ]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order("git", "remotes", draft=True), "a draft is no part of the bank"),
        (Order("git", "remotes", to=Path("bank/git/remotes.yaml"), draft=True), "a draft is no"),
        (Order("git", "remotes", to=Path("there.yaml")), "it is there already"),
    ],
)
def test_what_is_there_is_never_written_over(tmp_path: Path, order: Order, said: str) -> None:
    """A draft never goes into the bank, and no file but the bank's is added to."""
    root = empty_bank(tmp_path)
    kept(tmp_path, "there.yaml", "mine")
    with chdir(tmp_path):
        brought = bring(root, kept(tmp_path, "x.gift", "Why? {}"), None, order)
    assert brought.mistakes[0].text.startswith(said)
    assert (tmp_path / "there.yaml").read_text("utf-8") == "mine"


def test_the_values_of_a_course_are_those_of_the_model(tmp_path: Path) -> None:
    """What was read of GIFT is read again of the draft as the bodies of our questions."""
    _, to = drafted(tmp_path, "course.gift", MOODLE)
    folder = tmp_path / "second" / "http-apis"
    folder.mkdir(parents=True)
    to.rename(folder / "status-codes.yaml")
    items = [entry.item for entry in load(tmp_path / "second").entries]
    bodies = [item.body for item in items]
    assert isinstance(bodies[0], Choice)
    assert [option.right for option in bodies[0].options] == [True, False, False]
    assert isinstance(bodies[1], Short)
    assert bodies[1].answers == ("Fielding",)
    assert isinstance(bodies[2], Match)
    assert [pair.right for pair in bodies[2].pairs] == ["Not Found", "Gone", "Not Modified"]
    assert isinstance(bodies[4], Number)
    assert isinstance(bodies[7], Choice)
    assert [option.right for option in bodies[7].options] == [True, True, False]


def test_nothing_is_read_without_a_format(tmp_path: Path) -> None:
    """A name that says nothing needs --format."""
    brought = bring(empty_bank(tmp_path), kept(tmp_path, "x.txt", "hello"), None, Order())
    assert brought.mistakes[0].text == "what is it? Say --format, one of gift, anki, csv, yaml"
    assert isinstance(read(kept(tmp_path, "y.txt", "#separator:tab\na\tb\n")), Taken)
