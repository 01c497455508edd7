"""Drawn questions about the command line: masks, lines, histories and ranges of versions."""

from __future__ import annotations

from itertools import groupby
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _octal(mode: int) -> int:
    """Give the octal digits of a mode as they are typed."""
    return int(f"{mode:o}")


def _umask(rng: Random) -> Drawn:
    wanted = rng.choice([0o666, 0o666, 0o664, 0o660, 0o644])
    mask = int("".join(str(rng.choice(digits)) for digits in ([0, 1], "01234567", "01234567")), 8)
    given = wanted & ~mask
    return Drawn(
        answer=_octal(given),
        beliefs={
            "umask-is-subtracted": _octal(max(0, wanted - mask)),
            "umask-starts-from-777": _octal(0o777 & ~mask),
            "umask-lists-granted-bits": _octal(wanted & mask),
            "umask-toggles-bits": _octal(wanted ^ mask),
            "open-mode-is-final": _octal(wanted),
            "umask-is-always-022": _octal(wanted & ~0o022),
        },
        facts={
            "wanted": f"{wanted:o}",
            "mask": f"{mask:03o}",
            "kept": f"{~mask & 0o777:03o}",
            "all": f"{0o777:o}",
        },
    )


def _uniq(rng: Random) -> Drawn:
    lines = rng.choices("abcd", k=rng.randint(9, 13))
    runs = [len(list(run)) for _, run in groupby(lines)]
    return Drawn(
        answer=len(runs),
        beliefs={
            "uniq-finds-all-duplicates": len(set(lines)),
            "uniq-drops-repeated-lines-altogether": sum(run == 1 for run in runs),
            "uniq-prints-the-duplicates": sum(run > 1 for run in runs),
            "uniq-changes-nothing": len(lines),
            "complement-taken-for-answer": len(lines) - len(runs),
        },
        facts={
            "lines": ", ".join(lines),
            "count": len(lines),
            "runs": " + ".join(map(str, runs)),
            "different": len(set(lines)),
        },
    )


def _ahead(rng: Random) -> Drawn:
    shared, ours, theirs = rng.randint(2, 5), rng.randint(2, 6), rng.randint(2, 6)
    merged = rng.randint(0, theirs - 1)
    early = rng.randint(1, ours)
    made = ["main: " + " ".join(f"m{at}" for at in range(1, shared + theirs + 1))]
    made += [f"topic, from m{shared}: " + " ".join(f"t{at}" for at in range(1, ours + 1))]
    if merged:
        made += [f"x, behind t{early}: merges m{shared + merged} into topic"]
    own = ours + (1 if merged else 0)
    left = theirs - merged
    dots = rng.choice(["main..topic", "main...topic", "topic..main"])
    found = {"main..topic": own, "main...topic": own + left, "topic..main": left}
    return Drawn(
        answer=found[dots],
        beliefs={
            "two-dots-read-backwards": {"main..topic": left, "topic..main": own}.get(
                dots, own + left
            ),
            "three-dots-as-in-diff": own if "..." in dots else found[dots],
            "two-dots-taken-for-three": own + left,
            "ranges-include-shared-commits": found[dots] + shared,
            "merge-covers-later-commits": found[dots] - (left if merged and dots[0] == "t" else 0),
            "merged-commits-stay-in-the-range": found[dots] + merged,
        },
        facts={
            "dots": dots,
            "own": own,
            "left": left,
            "shared": shared + merged,
            "start": shared,
            "merged": merged,
            "wanted": {
                "main..topic": "topic reaches and main does not",
                "main...topic": "either reaches and the other does not",
                "topic..main": "main reaches and topic does not",
            }[dots],
        },
        code=Code("\n".join(made), "text"),
    )


Version = tuple[int, int, int]


def _caret(base: Version, version: Version) -> bool:
    """Whether ^base takes a version: not older, and equal down to the first part that is not 0."""
    fixed = next(at for at, part in enumerate(base) if part) + 1
    return version >= base and version[:fixed] == base[:fixed]


def _semver(rng: Random) -> Drawn:
    major = rng.choice([0, 1, 2, 3])
    base = major, rng.randint(2, 6), rng.randint(1, 6)
    listed = {
        (major + up, max(0, base[1] + rng.randint(-2, 3)), max(0, base[2] + rng.randint(-2, 3)))
        for up in (0, 0, 0, 0, 0, 0, 1)
    }
    listed |= {base, (major + 1, 0, 0)}
    listed |= {(major, base[1], base[2] + rng.randint(1, 12))}
    versions = sorted(listed)
    taken = [version for version in versions if _caret(base, version)]
    return Drawn(
        answer=len(taken),
        beliefs={
            "caret-takes-any-later-version": sum(version >= base for version in versions),
            "caret-takes-patches-alone": sum(
                version >= base and version[:2] == base[:2] for version in versions
            ),
            "caret-takes-the-same-major": sum(version[0] == major for version in versions),
            "caret-leaves-out-its-own-version": len(taken) - 1,
            "caret-goes-by-the-minor-alone": sum(
                version[0] == major and version[1] >= base[1] for version in versions
            ),
        },
        facts={
            "base": ".".join(map(str, base)),
            "versions": ", ".join(".".join(map(str, version)) for version in versions),
            "taken": ", ".join(".".join(map(str, version)) for version in taken),
            "upper": f"0.{base[1] + 1}.0" if not major else f"{major + 1}.0.0",
        },
    )


