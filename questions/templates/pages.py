"""Drawn questions about pages: how wide a box is, which rule wins, how large an em is."""

from __future__ import annotations

import re
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _box(rng: Random) -> Drawn:
    width, padding = rng.randrange(200, 640, 10), rng.randint(4, 30)
    border, margin = rng.randint(1, 8), rng.randint(5, 30)
    inner = width + 2 * padding
    return Drawn(
        answer=inner + 2 * border,
        beliefs={
            "width-includes-padding-and-border": width,
            "borders-take-no-room": inner,
            "one-side-of-the-box-is-counted": width + padding + border,
            "margin-belongs-to-the-box": inner + 2 * border + 2 * margin,
            "padding-takes-no-room": width + 2 * border,
        },
        facts={"width": width, "padding": padding, "border": border, "margin": margin},
        code=Code(
            f".card {{\n  box-sizing: content-box;\n  width: {width}px;\n  padding: {padding}px;\n"
            f"  border: {border}px solid;\n  margin: {margin}px;\n}}",
            "css",
        ),
    )


Weight = tuple[int, int, int]


def _weight(selector: str) -> Weight:
    """Give the specificity of a selector of ids, classes and type names."""
    kinds = [re.findall(pattern, selector) for pattern in (r"#\w+", r"\.\w+", r"(?<![#.\w])\w+")]
    ids, classes, names = map(len, kinds)
    return ids, classes, names


_STRONG = ("#pay", "form #pay", ".box #pay")
_MIDDLE = (".go.big", "form .go", ".box .go", ".go", "button.go")
_WEAK = ("form button", "main form button", "button", "main button")


def _cascade(rng: Random) -> Drawn:
    selectors = [*rng.sample(_MIDDLE, 3), *rng.sample(_WEAK, 2)]
    if rng.random() < 1 / 3:
        selectors[0] = rng.choice(_STRONG)
    rng.shuffle(selectors)
    sizes = rng.sample(range(11, 31), len(selectors))
    rules = list(zip(selectors, sizes, strict=True))
    ranked = [(_weight(name), at) for at, (name, _) in enumerate(rules)]
    strongest = max(ranked)[1]
    tied = [at for weight, at in ranked if weight == max(ranked)[0]]
    parts = [len(name.split()) for name, _ in rules]
    longest = parts.index(max(parts)) if parts.count(max(parts)) == 1 else strongest
    points = [100 * a + 10 * b + c for (a, b, c), _ in ranked]
    return Drawn(
        answer=sizes[strongest],
        beliefs={
            "last-rule-wins": sizes[-1],
            "more-selector-parts-win": sizes[longest],
            "first-of-equal-rules-wins": sizes[tied[0]],
            "smallest-specificity-wins": sizes[points.index(min(points))],
            "largest-value-wins": max(sizes),
        },
        facts={
            "winner": selectors[strongest],
            "weight": ", ".join(map(str, _weight(selectors[strongest]))),
            "last": selectors[-1],
            "largest": max(sizes),
        },
        code=Code("\n".join(f"{name} {{ font-size: {size}px }}" for name, size in rules), "css"),
    )


def _em(rng: Random) -> Drawn:
    whole = False
    while not whole:
        root, pad = rng.choice([10, 12, 16, 20, 24]), rng.choice([5, 10, 15, 20, 25, 30])
        outer, inner = rng.choice([12, 15, 20, 25]), rng.choice([5, 8, 12, 14, 15, 20])
        sizes = root * outer * pad, root * inner * pad, root * outer * inner
        whole = not any(size % 100 for size in sizes) and sizes[0] * inner % 1000 == 0
    return Drawn(
        answer=root * outer * inner * pad // 1000,
        beliefs={
            "em-means-the-root": root * pad // 10,
            "em-of-a-length-means-the-parent": root * outer * pad // 100,
            "em-does-not-compound": root * inner * pad // 100,
            "padding-taken-for-the-font-size": root * outer * inner // 100,
        },
        facts={
            "root": root,
            "outer": f"{outer / 10:g}",
            "inner": f"{inner / 10:g}",
            "pad": f"{pad / 10:g}",
            "main": f"{root * outer / 10:g}",
            "card": f"{root * outer * inner / 100:g}",
        },
    )


