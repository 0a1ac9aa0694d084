"""Events of invented requests, for tests of what folding them gives."""

from datetime import UTC, date, datetime, timedelta

from pipeline.approval.items import digest_of, spread_items, to_plain
from pipeline.model import AccessItem, AccessLine, Employee, Event, Form

REF = "REQ-2026-0001"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PUTRI = Employee(1, "Putri Lestari", "00417", "Staf", "putri@x.example")
AGUNG = Employee(2, "Agung Saputra", "00388", "Sales", "agung@x.example")


def line(no: int, system: str, level: str = "User", employee_no: int | None = None) -> AccessLine:
    return AccessLine(
        no, employee_no, system, system.title(), level, "grant", date(2026, 12, 1), None, "Perlu"
    )


def form(*lines: AccessLine, employees: tuple[Employee, ...] = (PUTRI,), revises: str = "") -> Form:
    return Form(
        request_date=date(2026, 11, 24), request_type="new", revises=revises, requester_name="Sari Wulandari",
        requester_position="Manajer", requester_email="sari@x.example", requester_department="Finance",
        requester_division="Keuangan", division_head_name="Bambang Prakoso", signature="typed",
        signed_on=None, employees=employees, lines=lines,
    )  # fmt: skip


class History:
    """Events in the order they would be written, an hour apart."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, kind: str, **data: object) -> "History":
        seq = len(self.events) + 1
        self.events.append(Event(seq, kind, REF, START + timedelta(hours=seq), "somebody", data))
        return self

    def received(self, of: Form) -> "History":
        return self.add("request_received", requester="sari@x.example", **content(of, 0, spread_items(of)))

    def decided(self, **decisions: str) -> "History":
        plain = {number.lstrip("_"): verdict for number, verdict in decisions.items()}
        return self.add(
            "decision_recorded", revision=0, approver="boss@x.example", decisions=plain, reason="terlalu luas"
        )

    def wrote(self, item: int, column: str, new: str) -> "History":
        return self.add("staff_wrote", item=item, column=column, old="", new=new)


def content(of: Form, revision: int, items: tuple[AccessItem, ...]) -> dict[str, object]:
    return {
        "revision": revision, "form": to_plain(Form, of), "items": [to_plain(AccessItem, i) for i in items],
        "digest": digest_of(REF, revision, of, items), "content_key": "c", "form_sha256": "f",
        "mail_sha256": "m", "message_id": f"<form{revision}@x.example>",
    }  # fmt: skip
