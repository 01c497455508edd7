"""Files of items hold text and nothing else, and every breach is named with its line."""

from __future__ import annotations

import time

import pytest

from questions.yamltext import MAX_BYTES, Series, Table, Text, parse

BOMB = "\n".join(
    ["a: &a ['lol', 'lol']"]
    + [
        f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]"
        for before, here in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)

HOSTILE = [
    ("- id: x-y\n  level: no\n", 2, "'level' has no without quotes: write \"no\" as text"),
    ("- level: Yes\n", 1, "'level' has Yes without quotes"),
    ("- prompt: What is it?\n", 1, "'prompt' must be quoted or a | block"),
    ("- prompt: 1:30\n", 1, "'prompt' must be quoted"),
    ("- id: 012\n", 1, "'id' has 012 without quotes"),
    ("- id: 0x1f\n", 1, "'id' has 0x1f without quotes"),
    ("- id: 1.10\n", 1, "'id' has 1.10 without quotes"),
    ("- id: 1e3\n", 1, "'id' has 1e3 without quotes"),
    ("- reviewed: 2026-11-22\n", 1, "'reviewed' has 2026-11-22 without quotes"),
    ("- id: ~\n", 1, "'id' must be quoted"),
    ("- id:\n", 1, "'id' must be quoted"),
    ('- answers: ["a", no]\n', 1, "'answers' has no without quotes"),
    ("- prompt: >\n    a\n    b\n", 1, "'prompt' is a > block"),
    ('- <<: "x"\n', 1, "a merge key (<<)"),
    ('- &a "x"\n', 1, "an anchor (&a)"),
    ("- *a\n", 1, "an alias (*a)"),
    ('- ? *a\n  : "x"\n', 1, "an alias (*a)"),
    ('- !!str "x"\n', 1, "a tag (tag:yaml.org,2002:str)"),
    ("- !!python/object/apply:os.system ['true']\n", 1, "a tag (tag:yaml.org,2002:python"),
    ('- id: "a"\n  level: "b"\n  id: "c"\n', 3, "key 'id' stands twice, first in line 1"),
    ('- ["a"]: "b"\n', 1, "a key must be a word"),
    ('- prompt: |\n    a\n    \tb\n  why: "x"\n', 3, "a tab: use spaces"),
    ('%YAML 1.1\n---\n- "a"\n', 1, "a % directive"),
    ('- "a"\n---\n- "b"\n', 2, "a second document"),
    ('- "a\n', 2, "not YAML"),
    ("- a: b: c\n", 1, "not YAML"),
    ('- "\x07"\n', 1, "not YAML: unacceptable character"),
    ("[" * 40 + '"x"' + "]" * 40, 1, "nested more than"),
    ("{" * 10_000, 1, "nested more than"),
]


@pytest.mark.parametrize(("text", "line", "says"), HOSTILE)
def test_hostile_yaml_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    """What YAML would convert, share, merge, run or nest is refused where it stands."""
    _, mistakes = parse("f.yaml", text.encode())
    assert any(says in m.text and m.line == line for m in mistakes), mistakes
    assert str(mistakes[0]).startswith("f.yaml:")


def test_an_alias_bomb_costs_what_its_size_says() -> None:
    """Aliases are not followed, so that nine lines stay nine lines."""
    start = time.perf_counter()
    root, mistakes = parse("f.yaml", BOMB.encode())
    assert time.perf_counter() - start < 1
    assert isinstance(root, Table)
    assert len([m for m in mistakes if "an alias" in m.text]) == 72


def test_every_breach_is_reported_at_once() -> None:
    """Five breaches in one file give five mistakes."""
    text = '- id: no\n  level: &a "b"\n  why: bare\n  why: "x"\n  code: !t "x"\n'
    _, mistakes = parse("f.yaml", text.encode())
    assert [m.line for m in mistakes] == [1, 2, 3, 4, 5]


def test_text_is_kept_as_it_was_written() -> None:
    """Quoted text and blocks come out letter for letter, with the line where they begin."""
    root, mistakes = parse("f.yaml", b'- a: "no"\n  b: |\n    x # y\n     z\n  id: a-b\n')
    assert not mistakes
    assert isinstance(root, Series)
    table = root.entries[0]
    assert isinstance(table, Table)
    assert table.cells == {
        "a": Text(1, "no"),
        "b": Text(2, "x # y\n z\n", block=True),
        "id": Text(5, "a-b"),
    }
    assert table.lines == {"a": 1, "b": 2, "id": 5}


def test_the_first_of_two_equal_keys_stays() -> None:
    """A key that stands twice does not replace what stood first."""
    root, _ = parse("f.yaml", b'a: "1"\na: "2"\n')
    assert isinstance(root, Table)
    assert root.cells == {"a": Text(1, "1")}


@pytest.mark.parametrize("data", [b'- "\xff"', b"\x00", b"", b"\xef\xbb\xbf- 'a'", b"\xff\xfe-"])
def test_any_bytes_give_mistakes_or_nodes(data: bytes) -> None:
    """Bytes that are no text are an author's mistake, never an exception."""
    root, mistakes = parse("f.yaml", data)
    assert root is None or isinstance(root, Series)
    assert mistakes or data in {b"", b"\xef\xbb\xbf- 'a'"}


def test_a_huge_file_is_not_read() -> None:
    """A file of more than a megabyte is refused before it is parsed."""
    _, mistakes = parse("f.yaml", b"#" * (MAX_BYTES + 1))
    assert [m.text for m in mistakes] == ["the file has more than 1,000,000 bytes: split it"]
