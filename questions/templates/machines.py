"""Drawn questions about machines: addresses of a subnet, days of a cron job, pods of an update."""

from __future__ import annotations

import calendar
import ipaddress
import math
from datetime import date
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template


def _usable_hosts(rng: Random) -> Drawn:
    prefix = rng.randint(20, 29)
    host = f"10.{rng.randint(0, 250)}.{rng.randint(0, 250)}.{rng.randint(9, 250)}/{prefix}"
    network = ipaddress.ip_interface(host).network
    size = network.num_addresses
    return Drawn(
        answer=sum(1 for _ in network.hosts()),
        beliefs={
            "network-and-broadcast-forgotten": size,
            "one-address-reserved": size - 1,
            "one-host-bit-too-few": size // 2 - 2,
            "one-host-bit-too-many": size * 2 - 2,
        },
        facts={
            "host": host,
            "prefix": prefix,
            "bits": 32 - prefix,
            "fewer": 31 - prefix,
            "more": 33 - prefix,
            "size": size,
            "network": str(network.network_address),
            "broadcast": str(network.broadcast_address),
        },
    )


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]


def _cron_days(rng: Random) -> Drawn:
    days = _month(rng.randint(2026, 2032), rng.randint(1, 12))
    listed = sorted(rng.sample(range(1, 29), rng.randint(2, 4)))
    weekday = rng.randint(1, 5)
    by_date = {day for day in days if day.day in listed}
    by_week = {day for day in days if day.isoweekday() == weekday}
    both = len(by_date & by_week)
    return Drawn(
        answer=len(by_date | by_week),
        beliefs={
            "both-day-fields-must-match": both,
            "day-of-month-ignored": len(by_week),
            "day-of-week-ignored": len(by_date),
            "matching-days-run-twice": len(by_week) + len(by_date),
            "runs-every-day": len(days),
        },
        facts={
            "dates": ",".join(map(str, listed)),
            "month": days[0].month,
            "weekday": weekday,
            "name": f"{days[0]:%B} {days[0].year}",
            "length": len(days),
            "begins": f"{days[0]:%A}",
            "day": calendar.day_name[weekday - 1],
            "by_date": len(by_date),
            "by_week": len(by_week),
            "both": both,
        },
    )


def _rolling_pods(rng: Random) -> Drawn:
    replicas = rng.randint(6, 23)
    surge, gone = rng.sample([15, 20, 25, 30, 35, 40], 2)
    up, down = math.ceil(surge * replicas / 100), surge * replicas // 100
    other = gone * replicas // 100
    return Drawn(
        answer=replicas + up,
        beliefs={
            "surge-is-rounded-down": replicas + down,
            "surge-is-part-of-the-replicas": replicas,
            "unavailable-taken-for-surge": replicas + other,
            "unavailable-makes-room": replicas + up - other,
            "one-pod-at-a-time": replicas + 1,
        },
        facts={
            "replicas": replicas,
            "surge": surge,
            "gone": gone,
            "exact": f"{surge * replicas / 100:g}",
            "up": up,
            "down": down,
            "other": other,
        },
    )


