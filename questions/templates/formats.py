"""Drawn questions about what travels: lengths, ranges, patches, resolvers, limits by the minute."""

from __future__ import annotations

import json
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

_PEOPLE = ("Zoë", "Jürgen", "Łukasz", "Søren", "Renée", "Ángel", "Öykü", "Ivan")
_GOODS = ("café", "Käse", "jalapeño", "crêpe", "smørrebrød", "żurek", "tea")
_SIGNS = ("€", "£", "¥")


def _content_length(rng: Random) -> Drawn:
    shown = {
        "to": rng.choice(_PEOPLE),
        "text": f"{rng.choice(_GOODS)} {rng.randint(3, 180)} {rng.choice(_SIGNS)}",
    }
    body = json.dumps(shown, ensure_ascii=False)
    other = sum(1 for sign in body if not sign.isascii())
    sent = len(body.encode())
    return Drawn(
        answer=sent,
        beliefs={
            "one-character-is-one-byte": len(body),
            "every-other-letter-takes-two-bytes": len(body) + other,
            "utf8-has-a-fixed-width": 2 * len(body),
            "letters-are-sent-escaped": len(json.dumps(shown)),
            "text-has-an-end-mark": sent + 1,
        },
        facts={"count": len(body), "other": other, "extra": sent - len(body)},
        code=Code(body, "json"),
    )


def _range(rng: Random) -> Drawn:
    size, first = rng.randrange(2_000, 9_000, 100), rng.randint(2, 90) * 10
    last = first + rng.choice([99, 199, 249, 499, 999])
    closed, suffix = f"{first}-{last}", f"-{last + 1 - first}"
    wanted = rng.choice([closed, closed, suffix, f"{first}-", f"{first}-{size + 500}"])
    asked = set(range(first, last + 1))
    if wanted == suffix:
        asked = set(range(size - len(asked), size))
    elif wanted != closed:
        asked = set(range(first, size))
    sent = len(asked)
    begins_at_one = {f"{first}-": sent + 1, suffix: sent + 1}
    return Drawn(
        answer=sent,
        beliefs={
            "end-of-the-range-is-left-out": sent - 1,
            "minus-skips-the-beginning": size - sent if wanted == suffix else sent,
            "ranges-count-from-one": begins_at_one.get(wanted, sent),
            "range-is-start-and-length": int(wanted.split("-")[1]) if wanted == closed else sent,
            "range-runs-to-the-end": size - first if wanted == closed else sent,
            "range-starts-at-the-beginning": first + 1 if wanted != suffix else sent,
            "whole-file-is-sent": size,
        },
        facts={"size": size, "wanted": wanted, "from": min(asked), "to": max(asked)},
    )


def _resolvers(rng: Random) -> Drawn:
    top, child, grand = rng.choice(
        [
            ("authors", "books", ("publisher", "reviews", "series")),
            ("shops", "orders", ("customer", "items", "invoice")),
            ("teams", "players", ("coach", "matches", "contract")),
            ("courses", "lessons", ("teacher", "files", "room")),
        ]
    )
    many, each, kinds = rng.randint(4, 25), rng.randint(2, 6), rng.randint(1, 3)
    below = "".join(f"      {name} {{ id }}\n" for name in grand[:kinds])
    query = f"{{\n  {top}(first: {many}) {{\n    {child} {{\n{below}    }}\n  }}\n}}"
    return Drawn(
        answer=1 + many + many * each * kinds,
        beliefs={
            "n-plus-one-stops-at-first-level": 1 + many,
            "list-query-forgotten": many + many * each * kinds,
            "one-query-for-each-field-in-the-document": 2 + kinds,
            "adds-what-multiplies": 1 + many + each * kinds,
            "one-relation-counted": 1 + many + many * each,
        },
        facts={
            "top": top,
            "child": child,
            "many": many,
            "each": each,
            "kinds": kinds,
            "children": many * each,
            "deep": many * each * kinds,
        },
        code=Code(query, "graphql"),
    )


_LIMITS = (2, 3)
_WINDOW = 60


