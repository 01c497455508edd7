"""The report as a page of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from questions.tells.figures import Coverage, Duplicates, Lengths, Play, Position, Report, Trained

_STRIKING = 0.02  # a lift below is no tell, however sure


def text(report: Report, title: str = "") -> str:
    """Give the report as lines; sections that could not be measured are left out."""
    return "\n".join(_lines(report, title))


def _lines(report: Report, title: str) -> Iterator[str]:
    yield (
        f"== {title}  items {report.items}  single-choice measured {report.single}"
        f"  areas {report.areas}  types {dict(report.types)}"
    )
    yield f"   levels {dict(report.levels)}   structure errors {report.structure.errors}"
    if report.coverage and report.duplicates:
        yield _coverage(report.coverage)
        yield _duplicates(report.duplicates)
    if report.key_strictly_longest and report.position:
        yield _longest(report.key_strictly_longest)
        yield "   guesser            score  chance    lift   95%   speaks  when it speaks"
        yield from (_guesser(name, play) for name, play in report.guessers.items())
        for name in ("trained", "trained_with_position"):
            found: Trained | None = getattr(report, name)
            if found:
                yield _trained(name, found)
        yield _position(report.position)
        yield from _marks(report)


def _coverage(found: Coverage) -> str:
    return (
        f"   explanation {found.explanation:.0%} (median {found.explanation_words} words)"
        f"  notes per option {found.option_notes:.0%}  source {found.source:.0%}"
        f"  primary source {found.primary_source:.0%}  level {found.level:.0%}"
    )


def _duplicates(found: Duplicates) -> str:
    return (
        f"   duplicates: ids {found.ids}, near-copy pairs {found.pairs}"
        f" ({found.pair_share:.1%} of items), same stem {found.same_stem_groups},"
        f" hinged {found.hinged} ({found.hinged_share:.1%})"
    )


def _longest(found: Lengths) -> str:
    return (
        f"   key strictly longest {found.rate:.1%} (chance {found.expected:.1%},"
        f" +-{found.ci:.1%}); key/other length: median {found.median_length_ratio:.2f},"
        f" mean {found.mean_length_ratio:.2f}"
    )


def _guesser(name: str, play: Play) -> str:
    spoken = "-" if play.score_when_spoke is None else f"{play.score_when_spoke:.1%}"
    sure = abs(play.lift) > play.ci and abs(play.lift) > _STRIKING
    return (
        f"   {name:17s} {play.score:6.1%}  {play.chance:6.1%}  {play.lift:+6.1%}  {play.ci:4.1%}"
        f"  {play.spoke:6.1%}  {spoken:>7}{' <-- tell' if sure else ''}"
    )


def _trained(name: str, found: Trained) -> str:
    return (
        f"   {name:22s} {found.score:.1%} vs {found.chance:.1%}: {found.lift:+.1%} +-{found.ci:.1%}"
    )


def _position(found: Position) -> str:
    shares = " ".join(f"{share:.1%}" for share in found.shares)
    return (
        f"   position of the key ({found.options} options): {shares}  chi2 {found.chi2:.1f}"
        f" p {found.p:.2g}  longest run {found.longest_run}"
    )


def _marks(report: Report) -> Iterator[str]:
    words = "; ".join(
        f"{name} in keys {found.key:.1%}, in distractors {found.distractor:.1%}"
        for name, found in report.words.items()
    )
    yield f"   words: {words}"
    raised = ", ".join(
        f"{name} {flag.n} ({flag.rate:.1%})" for name, flag in report.flags.items() if flag.n
    )
    yield f"   flags: {raised}"
    if report.aota_key_rate_when_present is not None:
        share = f"{report.aota_key_rate_when_present:.1%}"
        yield f"   all/none of the above, when offered, is the key in {share}"


def offenders(report: Report, most: int) -> Iterator[str]:
    """Name up to `most` items for each flag, near-copy and fault."""
    for name, flag in report.flags.items():
        if flag.n:
            yield f"   {name}: {', '.join(flag.ids[:most])}"
    if report.duplicates:
        for score, one, other in report.duplicates.examples[:most]:
            yield f"   near-copy {score:.0f}: {one} ~ {other}"
    for name, fault in report.structure.list[:most]:
        yield f"   structure: {name}: {fault}"
