"""Drawn questions about HTTP: what requests leave behind, how long a response stays fresh."""

from __future__ import annotations

from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

_NAMES = ("agenda", "budget", "roadmap")
_POST = "POST /notes"


def _requests(rng: Random) -> list[str]:
    """Draw requests that all succeed: what is deleted exists."""
    names = rng.sample(_NAMES, 2)
    stored: set[str] = set()
    made = [_POST]
    for _ in range(rng.randint(5, 8)):
        choices = [_POST, *(f"PUT /notes/{name}" for name in names)]
        request = rng.choice([*choices, *(f"DELETE /notes/{name}" for name in sorted(stored))])
        method, _, name = request.partition(" /notes/")
        if method == "PUT":
            stored.add(name)
        elif method == "DELETE":
            stored.remove(name)
        made.append(request)
    return made


def _left(requests: list[str]) -> int:
    """Replay the requests on a store."""
    store: dict[str, str] = {}
    for number, request in enumerate(requests):
        method, path = request.split()
        if method == "DELETE":
            del store[path]
        else:
            store[path if method == "PUT" else f"{path}/{number}"] = request
    return len(store)


def _notes(rng: Random) -> Drawn:
    requests = _requests(rng)
    left = _left(requests)
    posts = requests.count(_POST)
    puts = [request for request in requests if request.startswith("PUT")]
    deletes = len(requests) - posts - len(puts)
    named = left - posts
    return Drawn(
        answer=left,
        beliefs={
            "put-creates-another": posts + len(puts) - deletes,
            "delete-forgotten": posts + len(set(puts)),
            "post-is-idempotent": min(posts, 1) + named,
            "put-never-creates": posts,
        },
        facts={
            "posts": posts,
            "puts": len(puts),
            "paths": len(set(puts)),
            "deletes": deletes,
            "named": named,
        },
        code=Code("\n".join(requests), "http"),
    )


def _freshness(rng: Random) -> Drawn:
    shared = rng.choice([True, True, False])
    lifetimes = [rng.choice([120, 180, 300, 420]), rng.choice([600, 900, 1200, 1800])]
    own, other = rng.sample(lifetimes, 2)
    age, stay = rng.randint(5, 50), rng.randint(5, 50)
    names = ("s-maxage", "max-age") if shared else ("max-age", "s-maxage")
    return Drawn(
        answer=own - age - stay,
        beliefs={
            "other-directive-decides": other - age - stay,
            "age-header-ignored": own - stay,
            "resident-time-ignored": own - age,
            "lifetimes-added": own + other - age - stay,
        },
        facts={
            "cache": "shared cache" if shared else "browser's private cache",
            "max_age": other if shared else own,
            "s_maxage": own if shared else other,
            "name": names[0],
            "unused": names[1],
            "own": own,
            "other": other,
            "age": age,
            "stay": stay,
        },
    )


TEMPLATES = (
    Template(
        id="draw-http-notes-left",
        area="http-apis",
        topic="methods-and-idempotency",
        level="junior",
        version=1,
        unit="notes",
        prompt="A collection of notes is empty. The requests below are sent one after another, and"
        " all succeed. POST creates a note with a new id; PUT creates the note or replaces it. How"
        " many notes are there at the end?",
        explain="Each POST adds a note: {posts}. PUT is idempotent: however often a note is put,"
        " it is there once, until a DELETE removes it. Left of the notes that were put: {named}."
        " {posts} + {named} = {answer}.",
        why={
            "put-creates-another": "{posts} POST + {puts} PUT - {deletes} DELETE = {value} counts a"
            " new note for each PUT. A PUT to a URI that exists replaces what is there.",
            "delete-forgotten": "{posts} notes by POST and {paths} by PUT is what was ever"
            " created; DELETE ({deletes} times) takes notes away.",
            "post-is-idempotent": "{value} counts the {posts} POST requests as one. POST is not"
            " idempotent: each of them creates a note with an id of its own.",
            "put-never-creates": "{value} is the number of POST requests alone. PUT creates the"
            " note when there is none at its URI.",
        },
        hint="Ask of each method: what if it is sent twice?",
        computed_by="the requests are replayed on a store",
        source=Source(
            "RFC 9110, HTTP Semantics",
            "9.2.2 Idempotent Methods, 9.3.3 POST, 9.3.4 PUT",
            "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2",
        ),
        draw=_notes,
    ),
    Template(
        id="draw-http-freshness",
        area="caching",
        topic="http-caching",
        level="mid",
        version=1,
        unit="s",
        prompt="A {cache} stored a response {stay} s ago. The response had arrived with"
        " `Cache-Control: max-age={max_age}, s-maxage={s_maxage}` and `Age: {age}`. Network delays"
        " can be neglected. For how many more seconds may the cache serve it as fresh?",
        explain="A {cache} goes by {name}: {own} s. The response was {age} s old when it came and"
        " has been here for {stay} s: {own} - {age} - {stay} = {answer} s.",
        why={
            "other-directive-decides": "{other} - {age} - {stay} = {value} goes by {unused}. A"
            " shared cache obeys s-maxage, a private cache max-age; here {name}={own} decides.",
            "age-header-ignored": "{own} - {stay} = {value} takes the response for new when it"
            " came. Age: {age} says that it had spent {age} s in other caches before.",
            "resident-time-ignored": "{own} - {age} = {value} was left when it was stored; since"
            " then {stay} s have passed in this cache.",
            "lifetimes-added": "{own} + {other} adds two lifetimes. One alone applies to this"
            " cache: {name}={own}.",
        },
        hint="Freshness lifetime minus current age",
        computed_by="RFC 9111: freshness lifetime - Age - resident time",
        source=Source(
            "RFC 9111, HTTP Caching",
            "4.2.1 Calculating Freshness Lifetime, 4.2.3 Calculating Age",
            "https://www.rfc-editor.org/rfc/rfc9111#section-4.2",
        ),
        draw=_freshness,
    ),
)