TEMPLATES = (
    Template(
        id="draw-net-usable-hosts",
        area="networking",
        topic="ip-and-subnets",
        level="junior",
        version=1,
        unit="addresses",
        prompt="A server is configured as {host}. Its subnet keeps the network and the broadcast"
        " address free. How many addresses of the subnet can hosts have, this server included?",
        explain="A /{prefix} leaves 32 - {prefix} = {bits} bits for hosts: 2^{bits} = {size}"
        " addresses. {network} names the network, {broadcast} is its broadcast address:"
        " {size} - 2 = {answer}.",
        why={
            "network-and-broadcast-forgotten": "2^{bits} = {size} counts {network} and {broadcast},"
            " which no host may have.",
            "one-address-reserved": "{size} - 1 = {value} leaves out one address; two are reserved:"
            " {network} and {broadcast}.",
            "one-host-bit-too-few": "2^{fewer} - 2 = {value} takes {fewer} host bits. There are"
            " 32 - {prefix} = {bits}.",
            "one-host-bit-too-many": "2^{more} - 2 = {value} takes {more} host bits. There are"
            " 32 - {prefix} = {bits}.",
        },
        hint="2 to the power of the host bits, less what is reserved",
        computed_by="Python's ipaddress lists the hosts",
        source=Source(
            "RFC 1122, Requirements for Internet Hosts",
            "3.2.1.3 Addressing",
            "https://www.rfc-editor.org/rfc/rfc1122#section-3.2.1.3",
        ),
        draw=_usable_hosts,
    ),
    Template(
        id="draw-linux-cron-days",
        area="linux",
        topic="systemd-and-logs",
        level="senior",
        version=1,
        unit="times",
        prompt="A crontab holds the line `0 6 {dates} {month} {weekday} report`. {name} has"
        " {length} days and begins on a {begins}; weekday {weekday} is {day}. How many times does"
        " the job run in {name}?",
        explain="When both day fields are restricted, cron runs the job on days that match either"
        " of them: {by_week} {day}s and {by_date} dates, less {both} that would be counted twice:"
        " {by_week} + {by_date} - {both} = {answer}.",
        why={
            "both-day-fields-must-match": "{value} is the number of days that match both fields."
            " Day of month and day of week are the one pair that cron joins by OR.",
            "day-of-month-ignored": "{value} counts the {day}s alone; the job runs on the {by_date}"
            " dates as well.",
            "day-of-week-ignored": "{value} counts the dates alone; the job runs on the {by_week}"
            " {day}s as well.",
            "matching-days-run-twice": "{by_week} + {by_date} = {value} gives two runs to each day"
            " that matches both fields ({both}). Such a day has one run.",
            "runs-every-day": "{value} runs would need an asterisk in both day fields.",
        },
        hint="How does cron join the two day fields?",
        computed_by="the days of the month are enumerated",
        source=Source(
            "crontab(5)",
            "Note on the two day fields",
            "https://man7.org/linux/man-pages/man5/crontab.5.html",
        ),
        draw=_cron_days,
    ),
    Template(
        id="draw-k8s-rolling-pods",
        area="cloud",
        topic="kubernetes-workloads",
        level="senior",
        version=1,
        unit="pods",
        prompt="A Kubernetes Deployment with {replicas} ready replicas is updated with strategy"
        " RollingUpdate, maxSurge: {surge}% and maxUnavailable: {gone}%. How many of its pods may"
        " exist at most during the update, terminating ones not counted?",
        explain="maxSurge says how many pods may exist beyond the wanted number, and a percentage"
        " of it is rounded up: {surge} % of {replicas} is {exact}, so {up}."
        " {replicas} + {up} = {answer}.",
        why={
            "surge-is-rounded-down": "{replicas} + {down} = {value} rounds {exact} down. maxSurge"
            " is rounded up, to {up}; maxUnavailable is the one that is rounded down.",
            "surge-is-part-of-the-replicas": "{value} would need maxSurge 0. New pods may be made"
            " before old ones go: {up} of them.",
            "unavailable-taken-for-surge": "{replicas} + {other} = {value} goes by maxUnavailable:"
            " {gone}%. It limits how many may be missing, not how many may be added.",
            "unavailable-makes-room": "{replicas} + {up} - {other} = {value} takes off {other}"
            " pods. So many may be missing; they need not be.",
            "one-pod-at-a-time": "{replicas} + 1 = {value} would need maxSurge: 1. Here it is"
            " {surge} %, so {up} pods.",
        },
        hint="One percentage is rounded up, the other down",
        computed_by="the percentage of the replicas, rounded up",
        source=Source(
            "Kubernetes documentation, Deployments",
            "Rolling Update Deployment: Max Unavailable, Max Surge",
            "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge",
        ),
        draw=_rolling_pods,
    ),
)
