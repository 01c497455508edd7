"""What travels and what is shown: each answer again, by another method than the template's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product

from questions.model import Item
from tests.questions.routes.reading import code, numbers


def content_length(drawn: Item) -> int:
    text = code(drawn)
    assert numbers(drawn.prompt)[0] == len(text)
    return sum(1 + (ord(sign) > 0x7F) + (ord(sign) > 0x7FF) for sign in text)


def byte_range(drawn: Item) -> int:
    found = re.search(r"has (\d+) bytes.*bytes=(\d*)-(\d*)`", drawn.prompt)
    assert found
    size, first, last = found.groups()
    if not first:
        return int(last)
    return min(int(last or size), int(size) - 1) - int(first) + 1


def resolvers(drawn: Item) -> int:
    many, each = numbers(drawn.prompt.partition("Here")[2])[:2]
    kinds = code(drawn).count("{ id }")
    asked = [
        (top, child, kind) for top, child, kind in product(range(many), range(each), range(kinds))
    ]
    assert f"first: {many}" in code(drawn)
    return 1 + len({top for top, _, _ in asked}) + len(asked)


def minute_limit(drawn: Item) -> int:
    limit, refused, minute, passed = numbers(drawn.prompt)[0], 0, "", 0
    for time in re.findall(r"(\d+):\d\d", drawn.prompt.partition("seconds at")[2]):
        minute, passed = (minute, passed + 1) if time == minute else (time, 1)
        refused += passed > limit
    return refused


def css_box(drawn: Item) -> int:
    width, padding, border, _ = numbers(code(drawn))
    return padding + border + width + border + padding


def css_cascade(drawn: Item) -> int:
    best, size = (0, 0, 0), 0
    for rule in code(drawn).splitlines():
        selector, _, rest = rule.partition(" {")
        names = sum(part[0] not in "#." for part in selector.split())
        weight = selector.count("#"), selector.count("."), names
        if weight >= best:
            best, size = weight, numbers(rest)[0]
    return size


def css_em(drawn: Item) -> int:
    root, *ems = (Fraction(number) for number in re.findall(r"([\d.]+)(?:px|em)", drawn.prompt))
    for em in ems:
        root *= em
    assert root.denominator == 1
    return int(root)


def contrast(drawn: Item) -> int:
    texts = re.findall(r"(\d+) pt( bold)? ([\d.]+):1", drawn.prompt)
    assert len(texts) == numbers(drawn.prompt)[0]
    fits = 0
    for size, bold, ratio in texts:
        large = int(size) >= 18 or (bool(bold) and int(size) >= 14)
        fits += Fraction(ratio) >= (Fraction("3") if large else Fraction("4.5"))
    return fits


def breach_hours(drawn: Item) -> int:
    found = re.search(r"on (\w+) at (\d+):00.* is (\w+) now, (\d+):00, (\d+) hours", drawn.prompt)
    assert found
    days = [list(calendar.day_name).index(found[at]) for at in (1, 3)]
    passed = ((days[1] - days[0]) * 24 + int(found[4]) - int(found[2])) % (7 * 24)
    assert passed == int(found[5])
    return 3 * 24 - passed


def first_byte(drawn: Item) -> int:
    trip, work = numbers(drawn.prompt)[:2]
    handshakes = ["SYN, SYN-ACK", "ClientHello, ServerHello"]
    handshakes += ["Finished, Finished"] if "TLS 1.2" in drawn.prompt else []
    return sum(trip for _ in [*handshakes, "request, response"]) + work


def prefix(drawn: Item) -> int:
    hosts, reserved = numbers(drawn.prompt.partition("IPv4")[2])[:2]
    return 32 - (hosts + reserved - 1).bit_length()


def transfer(drawn: Item) -> int:
    size, rate = numbers(drawn.prompt)
    return next(s for s in range(10_000) if s * rate * 10**6 >= size * 10**6 * 8)


def dns_old_address(drawn: Item) -> int:
    old, new, wait = numbers(drawn.prompt)
    # fetched in minute t, 0 being the change of the address, just before anything happens in it
    return max(t + (old if t <= -wait else new) for t in range(-old - wait, 1))


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-http-content-length": content_length,
    "draw-http-range": byte_range,
    "draw-graphql-resolvers": resolvers,
    "draw-http-minute-limit": minute_limit,
    "draw-css-box": css_box,
    "draw-css-cascade": css_cascade,
    "draw-css-em": css_em,
    "draw-contrast-aa": contrast,
    "draw-breach-hours": breach_hours,
    "draw-net-first-byte": first_byte,
    "draw-net-prefix": prefix,
    "draw-net-transfer": transfer,
    "draw-dns-old-address": dns_old_address,
}
