"""Drawn questions about what is measured: failures left, chains of parts, series."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template

_MILLION = 10**6


def _budget(rng: Random) -> Drawn:
    tenths = rng.choice([1, 2, 5, 10, 20])  # of a percent may fail
    total = rng.randint(2, 60) * 100_000
    allowed = total * tenths // 1000
    failed = rng.randint(1, 9) * allowed // 10
    return Drawn(
        answer=allowed - failed,
        beliefs={
            "failures-so-far-are-forgotten": allowed,
            "success-rate-taken-for-budget": total - allowed - failed,
            "powers-of-ten-slip": abs(allowed * 10 - failed),
            "complement-taken-for-answer": failed,
            "budget-in-points-of-the-slo": allowed - allowed * tenths // 1000,
        },
        facts={
            "slo": f"{100 - tenths / 10:g}",
            "share": f"{tenths / 10:g}",
            "total": f"{total:,}",
            "failed": failed,
            "allowed": allowed,
        },
    )


def _failing(rng: Random) -> Drawn:
    single = rng.randint(1, 20)  # thousandths of its requests fail
    twin = rng.randint(15, 80)
    both = Fraction(twin, 1000) ** 2
    works = (1 - Fraction(single, 1000)) * (1 - both)
    failing = round((1 - works) * _MILLION)

    def missed(*shares: Fraction) -> int:
        return round((1 - prod(1 - share for share in shares)) * _MILLION)

    alone, double = Fraction(single, 1000), Fraction(twin, 1000)
    return Drawn(
        answer=failing,
        beliefs={
            "redundancy-ignored": missed(alone, double),
            "redundant-parts-in-series": missed(alone, double, double),
            "weakest-part-decides": missed(double),
            "redundant-part-never-fails": missed(alone),
            "halves-instead-of-squares": missed(alone, double / 2),
            "average-of-parts-decides": round((alone + double) / 2 * _MILLION),
        },
        facts={
            "single": f"{single / 10:g}",
            "twin": f"{twin / 10:g}",
            "both": f"{float(both):g}",
            "works": f"{float(works):.6f}",
            "alone": f"{1 - single / 1000:g}",
            "pair": f"{1 - float(both):g}",
        },
    )


def _series(rng: Random) -> Drawn:
    methods, routes = rng.randint(2, 5), rng.randint(6, 40)
    codes, instances = rng.randint(2, 6), rng.randint(2, 12)
    buckets = rng.randint(5, 14)
    labels = methods * routes * codes
    each = buckets + 3
    return Drawn(
        answer=labels * instances * each,
        beliefs={
            "labels-add-up": (methods + routes + codes) * instances * each,
            "infinite-bucket-forgotten": labels * instances * (each - 1),
            "sum-and-count-are-free": labels * instances * (buckets + 1),
            "instances-share-a-series": labels * each,
            "histogram-is-one-series": labels * instances,
            "labels-are-free": instances * each,
        },
        facts={
            "methods": methods,
            "routes": routes,
            "codes": codes,
            "instances": instances,
            "buckets": buckets,
            "labels": labels,
            "each": each,
        },
    )


TEMPLATES = (
    Template(
        id="draw-error-budget",
        area="observability",
        topic="slo-and-error-budgets",
        level="junior",
        version=1,
        unit="requests",
        prompt="An objective says that {slo} % of the requests of a month succeed. {total} requests"
        " are expected this month, and {failed} have failed so far. How many more may fail?",
        explain="{share} % of {total} may fail: {allowed}. Less those that have failed: {allowed} -"
        " {failed} = {answer}.",
        why={
            "failures-so-far-are-forgotten": "{value} is the whole budget. {failed} of it are used"
            " up.",
            "success-rate-taken-for-budget": "{value} comes from the {slo} % that must succeed. The"
            " budget is the other {share} %.",
            "powers-of-ten-slip": "{value} takes ten times the budget. {share} % of {total} is"
            " {allowed}.",
            "complement-taken-for-answer": "{value} have failed already. What is left is asked"
            " for.",
            "budget-in-points-of-the-slo": "{value} takes {share} % off the budget itself. It is"
            " {failed} failures that are taken off.",
        },
        hint="100 % less the objective",
        computed_by="share of the requests, less the failures",
        source=Source(
            "The Site Reliability Workbook, chapter 2: Implementing SLOs",
            "A worked example: starter SLOs and the failures that they allow",
            "https://sre.google/workbook/implementing-slos/",
        ),
        draw=_budget,
    ),
    Template(
        id="draw-failing-chain",
        area="system-design",
        topic="availability-and-slo",
        level="senior",
        version=1,
        unit="requests",
        prompt="Each request needs a gateway and one of two equal databases. The gateway fails for"
        " {single} % of requests, each database for {twin} %, all independently; a request fails"
        " when the gateway or both databases fail. How many of a million requests fail on average,"
        " to the nearest whole number?",
        explain="Both databases fail for {both} of the requests, so the pair works for {pair}. In"
        " series with the gateway: {alone} x {pair} = {works}. Of a million {answer} fail.",
        why={
            "redundancy-ignored": "{value} would fail with one database, at {twin} %. Two of them"
            " stand in for each other.",
            "redundant-parts-in-series": "{value} takes both databases for needed. One of them is"
            " enough.",
            "weakest-part-decides": "{value} is the share of one database, {twin} %. Parts in"
            " series multiply, redundant ones do so with their failures.",
            "redundant-part-never-fails": "{value} comes from the gateway alone. Both databases"
            " fail for {both} of the requests.",
            "halves-instead-of-squares": "{value} halves {twin} % for two databases. Both fail with"
            " the product of the two shares.",
            "average-of-parts-decides": "{value} is the average of {single} % and {twin} %.",
        },
        hint="First the pair, then the chain",
        computed_by="product of fractions",
        source=Source(
            "AWS whitepaper, Availability and Beyond",
            "Availability with dependencies; Availability with redundancy",
            "https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-with-redundancy.html",
        ),
        draw=_failing,
    ),
    Template(
        id="draw-metric-series",
        area="observability",
        topic="metrics",
        level="senior",
        version=1,
        unit="series",
        prompt="A Prometheus histogram has {buckets} buckets with a finite bound and the labels"
        " method ({methods} values), route ({routes}) and code ({codes}). {instances} instances"
        " report it, and all combinations occur. How many time series does that make?",
        explain="{methods} x {routes} x {codes} = {labels} combinations x {instances} instances,"
        " each with {buckets} buckets, the bucket +Inf, _sum and _count: x {each} = {answer}.",
        why={
            "labels-add-up": "{value} adds the values of the labels. Each combination is a series:"
            " {labels}.",
            "infinite-bucket-forgotten": "{value} leaves out the bucket +Inf, beside the {buckets}"
            " others.",
            "sum-and-count-are-free": "{value} leaves out _sum and _count, two series for each"
            " combination.",
            "instances-share-a-series": "{value} counts one instance. Each of the {instances} has"
            " series of its own.",
            "histogram-is-one-series": "{value} counts one series for each combination. A histogram"
            " has {each}.",
            "labels-are-free": "{value} leaves out the labels, which make {labels} combinations.",
        },
        hint="Combinations x instances x what a histogram consists of",
        computed_by="product over labels, instances and parts",
        source=Source(
            "Prometheus documentation, Metric types",
            "Histogram: <basename>_bucket{le=...}, _sum, _count",
            "https://prometheus.io/docs/concepts/metric_types/#histogram",
        ),
        draw=_series,
    ),
)
