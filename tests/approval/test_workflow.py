"""A request's events fold into its state, item by item."""

import pytest

from pipeline.approval.items import renumber_items, spread_items
from pipeline.approval.workflow import all_done, fold, may_revise, open_items
from tests.approval.requests import AGUNG, PUTRI, History, content, form, line

TWO = form(line(1, "ACCURATE"), line(2, "VPN"))


def states(case):
    return {item.item.no: item.status for item in case.items}


def test_a_new_request_awaits_approval():
    case = fold(History().received(TWO).events)
    assert case.state == "awaiting_approval"
    assert states(case) == {1: "requested", 2: "requested"}


def test_events_without_a_request_fold_to_nothing():
    assert fold(History().add("mail_handled").events) is None


@pytest.mark.parametrize(("decisions", "state"), [
    ({"_1": "approve", "_2": "approve"}, "approved"),
    ({"_1": "approve", "_2": "reject"}, "partly_approved"),
    ({"_1": "reject", "_2": "reject"}, "rejected"),
    ({"_1": "approve"}, "awaiting_approval"),
])  # fmt: skip
def test_the_decision_makes_the_state(decisions, state):
    case = fold(History().received(TWO).decided(**decisions).events)
    assert case.state == state
    assert (case.decided_at is None) == (state == "awaiting_approval")


def test_an_item_nobody_mentioned_stays_open():
    case = fold(History().received(TWO).decided(_1="approve").events)
    assert [item.item.no for item in open_items(case)] == [2]


def test_only_a_rejected_item_carries_the_reason():
    case = fold(History().received(TWO).decided(_1="approve", _2="reject").events)
    assert [item.reason for item in case.items] == ["", "terlalu luas"]
    assert [item.decided_event for item in case.items] == [2, 2]


def test_a_request_is_done_when_staff_did_every_approved_item():
    history = History().received(TWO).decided(_1="approve", _2="reject").wrote(1, "status", "done")
    case = fold(history.events)
    assert case.state == "provisioning"
    assert all_done(case)
    assert fold(history.add("request_completed").events).state == "completed"


def test_work_in_progress_is_not_done():
    case = fold(
        History().received(TWO).decided(_1="approve", _2="approve").wrote(1, "status", "progress").events
    )
    assert case.state == "provisioning"
    assert not all_done(case)


def test_staff_can_not_make_an_undecided_or_rejected_item_provisioned():
    history = (
        History().received(TWO).wrote(1, "status", "done").decided(_2="reject").wrote(2, "status", "done")
    )
    assert states(fold(history.events)) == {1: "requested", 2: "rejected"}


def test_staff_may_take_done_back_and_may_cancel():
    history = History().received(TWO).decided(_1="approve", _2="approve").wrote(1, "status", "done")
    assert states(fold(history.events))[1] == "provisioned"
    assert states(fold(history.wrote(1, "status", "open").events))[1] == "approved"
    history.wrote(1, "status", "cancelled").wrote(2, "status", "cancelled")
    case = fold(history.events)
    assert states(case) == {1: "cancelled", 2: "cancelled"}
    assert all_done(case)


def test_revoked_on_makes_a_provisioned_item_revoked():
    history = History().received(TWO).decided(_1="approve", _2="reject").wrote(1, "status", "done")
    assert states(fold(history.wrote(1, "revoked_on", "2027-01-05").events))[1] == "revoked"


def test_one_row_for_all_employees_becomes_one_item_each():
    items = spread_items(form(line(1, "TRACY"), line(2, "CCTV", employee_no=2), employees=(PUTRI, AGUNG)))
    assert [(i.no, i.employee.name, i.system) for i in items] == [
        (1, "Putri Lestari", "TRACY"), (2, "Agung Saputra", "TRACY"), (3, "Agung Saputra", "CCTV"),
    ]  # fmt: skip


def revise(history: History, new):
    case = fold(history.events)
    spread = renumber_items(spread_items(new), case.items)
    data = content(new, case.revision + 1, spread.items)
    history.add("request_revised", carried=list(spread.carried), dropped=list(spread.dropped), **data)
    return spread, fold(history.events)


def test_a_corrected_form_keeps_number_and_decision_of_what_was_approved():
    history = History().received(TWO).decided(_1="approve", _2="reject")
    spread, case = revise(history, form(line(1, "ACCURATE"), line(2, "VPN", "Terbatas")))
    assert [item.no for item in spread.items] == [2]
    assert states(case) == {1: "approved", 2: "requested"}
    assert case.state == "awaiting_approval"
    assert case.revision == 1


def test_a_corrected_form_with_only_the_rejected_row_leaves_the_approved_ones_alone():
    history = History().received(TWO).decided(_1="approve", _2="reject").wrote(1, "status", "done")
    _, case = revise(history, form(line(1, "VPN", "Terbatas")))
    assert states(case) == {1: "provisioned", 2: "requested"}


def test_an_approved_system_at_another_level_is_decided_again():
    history = History().received(TWO).decided(_1="approve", _2="reject")
    _, case = revise(history, form(line(1, "ACCURATE", "Administrator"), line(2, "VPN")))
    assert states(case) == {1: "requested", 2: "requested"}


def test_what_is_done_is_not_void_when_another_level_is_asked_for():
    history = History().received(TWO).decided(_1="approve", _2="reject").wrote(1, "status", "done")
    _, case = revise(history, form(line(1, "ACCURATE", "Administrator"), line(2, "VPN")))
    assert states(case) == {1: "provisioned", 2: "requested", 3: "requested"}


def test_a_rejected_row_that_is_left_out_is_cancelled_and_its_number_never_used_again():
    history = History().received(TWO).decided(_1="reject", _2="reject")
    _, case = revise(history, form(line(1, "HRIS")))
    assert states(case) == {1: "cancelled", 2: "cancelled", 3: "requested"}


def test_nothing_is_left_to_ask_when_everything_was_approved_before():
    case = fold(History().received(TWO).decided(_1="approve", _2="approve").events)
    assert renumber_items(spread_items(TWO), case.items).items == ()
    assert not may_revise(case)


def test_a_revision_closes_the_tokens_before_it():
    history = History().received(TWO)
    asked = {"round": 1, "code": "AK1-X", "approver": "boss@x.example", "acting_for": "", "items": [1, 2]}
    history.add("approval_asked", **asked,
                expires="2026-12-24T00:00:00+00:00", message_id="<a@x.example>")  # fmt: skip
    assert fold(history.events).asked[0].open
    _, case = revise(history, form(line(1, "ACCURATE", "Lihat saja")))
    assert not any(asked.open for asked in case.asked)
