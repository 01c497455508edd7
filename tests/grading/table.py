"""The tuning table of typed answers by kind, as docs/grading.md shows it."""

from __future__ import annotations

import csv
from collections import Counter

from tests.grading.asked import DEV, ask


def main() -> None:
    """Print a row a kind: answers, how many are right, how many were graded so; then the sums."""
    rows, agreed, accepted = Counter[str](), Counter[str](), 0
    wanted: dict[str, set[str]] = {}
    with DEV.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, expected = row["kind"], row["should_accept"] == "1"
            given = ask(row["question"], row["accepted"], row["author_rejects"], row["given"])
            rows[kind] += 1
            wanted.setdefault(kind, set()).add("yes" if expected else "no")
            agreed[kind] += given.right == expected
            accepted += given.right and not expected
    print(
        "| kind | answers | should be accepted | graded as people did |\n| --- | --- | --- | --- |"
    )
    for kind, count in rows.most_common():
        print(f"| {kind} | {count} | {' and '.join(sorted(wanted[kind]))} | {agreed[kind]} |")
    total, right = rows.total(), agreed.total()
    print(f"accuracy {right / total:.1%} of {total}, false accepts {accepted / total:.1%}")


if __name__ == "__main__":
    main()
