"""A question as it is asked: the prompt, what can be chosen, the buttons of its type."""

from __future__ import annotations

from msgspec import Struct

from bot.chat.cards import Button, Card, Field, Form
from bot.chat.fitting import cut
from bot.chat.say import Reader, md, paragraphs, say
from bot.chat.text import fence, flow
from bot.chat.tokens import make
from bot.store.rows import Asked, Quiz
from bot.views import shown, tables
from questions.areas import Areas
from questions.model import Case, Item, Match, Number, Open, Order, Regex, Sql

REASONS = {
    "new": "new, and little tested so far",
    "due": "you met it before, and it is due",
    "missed": "you missed it last time",
    "again": "you missed this idea; here it is in another dress",
    "once": "it comes once more before your interview",
    "plan": "your weakest area among those that your interview asks about",
    "typed": "you knew it when you saw it; now without options",
    "weak": "{topic} is where you miss most",
    "boundary": "it tells most about where you are weak",
    "gain": "you gain most here until your day",
    "numbers": "the same idea with new numbers",
    "near": "next to what you asked for",
    "start": "a short one to begin with",
    "level": "at the level you have just shown",
    "shared": "everybody here gets the same one",
    "daily": "a daily that you missed",
}
WIDE = 5  # buttons in a row
FORM_TITLE = 45  # characters of a form's title
QUERY_ENDS = ";"  # what ends a query of several lines at a keyboard


class Asking(Struct, frozen=True):
    """What a question card is made of."""

    quiz: Quiz
    position: int
    item: Item
    areas: Areas
    intro: str = ""  # stands above the question: a note about the quiz, or the welcome
    said: str = ""  # what the last press did: a hint, a consequence, why nothing was sent

    @property
    def asked(self) -> Asked:
        """The question's state."""
        return self.quiz.asked[self.position]

    def token(self, verb: str, *parts: object, form: bool = False) -> str:
        """A token about this question at this step."""
        at = f"{self.quiz.id}.{self.position}"
        return make(verb, at, self.asked.step, *parts, form=form)


def card(reader: Reader, asking: Asking) -> Card:
    """The open question."""
    item, asked = asking.item, asking.asked
    return Card(
        view=f"question-{item.type}",
        title=title(asking),
        text=paragraphs(
            asking.intro,
            _reason(reader, asking),
            prompt(item),
            _case_step(reader, asking),
            _choices(item, asked),
            _state(reader, asking),
            asking.said,
        ),
        rows=_rows(asking),
    )


def title(asking: Asking) -> str:
    """`2 of 5 · Isolation levels · senior`."""
    item = asking.item
    place = f"{asking.position + 1} of {len(asking.quiz.asked)} · " if asking.quiz.person else ""
    return f"{place}{shown.topic(asking.areas, item.area, item.topic)} · {item.level}"


def prompt(item: Item) -> str:
    """The prompt with its program, or the tables of a query."""
    code = fence(item.code.text.rstrip(), item.code.language) if item.code else ""
    data = tables.data(item.body) if isinstance(item.body, Sql) else ""
    return paragraphs(flow(item.prompt), code, data)


def _reason(reader: Reader, asking: Asking) -> str:
    item = asking.item
    if asking.asked.step or asking.asked.picked:
        return ""
    topic = shown.topic(asking.areas, item.area, item.topic)
    sentence = REASONS.get(asking.asked.why, REASONS["new"])
    return say(reader, "Why this: {why}", why=sentence.format(topic=topic))


def _case_step(reader: Reader, asking: Asking) -> str:
    body = asking.item.body
    if not isinstance(body, Case):
        return ""
    step = asking.asked.step
    head = say(reader, "**Step {n} of {total}.** ", n=step + 1, total=len(body.steps))
    return head + flow(body.steps[step].ask)


def _choices(item: Item, asked: Asked) -> str:
    if asked.blind:
        return ""
    rows = []
    if isinstance(item.body, Match):
        rows.append(_left_sides(item.body, asked))
    if shown.things(item, asked):
        many = item.type == "multi"
        rows.append(
            "\n".join(
                f"{'[x] ' if thing.index in asked.picked else '[ ] '}{thing.letter}) {thing.text}"
                if many
                else f"{thing.letter}) {thing.text}"
                for thing in shown.things(item, asked)
            )
        )
    return paragraphs(*rows)


def _left_sides(body: Match, asked: Asked) -> str:
    by_index = {index: shown.LETTERS[i] for i, index in enumerate(asked.order[0])}
    rows = []
    for number, pair in enumerate(body.pairs):
        chosen = by_index[asked.picked[number]] if number < len(asked.picked) else "?"
        rows.append(f"{number + 1}. {pair.left}  ->  {chosen}")
    return "\n".join(rows)


def _state(reader: Reader, asking: Asking) -> str:
    item, asked = asking.item, asking.asked
    if asked.blind:
        return say(reader, "Say it to yourself, then look at the options.")
    match item.body:
        case Order():
            so_far = shown.letters(item, asked, asked.picked)
            if not so_far:
                return say(reader, "Press the steps in sequence.")
            return say(reader, "So far: {letters}", letters=so_far.replace(", ", " > "))
        case Match(pairs=pairs):
            at = len(asked.picked)
            if at < len(pairs):
                left = md(pairs[at].left.rstrip("."))
                return say(reader, "What belongs to {n}. {left}?", n=at + 1, left=left)
            return say(reader, "All joined. Send it, or undo.")
        case Number(unit=unit) if unit:
            return say(reader, "Answer with a number (unit: {unit}).", unit=unit)
        case _:
            return ""


