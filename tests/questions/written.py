"""Items of every type as an author writes them, all sound and proved, and a bank to put them in."""

from __future__ import annotations

import shutil
from pathlib import Path

from questions import areas
from questions.cache import HERE
from questions.checks import check, primary_hosts
from questions.loading import Entry, load
from questions.mistakes import Mistake
from questions.model import Item
from questions.proofs.runtimes import Runtimes

_END = """\
  explain: "The rule behind it, told in a few words."
  sources:
    - title: "RFC 9110, HTTP Semantics"
      section: "15.5 Client Error 4xx"
      url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5"
"""

SINGLE = (
    """\
- id: http-wrong-method
  level: junior
  type: single
  prompt: |
    A server knows `/notes`, but takes no DELETE there.
    Which status does it send?
  options:
    - right: "405 Method Not Allowed"
      why: "The resource is there, and the method is not for it."
    - wrong: "404 Not Found"
      why: "That says that nothing is there, which is not so."
      misconception: any-refusal-is-404
    - wrong: "501 Not Implemented"
      why: "That says that the server knows no such method at all."
      misconception: not-allowed-is-not-implemented
"""
    + _END
    + """\
  proof:
    kind: python
    code: |
      from http import HTTPStatus
      status = HTTPStatus.METHOD_NOT_ALLOWED
      assert KEY == f"{status.value} {status.phrase}"
"""
)

MULTI = (
    """\
- id: http-safe-methods
  level: junior
  type: multi
  prompt: "Which of these methods are safe as HTTP defines it?"
  options:
    - right: "GET"
      why: "It asks for a representation and for nothing else."
    - right: "HEAD"
      why: "It is GET without the content of the answer."
    - wrong: "PUT"
      why: "It replaces a representation, so that it changes state."
      misconception: idempotent-means-safe
    - wrong: "POST"
      why: "It has the target process what is sent along."
      misconception: post-only-reads
"""
    + _END
    + """\
  proof:
    kind: python
    code: |
      safe = {"GET", "HEAD", "OPTIONS", "TRACE"}
      assert set(KEY) == {m for m in [*KEY, *WRONG] if m in safe}
      assert not set(WRONG) & safe
"""
)

OUTPUT = (
    """\
- id: py-list-twice
  level: junior
  type: output
  language: python
  version: "3.11"
  prompt: "What does this program print?"
  code: |
    rows = [[]] * 2
    rows[0].append(1)
    print(rows)
  options:
    - right: "[[1], [1]]"
      why: "Both places of the list hold the same inner list."
    - wrong: "[[1], []]"
      why: "That would need two inner lists, and there is one."
      misconception: times-copies-the-elements
    - wrong: "[[1, 1]]"
      why: "Nothing joins the two places of the outer list."
      misconception: times-joins-lists
"""
    + _END
    + """\
  proof:
    kind: run
"""
)

NUMERIC = (
    """\
- id: http-offset-of-page
  level: mid
  type: numeric
  prompt: "Pages have 20 rows and begin with 1. Which OFFSET has page 4?"
  answer: "60"
  tolerance: "0"
  unit: "rows"
  known_wrong:
    - value: "80"
      misconception: pages-begin-with-zero
      why: "That skips four pages, so that page 5 is shown."
    - value: "61"
      misconception: offset-counts-from-one
      why: "OFFSET says how many rows are skipped, not which comes first."
"""
    + _END
    + """\
  proof:
    kind: node
    code: |
      if (KEY !== String((4 - 1) * 20)) throw new Error(KEY);
"""
)

SHORT = (
    """\
- id: git-list-branches
  level: junior
  type: short
  prompt: "Which git command lists the local branches?"
  answers: ["git branch", "git branch --list"]
  near_misses:
    - answers: ["git tag"]
      why: "It lists the tags, which are names that stay."
      misconception: tags-are-branches
    - answers: ["git log --oneline", "git log"]
      why: "It lists commits, not the names that point to them."
      misconception: log-lists-branches
"""
    + _END
    + """\
  proof:
    kind: bash
    code: |
      git init -q -b trunk . && git config user.email a@example.test && git config user.name a
      git commit -q --allow-empty -m one
      git branch side
      while read -r command; do
        [ "$($command | tr -d '* \\n')" = "sidetrunk" ]
      done <<< "$KEY"
"""
)

ORDER = (
    """\
- id: http-cache-steps
  level: senior
  type: order
  prompt: "Put the steps of a conditional request in order."
  steps: ["Store the ETag.", "Send If-None-Match.", "Compare the tags.", "Answer 304."]
  constraints: [["1", "2"], ["2", "3"], ["3", "4"]]
  pitfalls:
    - swap: ["3", "4"]
      why: "The server cannot know the answer before it compares."
      misconception: answer-before-comparison
"""
    + _END
    + """\
  proof:
    kind: order
"""
)

MATCH = (
    """\
- id: http-match-classes
  level: junior
  type: match
  prompt: "Match each status with what it says."
  pairs:
    - left: "200"
      right: "OK"
    - left: "304"
      right: "Not Modified"
    - left: "404"
      right: "Not Found"
  extra_right: ["Gone"]
"""
    + _END
    + """\
  proof:
    kind: python
    code: |
      from http import HTTPStatus
      assert KEY == {left: HTTPStatus(int(left)).phrase for left in KEY}
"""
)

