"""The commands of `sparring`, one short function each."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failing import operator_mistakes

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Interview practice in chat.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
manifest = typer.Typer(no_args_is_help=True, help="What a platform has to be told.")
database = typer.Typer(no_args_is_help=True, help="The database.")
bank = typer.Typer(no_args_is_help=True, help="The question bank.")
appeals = typer.Typer(no_args_is_help=True, help="Answers that people say were right.")
app.add_typer(manifest, name="manifest")
app.add_typer(database, name="db")
app.add_typer(bank, name="questions")
app.add_typer(appeals, name="appeals")

Appeal = Annotated[str, typer.Argument(help="Its id, or how it begins.")]
Paths = Annotated[list[Path] | None, typer.Argument(help="Files or areas; else the whole bank.")]

STRICT = "What has no proof, or one reader alone, fails."

# what `bot.cli.play` says of it too, where typer is not loaded
PICTURE = "File for the picture of /progress (else progress.png beside your answers)."
ALONE = "Without the simulated people who answer dailies and play games with you."


@app.command()
def play(
    data: Annotated[Path | None, typer.Option(help="Folder of your answers.")] = None,
    alone: Annotated[bool, typer.Option("--alone", help=ALONE)] = False,  # noqa: FBT002 - a flag of the command line
    picture: Annotated[Path | None, typer.Option(help=PICTURE)] = None,
) -> None:
    """Play in the terminal."""
    from bot.cli.play import main  # noqa: PLC0415 - each command loads its own

    given = ["--data", str(data)] if data else []
    given += ["--picture", str(picture)] if picture else []
    raise typer.Exit(main(given + ["--alone"] * alone))


@app.command()
def run() -> None:
    """Run the bots that are configured, until stopped."""
    gc.disable()  # until it is ready: imports leave nothing to collect
    from bot.cli.run import main  # noqa: PLC0415

    with operator_mistakes():
        main()


@app.command()
def doctor(
    check: Annotated[bool, typer.Option("--check", help="Derive caches from the log.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what is wrong with the installation.

    Ends with 1 if anything is.
    """
    from bot.cli.doctor import main  # noqa: PLC0415

    with operator_mistakes():
        raise typer.Exit(main(check=check))


@app.command()
def outage(
    since: Annotated[str, typer.Argument(help="The first date, such as 2026-11-24.")],
    until: Annotated[str, typer.Argument(help="The last date; else the same.")] = "",
    community: Annotated[str, typer.Option(help="Its id; else everywhere.")] = "",
) -> None:
    """Forgive dates on which the bot was down.

    No streak ends by them.
    """
    from bot.cli.outage import forgive  # noqa: PLC0415

    with operator_mistakes():
        typer.echo(forgive(since, until, community))


@manifest.command()
def slack(
    all_commands: Annotated[bool, typer.Option("--all", help="Every command.")] = False,  # noqa: FBT002 - a flag of the command line
    prefix: Annotated[str, typer.Option(help="Put before every command.")] = "",
    url: Annotated[str, typer.Option(help="Public address, for HTTP mode.")] = "",
) -> None:
    """Print the manifest of the Slack app."""
    from bot.cli.manifests import slack_manifest  # noqa: PLC0415

    typer.echo(slack_manifest(all_commands=all_commands, prefix=prefix, url=url))


@database.command()
def upgrade() -> None:
    """Bring the database to the newest schema.

    A SQLite file is copied first.
    """
    from bot.cli.databases import upgrade as run_upgrade  # noqa: PLC0415

    with operator_mistakes():
        typer.echo(run_upgrade())


@bank.command()
def check(paths: Paths = None) -> None:
    """Read every question and check the rules."""
    _questions("check", paths)


