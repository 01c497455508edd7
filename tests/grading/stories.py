"""Personal stories as people write them, with the points that a listener heard (c, p, -)."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """An answer to an item of the bank; `heard` has one letter for each point."""

    item: str
    heard: str
    text: str


# The rules were tuned on these.
TUNED = (
    Story(
        "talk-bug-of-more-than-a-day",
        "ccccc",
        "About once a week our checkout charged a customer twice. Support had six tickets in a "
        "month. I could not see it locally at first, so I wrote a small script which fired the "
        "same payment request at staging from two terminals, and after a while it happened. I "
        "took out the cache, then the retry in the client, one after the other: without the "
        "retry it never came back. It turned out that the client gave up after two seconds and "
        "sent the request again while the first one was still running. Now each payment carries "
        "a key with a unique index, and there is a test that sends the same key twice.",
    ),
    Story(
        "talk-bug-of-more-than-a-day",
        "cc-cc",
        "Our nightly report came out empty every few days and nobody knew why. I put more log "
        "lines around the export and waited. Two nights later I saw that the job had started "
        "before the import was finished. That was the reason: the two jobs only had fixed start "
        "times and the import had become slower. I made the export depend on the import, and we "
        "get a warning now when the file has no rows.",
    ),
    Story(
        "talk-decision-you-would-change",
        "ccccc",
        "Three years ago I picked MongoDB for an order service. We were two developers then, had "
        "eight weeks until the first customer, and nobody wanted to write migrations. Postgres "
        "was on the table too, but we thought that the schema would change every day. It was the "
        "wrong call: within a year every report needed joins in code, and the month-end report "
        "ran for 40 minutes. We ported orders to Postgres over two months, table after table, "
        "with both stores running side by side. What I took from it: choose by the queries you "
        "know you will need, and not by how quickly the first week goes.",
    ),
    Story(
        "talk-decision-you-would-change",
        "cpc--",
        "I split our app into nine microservices when we were a team of four. A single app would "
        "have been the other way to go. In the end a simple feature needed changes in five "
        "repositories and releases dropped to one a month. I left that company soon after.",
    ),
    Story(
        "talk-work-that-nobody-sees",
        "ccccc",
        "Deployments needed somebody to copy files to four servers, which ate about two hours "
        "each Friday and went wrong every other time. I built the pipeline that does it now; a "
        "teammate did the database scripts. A release takes eight minutes instead of two hours, "
        "we compared the last ten releases before with the first ten after. The catch is that "
        "the pipeline is one more thing that can break, and only two of us understand it. To our "
        "sales people I say: we can ship a fix before your coffee gets cold.",
    ),
    Story(
        "talk-work-that-nobody-sees",
        "ccp--",
        "I moved our backups from a cron job on one server to a managed service. Restoring used "
        "to take a whole day and failed twice. Since the change a restore runs in 25 minutes, and "
        "I try it every month. It was mostly my project.",
    ),
    Story(
        "talk-technical-disagreement",
        "ccccc",
        "My teammate was in favour of GraphQL for the new mobile API and I would have stayed with "
        "REST. I sat down with him and wanted to know what bothered him about REST: he had to "
        "make seven calls for one screen, on bad networks. My own fear was caching. So we built "
        "the start screen both ways in two days and timed it on a throttled phone. GraphQL was "
        "twice as fast there, so we went with his proposal and I wrote the caching part myself. "
        "From that I learned to try things out early instead of arguing about principles.",
    ),
    Story(
        "talk-technical-disagreement",
        "p---p",
        "A senior colleague and I could not agree about tabs or spaces in our code base. We had "
        "long discussions. In the end our lead decided and we moved on. Today I would not spend "
        "so much time on it.",
    ),
)

# Nobody looked at these while the rules were written.
HELD_OUT = (
    Story(
        "talk-bug-of-more-than-a-day",
        "ccccc",
        "Some users were logged out in the middle of the day, roughly one in two hundred. I could "
        "reproduce it by setting the clock of one container two minutes ahead. Before that I had "
        "gone through what the affected sessions had in common, and crossed out the browser, the "
        "region and the version of the app; only the host was the same. The root of it was a "
        "clock that drifted because its time service had stopped, so tokens looked expired. We "
        "now monitor the drift and get paged above one second.",
    ),
    Story(
        "talk-bug-of-more-than-a-day",
        "c--c-",
        "The app crashed for a few customers when they uploaded photos. It took me three days of "
        "staring at the code. Finally I noticed that some phones send HEIC and our library cannot "
        "read it, which was why it crashed. I converted those files and it was fixed.",
    ),
    Story(
        "talk-decision-you-would-change",
        "ccccc",
        "In 2021 I decided that we would build our own job queue on Redis. We were a startup with "
        "five engineers and a launch date in spring. RabbitMQ was what my colleague suggested; I "
        "said no because nobody on the team had run it before. The proof that it was a mistake "
        "came when a Redis restart lost 3,000 jobs, and later we spent a third of each sprint on "
        "that queue. We switched to RabbitMQ the year after, one job type at a time. These days I "
        "ask myself first whether this is something our customers pay us for.",
    ),
    Story(
        "talk-work-that-nobody-sees",
        "ccccc",
        "Our search index had to be rebuilt by hand whenever it got out of step, and support got "
        "angry calls about missing products. I was in charge of the change feed that keeps it in "
        "sync, while two colleagues looked after the search pages. Complaints about missing "
        "products went from about thirty a month to two; I counted them in the ticket system for "
        "a quarter. What we pay for it is another moving part and some delay of a few seconds. "
        "For the shop managers I compared it to a shelf that refills itself.",
    ),
    Story(
        "talk-technical-disagreement",
        "ccccc",
        "A colleague was convinced that we should rewrite the billing module, while I was for "
        "repairing it piece by piece. When I asked him about it, he was worried that no one dared "
        "to touch the code any more. We agreed to look at numbers: how many of last year's bugs "
        "came from which part. Most of them came from one file. So we decided to rewrite that file "
        "only, and I helped him with it although I had wanted less. The lesson for me was that "
        "people often fear something else than what they argue about.",
    ),
    Story(
        "talk-technical-disagreement",
        "c-cc-",
        "I wanted trunk based development, the others preferred long branches. We ran a four week "
        "trial and counted the merge conflicts. There were a lot fewer of them, so we stayed with "
        "trunk based development.",
    ),
)

# Answers that say nothing, each for every item above.
VAGUE = (
    (
        "I always try to be a good team player. There were many challenges but in the end we "
        "found a solution that everybody was happy with. It was a great learning experience."
    ),
    (
        "It was a very hard problem and it took a long time. I worked day and night, tried many "
        "things and finally it worked. My boss was very impressed by the result."
    ),
    (
        "We used Kubernetes, Kafka, PostgreSQL, Redis and Terraform. The architecture was modern "
        "and scalable. I was involved in everything and I learned a lot about all of it."
    ),
    (
        "decision alternative incident measured migrated rule symptom reproduce bisect root cause "
        "regression test minutes my part price plain words wanted worried prototype agreed learnt"
    ),
)
