"""Drawn questions about expressions: slices, wrappers, division, whole numbers that overflow."""

from __future__ import annotations

from random import Random

from questions.model import Code, Source
from questions.templates.programs import printed
from questions.templates.template import Drawn, Template


def _slice(rng: Random) -> Drawn:
    values = rng.sample(range(1, 30), rng.randint(7, 10))
    start, step = rng.randint(1, 3), rng.choice([1, 2, 2])
    stop = rng.choice([rng.randint(start + 3, len(values) - 1), rng.randint(-3, -1)])
    end = stop % len(values)
    by = f":{step}" if step > 1 else ""
    program = f"xs = {values}\nprint(sum(xs[{start}:{stop}{by}]))"
    total = printed(program)
    return Drawn(
        answer=total,
        beliefs={
            "slice-includes-its-end": sum(values[start : end + 1 : step]),
            "positions-begin-at-one": sum(values[start - 1 : end : step]),
            "slice-is-start-and-length": sum(values[start : start + end : step])
            if stop > 0
            else total,
            "step-of-a-slice-is-ignored": sum(values[start:end]),
            "slice-gives-the-rest": sum(values[:start]) + sum(values[end:]),
        },
        facts={
            "start": start,
            "stop": stop,
            "before": end - 1,
            "first": values[start],
            "taken": " + ".join(map(str, values[start:end:step])),
        },
        code=Code(_wrapped(program), "python", "3"),
    )


def _wrapped(program: str) -> str:
    """Break the list of a program after its fifth element: a phone shows 48 columns."""
    head, tail = program.split(", ", 5)[:5], program.split(", ", 5)[5]
    return f"{', '.join(head)},\n      {tail}"


_WRAPPERS = """\
def plus(n):
    return lambda f: lambda: f() + n

def times(n):
    return lambda f: lambda: f() * n

{}
def start():
    return {}

print(start())"""


def _through(value: int, steps: list[tuple[str, int]]) -> int:
    for name, number in steps:
        value = value + number if name == "plus" else value * number
    return value


def _wrappers(rng: Random) -> Drawn:
    start = rng.randint(2, 9)
    steps = [("plus", rng.randint(2, 9)), ("times", rng.randint(2, 5))]
    steps += [(rng.choice(["plus", "times"]), rng.randint(2, 4))] * rng.randint(0, 1)
    rng.shuffle(steps)
    marks = "\n".join(f"@{name}({number})" for name, number in steps)
    program = _WRAPPERS.format(marks, start)
    upwards = steps[::-1]
    return Drawn(
        answer=printed(program),
        beliefs={
            "decorators-apply-from-the-top": _through(start, steps),
            "nearest-decorator-alone-counts": _through(start, upwards[:1]),
            "first-decorator-alone-counts": _through(start, steps[:1]),
            "decorators-change-nothing-called": start,
        },
        facts={
            "start": start,
            "upwards": ", then ".join(f"{name}({number})" for name, number in upwards),
            "top": "{}({})".format(*steps[0]),
            "near": "{}({})".format(*upwards[0]),
        },
        code=Code(program, "python", "3"),
    )


