"""Drawn questions about networks: round trips, prefixes, transfers, and names that are cached."""

from __future__ import annotations

import ipaddress
from fractions import Fraction
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template

_TRIPS = {"1.3": 1, "1.2": 2}


def _first_byte(rng: Random) -> Drawn:
    trip, work = rng.randrange(20, 190, 5), rng.randrange(15, 260, 5)
    version = rng.choice(["1.3", "1.2"])
    trips = 2 + _TRIPS[version]
    other = 5 - _TRIPS[version]
    return Drawn(
        answer=trips * trip + work,
        beliefs={
            "handshakes-are-free": trip + work,
            "tls-adds-no-round-trip": 2 * trip + work,
            "tls-versions-mixed-up": other * trip + work,
            "one-way-delay-decides": trips * trip // 2 + work,
            "work-of-the-server-is-forgotten": trips * trip,
        },
        facts={
            "trip": trip,
            "work": work,
            "version": version,
            "tls": _TRIPS[version],
            "trips": trips,
            "sum": f"1 + {_TRIPS[version]} + 1",
        },
    )


def _prefix(rng: Random) -> Drawn:
    bits = rng.randint(4, 11)
    hosts = rng.randint(2**bits // 2 - 1, 2**bits - 6)
    reserved = rng.choice([2, 5])
    block = next(
        length
        for length in range(30, 0, -1)
        if ipaddress.ip_network(f"10.0.0.0/{length}").num_addresses >= hosts + reserved
    )
    mask = str(ipaddress.ip_network(f"10.0.0.0/{block}").netmask).split(".")
    return Drawn(
        answer=block,
        beliefs={
            "host-bits-taken-for-the-prefix": 32 - block,
            "one-host-bit-too-few": block + 1,
            "one-host-bit-too-many": block - 1,
            "mask-octet-taken-for-the-prefix": max(int(octet) for octet in mask if octet != "255"),
        },
        facts={
            "hosts": hosts,
            "reserved": reserved,
            "bits": 32 - block,
            "size": 2 ** (32 - block),
            "half": 2 ** (31 - block),
            "twice": 2 ** (33 - block),
            "need": hosts + reserved,
        },
    )


def _transfer(rng: Random) -> Drawn:
    rate = rng.choice([10, 16, 20, 25, 40, 50, 80, 100])
    seconds = rng.randint(3, 60) * 8
    size = rate * seconds // 8
    return Drawn(
        answer=seconds,
        beliefs={
            "bytes-taken-for-bits": round(Fraction(size, rate)),
            "rate-and-time-mixed-up": round(Fraction(size * rate, 8)),
            "bits-are-divided-twice": round(Fraction(size, rate * 8)),
            "ten-bits-make-a-byte": round(Fraction(size * 10, rate)),
            "megabit-is-two-to-the-twentieth": round(Fraction(size * 8 * 10**6, rate * 2**20)),
        },
        facts={"rate": rate, "size": size, "bits": size * 8},
    )


def _ttl(rng: Random) -> Drawn:
    old, new = rng.choice([30, 45, 60, 90, 120, 180, 240]), rng.choice([2, 3, 5, 10, 15])
    wait = rng.randint(4, old + 40)
    left = max(old - wait, new)
    return Drawn(
        answer=left,
        beliefs={
            "lower-ttl-reaches-caches-at-once": new,
            "time-since-lowering-does-not-count": old,
            "ttl-counts-from-the-new-record": max(0, new - wait),
            "lifetimes-of-records-add-up": old + new,
            "dns-change-is-instant": 0,
        },
        facts={"old": old, "new": new, "wait": wait, "late": max(0, old - wait)},
    )


TEMPLATES = (
    Template(
        id="draw-net-first-byte",
        area="networking",
        topic="latency-and-bandwidth",
        level="mid",
        version=1,
        unit="ms",
        prompt="A client knows a server's address, but has no connection to it. The round-trip time"
        " is {trip} ms, and the server needs {work} ms for the request. The client uses TLS"
        " {version} with a full handshake over TCP, without early data or Fast Open. After how many"
        " ms does the first byte of the response arrive?",
        explain="Round trips: one for TCP, {tls} for TLS {version}, one for the request: {sum} ="
        " {trips}. {trips} x {trip} + {work} = {answer} ms.",
        why={
            "handshakes-are-free": "{trip} + {work} = {value} ms holds for a connection that is"
            " open already.",
            "tls-adds-no-round-trip": "{value} ms leaves out the handshake of TLS {version}:"
            " another {tls} x {trip} ms.",
            "tls-versions-mixed-up": "{value} ms counts the round trips of the other version: TLS"
            " 1.3 takes one, TLS 1.2 two.",
            "one-way-delay-decides": "{value} ms counts ways for round trips. {trip} ms is there"
            " and back.",
            "work-of-the-server-is-forgotten": "{value} ms leaves out the {work} ms of the server.",
        },
        hint="Count the round trips: TCP, TLS, request",
        computed_by="round trips by RFC 9293 and the TLS version",
        source=Source(
            "RFC 8446, TLS 1.3",
            "2 Protocol Overview, figure 1; for TLS 1.2: RFC 5246, 7.3",
            "https://www.rfc-editor.org/rfc/rfc8446#section-2",
        ),
        draw=_first_byte,
    ),
    Template(
        id="draw-net-prefix",
        area="networking",
        topic="ip-and-subnets",
        level="mid",
        version=1,
        unit="",
        prompt="An IPv4 subnet shall have room for {hosts} hosts. {reserved} of its addresses are"
        " reserved. What is the longest prefix, the n in /n, that is enough?",
        explain="{hosts} + {reserved} = {need} addresses are needed. {half} are too few, {size} ="
        " 2^{bits} are enough: 32 - {bits} = {answer}.",
        why={
            "host-bits-taken-for-the-prefix": "{value} is the number of host bits. The prefix is"
            " the rest of the 32.",
            "one-host-bit-too-few": "/{value} has {half} addresses, fewer than {need}.",
            "one-host-bit-too-many": "/{value} has {twice} addresses. That is enough, but /{answer}"
            " is as well, and longer.",
            "mask-octet-taken-for-the-prefix": "{value} stands in the network mask written in"
            " dots. The prefix counts its one bits.",
        },
        hint="The next power of two",
        computed_by="Python's ipaddress, from the longest prefix up",
        source=Source(
            "RFC 4632, Classless Inter-domain Routing (CIDR)",
            "3.1 Basic Concept and Prefix Notation",
            "https://www.rfc-editor.org/rfc/rfc4632#section-3.1",
        ),
        draw=_prefix,
    ),
    Template(
        id="draw-net-transfer",
        area="networking",
        topic="latency-and-bandwidth",
        level="junior",
        version=1,
        unit="s",
        prompt="A file of {size} MB (millions of bytes) goes over a link that carries {rate} Mbit/s"
        " (millions of bits a second) of data. How many seconds does that take at least?",
        explain="{size} MB x 8 = {bits} Mbit; {bits} / {rate} = {answer} s.",
        why={
            "bytes-taken-for-bits": "{size} / {rate} is about {value} s and takes bytes for bits. A"
            " byte has 8 bits.",
            "rate-and-time-mixed-up": "{value} multiplies by the rate. A faster link takes less"
            " time, not more.",
            "bits-are-divided-twice": "{size} / ({rate} x 8) is about {value} s. The 8 belongs"
            " above the line: {size} MB are {bits} Mbit.",
            "ten-bits-make-a-byte": "{value} s takes 10 bits for a byte. Overhead is not asked"
            " for, and a byte has 8.",
            "megabit-is-two-to-the-twentieth": "About {value} s takes a megabit for 1,048,576 bits."
            " Here both prefixes mean millions.",
        },
        hint="Bytes on one side, bits on the other",
        computed_by="bits over bits a second",
        source=Source(
            "NIST, The International System of Units (SI), Prefixes for binary multiples",
            "mega and mebi, bit and byte",
            "https://physics.nist.gov/cuu/Units/binary.html",
        ),
        draw=_transfer,
    ),
    Template(
        id="draw-dns-old-address",
        area="networking",
        topic="dns",
        level="senior",
        version=1,
        unit="minutes",
        prompt="A DNS record has a TTL of {old} minutes. It is lowered to {new} minutes; {wait}"
        " minutes after that the address is changed. All name servers have each change at once, and"
        " resolvers keep to the TTL. For how many minutes after the change may a resolver still"
        " give the old address, at worst?",
        explain="A copy fetched just before the TTL was lowered lives {old} minutes, {late} of them"
        " after the change; one fetched just before the change lives {new}. The later end counts:"
        " {answer}.",
        why={
            "lower-ttl-reaches-caches-at-once": "{value} minutes holds for copies with the new TTL."
            " Copies with the old one live for {old} from when they were fetched.",
            "time-since-lowering-does-not-count": "{value} minutes forgets that {wait} of them have"
            " passed when the address changes.",
            "ttl-counts-from-the-new-record": "{value} minutes counts from the moment at which the"
            " TTL was lowered. It counts from when a copy is fetched.",
            "lifetimes-of-records-add-up": "{old} + {new} = {value} adds two lifetimes. A copy has"
            " one of them.",
            "dns-change-is-instant": "{value} minutes would need resolvers that ask each time. They"
            " keep a copy as long as its TTL says.",
        },
        hint="Two copies: fetched before the TTL changed, and before the address did",
        computed_by="the later end of two copies",
        source=Source(
            "RFC 1034, Domain Names: Concepts and Facilities",
            "3.6 Resource Records, TTL",
            "https://www.rfc-editor.org/rfc/rfc1034#section-3.6",
        ),
        draw=_ttl,
    ),
)