SQL = (
    """\
- id: sql-paid-names
  level: junior
  type: sql
  prompt: "Give the names of all who have paid."
  schema: "create table person(name text, paid int);"
  fixtures:
    - name: "shown"
      rows: "insert into person values ('Ada', 1), ('Ben', 0);"
    - name: "nobody"
      rows: "insert into person values ('Ben', 0);"
    - name: "empty"
      rows: "select 1;"
  ordered: "false"
  solution: "select name from person where paid = 1"
  must_fail:
    - misconception: forgets-the-filter
      why: "Everybody is listed, whether they paid or not."
      query: "select name from person"
    - misconception: filter-turned-round
      why: "It lists those who have not paid at all."
      query: "select name from person where paid = 0"
"""
    + _END
    + """\
  proof:
    kind: sqlite
"""
)

REGEX = (
    """\
- id: regex-two-digits
  level: junior
  type: regex
  prompt: "Write a pattern for exactly two ASCII digits, used with `re.fullmatch`."
  accept: ["00", "42"]
  reject: ["4", "422", "a4"]
  solution: "[0-9]{2}"
  must_fail:
    - misconception: plus-means-two
      why: "The plus takes any number of digits from one."
      query: "[0-9]+"
    - misconception: dot-is-a-digit
      why: "The dot takes any character, letters as well."
      query: "..|[0-9]{2}"
"""
    + _END
    + """\
  proof:
    kind: regex
"""
)

OPEN = (
    """\
- id: talk-slow-list
  level: mid
  type: open
  prompt: "A list has become slow. How do you find out why?"
  rubric:
    - point: "Measures first."
      weight: "2"
      phrasings: ["measure before changing", "look at the trace", "read the slow query log"]
      anchors: ["trace"]
      misconceptions: ["guess the slow part"]
    - point: "Reads the plan."
      weight: "3"
      phrasings: ["explain analyze", "read the query plan", "plan shows a scan"]
    - point: "Says percentiles, not averages."
      weight: "1"
      phrasings: ["percentiles not averages", "p95 instead of mean", "p99 latency"]
  red_flags: ["Adds an index without looking."]
  model_answer: |
    I look at the trace of a slow request and then run EXPLAIN ANALYZE.
    I compare percentiles rather than averages, before and after.
  follow_ups: ["What if the plan is fine?", "What does the cure cost?"]
"""
    + _END
    + """\
  proof:
    kind: rubric
"""
)

_STEP = """\
    - ask: "What comes as number {n}?"
      options:
        - right: "Look {n}"
          why: "It shows the cause within a short time."
        - wrong: "Wait {n}"
          why: "The client goes on failing while you wait."
          misconception: it-heals-itself
        - wrong: "Stop {n}"
          why: "All the other clients would fail as well."
          misconception: stop-is-safe
"""

CASE = (
    """\
- id: case-many-405
  level: senior
  type: case
  prompt: "After a release one client gets 405 for every save."
  steps:
"""
    + "".join(_STEP.format(n=number) for number in (1, 2, 3))
    + _END
    + """\
  proof:
    kind: python
    code: |
      assert KEY == [f"Look {n}" for n in (1, 2, 3)]
"""
)

READ = SINGLE.split("  proof:")[0] + (
    """\
  proof:
    kind: read
    readers: ["ada", "ben"]
    date: "2026-11-22"
    section: "15.5.6 405 Method Not Allowed"
"""
)

ALL = {
    "single": SINGLE,
    "multi": MULTI,
    "output": OUTPUT,
    "numeric": NUMERIC,
    "short": SHORT,
    "order": ORDER,
    "match": MATCH,
    "sql": SQL,
    "regex": REGEX,
    "open": OPEN,
    "case": CASE,
}

AREAS = areas.load()  # read once, since it takes longer than all the rest
PLACE = "http-apis/status-codes.yaml"


def bank(root: Path, text: str = "", place: str = PLACE) -> Path:
    """A bank below `root` with the real areas and hosts, and a file with these items."""
    for name in ("areas.yaml", "hosts.yaml"):
        if not (root / name).exists():
            shutil.copy(HERE / name, root / name)
    path = root / "bank" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def broken(root: Path) -> list[Mistake]:
    """The mistakes of reading and checking the bank, as `questions check` finds them."""
    loaded = load(root / "bank")
    hosts, wrong = primary_hosts(root / "hosts.yaml")
    return sorted([*loaded.mistakes, *wrong, *check(loaded.entries, AREAS, hosts)])


def changed(text: str, old: str, new: str) -> str:
    """The text with one part replaced, which must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def entries(root: Path, text: str) -> tuple[Entry, ...]:
    """What a file with these items is read as."""
    bank(root, text)
    return load(root / "bank").entries


def item(root: Path, text: str) -> Item:
    """The one item of the text."""
    return entries(root, text)[0].item


def runtimes(**commands: str) -> Runtimes:
    """What this machine has, less what is set to '' by name, without a PostgreSQL server."""
    found = Runtimes.found().commands | commands
    return Runtimes({name: path for name, path in found.items() if path}, limit=5)
