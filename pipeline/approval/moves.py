"""Every move between the states of a request: what brings it about."""

MOVES: frozenset[tuple[str, str, str]] = frozenset()
