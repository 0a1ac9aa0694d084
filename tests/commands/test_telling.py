"""Every kind of event there is can be told, and one that is new is shown by its name."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pipeline.commands.telling import tell
from pipeline.model import Event

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def event(seq: int, kind: str, data: Mapping[str, object], minutes: int = 0, by: str = "akses") -> Event:
    return Event(seq, kind, "REQ-2026-0001", NINE + timedelta(minutes=minutes), by, data)


def told(*events: Event) -> list[str]:
    return [line.text for line in tell(events, ())]


def staff(seq: int, item: int, column: str, new: str, minutes: int = 0) -> Event:
    return event(seq, "staff_wrote", {"item": item, "column": column, "old": "", "new": new}, minutes)


def test_what_staff_noted_about_one_item_at_one_time_is_one_sentence():
    assert told(
        staff(1, 1, "status", "done"), staff(2, 1, "done_by", "Dewi"), staff(3, 2, "status", "progress"),
        staff(4, 2, "note", "", minutes=5),
    ) == [
        "IT staff noted in the register, item 1: work status done, done by Dewi",
        "IT staff noted in the register, item 2: work status progress",
        "IT staff noted in the register, item 2: it note (emptied)",
    ]  # fmt: skip


def test_a_deputy_is_named_with_whom_he_stands_in_for():
    asked = {
        "approver": "deputy@x.example", "acting_for": "boss@x.example", "items": [1], "round": 2,
        "expires": "2026-12-24T02:00:00+00:00",
    }  # fmt: skip
    (line,) = told(event(1, "approval_asked", asked))
    assert line.startswith("deputy@x.example, standing in for boss@x.example, was asked to decide item 1")
    assert line.endswith("(round 2, until 24/12/2026)")


def test_a_revision_says_which_items_are_new_kept_and_dropped():
    data = {"revision": 1, "items": [{"no": 4}, {"no": 5}], "carried": [1], "dropped": []}
    assert told(event(1, "request_revised", data, by="a@x.example")) == [
        "a@x.example sent revision 1: new items 4, 5; kept item 1; dropped none"
    ]


def test_an_unknown_kind_of_event_is_shown_by_its_name():
    assert told(event(1, "access_reviewed", {"anything": 1})) == ["access reviewed"]


def test_the_order_is_that_of_time_and_within_one_moment_that_of_the_journal():
    assert told(event(1, "b", {}), event(2, "a", {}), event(3, "z", {}, minutes=-1)) == ["z", "b", "a"]


def automatic(kind: str, **more: str) -> str:
    data = {"kind": kind, "from": "boss@x.example", "proof": "dmarc", "code": "", "letter": "", **more}
    (line,) = told(event(1, "automatic_answer", data))
    return line


def test_an_automatic_answer_is_named_by_its_kind():
    assert automatic("auto_reply").startswith(
        "An out-of-office answer came in under the address boss@x.example"
    )
    assert automatic("auto_reply_words").startswith("What reads like an out-of-office answer")
    assert automatic("receipt").startswith("A receipt")
    assert automatic("list").startswith("A mail of a list")
    assert automatic("calendar").startswith("A calendar's answer")
    assert automatic("something new").startswith("An automatic answer")


def test_an_absence_learned_from_another_request_says_from_which():
    line = automatic("auto_reply", through="REQ-2026-0007")
    assert line.endswith("to REQ-2026-0007: he is away for this question as well")


def test_only_the_first_unclear_answer_to_a_question_was_asked_back():
    unclear = [event(n, "reply_unclear", {"code": code, "why": "x"}) for n, code in enumerate("aab", 1)]
    first, again, other = told(*unclear)
    assert "was asked back" in first
    assert "got no answer" in again
    assert "was asked back" in other


def test_a_letter_that_came_back_is_named_also_in_journals_that_know_only_its_key():
    old = {"letter": "approval/REQ-2026-0001/r0/1", "mail_sha256": "0"}
    assert told(event(1, "letter_bounced", old)) == [
        "A mail came back as undeliverable: approval mail; IT was told"
    ]
