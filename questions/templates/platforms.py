"""Drawn questions about platforms: copies that are added, prices, jobs of a matrix, image steps."""

from __future__ import annotations

from math import prod
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _autoscaler(rng: Random) -> Drawn:
    copies, target = rng.randint(3, 12), rng.choice([50, 60, 70, 80])
    now = rng.randint(target + 12, target * 2)  # beyond double the default policy slows it
    wanted = -(-copies * now // target)
    most = wanted + rng.randint(2, 9)
    return Drawn(
        answer=wanted,
        beliefs={
            "autoscaler-jumps-to-max": most,
            "autoscaler-steps-by-one": copies + 1,
            "counts-the-increase-alone": wanted - copies,
            "rounded-down": copies * now // target,
            "ratio-upside-down": -(-copies * target // now),
            "copies-follow-the-points-above-target": copies + -(-copies * (now - target) // 100),
        },
        facts={
            "copies": copies,
            "target": target,
            "now": now,
            "most": most,
            "exact": f"{copies * now / target:.4g}",
            "above": now - target,
        },
    )


def _reserved(rng: Random) -> Drawn:
    hourly = rng.choice([10, 12, 20, 25, 40, 50, 80])
    hours = rng.randrange(200, 560, 10)
    cents = hourly * hours
    discount = round((1 - hours / 730) * 100)
    return Drawn(
        answer=hours,
        beliefs={
            "discount-taken-for-break-even": 730 * discount // 100,
            "reserving-needs-full-use": 730,
            "month-has-working-hours-alone": 8 * 22,
            "complement-taken-for-answer": 730 - hours,
        },
        facts={
            "hourly": hourly,
            "monthly": f"{cents // 100}.{cents % 100:02}",
            "cents": cents,
            "discount": discount,
        },
    )


_AXES = (
    ("node", ("18", "20", "22", "24", "26")),
    ("os", ("ubuntu", "windows", "macos")),
    ("database", ("sqlite", "postgres", "mysql", "mariadb")),
)


def _matrix(rng: Random) -> Drawn:
    axes = [(name, rng.sample(values, rng.randint(2, len(values)))) for name, values in _AXES]
    axes = [(name, sorted(values)) for name, values in axes]
    (_, nodes), (_, systems), (_, databases) = axes
    jobs = prod(len(values) for _, values in axes)
    system, database = rng.choice(systems), rng.choice(databases)
    dropped = len(nodes)
    lines = [f"{name}: [{', '.join(values)}]" for name, values in axes]
    rule = f"exclude:\n  - os: {system}\n    database: {database}"
    return Drawn(
        answer=jobs - dropped,
        beliefs={
            "choices-are-added": sum(len(values) for _, values in axes) - 1,
            "exclude-drops-one-job": jobs - 1,
            "exclude-drops-nothing": jobs,
            "exclude-drops-each-match-alone": jobs
            - len(nodes) * (len(systems) + len(databases) - 1),
            "largest-axis-decides": max(len(values) for _, values in axes),
        },
        facts={
            "sizes": " x ".join(str(len(values)) for _, values in axes),
            "jobs": jobs,
            "dropped": dropped,
            "system": system,
            "database": database,
        },
        code=Code(
            "matrix:\n" + "\n".join(f"  {line}" for line in [*lines, *rule.split("\n")]), "yaml"
        ),
    )


_HEAD = ("FROM python:3.13-slim", "WORKDIR /app")
_NEEDED = (
    ("COPY requirements.txt .", "RUN pip install -r requirements.txt"),
    ("COPY src src", "RUN python -m compileall src"),
    ("COPY docs docs",),
)
_FREE = (
    ("RUN apt-get update && apt-get -y install {}", ("libpq5", "curl", "git", "make")),
    ("RUN useradd {}", ("app", "web", "worker", "runner")),
    ("RUN mkdir {}", ("logs", "cache", "data", "upload")),
)
_CHANGES = {"requirements.txt": "COPY requirements", "docs": "COPY docs", "src": "COPY src"}


def _layers(rng: Random) -> Drawn:
    free = [(step.format(rng.choice(names)),) for step, names in _FREE if rng.random() < 1 / 2]
    blocks = [*_NEEDED, *free]
    rng.shuffle(blocks)
    body = [step for block in blocks for step in block]
    lines = [*_HEAD, *body]
    change = rng.choice(sorted(_CHANGES))
    first = next(at for at, line in enumerate(lines) if line.startswith(_CHANGES[change]))
    uses = sum(change.split(".")[0] in line for line in lines)
    return Drawn(
        answer=len(lines) - first,
        beliefs={
            "cache-looks-at-one-line": 1,
            "cache-knows-what-a-step-uses": uses,
            "changed-file-rebuilds-all": len(lines),
            "complement-taken-for-answer": first,
            "changed-line-is-not-run": len(lines) - first - 1,
        },
        facts={"change": change, "line": lines[first], "first": first + 1, "count": len(lines)},
        code=Code("\n".join(lines), "dockerfile"),
    )


TEMPLATES = (
    Template(
        id="draw-k8s-autoscaler",
        area="cloud",
        topic="compute-and-scaling",
        level="senior",
        version=1,
        unit="pods",
        prompt="A HorizontalPodAutoscaler holds {copies} pods at {target} % CPU on average and may"
        " go up to {most} pods. The average of its pods, all of them ready, rises to {now} %. How"
        " many pods does it ask for?",
        explain="Wanted are copies x current / target: {copies} x {now} / {target} = {exact},"
        " rounded up: {answer}. The maximum of {most} is not reached.",
        why={
            "autoscaler-jumps-to-max": "{value} is the limit. It asks for as many as bring the"
            " average down to {target} %.",
            "autoscaler-steps-by-one": "{copies} + 1 = {value} goes step by step. The ratio of"
            " {now} to {target} decides.",
            "counts-the-increase-alone": "{value} pods are added. Together with the {copies} that"
            " there are it is {answer}.",
            "rounded-down": "With {value} pods the average would stay above {target} %. {exact} is"
            " rounded up.",
            "ratio-upside-down": "{value} divides {target} by {now}. More load means more pods.",
            "copies-follow-the-points-above-target": "{value} adds {above} % of the pods. The ratio"
            " {now} / {target} counts, not the difference.",
        },
        hint="Copies x current value / target value",
        computed_by="ceiling of the ratio in whole numbers",
        source=Source(
            "Kubernetes documentation, Horizontal Pod Autoscaling",
            "Algorithm details",
            "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
        ),
        draw=_autoscaler,
    ),
    Template(
        id="draw-cloud-break-even",
        area="cloud",
        topic="cost-and-backup",
        level="mid",
        version=1,
        unit="hours",
        prompt="A virtual machine costs {hourly} cents an hour on demand, paid while it runs, or"
        " {monthly} euros a month reserved, paid whether it runs or not. A month has 730 hours."
        " From how many hours a month on does reserving cost no more than running on demand?",
        explain="{cents} cents / {hourly} cents = {answer} hours. Above that reserving is cheaper;"
        " at full use it saves about {discount} %.",
        why={
            "discount-taken-for-break-even": "{value} hours are {discount} % of the month, the"
            " discount at full use. It pays from the other part on.",
            "reserving-needs-full-use": "{value} hours are the whole month. On demand costs as much"
            " at {answer} hours already.",
            "month-has-working-hours-alone": "{value} hours are a month of working days. The price"
            " decides, not the habit.",
            "complement-taken-for-answer": "It may stand still for {value} hours. Asked for"
            " are the others.",
        },
        hint="When are both bills equal?",
        computed_by="monthly price over hourly price in cents",
        source=Source(
            "Amazon EC2 User Guide, Reserved Instances",
            "Payment options: No Upfront",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-reserved-instances.html",
        ),
        draw=_reserved,
    ),
    Template(
        id="draw-ci-matrix",
        area="testing",
        topic="pipelines",
        level="junior",
        version=1,
        unit="jobs",
        prompt="How many jobs does this matrix of GitHub Actions start?",
        explain="All combinations are {sizes} = {jobs}. The exclusion fits each of them with"
        " {system} and {database}, one for every Node version: {jobs} - {dropped} = {answer}.",
        why={
            "choices-are-added": "{value} adds the values of the lists. Each is combined with each:"
            " they multiply.",
            "exclude-drops-one-job": "{jobs} - 1 = {value} drops one job. The exclusion names no"
            " Node version, so it fits {dropped} of them.",
            "exclude-drops-nothing": "{value} is the number of all combinations. Those with"
            " {system} and {database} are taken out.",
            "exclude-drops-each-match-alone": "{value} drops all with {system} and all with"
            " {database}. Both have to fit.",
            "largest-axis-decides": "{value} is the longest list. Each of its values is combined"
            " with those of the others.",
        },
        hint="Multiply, then take out what fits the exclusion",
        computed_by="product of the lists, less what fits",
        source=Source(
            "GitHub Docs, Workflow syntax for GitHub Actions",
            "jobs.<job_id>.strategy.matrix; matrix.exclude",
            "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
        ),
        draw=_matrix,
    ),
    Template(
        id="draw-docker-cache",
        area="cloud",
        topic="docker-images",
        level="junior",
        version=1,
        unit="instructions",
        prompt="An image was built from this Dockerfile. Then {change} changes, nothing else, and"
        " the image is built again with the cache. How many of the {count} instructions are not"
        " taken from the cache?",
        explain="`{line}`, instruction {first}, finds other content. It is run again, and so is all"
        " that follows, since each layer builds on the one before: {answer}.",
        why={
            "cache-looks-at-one-line": "{value} is the changed instruction alone. What follows"
            " builds on its layer.",
            "cache-knows-what-a-step-uses": "{value} counts the instructions that name {change}."
            " The cache does not know what a step uses; all that follows is run.",
            "changed-file-rebuilds-all": "{value} is the whole file. What comes before instruction"
            " {first} is taken from the cache.",
            "complement-taken-for-answer": "{value} instructions are taken from the cache; {answer}"
            " are not.",
            "changed-line-is-not-run": "{value} leaves out instruction {first} itself.",
        },
        hint="From which instruction on is nothing cached?",
        computed_by="instructions from the first changed one on",
        source=Source(
            "Docker documentation, Docker build cache",
            "How the build cache works; Build cache invalidation",
            "https://docs.docker.com/build/cache/invalidation/",
        ),
        draw=_layers,
    ),
)