TEMPLATES = (
    Template(
        id="draw-linux-umask",
        area="linux",
        topic="files-and-permissions",
        level="mid",
        version=1,
        unit="",
        prompt="A program creates a file with open(2), asks for mode {wanted} and has umask {mask}."
        " There are no ACLs. Which mode does the file get, in octal digits?",
        explain="The bits of the mask are taken out of the mode: {wanted} & ~{mask} = {wanted} &"
        " {kept} = {answer}. A bit that is not asked for is not there to be taken out.",
        why={
            "umask-is-subtracted": "{wanted} - {mask} = {value} subtracts numbers. Bits are taken"
            " out, without borrowing from the next.",
            "umask-starts-from-777": "{value} starts from {all}. The program asked for {wanted}.",
            "umask-lists-granted-bits": "{value} keeps the bits of the mask. They are those taken"
            " out.",
            "umask-toggles-bits": "{value} adds bits of the mask that were not asked for. A mask"
            " takes out; it does not add.",
            "open-mode-is-final": "{value} is what the program asked for. The mask {mask} applies.",
            "umask-is-always-022": "{value} would be the mode with umask 022. Here it is {mask}.",
        },
        hint="Write both in binary",
        computed_by="bit operations on mode and mask",
        source=Source(
            "Linux manual pages, umask(2)",
            "DESCRIPTION: mode & ~umask",
            "https://man7.org/linux/man-pages/man2/umask.2.html",
        ),
        draw=_umask,
    ),
    Template(
        id="draw-linux-uniq",
        area="linux",
        topic="pipes-and-text",
        level="junior",
        version=1,
        unit="lines",
        prompt="A file has these {count} lines of one letter each: {lines}. How many lines does"
        " `uniq file | wc -l` count?",
        explain="uniq drops a line that equals the one before it. The runs of equal lines have"
        " {runs} lines, and each run becomes one: {answer}. sort -u would leave {different}.",
        why={
            "uniq-finds-all-duplicates": "{value} is the number of different lines. uniq compares"
            " neighbours; that takes sort first.",
            "uniq-drops-repeated-lines-altogether": "{value} counts runs of one line alone, as"
            " uniq -u does.",
            "uniq-prints-the-duplicates": "{value} counts runs of several lines, as uniq -d does.",
            "uniq-changes-nothing": "{value} is the number of lines in the file. Neighbours that"
            " are equal become one.",
            "complement-taken-for-answer": "{value} lines are dropped; {answer} are left.",
        },
        hint="With which line does uniq compare?",
        computed_by="runs of equal lines are counted",
        source=Source(
            "GNU Coreutils manual, uniq",
            "7.3 uniq: Uniquify files",
            "https://www.gnu.org/software/coreutils/manual/html_node/uniq-invocation.html",
        ),
        draw=_uniq,
    ),
    Template(
        id="draw-git-range",
        area="git",
        topic="inspection",
        level="mid",
        version=1,
        unit="commits",
        prompt="These commits were made in this order on each branch; nothing was merged but what"
        " is shown. How many commits does `git rev-list --count {dots}` count?",
        explain="{dots} means the commits that {wanted}. topic alone reaches {own}, main alone"
        " {left}; both reach {shared}. So it is {answer}.",
        why={
            "two-dots-read-backwards": "{value} is the other direction. a..b means what b reaches"
            " and a does not.",
            "three-dots-as-in-diff": "{value} is topic's side alone, as in git diff. In a list"
            " three dots mean both sides.",
            "two-dots-taken-for-three": "{value} counts both sides, {own} + {left}. That takes"
            " three dots.",
            "ranges-include-shared-commits": "{value} includes the {start} commits that were there"
            " before the branch. Both reach them.",
            "merge-covers-later-commits": "{value} takes all of main for merged. {left} of its"
            " commits came later.",
            "merged-commits-stay-in-the-range": "{value} also counts what came in by the merge"
            " ({merged}). Both branches reach that now.",
        },
        hint="Who reaches what?",
        computed_by="sets of reachable commits",
        source=Source(
            "gitrevisions manual page",
            "SPECIFYING RANGES: two-dot and three-dot notation",
            "https://git-scm.com/docs/gitrevisions",
        ),
        draw=_ahead,
    ),
    Template(
        id="draw-semver-caret",
        area="git",
        topic="tags-and-releases",
        level="mid",
        version=1,
        unit="versions",
        prompt="A package has the versions {versions}. How many of them does Composer's"
        " constraint ^{base} take?",
        explain="^{base} means {base} or later, but before {upper}: the first part that is not 0"
        " must stay. That is {taken}: {answer}.",
        why={
            "caret-takes-any-later-version": "{value} has no upper end. The range ends before"
            " {upper}.",
            "caret-takes-patches-alone": "{value} keeps the first two parts, as ~{base} does.",
            "caret-takes-the-same-major": "{value} goes by the first part alone. The range begins"
            " with {base} and ends before {upper}.",
            "caret-leaves-out-its-own-version": "{value} leaves out {base} itself. It belongs to"
            " the range.",
            "caret-goes-by-the-minor-alone": "{value} lets older patches pass, or for 0.x later"
            " minors. {base} or later, before {upper}.",
        },
        hint="Which part may not change?",
        computed_by="versions compared part by part",
        source=Source(
            "Composer documentation, Versions and constraints",
            "Caret Version Range (^)",
            "https://getcomposer.org/doc/articles/versions.md#caret-version-range-",
        ),
        draw=_semver,
    ),
)
