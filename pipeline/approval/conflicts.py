"""Systems that one person should not hold together (separation of duties), item by item. Pure."""

from collections.abc import Collection, Iterable, Mapping

from pipeline.model import AccessItem, System

#: NIK as it is compared -> codes of the systems that person has.
Holding = Mapping[str, Collection[str]]


def same_nik(employee_id: str) -> str:
    """A NIK as it is compared: Excel drops leading zeros where a cell is a number."""
    return employee_id.strip().casefold().lstrip("0")


def conflicts_among(
    items: Iterable[AccessItem], held: Holding, systems: Mapping[str, System]
) -> dict[int, tuple[str, ...]]:
    """Item number -> the pairs of systems that one person would have and should not: "Name: A + B".

    A pair reads the same from either of its items."""
    items = tuple(items)
    found = {}
    for item in items:
        if item.action == "revoke":
            continue
        against = _against(item.system, systems)
        nik = same_nik(item.employee.employee_id)
        his = [other for other in items if same_nik(other.employee.employee_id) == nik]
        given = {other.system for other in his if other.action != "revoke"}
        taken = {other.system for other in his if other.action == "revoke"}
        meets = sorted(against & (given | (set(held.get(nik, ())) - taken)))
        if meets:
            found[item.no] = tuple(
                f"{item.employee.name}: {' + '.join(sorted((item.system_label, systems[code].label_id)))}"
                for code in meets
            )
    return found


def may_conflict(code: str, systems: Mapping[str, System]) -> bool:
    """Does the catalogue name any system that this one must not be held with?"""
    return bool(_against(code, systems))


def _against(code: str, systems: Mapping[str, System]) -> frozenset[str]:
    own = systems[code].conflicts if code in systems else ()
    return frozenset(own) | {other.code for other in systems.values() if code in other.conflicts}
