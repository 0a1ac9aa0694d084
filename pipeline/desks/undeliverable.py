"""Letters of ours that did not arrive: refused by a server, or come back. IT is told once of each."""

from pipeline.journal import LetterRow
from pipeline.model import Letter
from pipeline.turn import Turn


def tell_undeliverable(
    turn: Turn, letter: LetterRow, recipients: tuple[str, ...], diagnosis: str, report: str = ""
) -> None:
    """Tell those of IT who are not the dead address themselves; all where it is all of them, since a refusal
    may pass. `report`: what makes this another report on the same letter.

    A notice that could not be delivered makes no further notice: it would come back from the same address."""
    if letter.kind == "undeliverable":
        return
    dead = {address.lower() for address in recipients}
    living = tuple(address for address in turn.it() if address.lower() not in dead)
    turn.write(Letter(
        key=f"undeliverable/{letter.key[:160]}{report}", kind="undeliverable", ref=letter.ref,
        to=living or turn.it(), language=turn.office.config.company.language,
        facts={
            "letter_kind": letter.kind, "ref": letter.ref, "recipient": ", ".join(recipients),
            "diagnosis": diagnosis[:500],
        },
    ))  # fmt: skip
