"""What must be known of the newly typed words. The mail room makes them; this room never asks how."""

from typing import Protocol


class Typed(Protocol):
    """The newly typed words of a mail, as data: no quote, no signature."""

    @property
    def text(self) -> str:
        """What stands above the quote, or below it."""
        ...

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """(quoted line, answer below it), in order."""
        ...

    @property
    def conflict(self) -> bool:
        """Nobody can say what was typed."""
        ...

    @property
    def conflict_why(self) -> str: ...

    @property
    def forwarded(self) -> bool:
        """Somebody else's message stands in it."""
        ...

    @property
    def automatic(self) -> str:
        """The kind of robot that wrote it; "" for a person."""
        ...
