"""Drawn questions about those who read: contrast that is enough, and their data in a breach."""

from __future__ import annotations

import calendar
from operator import ge
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template

_SIZES = (("12 pt", 12, False), ("16 pt", 16, False), ("16 pt bold", 16, True))
_OTHERS = (("13 pt bold", 13, True), ("18 pt", 18, False), ("14 pt bold", 14, True))
_AA, _LARGE, _BIG, _BIG_BOLD, _AAA = 45, 30, 18, 14, 70


def _contrast(rng: Random) -> Drawn:
    texts = [*_SIZES, *_OTHERS, ("24 pt", 24, False), ("17 pt", 17, False)]
    chosen = rng.sample(texts, 6)
    ratios = [rng.choice([25, 31, 34, 38, 42, 44, 46, 52, 71]) for _ in chosen]
    pairs = list(zip(chosen, ratios, strict=True))
    large = [size >= (_BIG_BOLD if bold else _BIG) for (_, size, bold), _ in pairs]
    wanted = [_LARGE if big else _AA for big in large]
    fits = sum(map(ge, ratios, wanted))
    return Drawn(
        answer=fits,
        beliefs={
            "large-text-needs-full-contrast": sum(ratio >= _AA for ratio in ratios),
            "three-to-one-is-enough-for-all": sum(ratio >= _LARGE for ratio in ratios),
            "bold-counts-as-large": sum(
                ratio >= (_LARGE if bold or size >= _BIG else _AA)
                for (_, size, bold), ratio in pairs
            ),
            "large-text-begins-at-18-pixels": sum(
                ratio >= (_LARGE if size * 4 >= _BIG * 3 else _AA) for (_, size, _), ratio in pairs
            ),
            "aaa-taken-for-aa": sum(map(ge, ratios, (_AA if big else _AAA for big in large))),
            "complement-taken-for-answer": len(pairs) - fits,
        },
        facts={
            "texts": "; ".join(f"{name} {ratio / 10:g}:1" for (name, _, _), ratio in pairs),
            "large": sum(large),
            "count": len(pairs),
        },
    )


_NOTICE, _WEEK, _DAY = 72, 7, 24


def _breach(rng: Random) -> Drawn:
    first, hour = rng.randint(0, 6), rng.randint(7, 19)
    passed = rng.randint(9, 66)
    now = first * _DAY + hour + passed
    days = [(first + at // _DAY) % _WEEK for at in range(hour, hour + passed)]
    weekend = sum(day >= calendar.SATURDAY for day in days)
    return Drawn(
        answer=_NOTICE - passed,
        beliefs={
            "breach-deadline-is-one-day": max(0, _DAY - passed),
            "legal-hours-skip-weekends": _NOTICE - passed + weekend,
            "deadline-ends-with-its-last-day": _NOTICE - passed + _DAY - hour,
            "complement-taken-for-answer": passed,
        },
        facts={
            "first": calendar.day_name[first],
            "hour": f"{hour}:00",
            "now": calendar.day_name[now // _DAY % _WEEK],
            "clock": f"{now % _DAY}:00",
            "passed": passed,
        },
    )


TEMPLATES = (
    Template(
        id="draw-contrast-aa",
        area="accessibility",
        topic="contrast-and-media",
        level="mid",
        version=1,
        unit="texts",
        prompt="A page has {count} texts with these sizes and contrast ratios: {texts}. How many of"
        " them meet the contrast that WCAG level AA asks for?",
        explain="AA asks for 4.5:1, and for 3:1 where text is large: 18 pt or more, or 14 pt or"
        " more in bold. Large here: {large}. The required ratio is reached by {answer}.",
        why={
            "large-text-needs-full-contrast": "{value} asks for 4.5:1 throughout. Large text needs"
            " 3:1.",
            "three-to-one-is-enough-for-all": "{value} is content with 3:1 throughout. That is for"
            " large text; the others need 4.5:1.",
            "bold-counts-as-large": "{value} takes bold text for large at any size. It needs 14 pt"
            " or more.",
            "large-text-begins-at-18-pixels": "{value} takes 18 px for the border. It is 18 pt,"
            " which is 24 px.",
            "aaa-taken-for-aa": "{value} reach what level AAA asks for: 7:1, or 4.5:1 if large.",
            "complement-taken-for-answer": "{value} of {count} miss the required contrast.",
        },
        hint="Which of the texts are large?",
        computed_by="each text compared with the ratio for its size",
        source=Source(
            "Web Content Accessibility Guidelines (WCAG) 2.2",
            "1.4.3 Contrast (Minimum); large scale text",
            "https://www.w3.org/TR/WCAG22/#contrast-minimum",
        ),
        draw=_contrast,
    ),
    Template(
        id="draw-breach-hours",
        area="accessibility",
        topic="gdpr-and-privacy",
        level="junior",
        version=1,
        unit="hours",
        prompt="A company became aware of a breach of personal data on {first} at {hour}. It is"
        " {now} now, {clock}, {passed} hours later. How many of the hours in which the GDPR wants"
        " the authority to be told are left?",
        explain="The authority is to be told within 72 hours of becoming aware, weekends included:"
        " 72 - {passed} = {answer}. Later notices need reasons for the delay.",
        why={
            "breach-deadline-is-one-day": "{value} would be left of 24 hours. The deadline is 72"
            " hours.",
            "legal-hours-skip-weekends": "{value} leaves out Saturday and Sunday. 72 hours run on"
            " through the weekend.",
            "deadline-ends-with-its-last-day": "{value} would be left until the end of the third"
            " day. 72 hours are counted from {hour}.",
            "complement-taken-for-answer": "{value} hours have passed; {answer} of 72 are left.",
        },
        hint="Article 33 counts in hours",
        computed_by="hours on a week's clock",
        source=Source(
            "Regulation (EU) 2016/679 (GDPR)",
            "Article 33(1)",
            "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        ),
        draw=_breach,
    ),
)
