"""Words of verdicts below an answer: in titles, sayings and attributions they are none of the writer's."""

import pytest

from tests.mail.test_newtext import plain


@pytest.mark.parametrize(
    "signature",
    [
        '-- \nRatna Wibowo\nIT Manager\n"Tolak gratifikasi, setuju integritas"',
        "--\nRatna\nTolak suap, jangan korupsi",
        "--- \nRatna Wibowo\nIT Manager - Approved Vendor & Licence Control\nPT Sentosa Abadi",
        "Ratna Wibowo\nIT Manager - Approved Vendor & Licence Control\nTelp. 021 555000",
        "---\nRatna Wibowo\nHead of Approval & Control | PT Sentosa Abadi",
    ],
)
def test_words_of_verdicts_in_titles_and_sayings_below_are_no_answer(signature: str) -> None:
    new = plain(f"Setuju\n\n{signature}")
    assert (new.text, new.conflict) == ("Setuju", False)


@pytest.mark.parametrize("below", ["---\nkecuali VPN ya", "---\nHanya Tracy", '-- \nRatna\n"Tolak VPN"'])
def test_a_rule_above_an_afterthought_hides_nothing(below: str) -> None:
    new = plain(f"Setuju\n{below}")
    assert new.conflict or below.splitlines()[-1] in new.text


def test_tutanota_names_who_wrote_by_address() -> None:
    new = plain("Setuju\n\n24 Nov 2026, 10:12 by akses@sentosa-abadi.example:\n> Mohon keputusan\n")
    assert (new.text, new.quoted) == ("Setuju", True)
