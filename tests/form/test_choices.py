"""Which of the printed choices was taken, and when nobody can tell."""

import pytest

from pipeline.form.choices import action_in, chosen_types, types_in
from pipeline.form.grid import Cell
from pipeline.model import RequestType

NEW, CHANGE, REVOKE = "Akses Baru", "Perubahan Akses", "Pencabutan Akses"


def row(*texts: str | None, first: int = 2) -> list[Cell]:
    """Cells side by side, from the column after the label's."""
    return [Cell(5, column, text) for column, text in enumerate(texts, start=first) if text is not None]


ONE_CELL: dict[str, tuple[RequestType, ...]] = {
    "Akses Baru": ("new",),
    "AKSES BARU": ("new",),
    "New access": ("new",),
    "penambahan": ("new",),
    "Perubahn": ("change",),
    "Modification": ("change",),
    "Pencabutan": ("revoke",),
    "nonaktifkan": ("revoke",),
    "Akses Baru / New access": ("new",),
    f"☑ {NEW}  ☐ {CHANGE}  ☐ {REVOKE}": ("new",),
    f"☐ {NEW}  ☐ {CHANGE}  ☑ {REVOKE}": ("revoke",),
    f"[ ] {NEW} [x] {CHANGE} [ ] {REVOKE}": ("change",),
    f"{NEW} ( )  {CHANGE} (v)  {REVOKE} ( )": ("change",),
    f"_v_ {NEW} ___ {CHANGE} ___ {REVOKE}": ("new",),
    f"☑ {NEW}  ☑ {CHANGE}  ☐ {REVOKE}": ("new", "change"),
    f"☐ {NEW}  ☐ {CHANGE}  ☐ {REVOKE}": (),
    f"{NEW} / {CHANGE} / {REVOKE}": (),
    "Baru dan perubahan": ("new", "change"),
    "Lain-lain": (),
    "": (),
}


@pytest.mark.parametrize(("text", "meant"), ONE_CELL.items())
def test_a_choice_in_one_cell_is(text: str, meant: tuple[RequestType, ...]) -> None:
    assert set(chosen_types(row(text), 2)) == set(meant)


@pytest.mark.parametrize(("at", "meant"), [(0, "new"), (1, "change"), (2, "revoke")])
@pytest.mark.parametrize("tick", ["v", "X", "√", "☑", "ya"])
def test_a_tick_belongs_to_the_word_on_the_side_where_the_first_box_is(
    at: int, meant: RequestType, tick: str
) -> None:
    words = [NEW, CHANGE, REVOKE]
    after = [text for n, word in enumerate(words) for text in (word, tick if n == at else None)]
    before = [text for n, word in enumerate(words) for text in (tick if n == at else None, word)]
    assert chosen_types(row(*after), 2) == (meant,)
    assert chosen_types(row(*before), 2) == (meant,)


def test_two_ticks_are_two_choices() -> None:
    assert set(chosen_types(row(NEW, "v", CHANGE, "v", REVOKE), 2)) == {"new", "change"}


def test_words_without_a_tick_are_a_question_and_no_answer() -> None:
    assert chosen_types(row(NEW, CHANGE, REVOKE), 2) == ()


def test_words_in_a_sentence_stand_in_their_order() -> None:
    assert types_in("pencabutan lama, akses baru") == ("revoke", "new")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Pemberian", "grant"),
        ("Change", "change"),
        ("Cabut", "revoke"),
        ("Ubah atau cabut", None),
        ("?", None),
    ],
)
def test_an_action_is_told_only_when_one_is_named(text: str, action: str | None) -> None:
    assert action_in(text) == action