def _rows(asking: Asking) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    answers = _answer_buttons(asking)
    rows += [answers[i : i + WIDE] for i in range(0, len(answers), WIDE)]
    rows.append(_tools(asking))
    return tuple(row for row in rows if row)


def _answer_buttons(asking: Asking) -> tuple[Button, ...]:
    item, asked = asking.item, asking.asked
    things = shown.things(item, asked)
    if asked.blind:
        return (Button("Show the options", asking.token("options"), "primary"),)
    match item.type:
        case "single" | "output" | "case":
            return tuple(Button(t.letter, asking.token("pick", t.letter)) for t in things)
        case "multi":
            marked = tuple(
                Button(
                    t.letter,
                    asking.token("toggle", t.letter),
                    "primary" if t.index in asked.picked else "plain",
                )
                for t in things
            )
            return (*marked, *_send(asking, ready=bool(asked.picked)))
        case "order":
            left = tuple(t for t in things if t.index not in asked.picked)
            adds = tuple(Button(t.letter, asking.token("add", t.letter)) for t in left)
            return (*adds, *_undo(asking), *_send(asking, ready=not left))
        case "match":
            body = item.body
            full = isinstance(body, Match) and len(asked.picked) == len(body.pairs)
            joins = tuple(Button(t.letter, asking.token("add", t.letter)) for t in things)
            return (*(() if full else joins), *_undo(asking), *_send(asking, ready=full))
        case _:
            return (Button("Answer", asking.token("type", form=True), "primary"),)


def _undo(asking: Asking) -> tuple[Button, ...]:
    return (Button("Undo", asking.token("undo")),) if asking.asked.picked else ()


def _send(asking: Asking, *, ready: bool) -> tuple[Button, ...]:
    return (Button("Send", asking.token("send"), "primary"),) if ready else ()


def _tools(asking: Asking) -> tuple[Button, ...]:
    tools = [Button("Don't know", asking.token("unknown"))]
    if not (asking.asked.hint or asking.asked.blind) and asking.quiz.person:
        tools.append(Button("Hint", asking.token("hint")))
    if asking.quiz.person:
        tools.append(Button("⋯", asking.token("more")))
    if asking.position == 0 and asking.quiz.person and not asking.quiz.words:
        tools.append(Button("Another area", make("areas")))
    return tuple(tools)


def more(reader: Reader, asking: Asking) -> Card:
    """The question with what stands under ⋯."""
    base = card(reader, asking)
    tools = [
        Button("Skip", asking.token("skip")),
        Button("Report", asking.token("report", form=True)),
        Button("Stop the quiz", asking.token("stop")),
        Button("Back", asking.token("back")),
    ]
    if not shown.things(asking.item, asking.asked):
        tools.insert(1, Button("Later, at a keyboard", asking.token("later")))
    return Card(
        view="question-more",
        title=base.title,
        text=base.text,
        rows=(*base.rows[:-1], tuple(tools)),
    )


def form(reader: Reader, asking: Asking) -> Form:
    """The form of a typed question; it repeats the whole question."""
    item = asking.item
    return Form(
        view=f"form-{item.type}",
        token=asking.token("type", form=True),
        title=cut(title(asking), FORM_TITLE),
        text=paragraphs(prompt(item), _state(reader, asking)),
        fields=(_field(reader, item),),
        submit="Answer",
    )


def _field(reader: Reader, item: Item) -> Field:
    if isinstance(item.body, Open):
        return Field(
            id="answer",
            label="Your answer",
            kind="long",
            limit=2000,
            hint=say(reader, "In your own words, two to eight sentences"),
        )
    if isinstance(item.body, Number):
        unit = f"A number (unit: {item.body.unit})" if item.body.unit else "A number"
        return Field(id="answer", label="Your answer", limit=100, hint=unit[:100])
    if isinstance(item.body, Sql):
        hint = "One SELECT for SQLite, over as many lines as you like"
        return Field(
            id="answer", label="Your query", kind="long", limit=2000, hint=hint, until=QUERY_ENDS
        )
    if isinstance(item.body, Regex):
        hint = "A pattern for Python's re.fullmatch, without quotes around it"
        return Field(id="answer", label="Your pattern", limit=500, hint=hint)
    return Field(id="answer", label="Your answer", limit=300, hint="A word, a name or a command")


def report_form(reader: Reader, item: Item, token: str) -> Form:
    """What is wrong with the question; sending it presses `token`."""
    return Form(
        view="form-report",
        token=token,
        title="Report this question",
        text=prompt(item),
        fields=(
            Field(
                id="reason",
                label="What is wrong with it?",
                kind="long",
                limit=500,
                hint=say(
                    reader,
                    "Such as: the wrong answer is marked right, an unclear word, a dead link",
                ),
            ),
        ),
        submit="Report",
    )