TEMPLATES = (
    Template(
        id="draw-css-box",
        area="frontend",
        topic="css-layout",
        level="junior",
        version=1,
        unit="px",
        prompt="How many pixels wide is a card from the outer edge of its left border to the outer"
        " edge of its right border?",
        explain="With content-box, width is that of the content. Padding and border come on top, on"
        " both sides: {width} + 2 x {padding} + 2 x {border} = {answer}.",
        why={
            "width-includes-padding-and-border": "{value} would be the width with box-sizing:"
            " border-box. With content-box padding and border come on top.",
            "borders-take-no-room": "{value} leaves out the borders, {border} px on each side.",
            "one-side-of-the-box-is-counted": "{value} counts padding and border on one side. There"
            " are a left and a right one.",
            "margin-belongs-to-the-box": "{value} includes the margins of {margin} px. They lie"
            " outside the border.",
            "padding-takes-no-room": "{value} leaves out the padding, {padding} px on each side.",
        },
        hint="What does width measure with content-box?",
        computed_by="content, padding and border added up",
        source=Source(
            "CSS Box Sizing Module Level 3",
            "3.3 Box Edges for Sizing: the box-sizing property",
            "https://www.w3.org/TR/css-sizing-3/#box-sizing",
        ),
        draw=_box,
    ),
    Template(
        id="draw-css-cascade",
        area="frontend",
        topic="css-cascade",
        level="mid",
        version=1,
        unit="px",
        prompt='A page holds `<main><form class="box"><button id="pay" class="go big">`. These'
        " rules are all that applies to it. How many pixels is the button's font size?",
        explain="Ids count before classes, classes before type names; between equals the later rule"
        " wins. `{winner}` has the highest specificity ({weight}), so {answer} px.",
        why={
            "last-rule-wins": "{value} px stands in the last rule. Order decides between rules of"
            " equal specificity alone.",
            "more-selector-parts-win": "{value} px stands in the selector with the most parts. One"
            " class outweighs any number of type names.",
            "first-of-equal-rules-wins": "{value} px stands in a rule of equal specificity that"
            " comes earlier. The later one wins.",
            "smallest-specificity-wins": "{value} px stands in the rule of the lowest specificity."
            " The highest one wins.",
            "largest-value-wins": "{value} px is the largest value. Values are not compared.",
        },
        hint="Count ids, classes and type names of each selector",
        computed_by="specificity counted by selector",
        source=Source(
            "Selectors Level 4",
            "17 Calculating a selector's specificity",
            "https://www.w3.org/TR/selectors-4/#specificity-rules",
        ),
        draw=_cascade,
    ),
    Template(
        id="draw-css-em",
        area="frontend",
        topic="responsive-design",
        level="mid",
        version=1,
        unit="px",
        prompt="html has font-size {root}px. main, directly in body, has font-size {outer}em. A"
        " card directly in main has font-size {inner}em and padding {pad}em. How many pixels is its"
        " padding?",
        explain="In font-size an em is the parent's font size, in padding the element's own: main"
        " {root} x {outer} = {main} px, card {main} x {inner} = {card} px, padding {card} x {pad} ="
        " {answer} px.",
        why={
            "em-means-the-root": "{root} x {pad} = {value} is what {pad}rem would be. em goes by"
            " the card's own font size, {card} px.",
            "em-of-a-length-means-the-parent": "{main} x {pad} = {value} goes by main's font size."
            " In padding an em is that of the card itself.",
            "em-does-not-compound": "{value} takes {inner}em of {root} px. The card's em is"
            " measured against main, with {main} px.",
            "padding-taken-for-the-font-size": "{value} px is the card's font size. The padding is"
            " {pad} times that.",
        },
        hint="First the font sizes from the outside in",
        computed_by="sizes multiplied from the root down",
        source=Source(
            "CSS Values and Units Module Level 4",
            "6.1.1 Font-relative Lengths: em",
            "https://www.w3.org/TR/css-values-4/#em",
        ),
        draw=_em,
    ),
)
