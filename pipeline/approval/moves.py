"""Every move between the states of a request, by the event that brings it about, and the diagram of them."""

#: The states of a request in four groups, between which it moves.
GROUPS: dict[str, tuple[str, ...]] = {
    "waiting": ("awaiting_signoff", "awaiting_approval"),
    "granted": ("approved", "partly_approved", "provisioning"),
    "completed": ("completed",),
    "ended": ("rejected", "withdrawn", "lapsed"),
}
_START = "[*]"
_REST = ("granted", "completed", "ended")

#: event -> (from, to), by group. Within a group any state may follow any other.
MOVES: dict[str, frozenset[tuple[str, str]]] = {
    "request_received": frozenset({(_START, "waiting")}),
    "request_imported": frozenset({(_START, "completed")}),
    "decision_recorded": frozenset(("waiting", to) for to in _REST),
    "steps_settled": frozenset(("waiting", to) for to in ("granted", "completed")),
    "request_revised": frozenset((group, "waiting") for group in _REST),
    "request_withdrawn": frozenset({
        ("waiting", "granted"), ("waiting", "completed"), ("waiting", "ended"), ("granted", "completed"),
        ("granted", "ended"),
    }),
    "request_lapsed": frozenset(("waiting", to) for to in _REST),
    "access_ended": frozenset(("waiting", to) for to in _REST),
    "staff_wrote": frozenset({("granted", "completed"), ("completed", "granted"), ("waiting", "granted")}),
    "request_completed": frozenset({("granted", "completed")}),
}  # fmt: skip


def is_move(before: str, event: str, after: str) -> bool:
    """May this event lead from one state to the other? `before` is "" for a request that is not there yet."""
    first, then = group_of(before), group_of(after)
    return (first, then) in MOVES.get(event, frozenset()) or (first == then and bool(before))


def group_of(state: str) -> str:
    return next((group for group, states in GROUPS.items() if state in states), _START)


def diagram() -> str:
    """The moves as a Mermaid state diagram, the same lines each time."""
    lines = ["stateDiagram-v2"]
    for group, states in GROUPS.items():
        if states != (group,):
            lines += [f"    state {group} {{", *(f"        {state}" for state in states), "    }"]
    edges: dict[tuple[str, str], list[str]] = {}
    for event, moves in MOVES.items():
        for move in sorted(moves):
            edges.setdefault(move, []).append(event)
    lines += [f"    {a} --> {b}: {', '.join(events)}" for (a, b), events in sorted(edges.items())]
    return "\n".join(lines)