def _refused(times: list[int], limit: int, start: int, span: int) -> int:
    """Count the requests beyond the limit in windows of `span` seconds from `start`."""
    windows = [(time - start) // span for time in times]
    return sum(max(0, windows.count(window) - limit) for window in set(windows))


def _refused_by_any_span(times: list[int], limit: int) -> int:
    """Count what is refused where no minute, wherever it begins, may hold more than the limit."""
    taken: list[int] = []
    for time in times:
        if sum(time - other < _WINDOW for other in taken) < limit:
            taken.append(time)
    return len(times) - len(taken)


def _windows(rng: Random) -> Drawn:
    limit, start = rng.choice(_LIMITS), rng.randint(15, 45)
    near = [rng.randint(35, 75) for _ in range(5)]
    times = sorted({start, *near, *(rng.randint(76, 170) for _ in range(4))})
    refused = _refused(times, limit, 0, _WINDOW)
    return Drawn(
        answer=refused,
        beliefs={
            "fixed-window-limits-every-span": _refused_by_any_span(times, limit),
            "window-begins-with-the-first-request": _refused(times, limit, start, _WINDOW),
            "limit-holds-for-good": len(times) - limit,
            "limit-is-spread-evenly": _refused(times, 1, 0, _WINDOW // limit),
            "complement-taken-for-answer": len(times) - refused,
        },
        facts={
            "limit": limit,
            "times": ", ".join(f"{time // _WINDOW}:{time % _WINDOW:02}" for time in times),
            "count": len(times),
            "by_minute": " + ".join(
                str(max(0, sum(time // _WINDOW == at for time in times) - limit)) for at in range(3)
            ),
        },
    )


TEMPLATES = (
    Template(
        id="draw-http-content-length",
        area="http-apis",
        topic="headers-and-negotiation",
        level="junior",
        version=1,
        unit="bytes",
        prompt="A request carries exactly this JSON text of {count} characters as UTF-8, without a"
        " line break. Which number stands in its Content-Length?",
        explain="Content-Length counts bytes. ASCII takes one byte, each of the {other} other"
        " characters two or three: {count} + {extra} = {answer}.",
        why={
            "one-character-is-one-byte": "{value} is the number of characters. In UTF-8 {other} of"
            " them take more than one byte.",
            "every-other-letter-takes-two-bytes": "{count} + {other} = {value} takes two bytes for"
            " everything beyond ASCII. The euro sign takes three.",
            "utf8-has-a-fixed-width": "2 x {count} = {value} would be UTF-16. In UTF-8 the ASCII"
            " characters take one byte each.",
            "letters-are-sent-escaped": "{value} bytes would be sent if the {other} characters were"
            " written as escapes like \\u00e9. Here they stand for themselves.",
            "text-has-an-end-mark": "{answer} + 1 = {value} counts a byte that ends the text. The"
            " length says where it ends; nothing follows.",
        },
        hint="Characters are not bytes",
        computed_by="Python encodes the text",
        source=Source(
            "RFC 9110, HTTP Semantics",
            "8.6 Content-Length",
            "https://www.rfc-editor.org/rfc/rfc9110#section-8.6",
        ),
        draw=_content_length,
    ),
    Template(
        id="draw-http-range",
        area="http-apis",
        topic="uploads-and-streaming",
        level="mid",
        version=1,
        unit="bytes",
        prompt="A file has {size} bytes. A client asks for it with `Range: bytes={wanted}`, and the"
        " server answers 206 Partial Content with that one part. How many bytes does it send of"
        " the file?",
        explain="Bytes are counted from 0, both ends are included, and what lies beyond the file is"
        " cut off; a number after a bare minus is a length from the end. So bytes {from} to {to}"
        " are sent: {answer}.",
        why={
            "end-of-the-range-is-left-out": "{value} leaves out the last byte. Byte {to} is part of"
            " the range.",
            "minus-skips-the-beginning": "{value} bytes come before the part that was asked for. A"
            " bare minus asks for the last bytes of the file.",
            "ranges-count-from-one": "{value} takes the first byte for number 1. The bytes of a"
            " file have the numbers 0 to size - 1.",
            "range-is-start-and-length": "{value} takes the second number for a length. It is the"
            " position of the last byte that is wanted.",
            "range-runs-to-the-end": "{value} bytes reach to the end of the file. The range names"
            " its last byte: {to}.",
            "range-starts-at-the-beginning": "{value} bytes would come before or at position"
            " {from}. The number before the minus is where the part begins.",
            "whole-file-is-sent": "{value} bytes are the whole file, which a 200 would carry. A 206"
            " carries the part.",
        },
        hint="Positions begin at 0, and both ends belong to the range",
        computed_by="the positions of the range are counted",
        source=Source(
            "RFC 9110, HTTP Semantics",
            "14.1.2 Byte Ranges",
            "https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2",
        ),
        draw=_range,
    ),
    Template(
        id="draw-graphql-resolvers",
        area="api-styles",
        topic="graphql-queries",
        level="mid",
        version=1,
        unit="queries",
        prompt="Each resolver below {top} sends one SQL query for its parent; nothing is batched or"
        " remembered, and id needs no query. Here {many} {top} are found, and each of them has"
        " {each} {child}. How many SQL queries does this GraphQL query cause?",
        explain="One query finds the {top}, one for each of them its {child}: 1 + {many}. Each of"
        " the {children} {child} causes {kinds} more: 1 + {many} + {deep} = {answer}. A loader"
        " that batches makes it one for each field.",
        why={
            "n-plus-one-stops-at-first-level": "1 + {many} = {value} stops at the {child}. Their"
            " own fields are resolved for each of the {children} {child}.",
            "list-query-forgotten": "{many} + {deep} = {value} forgets the query that finds the"
            " {top} themselves.",
            "one-query-for-each-field-in-the-document": "{value} counts each field of the text"
            " once, as with batching. A resolver runs for each parent.",
            "adds-what-multiplies": "{value} counts the fields of {each} {child}. There are {many}"
            " x {each} = {children} of them.",
            "one-relation-counted": "{value} sends one query for each of the {children} {child}."
            " Each of them has {kinds} fields to be resolved.",
        },
        hint="Count level by level: how often does each resolver run?",
        computed_by="queries counted level by level",
        source=Source(
            "GraphQL documentation, Performance",
            "The N+1 Problem",
            "https://graphql.org/learn/performance/#the-n1-problem",
        ),
        draw=_resolvers,
    ),
    Template(
        id="draw-http-minute-limit",
        area="http-apis",
        topic="rate-limits-and-quotas",
        level="mid",
        version=1,
        unit="requests",
        prompt="An API lets {limit} requests pass in each full minute of the clock and answers the"
        " others of that minute with 429. One client sends {count} requests, in minutes and"
        " seconds at {times}. How many of them get 429?",
        explain="The windows are 0:00 to 0:59, 1:00 to 1:59 and 2:00 to 2:59, with {limit} requests"
        " each. Beyond that: {by_minute} = {answer}. Around a full minute up to twice the limit"
        " can pass.",
        why={
            "fixed-window-limits-every-span": "{value} would be refused if any 60 s were limited,"
            " as with a sliding window. Here the count starts again with each minute.",
            "window-begins-with-the-first-request": "{value} takes the minute to begin with the"
            " first request. It begins at second 00 of the clock.",
            "limit-holds-for-good": "{count} - {limit} = {value} lets no more than {limit} pass in"
            " all. Each minute has its own {limit}.",
            "limit-is-spread-evenly": "{value} takes {limit} a minute for one in each equal part of"
            " it. They may come close together.",
            "complement-taken-for-answer": "{value} requests pass. The other {answer} of {count}"
            " get 429.",
        },
        hint="Sort the requests by their full minute",
        computed_by="requests counted by window",
        source=Source(
            "Redis documentation, INCR",
            "Pattern: Rate limiter 1",
            "https://redis.io/docs/latest/commands/incr/",
        ),
        draw=_windows,
    ),
)