def _floor(rng: Random) -> Drawn:
    while True:
        left, right = rng.randint(7, 90), rng.randint(3, 11)
        if left % right and left % right * 2 != right:
            break
    many = rng.choice([10, 100])
    sign = rng.choice([(-1, 1), (1, -1)])
    a, b = left * sign[0], right * sign[1]
    program = f"a, b = {a}, {b}\nprint(a // b * {many} + a % b)"
    low, rest = -(left // right), left % right
    return Drawn(
        answer=printed(program),
        beliefs={
            "floor-division-cuts-towards-zero": low * many + sign[0] * rest,
            "sign-is-dropped-in-division": (left // right) * many + rest,
            "remainder-has-the-dividends-sign": (low - 1) * many + sign[0] * rest,
            "remainder-is-positive": low * many + rest,
        },
        facts={
            "a": a,
            "b": b,
            "many": many,
            "quotient": a // b,
            "rest": a % b,
            "cut": low,
            "exact": f"{a / b:.3g}",
        },
        code=Code(program, "python", "3"),
    )


_KINDS = (("byte", 8), ("short", 16), ("int", 32))


def _overflow(rng: Random) -> Drawn:
    kind, bits = rng.choice(_KINDS)
    top = 2 ** (bits - 1) - 1
    near, more = rng.randint(1, 27), rng.randint(30, 99)
    start = top - near
    wrapped = start + more - 2**bits
    return Drawn(
        answer=wrapped,
        beliefs={
            "whole-numbers-grow": start + more,
            "overflow-stops-at-the-limit": top,
            "overflow-begins-again-at-zero": more - near - 1,
            "overflow-begins-at-the-limit": wrapped + 1,
            "overflow-flips-the-sign": -(start + more),
        },
        facts={
            "kind": kind,
            "bits": bits,
            "start": start,
            "more": more,
            "top": top,
            "bottom": -top - 1,
            "sum": start + more,
            "all": 2**bits,
        },
        code=Code(f"{kind} x = {start};\nx += {more};\nSystem.out.println(x);", "java"),
    )


TEMPLATES = (
    Template(
        id="draw-python-slice",
        area="python",
        topic="collections-and-slicing",
        level="junior",
        version=1,
        unit="",
        prompt="Which number does this Python 3 program with a slice print?",
        explain="The slice begins at index {start}, counted from 0, and ends before index {stop}"
        " (a negative one counts from the end): {taken} = {answer}.",
        why={
            "slice-includes-its-end": "{value} includes the element at {stop}. The end of a slice"
            " is left out.",
            "positions-begin-at-one": "{value} counts positions from 1. Index {start} is the"
            " element {first}.",
            "slice-is-start-and-length": "{value} takes {stop} for a length. It is the position"
            " before which the slice ends.",
            "step-of-a-slice-is-ignored": "{value} takes each element from {start} to {before}. The"
            " third number is the step.",
            "slice-gives-the-rest": "{value} is the sum of what the slice leaves out.",
        },
        hint="Indexes lie between the elements",
        computed_by="Python runs the program",
        source=Source(
            "The Python Standard Library, Built-in Types",
            "Common Sequence Operations, notes 4 and 5",
            "https://docs.python.org/3/library/stdtypes.html#common-sequence-operations",
        ),
        draw=_slice,
    ),
    Template(
        id="draw-python-decorators",
        area="python",
        topic="functions-and-closures",
        level="mid",
        version=1,
        unit="",
        prompt="Which number does this Python 3 program with decorated functions print?",
        explain="The decorator next to def is applied first, the top one last, so its work comes"
        " last: {start}, then {upwards} = {answer}.",
        why={
            "decorators-apply-from-the-top": "{value} goes from the top downwards. {near} stands"
            " next to the function and wraps it first.",
            "nearest-decorator-alone-counts": "{value} applies {near} alone. {top} wraps what that"
            " gives.",
            "first-decorator-alone-counts": "{value} applies {top} alone. What it wraps has been"
            " wrapped by {near} already.",
            "decorators-change-nothing-called": "{value} is what the function body returns. The"
            " name start is bound to the wrapped function.",
        },
        hint="@a above @b above f is a(b(f))",
        computed_by="Python runs the program",
        source=Source(
            "The Python Language Reference",
            "Function definitions, decorators",
            "https://docs.python.org/3/reference/compound_stmts.html#function-definitions",
        ),
        draw=_wrappers,
    ),
    Template(
        id="draw-python-floor",
        area="python",
        topic="numbers",
        level="mid",
        version=1,
        unit="",
        prompt="Which number does this Python 3 program with a negative operand print?",
        explain="// rounds down: {a} / {b} is about {exact}, so {quotient}. % has the sign of the"
        " divisor and makes up the rest: {a} - ({quotient}) x ({b}) = {rest}. {quotient} x {many} +"
        " ({rest}) = {answer}.",
        why={
            "floor-division-cuts-towards-zero": "{value} cuts {exact} to {cut}, as C and Java do."
            " Python rounds down, to {quotient}.",
            "sign-is-dropped-in-division": "{value} reckons without the minus sign. {a} / {b} is"
            " negative: about {exact}.",
            "remainder-has-the-dividends-sign": "{value} gives the remainder the sign of {a}. In"
            " Python it has that of {b}: {rest}.",
            "remainder-is-positive": "{value} takes the remainder of the positive numbers."
            " {quotient} x ({b}) plus the remainder must give {a}.",
        },
        hint="Down is not towards zero",
        computed_by="Python runs the program",
        source=Source(
            "The Python Language Reference",
            "6.7 Binary arithmetic operations",
            "https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations",
        ),
        draw=_floor,
    ),
    Template(
        id="draw-java-overflow",
        area="java",
        topic="strings-and-numbers-java",
        level="mid",
        version=1,
        unit="",
        prompt="Which number do these lines of Java print?",
        explain="{kind} has {bits} bits, so {top} is its largest value. {sum} does not fit; what is"
        " kept are the low {bits} bits: {sum} - {all} = {answer}. There is no error;"
        " Math.addExact would throw one.",
        why={
            "whole-numbers-grow": "{value} needs more than {bits} bits. The assignment to {kind}"
            " keeps the low {bits}.",
            "overflow-stops-at-the-limit": "{value} is the largest {kind}. It does not stop there:"
            " {top} + 1 is {bottom}.",
            "overflow-begins-again-at-zero": "{value} goes on at 0 after {top}. It goes on at"
            " {bottom}.",
            "overflow-begins-at-the-limit": "{value} is one too high: the step from {top} to"
            " {bottom} takes one of the {more}.",
            "overflow-flips-the-sign": "{value} is the sum with a minus sign. The low {bits} bits"
            " of {sum} mean {answer}.",
        },
        hint="Which number follows the largest one?",
        computed_by="the sum modulo two to the power of the bits",
        source=Source(
            "The Java Language Specification",
            "4.2.2 Integer Operations; 5.1.3 Narrowing Primitive Conversion",
            "https://docs.oracle.com/javase/specs/jls/se21/html/jls-4.html#jls-4.2.2",
        ),
        draw=_overflow,
    ),
)
