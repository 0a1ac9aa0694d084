"""What the employees of a form have been given, and what is on its way to them, as the journal knows it."""

import json
from collections.abc import Iterable
from dataclasses import replace

from pipeline.approval.conflicts import Holding, same_nik
from pipeline.approval.holdings import Access, Holdings, holdings_of
from pipeline.approval.items import renumber_items, spread_items
from pipeline.letters.format import status_text
from pipeline.model import Case, CaseItem, Employee, Form, Language
from pipeline.turn import Turn


def holdings(turn: Turn, employees: Iterable[Employee]) -> Holdings:
    """What these employees have, and what is on its way to them, over all requests."""
    niks = {same_nik(employee.employee_id) for employee in employees} - {""}
    # The text of a number that Excel has taken the zeros from still ends alike.
    refs = {
        ref: None
        for nik in sorted(niks)
        for ref in turn.entry.refs_mentioning(json.dumps(nik, ensure_ascii=False)[1:])
    }
    cases = [case for ref in refs if (case := turn.case(ref)) is not None]
    return holdings_of(cases, niks, turn.office.today())


def beside(known: Holdings, form: Form, previous: Case | None) -> Holdings:
    """`known` without what `form` takes the place of, where it is the next revision of `previous`."""
    if previous is None:
        return known
    kept = renumber_items(spread_items(form), previous.items).carried
    coming = {
        nik: tuple(a for a in found if a.ref != previous.ref or a.item.item.no in kept)
        for nik, found in known.coming.items()
    }
    return replace(known, coming=coming)


def held_or_coming(known: Holdings) -> Holding:
    """NIK -> codes of the systems that its employee has or is about to have."""
    return {
        nik: {*known.held.get(nik, {}), *(a.item.item.system for a in known.coming.get(nik, ()))}
        for nik in {*known.held, *known.coming}
    }


def stopped_by(
    turn: Turn, case: Case, items: Iterable[CaseItem], known: Holdings | None = None
) -> tuple[Access, ...]:
    """What was asked for before `case`, is not done, and comes to nothing when these revocations are
    approved: the same system for the same person. `known`: what these people have, where it is at hand."""
    revoked = [item.item for item in items if item.item.action == "revoke"]
    if not revoked:
        return ()
    known = known or holdings(turn, (item.employee for item in revoked))
    found = {
        (access.ref, access.item.item.no): access
        for item in revoked
        for access in (
            *known.coming.get(same_nik(item.employee.employee_id), ()),
            # Another revocation of the same, answered much later, would take away what was given anew.
            *(a for a in known.leaving.get(same_nik(item.employee.employee_id), ())
              if a.item.status == "requested"),
        )
        if access.item.item.system == item.system and access.ref != case.ref
    }  # fmt: skip
    return tuple(access for access in found.values() if _is_earlier(turn, access.ref, case))


def stops_words(stopped: Iterable[Access], language: Language) -> tuple[str, ...]:
    """The same for people: "VPN, Putri Lestari (REQ-2026-0001 no. 3: Disetujui)"."""
    return tuple(
        f"{a.item.item.system_label}, {a.item.item.employee.name} "
        f"({a.ref} no. {a.item.item.no}: {status_text(a.item.status, language)})"
        for a in stopped
    )


def remarks_on(
    case: Case, items: Iterable[CaseItem], known: Holdings, stopped: Iterable[Access], language: Language
) -> tuple[str, ...]:
    """What who decides should know of these people's access, and the form does not say.

    `stopped`: what comes to nothing when he approves; he is told of that already."""
    told = {(access.ref, access.item.item.no) for access in stopped}
    found: dict[str, None] = {}
    for item in items:
        what, nik = item.item, same_nik(item.item.employee.employee_id)
        about = f"{what.system_label}, {what.employee.name}"
        if (
            what.action != "grant"
            and item.status == "requested"
            and what.system not in known.there.get(nik, {})
        ):
            found[f"{about}: {_NOT_HELD[what.action][language]}"] = None
        for access in (*known.coming.get(nik, ()), *known.leaving.get(nik, ())):
            other = (access.ref, access.item.item.no)
            if access.item.item.system == what.system and access.ref != case.ref and other not in told:
                state = status_text(access.item.status, language)
                found[f"{about}: {_BESIDE[language]} {access.ref} no. {other[1]} ({state})"] = None
        for access in known.unsigned.get(nik, ()):
            if access.item.item.system == what.system and access.ref != case.ref and what.action == "grant":
                found[f"{about}: {_UNSIGNED[language]} ({access.ref})"] = None
    return tuple(found)


_NOT_HELD: dict[str, dict[Language, str]] = {
    "change": {
        "id": "menurut register belum dimiliki, jadi perubahan ini berarti akses baru",
        "en": "not held according to the register, so that this change means new access",
    },
    "revoke": {
        "id": "menurut register tidak dimiliki, jadi mungkin tidak ada yang dicabut",
        "en": "not held according to the register, so that there may be nothing to take away",
    },
}
_BESIDE: dict[Language, str] = {"id": "sedang berjalan pula", "en": "also on its way:"}
_UNSIGNED: dict[Language, str] = {
    "id": "pernah diberikan sebagai akses darurat dan berakhir tanpa pengesahan",
    "en": "was given in an emergency before, and ended without a sign-off",
}


def _is_earlier(turn: Turn, ref: str, case: Case) -> bool:
    other = turn.case(ref)
    return other is not None and other.revised_at < case.revised_at
