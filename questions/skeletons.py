"""A new item of each type with every field it needs, still empty, for its author to fill in."""

from __future__ import annotations

from questions.model import Type

_HEAD = """\
- id: {id}
  level: {level}
  type: {type}
  prompt: ""  # one decision; more than one line is a | block
"""
_END = """\
  explain: ""  # the rule behind it, at most 60 words
  sources:  # a standard, an official manual or a paper comes first
    - title: ""
      section: ""
      url: ""
"""
_CODED = """\
  proof:  # derives the answer and compares it with KEY
    kind: python  # or bash, node, postgres; read, if nothing can be run
    code: ""
"""
_PROVED = """\
  proof:
    kind: {proof}
"""
_RIGHT = """\
    - right: ""
      why: ""
"""
_WRONG = """\
    - wrong: ""
      why: ""
      misconception: ""
"""
_FAILS = """\
  must_fail:  # a wrong one for each belief
    - query: ""
      why: ""
      misconception: ""
    - query: ""
      why: ""
      misconception: ""
"""
_POINT = """\
    - point: ""
      weight: ""
      phrasings: []  # three to six, of two to seven words
      anchors: []
"""


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


_OPTIONS = "  options:\n" + _RIGHT + _WRONG * 2
_STEP = '    - ask: ""\n      options:\n' + _indented(_RIGHT + _WRONG * 2)
BODIES: dict[Type, str] = {
    "single": _OPTIONS,
    "multi": "  options:  # four to six\n" + _RIGHT * 2 + _WRONG * 2,
    "output": '  language: ""  # python, javascript, java, bash or sql\n  version: ""\n  code: ""\n'
    + _OPTIONS,
    "numeric": """\
  answer: ""
  tolerance: "0"  # absolute
  unit: ""
  known_wrong:  # two or more
    - value: ""
      why: ""
      misconception: ""
    - value: ""
      why: ""
      misconception: ""
""",
    "short": """\
  answers: []  # the first is shown; all that a fair interviewer takes
  near_misses:  # two groups or more
    - answers: []
      why: ""
      misconception: ""
    - answers: []
      why: ""
      misconception: ""
""",
    "order": """\
  steps: []  # four to six, in the right order
  constraints: []  # pairs of numbers such as ["1", "2"]: before, after
  pitfalls:
    - swap: ["1", "2"]
      why: ""
      misconception: ""
""",
    "match": """\
  pairs:  # three to five
    - left: ""
      right: ""
    - left: ""
      right: ""
    - left: ""
      right: ""
  extra_right: []  # one or two
""",
    "sql": """\
  schema: ""
  fixtures:  # three or more, the first is shown
    - name: "shown"
      rows: ""
    - name: "second"
      rows: ""
    - name: "third"
      rows: ""
  ordered: "false"
  solution: ""
"""
    + _FAILS,
    "regex": """\
  accept: []  # two or more
  reject: []
  solution: ""
"""
    + _FAILS,
    "open": "  rubric:  # three to six points\n"
    + _POINT * 3
    + """\
  red_flags: []
  model_answer: ""  # says every point
  follow_ups: []  # two
""",
    "case": "  steps:  # three or four; a wrong option's why is its consequence\n" + _STEP * 3,
}
_PROOFS: dict[Type, str] = {
    "output": "run", "sql": "sqlite", "regex": "regex", "order": "order", "open": "rubric",
}  # fmt: skip


def skeleton(kind: Type, name: str, level: str = "") -> str:
    """An item to fill in; `check` says of each part what is missing."""
    head = _HEAD.format(id=name, level=level or '""  # junior, mid or senior', type=kind)
    proof = _PROVED.format(proof=_PROOFS[kind]) if kind in _PROOFS else _CODED
    return head + BODIES[kind] + _END + proof
