"""Drawn questions about small machinery: encoded fields, patches, tables that grow, lifetimes."""

from __future__ import annotations

from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

_BITS = 7  # of a varint's byte that carry the number


def _varint(number: int) -> int:
    """Count the bytes of a varint."""
    length = 1
    while number >> _BITS * length:
        length += 1
    return length


def _field(rng: Random) -> Drawn:
    tag = rng.choice([rng.randint(1, 15), rng.randint(16, 99)])
    value = rng.randint(1, 2 ** rng.randint(4, 31))
    name = rng.choice(["amount", "user_id", "stock", "created", "visits", "retries"])
    tags, size = _varint(tag << 3), _varint(value)
    return Drawn(
        answer=tags + size,
        beliefs={
            "field-number-takes-no-room": size,
            "numbers-have-a-fixed-width-on-the-wire": tags + 4,
            "wire-carries-field-names": tags + size + len(name),
            "numbers-travel-as-text": tags + len(str(value)),
            "varint-bytes-carry-eight-bits": tags + -(-value.bit_length() // 8),
            "tag-takes-one-byte": 1 + size,
        },
        facts={
            "tag": tag,
            "value": value,
            "name": name,
            "tags": tags,
            "size": size,
            "bits": value.bit_length(),
            "key": tag << 3,
        },
        code=Code(f"message Entry {{\n  uint32 {name} = {tag};\n}}", "protobuf"),
    )


Patch = list[tuple[str, int, int]]


def _patched(held: list[int], patch: Patch, misread: str = "") -> list[int]:
    """Apply the operations of a patch to an array; one rule may be misread."""
    kept = list(held)
    for name, at, value in patch:
        place = at - 1 if misread == "one" else at
        if name == "replace" or (name == "add" and misread == "add"):
            kept[place] = value
        elif name == "add":
            kept.insert(place + (misread == "behind"), value)
        elif misread == "gap":
            kept[place] = 0
        else:
            del kept[place]
    return kept


def _patch(rng: Random) -> Drawn:
    held = rng.sample(range(10, 99), 6)
    names = ["add", "remove", rng.choice(["add", "remove", "replace"])]
    rng.shuffle(names)
    fresh = rng.sample(range(10, 99), 3)
    patch = [(name, rng.randint(1, 3), value) for name, value in zip(names, fresh, strict=True)]
    at = rng.randint(1, 3)
    lines = (
        f'{{"op": "{name}", "path": "/{place}"'
        + ("}" if name == "remove" else f', "value": {value}}}')
        for name, place, value in patch
    )
    result = _patched(held, patch)
    gap = _patched(held, patch, "gap")[at]
    return Drawn(
        answer=result[at],
        beliefs={
            "positions-begin-at-one": _patched(held, patch, "one")[at - 1],
            "add-overwrites-the-element": _patched(held, patch, "add")[at],
            "add-inserts-behind-the-position": _patched(held, patch, "behind")[at],
            "removal-leaves-a-gap": gap or result[at],
            "patch-runs-from-its-end": _patched(held, patch[::-1])[at],
            "patch-leaves-the-array": held[at],
        },
        facts={
            "held": ", ".join(map(str, held)),
            "at": at,
            "result": ", ".join(map(str, result)),
        },
        code=Code("[" + ",\n ".join(lines) + "]", "json"),
    )


def _table(rng: Random) -> Drawn:
    near = 16 << rng.randint(1, 6)
    keys, size = rng.randint(near * 3 // 8 + 1, near * 3 // 4), 16
    while keys * 4 > size * 3:
        size *= 2
    full = 16
    while keys > full:
        full *= 2
    return Drawn(
        answer=size,
        beliefs={
            "hash-table-grows-when-full": full,
            "one-bucket-for-each-entry": keys,
            "hash-table-has-any-size": -(-keys * 4 // 3),
            "table-grows-one-step-too-late": size // 2,
            "table-keeps-its-first-size": 16,
            "threshold-taken-for-the-table": size * 3 // 4,
        },
        facts={
            "keys": keys,
            "half": size // 2,
            "half_limit": size * 3 // 8,
            "limit": size * 3 // 4,
        },
    )


def _lifetime(rng: Random) -> Drawn:
    first, second = rng.sample(range(60, 200, 5), 2)
    gaps = [rng.randint(3, 18) for _ in range(4)]
    kept = rng.choice(["INCR hits", "APPEND hits 7"])
    late = rng.choice([True, False])
    lines = [f"SET hits 1 EX {first}", kept if late else f"EXPIRE hits {second}"]
    lines += [f"EXPIRE hits {second}" if late else kept, "GET hits"]
    times = [sum(gaps[:at]) for at in range(5)]
    at = times[2] if late else times[1]
    told = [f"{time:3} s  {line}" for time, line in zip(times, lines, strict=False)]
    return Drawn(
        answer=second - (times[4] - at),
        beliefs={
            "new-expiry-is-added": first + second - times[4],
            "first-expiry-holds": first - times[4],
            "writing-renews-the-lifetime": second - (times[4] - max(at, times[2])),
            "reading-renews-the-lifetime": second - (times[4] - times[3]),
            "ttl-gives-the-whole-lifetime": second,
            "expiry-counts-from-the-first-set": second - times[4],
        },
        facts={
            "end": times[4],
            "first": first,
            "second": second,
            "at": at,
            "passed": times[4] - at,
        },
        code=Code("\n".join(told), "redis"),
    )


TEMPLATES = (
    Template(
        id="draw-protobuf-field",
        area="api-styles",
        topic="grpc-and-protobuf",
        level="mid",
        version=1,
        unit="bytes",
        prompt="How many bytes does an Entry of this Protocol Buffers message take on the wire if"
        " {name} is {value}, nothing around it counted?",
        explain="The field's tag, {tag} x 8 = {key}, is a varint of {tags}; the value needs {bits}"
        " bits, 7 in each byte, so {size}. {tags} + {size} = {answer}. Names are not sent.",
        why={
            "field-number-takes-no-room": "{value} leaves out the tag with the field's number.",
            "numbers-have-a-fixed-width-on-the-wire": "{value} takes four bytes for the number."
            " uint32 is sent as a varint; fixed32 has four.",
            "wire-carries-field-names": "{value} includes the name. The number {tag} stands for"
            " the field.",
            "numbers-travel-as-text": "{value} sends digits, as JSON does. Here the number is sent"
            " in binary.",
            "varint-bytes-carry-eight-bits": "{value} puts 8 bits of the number into each byte. One"
            " of them says whether more follow.",
            "tag-takes-one-byte": "{value} takes one byte for the tag. From field number 16 on it"
            " needs two.",
        },
        hint="Tag and value are varints",
        computed_by="varint bytes counted",
        source=Source(
            "Protocol Buffers documentation, Encoding",
            "Base 128 Varints; Message Structure",
            "https://protobuf.dev/programming-guides/encoding/#varints",
        ),
        draw=_field,
    ),
    Template(
        id="draw-json-patch",
        area="api-styles",
        topic="xml-json-formats",
        level="mid",
        version=1,
        unit="",
        prompt="A JSON document is the array {held}. This JSON Patch is applied to it. Which number"
        " is then at the JSON Pointer /{at}?",
        explain="The operations run one after the other, each on the result of the last; indexes"
        " begin at 0. add inserts before the element at its index, remove closes the gap: {result}."
        " At /{at} is {answer}.",
        why={
            "positions-begin-at-one": "{value} counts from 1. The first element is at /0.",
            "add-overwrites-the-element": "{value} lets add overwrite an element. In an array it"
            " inserts; replace overwrites.",
            "add-inserts-behind-the-position": "{value} lets add insert behind the index. It"
            " inserts before the element that is there.",
            "removal-leaves-a-gap": "{value} leaves a gap at the removed element. Those behind it"
            " move up.",
            "patch-runs-from-its-end": "{value} runs the operations from the last to the first.",
            "patch-leaves-the-array": "{value} was there before the patch.",
        },
        hint="Write the array down after each operation",
        computed_by="the operations are applied to a list",
        source=Source(
            "RFC 6902, JavaScript Object Notation (JSON) Patch",
            "4.1 add, 4.2 remove, 4.3 replace",
            "https://www.rfc-editor.org/rfc/rfc6902#section-4",
        ),
        draw=_patch,
    ),
    Template(
        id="draw-java-hashmap",
        area="java",
        topic="collections",
        level="mid",
        version=1,
        unit="buckets",
        prompt="{keys} different keys, whose hashes spread evenly, are put one by one into a Java"
        " HashMap made by `new HashMap<>()`: 16 buckets at first, load factor 0.75. How many"
        " buckets does its table have then?",
        explain="The table doubles when it holds more than three quarters of its buckets: {half}"
        " would bear {half_limit} keys, {answer} bear {limit}. Its size is a power of two.",
        why={
            "hash-table-grows-when-full": "{value} fills the table up. It doubles beyond three"
            " quarters.",
            "one-bucket-for-each-entry": "{value} is the number of keys. Buckets are doubled ahead"
            " of them.",
            "hash-table-has-any-size": "{value} is {keys} / 0.75. The table has a power of two of"
            " buckets.",
            "table-grows-one-step-too-late": "{value} buckets bear {half_limit} keys, fewer than"
            " {keys}.",
            "table-keeps-its-first-size": "{value} buckets are there at first. The table grows with"
            " its keys.",
            "threshold-taken-for-the-table": "{value} is the number of keys at which the table"
            " grows next.",
        },
        hint="16, 32, 64 ... and three quarters of each",
        computed_by="doublings until three quarters suffice",
        source=Source(
            "Java SE API, HashMap",
            "Class description: initial capacity and load factor",
            "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/HashMap.html",
        ),
        draw=_table,
    ),
    Template(
        id="draw-redis-lifetime",
        area="nosql",
        topic="key-value-redis",
        level="junior",
        version=1,
        unit="s",
        prompt="A Redis client sends these commands at the times given. Which number does TTL hits"
        " give when it is sent at {end} s?",
        explain="EXPIRE sets the lifetime anew; reading, INCR and APPEND leave it as it is. Set to"
        " {second} s at {at} s, of which {passed} have passed: {second} - {passed} = {answer}.",
        why={
            "new-expiry-is-added": "{value} adds {first} and {second}. EXPIRE replaces what was"
            " left.",
            "first-expiry-holds": "{value} goes by the {first} s of SET. EXPIRE has replaced them.",
            "writing-renews-the-lifetime": "{value} counts from the last change of the value. INCR"
            " and APPEND do not touch the lifetime.",
            "reading-renews-the-lifetime": "{value} counts from the GET. Reading does not touch the"
            " lifetime.",
            "ttl-gives-the-whole-lifetime": "{value} is the lifetime as it was set. TTL gives what"
            " is left of it.",
            "expiry-counts-from-the-first-set": "{value} counts the {second} s from 0 s. They count"
            " from EXPIRE.",
        },
        hint="Which command set the lifetime last?",
        computed_by="lifetime set last, less the time since",
        source=Source(
            "Redis documentation, EXPIRE",
            "Description; Refreshing expires",
            "https://redis.io/docs/latest/commands/expire/",
        ),
        draw=_lifetime,
    ),
)
