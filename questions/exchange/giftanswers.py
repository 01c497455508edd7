"""What stands between the braces of GIFT, as the type of question that we have for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby

from msgspec import Struct, field

from questions.exchange.giftmarks import ARROW, FEEDBACK, cut, found, plain, reasoned
from questions.exchange.plain import Fields, Plain

_WEIGHT = re.compile(r"\s*%(-?[0-9]+(?:\.[0-9]+)?)%")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_WHOLE = 100.0
Read = Callable[[str], str]


class Answers(Struct, frozen=True):
    """The type and its fields, and sentences on what we have not and read as something near."""

    type: str
    fields: Fields = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


class _Answer(Struct, frozen=True):
    """One answer: its mark, its share of the points in percent (None: not said), its feedback."""

    mark: str
    share: float | None
    text: str
    feedback: str

    @property
    def right(self) -> bool:
        """Whether it is taken for right: an equals sign alone, or all the points."""
        return self.mark == "=" if self.share is None else self.share >= _WHOLE

    @property
    def partly(self) -> bool:
        """Whether it gives some of the points."""
        return self.share is not None and 0 < self.share < _WHOLE

    @property
    def why(self) -> dict[str, Plain]:
        """Its feedback as a reason, with the misconception."""
        return dict(reasoned(self.feedback, right=self.right))


def answered(inside: str, read: Read) -> Answers:
    """The type that these answers ask for; `read` makes text plain."""
    body = inside.strip()
    if not body:
        return Answers("open")
    truth, feedback, _ = cut(FEEDBACK, body)
    if truth.strip().upper() in _TRUTH:
        return _true_false(right=_TRUTH[truth.strip().upper()], feedback=feedback, read=read)
    if body.startswith(FEEDBACK):
        return _numeric(_split(body[1:], read))
    answers = _split(body, read)
    if not answers:
        return Answers("short", {"answers": [read(plain(body))]})
    if all(one.mark == "=" for one in answers):
        pairs = all(ARROW in one.text for one in answers)
        return _match(answers) if pairs else _short(answers)
    return _choice(answers)


def _split(body: str, read: Read) -> list[_Answer]:
    """The answers at their marks; text before the first mark is one that is right."""
    starts = list(found("=~", body))
    ends = [*starts[1:], len(body)][: len(starts)]
    made = [
        _answer(body[at], body[at + 1 : end], read) for at, end in zip(starts, ends, strict=True)
    ]
    head = body[: starts[0]] if starts else body
    return [_answer("=", head, read), *made] if head.strip() and body[:1] not in "=~" else made


def _answer(mark: str, said: str, read: Read) -> _Answer:
    weight = _WEIGHT.match(said)
    text, feedback, _ = cut(FEEDBACK, said[weight.end() :] if weight else said)
    share = float(weight[1]) if weight else None
    return _Answer(mark, share, read(plain(text.strip())), read(plain(feedback.strip())))


def _choice(answers: Sequence[_Answer]) -> Answers:
    weighed = any(one.share is not None for one in answers)
    many = weighed and not any(one.mark == "=" for one in answers)
    options: list[Plain] = []
    for one in answers:
        right = one.right or (many and one.partly)
        why = dict(reasoned(one.feedback, right=right))
        options.append({"right" if right else "wrong": one.text, **why})
    return Answers("multi" if many else "single", {"options": options}, _partly(answers, many=many))


def _partly(answers: Sequence[_Answer], *, many: bool = False) -> tuple[str, ...]:
    return tuple(
        f"'{one.text[:30]}' gives {one.share:g} % of the points: here it is wrong, see that it is"
        for one in answers
        if one.partly and not many
    )


def _short(answers: Sequence[_Answer]) -> Answers:
    """Answers that give nothing are near misses; those of one reason are one of them."""
    rights: list[Plain] = [_unstarred(one.text) for one in answers if one.right]
    wrong = [one for one in answers if not one.right]
    misses: list[Plain] = [
        {"answers": [_unstarred(one.text) for one in same], **dict(reasoned(feedback))}
        for feedback, same in groupby(wrong, lambda one: one.feedback)
    ]
    fields: Fields = {"answers": rights}
    if misses:
        fields["near_misses"] = misses
    return Answers("short", fields, _partly(answers))


def _unstarred(text: str) -> str:
    return text.replace("\\*", "*")


def _match(answers: Sequence[_Answer]) -> Answers:
    sides = [tuple(part.strip() for part in one.text.split(ARROW, 1)) for one in answers]
    pairs: list[Plain] = [{"left": left, "right": right} for left, right in sides if left]
    extra: list[Plain] = [right for left, right in sides if not left]
    fields: Fields = {"pairs": pairs}
    if extra:
        fields["extra_right"] = extra
    return Answers("match", fields)


def _numeric(answers: Sequence[_Answer]) -> Answers:
    rights = [one for one in answers if one.right]
    fields: Fields = {}
    doubts = list(_partly(answers))
    if rights:
        fields["answer"], fields["tolerance"] = _around(rights[0].text)
    if rights[1:]:
        doubts.append(f"{len(rights)} right numbers: only the first is taken")
    wrong: list[Plain] = [
        {"value": _around(one.text)[0], **one.why} for one in answers if not one.right
    ]
    return Answers("numeric", fields | ({"known_wrong": wrong} if wrong else {}), tuple(doubts))


def _around(said: str) -> tuple[str, str]:
    """A number and how far from it is right, from `50:2` or `48..52`."""
    low, dots, high = said.partition("..")
    try:
        if dots:
            middle = (Decimal(low.strip()) + Decimal(high.strip())) / 2
            return str(middle), str(Decimal(high.strip()) - middle)
    except InvalidOperation:
        return said, "0"
    number, _, tolerance = said.partition(":")
    return number.strip(), tolerance.strip() or "0"


def _true_false(*, right: bool, feedback: str, read: Read) -> Answers:
    wrong, good, _ = cut(FEEDBACK, feedback)
    options: list[Plain] = []
    for text, true in (("True", True), ("False", False)):
        said = good if true is right else wrong
        why = reasoned(read(plain(said.strip())), right=true is right)
        options.append({"right" if true is right else "wrong": text, **dict(why)})
    doubt = "true or false: ours have three options or four, one of them right"
    return Answers("single", {"options": options}, (doubt,))
