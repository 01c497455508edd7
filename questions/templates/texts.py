"""Drawn questions about texts and times: sorting as text, matches, clock changes, exit of runs."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _js_sort(rng: Random) -> Drawn:
    values = [rng.randint(1, 9), *rng.sample(range(10, 100), 3), *rng.sample(range(100, 1200), 2)]
    values = list(dict.fromkeys(values))
    rng.shuffle(values)
    at = rng.randrange(1, len(values) - 1)
    ordered = sorted(values, key=str)
    program = f"const xs = {values};\nxs.sort();\nconsole.log(xs[{at}]);"
    return Drawn(
        answer=ordered[at],
        beliefs={
            "js-sort-compares-numbers": sorted(values)[at],
            "sort-returns-a-copy": values[at],
            "sort-puts-the-largest-first": sorted(values, reverse=True)[at],
            "positions-begin-at-one": ordered[at - 1],
            "text-order-is-reversed": ordered[::-1][at],
        },
        facts={"at": at, "ordered": ", ".join(map(str, ordered))},
        code=Code(program, "javascript"),
    )


def _matches(rng: Random) -> Drawn:
    low = rng.choice([2, 3])
    high = low + rng.randint(0, 1)
    runs = [
        "".join(rng.choices("123456789", k=rng.choice([1, 2, 3, 4, 5, 6, 7])))
        for _ in range(rng.randint(5, 6))
    ]
    text = " ".join(runs)
    pattern = r"\d" * high + "?" * (high - low)
    found = re.findall(pattern, text)
    return Drawn(
        answer=len(found),
        beliefs={
            "matches-may-overlap": len(re.findall(f"(?=({pattern}))", text)),
            "pattern-matches-whole-words-alone": len(re.findall(rf"\b{pattern}\b", text)),
            "one-match-for-each-run": sum(len(run) >= low for run in runs),
            "search-stops-at-the-first-match": 1,
            "characters-taken-for-matches": sum(map(len, found)),
        },
        facts={
            "text": text,
            "pattern": pattern,
            "found": ", ".join(found),
            "low": low,
            "high": high,
        },
    )


def _sunday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=last.isoweekday() % 7)


_SPRING, _AUTUMN = 3, 10


def _night(rng: Random) -> Drawn:
    month = rng.choice([_SPRING, _AUTUMN])
    day = _sunday(rng.randint(2026, 2034), month)
    start = datetime.combine(day - timedelta(days=1), datetime.min.time()).replace(
        hour=rng.randint(19, 23), minute=rng.randrange(0, 60, 5)
    )
    end = start.replace(day=day.day, hour=rng.randint(4, 9), minute=rng.randrange(0, 60, 5))
    shown = (end - start) // timedelta(minutes=1)
    hour = -60 if month == _SPRING else 60
    return Drawn(
        answer=shown + hour,
        beliefs={
            "a-day-is-24-hours": shown,
            "clock-goes-back-in-spring": shown - hour,
            "minutes-read-as-hundredths": (shown + hour) // 60 * 100 + shown % 60,
            "clock-change-is-two-hours": shown + 2 * hour,
        },
        facts={
            "day": f"{day.day} {day:%B} {day.year}",
            "way": "forward from 2:00 to 3:00" if hour < 0 else "back from 3:00 to 2:00",
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "shown": shown,
            "sign": "-" if hour < 0 else "+",
            "turn": "skipped" if hour < 0 else "repeated",
        },
    )


TEMPLATES = (
    Template(
        id="draw-js-default-sort",
        area="languages",
        topic="javascript-node",
        level="junior",
        version=1,
        unit="",
        prompt="Which number does this JavaScript program print?",
        explain="Without a comparator sort compares the elements as texts, character by character:"
        " {ordered}. At index {at} is {answer}. xs.sort((a, b) => a - b) compares numbers.",
        why={
            "js-sort-compares-numbers": "{value} is there in numerical order. Without a comparator"
            " sort compares texts.",
            "sort-returns-a-copy": "{value} was there before. sort changes the array itself.",
            "sort-puts-the-largest-first": "{value} is there in descending order. sort goes"
            " upwards, by text.",
            "positions-begin-at-one": "{value} stands one place earlier. Indexes begin at 0.",
            "text-order-is-reversed": "{value} is there in the reverse order of the texts"
            " {ordered}.",
        },
        hint="What is compared if no comparator is given?",
        computed_by="Python sorts the numbers as texts",
        source=Source(
            "ECMAScript Language Specification",
            "Array.prototype.sort; CompareArrayElements",
            "https://tc39.es/ecma262/#sec-comparearrayelements",
        ),
        draw=_js_sort,
    ),
    Template(
        id="draw-regex-matches",
        area="languages",
        topic="regular-expressions",
        level="mid",
        version=1,
        unit="matches",
        prompt="A program looks for all matches of the regular expression `{pattern}` in the text"
        " `{text}`, each search going on where the last match ended. How many matches does it"
        " find?",
        explain="A match takes as many digits as it may, and the next search begins behind it:"
        " {found}. That makes {answer}; a rest of fewer than {low} digits does not match.",
        why={
            "matches-may-overlap": "{value} counts matches that overlap. The next search begins"
            " behind the last match.",
            "pattern-matches-whole-words-alone": "{value} counts the numbers that match as a whole."
            " Without word boundaries a part of a longer one matches.",
            "one-match-for-each-run": "{value} counts one match for each number of {low} digits or"
            " more. A long one holds several.",
            "search-stops-at-the-first-match": "{value} is the first match alone. All matches are"
            " looked for.",
            "characters-taken-for-matches": "{value} is the number of digits in the matches"
            " {found}.",
        },
        hint="Cut each number from the left",
        computed_by="Python's re finds the matches",
        source=Source(
            "The Python Standard Library, re",
            "re.findall; Regular Expression Syntax",
            "https://docs.python.org/3/library/re.html#re.findall",
        ),
        draw=_matches,
    ),
    Template(
        id="draw-clock-change",
        area="languages",
        topic="text-dates-encodings",
        level="mid",
        version=1,
        unit="minutes",
        prompt="In the night before Sunday, {day}, clocks in Berlin go {way}. A job starts on"
        " Saturday when they show {start}, and ends on Sunday when they show {end}. How many"
        " minutes has it run?",
        explain="By the clock {shown} minutes pass. One hour is {turn}: {shown} {sign} 60 ="
        " {answer}. Subtract times in UTC, and the change takes care of itself.",
        why={
            "a-day-is-24-hours": "{value} is the difference of the clock readings. An hour was"
            " {turn} between them.",
            "clock-goes-back-in-spring": "{value} takes the hour the other way round. Clocks go"
            " {way}.",
            "minutes-read-as-hundredths": "{value} takes an hour for 100 minutes.",
            "clock-change-is-two-hours": "{value} reckons with two hours. Clocks change by 60"
            " minutes.",
        },
        hint="Is there an hour more or less in that night?",
        computed_by="clock readings and the hour of the change",
        source=Source(
            "The Python Standard Library, zoneinfo",
            "Using ZoneInfo",
            "https://docs.python.org/3/library/zoneinfo.html#using-zoneinfo",
        ),
        draw=_night,
    ),
)