@bank.command()
def prove(
    paths: Paths = None,
    again: Annotated[bool, typer.Option("--all", help="Unchanged proofs too.")] = False,  # noqa: FBT002 - a flag of the command line
    strict: Annotated[bool, typer.Option("--strict", help=STRICT)] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Run the proofs of what changed.

    Each runs once with its key, and once with every wrong option in its place.
    """
    _questions("prove", paths, *(["--all"] * again), *(["--strict"] * strict))


@bank.command()
def tells(paths: Paths = None) -> None:
    """Measure how far the bank gives its answers away."""
    _questions("tells", paths)


@bank.command()
def show(
    ids: Annotated[list[str], typer.Argument(help="Ids of questions.")],
    face: Annotated[str, typer.Option(help="terminal, slack or discord")] = "",
) -> None:
    """Print questions with their keys.

    With --face as they look there, answered right and wrong.
    """
    from questions.commands import main  # noqa: PLC0415

    if not face:
        raise typer.Exit(main(["show", *ids]))
    from bot.cli.faces import shown  # noqa: PLC0415

    with operator_mistakes():
        for text in shown(ids, face):
            typer.echo(text)


@bank.command()
def new(
    area: Annotated[str, typer.Argument(help="Slug of an area.")],
    topic: Annotated[str, typer.Argument(help="Slug of one of its topics.")],
    kind: Annotated[str, typer.Argument(metavar="TYPE", help="single, multi, output ...")],
    name: Annotated[str, typer.Option("--id", help="Else one is made of the topic.")] = "",
    level: Annotated[str, typer.Option(help="junior, mid or senior")] = "",
) -> None:
    """Begin a question.

    A skeleton of its type is put into the file where it belongs.
    """
    _questions("new", None, "--id", name, "--level", level, "--", area, topic, kind)


@bank.command()
def stats(form: Annotated[str, typer.Option("--format", help="page or json")] = "page") -> None:
    """Count questions, templates and misconceptions."""
    _questions("stats", None, "--format", form)


@bank.command()
def suspects() -> None:
    """List questions whose answers contradict their keys.

    It shows the keys, so it is for authors.
    """
    from bot.cli.suspects import listed  # noqa: PLC0415 - each command loads its own

    with operator_mistakes():
        for line in listed():
            typer.echo(line)


@bank.command()
def export(
    paths: Paths = None,
    form: Annotated[str, typer.Option("--format", help="gift, anki, csv, jsonl")] = "jsonl",
    output: Annotated[Path | None, typer.Option(help="A file that is not there yet.")] = None,
) -> None:
    """Write questions for other programs.

    The form jsonl is the one that `tells` measures.
    """
    given = ["--output", str(output)] if output else []
    _questions("export", paths, "--format", form, *given)


@bank.command("import")
def import_questions(
    file: Annotated[Path, typer.Argument(help="GIFT, CSV, Anki's plain text or our YAML.")],
    form: Annotated[str, typer.Option("--format", help="gift, anki, csv, yaml")] = "",
    area: Annotated[str, typer.Option(help="Where all of them belong.")] = "",
    topic: Annotated[str, typer.Option(help="The same.")] = "",
    to: Annotated[Path | None, typer.Option(help="A new file or a folder; else the bank.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="What breaks rules too.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Bring in questions, checked as ours are.

    They count as unproven.
    """
    named = {"--format": form, "--area": area, "--topic": topic, "--to": str(to or "")}
    given = [part for name, value in named.items() if value for part in (name, value)]
    _questions("import", [file], *given, *(["--draft"] * draft))


@appeals.command("list")
def list_appeals(
    every: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the appeals that wait, the oldest first."""
    from bot.cli.appeals import listed  # noqa: PLC0415

    with operator_mistakes():
        for line in listed(every=every):
            typer.echo(line)


@appeals.command("show")
def show_appeal(appeal: Appeal) -> None:
    """Show an appeal with its question."""
    from bot.cli.appeals import shown  # noqa: PLC0415

    with operator_mistakes():
        for line in shown(appeal):
            typer.echo(line)


@appeals.command()
def uphold(appeal: Appeal) -> None:
    """Accept the answer there from now on.

    Everybody who gave it is graded again.
    """
    from bot.cli.appeals import uphold as decide  # noqa: PLC0415

    with operator_mistakes():
        typer.echo(decide(appeal))


@appeals.command()
def decline(
    appeal: Appeal, reason: Annotated[str, typer.Option(help="What the person reads.")] = ""
) -> None:
    """Let the answer count again as it did."""
    from bot.cli.appeals import decline as decide  # noqa: PLC0415

    with operator_mistakes():
        typer.echo(decide(appeal, reason))


@appeals.command("export")
def export_appeals() -> None:
    """Print what was upheld as a patch.

    It is one of the question files, for `git apply`.
    """
    from bot.cli.appeals import export as patch  # noqa: PLC0415

    with operator_mistakes():
        made, left = patch()
    typer.echo(made, nl=False)
    for sentence in left:
        typer.echo(sentence, err=True)


def _questions(command: str, paths: list[Path] | None, *more: str) -> None:
    from questions.commands import main  # noqa: PLC0415

    raise typer.Exit(main([command, *map(str, paths or []), *more]))
