"""Card to Block Kit: rich text and plain text, in which nothing is live. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import msgspec

from adapters.slack import limits
from bot.chat.cards import Button, Card, Choice, Link, Picture, Select
from bot.chat.fitting import CUT, cut, folded, longest, size
from bot.chat.text import Fence, Prose, Span, blocks, place_words, spoken

Json = dict[str, Any]

STYLES: Final[Mapping[str, Json]] = {"bold": {"bold": True}, "code": {"code": True}, "plain": {}}
LINK: Final = "link"  # begins the action id of a button that only opens an address
ROWS: Final = 40  # of buttons; leaves room for everything else among 50 blocks
ROWS_ROOM, SELECT_ROOM, LINKS_ROOM = 5000, 4000, 1500  # of the 13,000 characters, at most
CUT_HERE: Final = "cut here: the rest does not fit into a Slack message"


def escape(text: str) -> str:
    """Make text stand for itself where Slack reads marks: the `text` beside the blocks.

    Slack knows three live characters (messaging/formatting-message-text); everything else we send
    is rich text or plain text, which is inert.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def message(card: Card, picture: str = "") -> Json:
    """Draw a card as arguments of chat.postMessage; `picture` is the id of its uploaded file."""
    return {
        "text": fallback(card),
        "blocks": draw(card, picture),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def without_unfurling(payload: Json) -> Json:
    """Draw the same for chat.update and chat.postEphemeral, which know nothing of unfurling."""
    return {k: v for k, v in payload.items() if not k.startswith("unfurl")}


def fallback(card: Card) -> str:
    """What a notification shows and a screen reader says.

    A verdict that goes to everybody says no more than its title: no answer on a locked screen.
    """
    public = card.to in ("place", "thread") and card.tone != "plain"
    said = card.title if public else f"{card.title}\n{spoken(card.text)}"
    return escape(longest(said.strip(), limits.FALLBACK)) or CUT


def draw(card: Card, picture: str = "", *, most: int = limits.BLOCKS) -> list[Json]:
    """Draw a card in at most `most` blocks and 13,000 characters; what does not fit is cut."""
    head = [_header(card.title)] if card.title.strip() else []
    foot = [*_picture(card.picture, picture), *_links(card.links), *_note(card.note)]
    foot += [*_rows(card, most), *_select(card.select)]
    room = limits.TOTAL - cost(head) - cost(foot)
    drawn = [*head, *text(card.text, room), *foot]
    return drawn or [plain_block(CUT)]


def text(source: str, room: int = limits.TOTAL) -> list[Json]:
    """Draw text of the subset in at most `room` characters of JSON."""
    whole = [_element(block) for block in blocks(source)]
    if not whole:
        return []
    drawn = [{"type": "rich_text", "elements": whole}]
    if cost(drawn) <= room:
        return drawn
    notice = plain_block(f"{CUT} {CUT_HERE}")
    room -= cost([notice]) + cost([{"type": "rich_text", "elements": []}])
    kept = list(_kept(whole, room))
    return [*([{"type": "rich_text", "elements": kept}] if kept else []), notice]


def cost(drawn: Any) -> int:
    """Characters of JSON."""
    return size(msgspec.json.encode(drawn).decode())


def plain_block(said: str) -> Json:
    """Draw small print."""
    return {"type": "context", "elements": [plain(said, limits.NOTE)]}


def plain(said: str, room: int) -> Json:
    """Draw a plain text object of at least one character."""
    return {"type": "plain_text", "text": cut(said, room) or CUT, "emoji": False}


def options(choices: tuple[Choice, ...], most: int) -> list[Json]:
    """Draw the choices of a menu."""
    return [
        {
            "text": plain(choice.label, limits.OPTION),
            "value": choice.value,
            **(
                {"description": plain(choice.description, limits.OPTION)}
                if choice.description.strip()
                else {}
            ),
        }
        for choice in choices[:most]
    ]


def chosen(drawn: list[Json], values: Collection[str]) -> list[Json]:
    """Those of the drawn options that are chosen."""
    return [option for option in drawn if option["value"] in values]


def _header(title: str) -> Json:
    return {"type": "header", "text": plain(title, limits.HEADER)}


def _element(block: Prose | Fence) -> Json:
    match block:
        case Fence(code=code):
            body = folded(code).strip("\n") or " "
            return {"type": "rich_text_preformatted", "elements": [_span(Span("plain", body))]}
        case Prose(spans=spans):
            return {"type": "rich_text_section", "elements": [_span(span) for span in spans]}


def _span(span: Span) -> Json:
    if span.kind == "place":
        channel = span.text.rpartition("/")[2]
        if re.fullmatch(r"[CG][A-Z0-9]+", channel):  # by its name; it rings for nobody
            return {"type": "channel", "channel_id": channel}
        return {"type": "text", "text": place_words(span.text)}
    style = STYLES[span.kind]
    return {"type": "text", "text": span.text} | ({"style": style} if style else {})


def _kept(elements: list[Json], room: int) -> Iterator[Json]:
    """Whole elements while they fit, then the beginning of the one that does not."""
    for element in elements:
        room -= cost(element) + 1
        if room >= 0:
            yield element
            continue
        room += cost(element)
        spans = list(_kept_spans(element["elements"], room - cost(element | {"elements": []})))
        if spans:
            yield element | {"elements": spans}
        return


def _kept_spans(spans: list[Json], room: int) -> Iterator[Json]:
    for span in spans:
        room -= cost(span) + 1
        if room >= 0:
            yield span
            continue
        if "text" not in span:
            return  # half a channel is none
        frame = cost(span | {"text": ""}) + 1
        left = room + cost(span) + 1 - frame
        begun = longest(span["text"], left - size(CUT), lambda part: cost(part) - 2)
        if begun.strip():
            yield span | {"text": begun.rstrip() + CUT}
        return


def _picture(picture: Picture | None, file: str) -> list[Json]:
    if picture is None:
        return []
    alt = cut(picture.alt, limits.ALT) or CUT
    if not file:  # it could not be uploaded: its words say the same
        return [plain_block(alt)]
    return [{"type": "image", "slack_file": {"id": file}, "alt_text": alt}]


def _rows(card: Card, most: int) -> Iterator[Json]:
    short = [
        row[at : at + limits.BUTTONS]
        for row in card.rows
        for at in range(0, len(row), limits.BUTTONS)
    ]
    room, left_out = ROWS_ROOM, 0
    for number, row in enumerate(short):
        elements = [button(one, f"b.{number}.{n}") for n, one in enumerate(row)]
        block = {"type": "actions", "elements": elements}
        room -= cost(block)
        if room < 0 or number >= min(ROWS, most - 10):
            left_out += len(row)
        else:
            yield block
    if left_out:
        yield plain_block(f"{left_out} more buttons do not fit here")


def button(one: Button, action: str) -> Json:
    """Draw a button; its value carries the token."""
    style = {} if one.style == "plain" else {"style": one.style}
    label = plain(one.label, limits.BUTTON_LABEL)
    return {"type": "button", "text": label, "action_id": action, "value": one.token} | style


def _select(select: Select | None) -> list[Json]:
    if select is None or not select.choices:
        return []
    offered = options(select.choices, limits.OPTIONS)
    while len(offered) > 1 and cost(offered) > SELECT_ROOM:
        offered.pop()
    first = chosen(offered, {select.chosen})
    menu = {
        "type": "static_select",
        "action_id": select.token,
        "placeholder": plain(select.placeholder, limits.PLACEHOLDER),
        "options": offered,
        **({"initial_option": first[0]} if first else {}),
    }
    return [{"type": "actions", "elements": [menu]}]


def _links(links: tuple[Link, ...]) -> list[Json]:
    elements: list[Json] = []
    for link in links:
        more = [{"type": "text", "text": " · "}, _link(link)][0 if elements else 1 :]
        if cost([*elements, *more]) <= LINKS_ROOM:
            elements += more
    if not elements:
        return []
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "elements": [section]}]


def _link(link: Link) -> Json:
    label = cut(link.label, limits.HEADER) or CUT
    if not link.url.startswith("https://") or size(link.url) > limits.URL:
        return {"type": "text", "text": label}
    return {"type": "link", "url": link.url, "text": label}


def _note(note: str) -> list[Json]:
    return [plain_block(note)] if note.strip() else []
