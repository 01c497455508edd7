"""What is said of a query or a pattern that was run, or that could not be."""

from __future__ import annotations

import re

from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.text import fence
from bot.grading.verdict import Compared, Verdict
from bot.views import tables
from questions.model import Item, MustFail, Regex, Sql, Type

LONGEST = 160  # characters of a database's own words
LANGUAGE = {"sql": "sql", "regex": "regex"}
WALLS = {
    "forbidden": "Only a query that reads the tables of the question is run here: one SELECT.",
    "crash": "It brought down what runs it, so it tells nothing about your answer.",
}
TOO_MUCH = {
    "time": "It ran too long and was stopped: it may never end.",
    "memory": "It took too much memory and was stopped.",
    "size": "It gives far more than was asked for and was stopped.",
}
TOO_SLOW = "It ran too long and was stopped: repeats within repeats try countless ways."
STRAIGHT = {"quotes": "quotes", "dashes": "dashes", "spaces": "blanks", "dots": "dots"}
SIDES = {
    "accept": "It refuses a string that it should take{which}.",
    "reject": "It takes a string that it should refuse{which}.",
}
CLASSES = {
    "empty": ": the empty one",
    "line-end": ": one with a line break in it",
    "blank": ": one with a blank before or after",
    "ascii": ": one with a character that is not ASCII",
    "longer": ": one that is longer than any it should take",
    "shorter": ": one that is shorter than any it should take",
    "inside": ": one with a right one inside it",
    "shortest": ": the shortest of them",
    "longest": ": the longest of them",
}
FRIENDLY = (
    (r"no such (table|column|function): (.+)", "There is no {0} {1}."),
    (r"ambiguous column name: (.+)", "Which {0}? Several tables have it: write table.{0}."),
    (r'near "(.+)": syntax error', "SQLite does not understand it near {0}."),
    (r"incomplete input", "It ends too early: something is not closed or not finished."),
    (r"misuse of aggregate(?: function)?:? ?(.*)", "{0} cannot stand there: groups come later."),
    (r"misuse of window function (.+)", "{0} cannot stand there: windows come after WHERE."),
    (r"unrecognized token: (.+)", "SQLite cannot read {0}: is a quote missing?"),
)


def crowded(whose: str) -> str:
    """Too many runs wait: one's `own`, or those of others."""
    if whose == "own":
        return "Your last ones are still running, so this one is not counted. Press again."
    return "Others are running theirs, so yours is not counted. Press again."


def refused(kind: Type, verdict: Verdict) -> str:
    """Why an answer could not be run; plain words, and nothing is counted."""
    tail = "Nothing is counted: change it and send it again."
    why = WALLS.get(verdict.matched) or _friendly(kind, verdict.matched)
    return f"{why} {tail}"


def _friendly(kind: Type, error: str) -> str:
    if kind == "regex":
        return f"Python cannot read this pattern: {_words(error)}."
    for pattern, sentence in FRIENDLY:
        if found := re.fullmatch(pattern, error.strip(), re.DOTALL):
            return sentence.format(*map(_words, found.groups()))
    return f"SQLite says: {_words(error)}."


def _words(error: str) -> str:
    """Somebody else's words in ours, without marks that a platform would read."""
    apart = re.sub(r"\*(?=\*)", "* ", error.replace("`", "'"))
    return cut(apart, LONGEST).rstrip(".") or "it"


def shape(reader: Reader, columns: tuple[str, ...], rows: int) -> str:
    """The hint of a query: what its result looks like on the rows shown."""
    return say(
        reader,
        "Hint: on the rows shown it gives {rows} with {columns}: {names}.",
        rows=count(rows, "row", "rows"),
        columns=count(len(columns), "column", "columns"),
        names=cut(", ".join(columns), LONGEST),
    )


def head(reader: Reader, item: Item, verdict: Verdict) -> str:
    """The mark in words, and what was tried."""
    straightened = _straightened(reader, verdict)
    tried = "sets of rows" if item.type == "sql" else "strings"
    match verdict.mark:
        case "right":
            sentence = "**✓ Right** on all {n} {tried}."
            return lines(say(reader, sentence, n=verdict.total, tried=tried), straightened)
        case "partly":
            what = "columns" if verdict.reason == "columns" else "rows"
            sentence = "**~ Partly:** the right {what}, in another order."
            return lines(say(reader, sentence, what=what), straightened)
        case "unknown":
            return paragraphs(say(reader, "**The answer:**"), solution(item))
        case _:
            return lines(_not_right(reader, verdict), straightened)


def _not_right(reader: Reader, verdict: Verdict) -> str:
    match verdict.reason:
        case "rows" if verdict.compared:
            what = _apart(verdict.compared)
            return say(reader, "**✗ Not right** on the rows shown: {what}.", what=what)
        case "hidden":
            sentence = "**✗ Not right:** it holds on the rows shown, but not here: {name}."
            return say(reader, sentence, name=verdict.matched)
        case "strings":
            sentence = "**✗ Not right:** {n} of {total} strings."
            return say(reader, sentence, n=verdict.hits, total=verdict.total)
        case _:
            return say(reader, "**✗ Not right**")


def _apart(compared: Compared) -> str:
    want, got = compared.widths
    if want != got:
        return f"{count(got, 'column', 'columns')}, and {want} asked for"
    want, got = compared.counts
    if compared.cut:
        return f"far more than the {count(want, 'row', 'rows')} expected"
    if want != got:
        return f"{count(got, 'row', 'rows') if got else 'no row'}, and {want} expected"
    return "other rows than expected"


def why(reader: Reader, item: Item, verdict: Verdict) -> str:
    """What it shows of the answer: too much taken, a class that failed, a known mistake."""
    known = say(reader, "**Why not:** {why}", why=md(" ".join(verdict.why.split())))
    known = known if verdict.why else ""
    match verdict.reason:
        case "stopped":
            slow = item.type == "regex" and verdict.matched == "time"
            return lines(say(reader, TOO_SLOW if slow else TOO_MUCH[verdict.matched]), known)
        case "strings":
            side, _, kind = verdict.matched.partition(" ")
            sentence = SIDES.get(side, SIDES["reject"])
            return lines(say(reader, sentence, which=CLASSES.get(kind, "")), known)
        case _:
            return known


def difference(reader: Reader, verdict: Verdict) -> str:
    """Expected against got, where there is something to compare."""
    return tables.difference(reader, verdict.compared) if verdict.compared else ""


def _straightened(reader: Reader, verdict: Verdict) -> str:
    if not verdict.straightened:
        return ""
    kinds = " and ".join(STRAIGHT[one] for one in verdict.straightened if one in STRAIGHT)
    return say(reader, "Your keyboard's typographic {kinds} were read as plain ones.", kinds=kinds)


def solution(item: Item) -> str:
    """A query or pattern that is right."""
    body = item.body
    return _code(item, body.solution) if isinstance(body, Sql | Regex) else ""


def explained(reader: Reader, item: Item, given: str) -> str:
    """Everything there is to say: yours, one that is right, the wrong ones and why."""
    body = item.body
    if not isinstance(body, Sql | Regex):
        return ""
    yours = (say(reader, "**Yours**"), _code(item, given)) if given else ()
    right = (say(reader, "**One that is right**"), solution(item))
    return paragraphs(*yours, *right, lines(*(_mistake(reader, one) for one in body.must_fail)))


def _mistake(reader: Reader, known: MustFail) -> str:
    return say(reader, "✗ {why}", why=md(" ".join(known.why.split())))


def _code(item: Item, text: str) -> str:
    return fence(text.strip(), LANGUAGE.get(item.type, ""))
