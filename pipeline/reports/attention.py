"""What in a month deserves attention, in whole sentences. Computes little, draws nothing."""

from collections.abc import Mapping

from pipeline.reports.figures import Metrics, within
from pipeline.reports.ledger import forged
from pipeline.reports.page import Month
from pipeline.reports.waiting import pending_list
from pipeline.reports.words import day_name, number

#: Working days after which waiting is worth a sentence, and how many requests are named.
_PATIENCE, _NAMED = 5, 3
_NAMED_LAPSED = 10


def notes(
    month: Month, metrics: Metrics, quarantined: Mapping[str, int], sender_mode: str
) -> tuple[str, ...]:
    """The sentences, the gravest first; none where all is well."""
    said = []
    if sender_mode == "token-only":
        said.append(month.say("note_token_only"))
    if count := forged(quarantined):
        said.append(month.say("note_forged", count=count))
    lapsed = month.items.loc[within(month.items["lapsed"], month.span), "ref"].unique()
    if len(lapsed):
        more = " …" if len(lapsed) > _NAMED_LAPSED else ""
        said.append(month.say("note_lapsed", refs=", ".join(lapsed[:_NAMED_LAPSED]) + more))
    said += _waiting(month)
    if month.span.running:
        until = day_name(month.span.cutoff.astimezone(month.span.begin.tzinfo).date(), month.language)
        said.append(month.say("note_running", until=until))
    if not metrics.requests_in:
        said.append(month.say("note_empty"))
    return tuple(said)


def _waiting(month: Month) -> list[str]:
    """Requests that wait too long by name, then what should be ready by now."""
    found = pending_list(month)
    old = [one for one in found if one.waiting_days > _PATIENCE]
    said = [
        month.say(
            "note_old", ref=one.ref, department=one.department, who=one.who,
            since=day_name(one.since.date(), month.language), days=number(one.waiting_days, month.language),
        )
        for one in old[:_NAMED]
    ]  # fmt: skip
    if len(old) > _NAMED:
        said.append(month.say("note_old_more", count=len(old) - _NAMED, limit=_PATIENCE))
    if late := sum(one.overdue for one in found if one.at_it):
        said.append(month.say("note_late", count=late))
    return said
