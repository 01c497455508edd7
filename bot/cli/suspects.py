"""`sparring questions suspects`: questions whose answers contradict their keys, for authors."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import bank
from bot.chat.fitting import cut
from bot.config import load
from bot.learning.items import Params
from bot.learning.suspicion import Suspicion, suspicion
from questions.model import Item, Ref
from storage.suspects import suspected

LINE = 80  # characters of an option


def listed() -> Iterator[str]:
    """A line for each: its id, answers, and why; raises Unusable."""
    settings = load()
    held = bank(settings.data / "cache")
    shown = 0
    for ref, params in suspected(settings.url):
        why = suspicion(params)
        item = held.find(ref)
        mended = not ref.owner and item is None and not held.is_template(ref.id)
        if why and not mended:  # another version was suspected
            shown += 1
            yield _line(ref, params, item, why)
    if not shown:
        yield "No question is suspected."


def _line(ref: Ref, params: Params, item: Item | None, why: Suspicion) -> str:
    where = f" (of community {ref.owner})" if ref.owner else ""
    head = f"{ref.id}{where}  {params.n} answers, {params.right.n} right"
    if why.why == "missed":
        return f"{head}: those who are usually right miss it as well ({why.score:.1f} sd)"
    chosen = params.chosen[why.option].n
    text = _option(item, why.option)
    return (
        f"{head}: {chosen} chose {text}; mean ability {why.strong:+.2f}, of those who chose the "
        f"key {why.weak:+.2f} (log odds {why.score:.1f} that this is the key)"
    )


def _option(item: Item | None, name: str) -> str:
    options = item.options if item else ()
    found = options[int(name)].text if name.isdecimal() and int(name) < len(options) else ""
    return f'"{cut(" ".join(found.split()), LINE)}"' if found else f"option {name}"
