"""Every rule of the author guide that a program can check is refused with file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.rules.grounds import primary
from questions.rules.words import question
from tests.questions.written import (
    ALL,
    CASE,
    MATCH,
    MULTI,
    NUMERIC,
    OPEN,
    ORDER,
    OUTPUT,
    READ,
    REGEX,
    SHORT,
    SINGLE,
    SQL,
    bank,
    broken,
    changed,
)

LONG = "x" * 76
ASK = "Which status does it send?"
NAMES = '"405 Method Not Allowed"', '"404 Not Found"', '"501 Not Implemented"'

BREACHES = [
    # 5, 6, 7: what is asked
    (SINGLE, ASK, "Name the status.", 4, "ask a question: the prompt has no question mark"),
    (SINGLE, ASK, "See /notes?page=2 and name it.", 4, "ask a question"),
    (CASE, "number 2?", "number 2.", 16, "end the step's 'ask' with a question mark"),
    (SINGLE, ASK, "Which status does it not send?", 4, "a negative question"),
    (SINGLE, ASK, "Which status doesn't it send?", 4, "a negative question"),
    (SINGLE, ASK, "Which of them is wrong, or what is wrong?", 4, "a negative question"),
    (SINGLE, ASK, "Which status does it NOT send?", 4, "1 of 1 items of http-apis ask what"),
    (SINGLE, ASK, "Which of these statements is true?", 4, "'which is true' asks nothing"),
    (SINGLE, ASK, "Which status is best?", 4, "'best' by what?"),
    (SINGLE, ASK, "![chart](a.png) " + ASK, 4, "a picture: say it in words"),
    (SINGLE, ASK, ASK + "x" * 900, 4, "characters: cut it to 900"),
    (SINGLE, ASK, f"{ASK}\n    ```\n{'    x' * 1}{'y' * 49}\n    ```", 4, "a phone wraps after 48"),
    (
        OUTPUT,
        "    print(rows)\n",
        "    print(rows)\n" * 15,
        7,
        "the code has 17 lines: cut it to 16",
    ),
    (OUTPUT, "    print(rows)\n", f"    print(rows)  # {'x' * 40}\n", 7, "the code has 55 columns"),
    # 8: the options
    (SINGLE, '    - wrong: "501', '    - right: "501', 7, "2 right options: exactly one is right"),
    (MULTI, '    - wrong: "PUT"', '    - wrong: "GET"', 10, "option 'GET' stands twice"),
    (SINGLE, NAMES[1], f'"{LONG}"', 10, "an option of 76 characters: cut it to 75"),
    (SINGLE, NAMES[1], '"It is not there, which is a long story for a status"', 7, "1.5 times"),
    (MULTI, '    - right: "HEAD"', '    - wrong: "HEAD"', 8, "needs 'misconception'"),
    # 9: what gives the answer away
    (SINGLE, NAMES[1], '"None of the above"', 10, "no all or none of the above"),
    (SINGLE, NAMES[1], '"All of these"', 10, "no all or none of the above"),
    (SINGLE, NAMES[1], '"Option B and more"', 10, "refers to another"),
    (SINGLE, NAMES[1], '"A and C"', 10, "refers to another"),
    (SINGLE, NAMES[1], '"404, and only 404"', 7, "'only' stands in wrong options alone"),
    (SINGLE, "A server knows", "An allowed server knows", 7, "'allowed' of the prompt stands in"),
    # 11: explanations
    (SINGLE, "The rule behind it", "word " * 60, 16, "the explanation has 66 words: cut it to 60"),
    (SINGLE, "That says that nothing is there, which is not so.", "Incorrect.", 11, "use 5 words"),
    (SINGLE, "any-refusal-is-404", '"Any refusal"', 12, "small letters and hyphens"),
    (CASE, "It shows the cause within a short time.", "Yes.", 9, "'Look 1' does not say why"),
    # 12: sources
    (SINGLE, "https://www.rfc-editor.org/rfc", "http://www.rfc-editor.org/rfc", 20, "https"),
    (SINGLE, "www.rfc-editor.org", "blog.example.test", 20, "blog.example.test is no primary host"),
    # proofs
    (SINGLE, "kind: python", "kind: magic", 22, "proof 'magic' is none of bash, node"),
    (SINGLE, "kind: python", "kind: sqlite", 22, "proof 'sqlite' is for items of type sql"),
    (SINGLE, "kind: python", "kind: order", 22, "proof 'order' is for items of type order"),
    (OUTPUT, "kind: run", "kind: read", 26, "of type output is proved by 'run', not 'read'"),
    (OUTPUT, "kind: run\n", 'kind: run\n    code: "1"\n', 27, "proof 'run' takes no 'code'"),
    (ORDER, "kind: order", "kind: bash", 17, "proof 'bash' needs 'code'"),
    (READ, '["ada", "ben"]', '["ada", "ada"]', 23, "two different people read"),
    (READ, '    readers: ["ada", "ben"]\n', "", 21, "names its 'readers'"),
    (READ, "2026-11-22", "last year", 24, "has a 'date'"),
    (READ, '    section: "15.5.6 405 Method Not Allowed"\n', "", 21, "names the 'section'"),
    # ids and places
    (SINGLE, "http-wrong-method", "single", 1, "an id is words of small letters"),
    (SINGLE, "http-wrong-method", '"Http-x"', 1, "an id is words of small letters"),
    (SINGLE, "http-wrong-method", "-".join(["http"] * 13), 1, "at most 60"),
    (SINGLE, "  level: junior\n", "  level: junior\n  status: retired\n", 3, "'replaced_by'"),
    (SINGLE, "  level: junior\n", "  level: junior\n  replaced_by: a-b\n", 3, "'status: retired'"),
    # the types' own rules
    (SINGLE, "  level: junior\n", '  level: junior\n  hints: ["a", "b", "c"]\n', 3, "3 hints: two"),
    (OUTPUT, "language: python", "language: cobol", 4, "language 'cobol' is none of python"),
    (NUMERIC, 'answer: "60"', 'answer: "sixty"', 5, "'sixty' is no number"),
    (NUMERIC, 'tolerance: "0"', 'tolerance: "-1"', 6, "'-1' is no tolerance"),
    (NUMERIC, 'tolerance: "0"', 'tolerance: "1"', 12, "61 is taken for right"),
    (NUMERIC, 'value: "61"', 'value: "80.0"', 12, "80.0 stands twice"),
    (NUMERIC, 'value: "61"', 'value: "61 rows"', 12, "'61 rows' is no number"),
    (SHORT, '["git tag"]', '["git branch"]', 7, "'git branch' is right and a near miss"),
    (SHORT, '["git tag"]', '["git log"]', 10, "'git log' is in two near misses"),
    (ORDER, '"Answer 304."]', '"Compare the tags."]', 5, "step 'Compare the tags.' stands twice"),
    (ORDER, ', "Answer 304."]', "]", 5, "3 under 'steps': write 4 to 6"),
    (ORDER, '["3", "4"]]', '["4", "3"]]', 6, "4 before 3 contradicts the order"),
    (ORDER, '["3", "4"]]', '["3", "5"]]', 6, "the steps have the numbers 1 to 4"),
    (ORDER, 'swap: ["3", "4"]', 'swap: ["4", "3"]', 8, "the smaller first"),
    (MATCH, 'right: "Not Found"', 'right: "OK"', 10, "right side 'OK' stands twice"),
    (MATCH, '["Gone"]', '["OK"]', 12, "'OK' belongs to a left side already"),
    (MATCH, '["Gone"]', '["Gone", "A", "B"]', 12, "3 under 'extra_right': write 1 to 2"),
    (SQL, '    - name: "empty"\n      rows: "select 1;"\n', "", 6, "2 under 'fixtures': write 3"),
    (SQL, '  ordered: "false"\n', '  ordered: "false"\n  dialect: mysql\n', 14, "only sqlite"),
    (REGEX, '["4", "422"', '["42", "422"', 6, "'42' is accepted and rejected"),
    (OPEN, '"look at the trace", ', "", 8, "2 phrasings: write 3 to 6"),
    (OPEN, "look at the trace", "trace", 8, "phrasing 'trace': 2 to 7 words"),
    (OPEN, 'weight: "3"', 'weight: "30"', 12, "weight 30: write 1 to 10"),
    (OPEN, ', "What does the cure cost?"', "", 21, "1 under 'follow_ups': write 2"),
]


def test_sound_items_of_every_type_break_no_rule(tmp_path: Path) -> None:
    """Items written by the guide pass, also a retired one and a reading by two people."""
    retired = changed(READ, "http-wrong-method", "http-old")
    retired = changed(
        retired, "  level", "  status: retired\n  replaced_by: talk-slow-list\n  level"
    )
    bank(tmp_path, "".join(ALL.values()) + retired)
    assert broken(tmp_path) == []


@pytest.mark.parametrize(("text", "old", "new", "line", "says"), BREACHES)
def test_a_breach_is_named_with_its_line(
    tmp_path: Path, text: str, old: str, new: str, line: int, says: str
) -> None:
    """One planted breach of one rule is reported at the line where it stands."""
    path = bank(tmp_path, changed(text, old, new))
    mistakes = broken(tmp_path)
    assert any(says in m.text and m.line == line and m.path == str(path) for m in mistakes), (
        mistakes
    )


ALLOWED = [
    (SINGLE, ASK, "Which status does it send, not only here?"),
    (SINGLE, ASK, "What may `x not in y` mean there?"),
    (SINGLE, ASK, "Which status is best for a client that may use GET?"),
    (MULTI, "Which of these methods are safe as HTTP defines it?", "Choose every safe method."),
    (OUTPUT, '"[[1], []]"', '"[[1], [], [], [], [], [], [], [], [], []]"'),
    (SINGLE, NAMES[1], '"404 Not Found, as nothing of this kind is known here"'),
    (SHORT, '["git branch", "git branch --list"]', '["git branch"]'),
    (NUMERIC, '"rows"', '""'),
]


@pytest.mark.parametrize(("text", "old", "new"), ALLOWED)
def test_what_a_rule_does_not_mean_is_allowed(
    tmp_path: Path, text: str, old: str, new: str
) -> None:
    """Outputs and status lines may differ in length, and 'not' may stand beside a question."""
    bank(tmp_path, changed(text, old, new))
    assert broken(tmp_path) == []


def test_words_that_every_option_takes_from_the_prompt_give_nothing_away(tmp_path: Path) -> None:
    """An option may quote the prompt when the others quote it as much."""
    text = changed(SINGLE, "A server knows `/notes`", "405, 404 and 501 refuse. A server knows it")
    bank(tmp_path, text)
    assert broken(tmp_path) == []


def test_one_negative_question_in_twenty_is_allowed(tmp_path: Path) -> None:
    """NOT in capitals is taken for 5 % of an area, and refused above that."""
    texts = [SINGLE.replace("http-wrong-method", f"http-item-{n}") for n in range(20)]
    texts[0] = changed(texts[0], ASK, "Which status does it NOT send?")
    bank(tmp_path, "".join(texts))
    assert broken(tmp_path) == []
    bank(tmp_path, "".join(texts[:19]))
    assert len(broken(tmp_path)) == 1


def test_an_item_outside_the_areas_is_refused(tmp_path: Path) -> None:
    """A file whose area or topic is not in areas.yaml is refused."""
    bank(tmp_path, SINGLE, "http-apis/teapots.yaml")
    bank(tmp_path, OUTPUT, "pizza/margherita.yaml")
    assert [m.text for m in broken(tmp_path)] == [
        "http-wrong-method: topic 'teapots' is not in area 'http-apis' of questions/areas.yaml",
        "py-list-twice: area 'pizza' is not in questions/areas.yaml: move the file",
    ]


def test_a_retired_item_names_one_that_exists(tmp_path: Path) -> None:
    """What replaces an item is another item of the bank."""
    for name in ("no-such-item", "http-wrong-method"):
        text = changed(SINGLE, "  level", f"  status: retired\n  replaced_by: {name}\n  level")
        bank(tmp_path, text)
        found = broken(tmp_path)
        assert [(m.line, f"replaced_by '{name}' is no other item" in m.text) for m in found] == [
            (3, True)
        ]


def test_primary_hosts_may_be_a_domain_or_a_folder_of_one() -> None:
    """A listed domain stands for its subdomains, a listed folder for nothing beside it."""
    hosts = {"w3.org": "the W3C", "laravel.com/docs": "Laravel"}
    assert primary("https://www.w3.org/TR/x", hosts)
    assert primary("https://laravel.com/docs/11.x", hosts)
    assert not primary("https://laravel.com/blog", hosts)
    assert not primary("https://evilw3.org/", hosts)
    assert not primary("nonsense", hosts)


def test_a_host_without_its_owner_is_refused(tmp_path: Path) -> None:
    """Every primary host has a line that says whose manual it is."""
    bank(tmp_path, SINGLE)
    with (tmp_path / "hosts.yaml").open("a") as file:
        file.write('example.test: ""\n')
    line = (tmp_path / "hosts.yaml").read_text().count("\n")
    found = broken(tmp_path)
    assert [(m.line, m.text) for m in found] == [(line, "say whose manual example.test is")]


def test_the_question_is_the_sentence_that_asks() -> None:
    """Statements and code around a question do not belong to it."""
    text = "It does not stop. `not x?` stands there.\nWhich one is it? Say so."
    assert question(text) == "Which one is it?"
