"""Drawn questions about keys and tokens: encoded lengths, lifetimes, the cost of a hash."""

from __future__ import annotations

import base64
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template


def _base64(rng: Random) -> Drawn:
    size = rng.randint(10, 200)
    padded = rng.choice([True, False])
    text = base64.b64encode(bytes(size)).decode()
    bare = text.rstrip("=")
    return Drawn(
        answer=len(text if padded else bare),
        beliefs={
            "base64-pads-always-or-never": len(bare if padded else text),
            "hexadecimal-taken-for-base64": 2 * size,
            "one-character-is-one-byte": size,
            "base64-shrinks-data": -(-size * 3 // 4),
            "base64-rounds-down": size * 4 // 3,
        },
        facts={
            "size": size,
            "way": "with padding" if padded else "without padding",
            "groups": size // 3,
            "rest": f"{size % 3} bytes" if size % 3 != 1 else "1 byte",
            "more": len(text if padded else bare) - size // 3 * 4,
            "marks": len(text) - len(bare),
        },
    )


def _token(rng: Random) -> Drawn:
    life, leeway = rng.choice([5, 10, 15, 20, 30, 60]) * 60, rng.choice([15, 30, 60, 120])
    used = rng.randint(10, life - 30)
    return Drawn(
        answer=life - used + leeway,
        beliefs={
            "token-knows-later-changes": 0,
            "leeway-is-forgotten": life - used,
            "lifetime-starts-again-at-use": life + leeway,
            "leeway-shortens-the-lifetime": life - used - leeway,
            "complement-taken-for-answer": used,
        },
        facts={"life": life // 60, "seconds": life, "leeway": leeway, "used": used},
    )


def _cost(rng: Random) -> Drawn:
    old, more = rng.randint(8, 11), rng.randint(2, 4)
    time = rng.randint(3, 40) * 5
    new = old + more
    return Drawn(
        answer=time * 2**more,
        beliefs={
            "cost-is-a-plain-factor": round(time * new / old),
            "cost-is-added-to-the-time": time * (more + 1),
            "cost-is-a-power-of-ten": time * 10**more,
            "cost-doubles-once": time * 2,
            "cost-is-squared": time * more**2,
        },
        facts={"old": old, "new": new, "more": more, "time": time, "factor": 2**more},
    )


TEMPLATES = (
    Template(
        id="draw-base64-length",
        area="security",
        topic="cryptography",
        level="junior",
        version=1,
        unit="characters",
        prompt="A key of {size} random bytes is written in Base64, {way} and without line breaks."
        " How many characters is that?",
        explain="Each 3 bytes become 4 characters: {groups} x 4. The rest, {rest}, gives {more}"
        " more, {way}: {answer}.",
        why={
            "base64-pads-always-or-never": "{value} is the length the other way round: padding"
            " would make a difference of {marks} here.",
            "hexadecimal-taken-for-base64": "2 x {size} = {value} is hexadecimal, 4 bits a"
            " character. Base64 carries 6.",
            "one-character-is-one-byte": "{value} takes a byte for each character. A character of"
            " Base64 carries 6 bits.",
            "base64-shrinks-data": "{value} turns the ratio upside down. Base64 makes 3 bytes into"
            " 4 characters.",
            "base64-rounds-down": "{value} cuts off what is left of {size} bytes. {rest} need"
            " characters as well.",
        },
        hint="Three bytes, four characters",
        computed_by="Python encodes as many bytes",
        source=Source(
            "RFC 4648, The Base16, Base32, and Base64 Data Encodings",
            "4 Base 64 Encoding; 3.2 Padding of Encoded Data",
            "https://www.rfc-editor.org/rfc/rfc4648#section-4",
        ),
        draw=_base64,
    ),
    Template(
        id="draw-token-after-logout",
        area="security",
        topic="tokens-and-oauth",
        level="mid",
        version=1,
        unit="s",
        prompt="A JWT was issued {used} s ago, with exp {life} minutes after its issue. Now its"
        " user is locked out. A service looks at nothing but the signature and exp, with a leeway"
        " of {leeway} s for clocks; here all clocks agree. For how many more seconds does it"
        " accept the token?",
        explain="Until exp {seconds} - {used} s are left, and the leeway comes on top: + {leeway} ="
        " {answer} s. That the user is locked out does not show in the token; hence short"
        " lifetimes.",
        why={
            "token-knows-later-changes": "{value} s would need a look at the user. The service"
            " looks at the signature and exp.",
            "leeway-is-forgotten": "{seconds} - {used} = {value} s leaves out the leeway, which"
            " puts off the end.",
            "lifetime-starts-again-at-use": "{value} s counts the lifetime from now. exp is a"
            " moment, fixed at the issue {used} s ago.",
            "leeway-shortens-the-lifetime": "{value} s takes the leeway off. It lets a token pass"
            " for {leeway} s more.",
            "complement-taken-for-answer": "{value} s have passed since the issue.",
        },
        hint="What does the service look at?",
        computed_by="exp plus leeway, less now",
        source=Source(
            "RFC 7519, JSON Web Token",
            '4.1.4 "exp" (Expiration Time) Claim',
            "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4",
        ),
        draw=_token,
    ),
    Template(
        id="draw-bcrypt-cost",
        area="security",
        topic="authentication",
        level="mid",
        version=1,
        unit="ms",
        prompt="Hashing a password with bcrypt takes {time} ms on a server at cost {old}. How many"
        " ms does it take there at cost {new}?",
        explain="The cost is the binary logarithm of the number of rounds: each step doubles them."
        " {more} steps: {time} x {factor} = {answer} ms, for the server as for who guesses.",
        why={
            "cost-is-a-plain-factor": "{value} ms takes {new} / {old} for the ratio. The cost is an"
            " exponent.",
            "cost-is-added-to-the-time": "{value} ms adds {time} ms for each step. Each step"
            " doubles.",
            "cost-is-a-power-of-ten": "{value} ms takes ten times as long for each step. It is"
            " twice as long.",
            "cost-doubles-once": "{value} ms doubles once. There are {more} steps from {old} to"
            " {new}.",
            "cost-is-squared": "{value} ms squares the {more} steps. They are an exponent of 2.",
        },
        hint="2 to the power of the cost",
        computed_by="a power of two",
        source=Source(
            "Provos and Mazieres, A Future-Adaptable Password Scheme (1999)",
            "4 Eksblowfish Algorithm; 5 bcrypt: the cost",
            "https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf",
        ),
        draw=_cost,
    ),
)
