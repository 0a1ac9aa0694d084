"""Rows sorted without their hidden key: staff's entries stay with the request they were made for."""

from tests.register.house import House, seen
from tests.register.samples import Hand


def three(house: House) -> list[str]:
    keys = [house.approved(system) for system in ("ERP", "VPN", "EMAIL")]
    house.save(house.hand().write(keys[0], account_id="A").write(keys[1], account_id="B"))
    house.poll()
    return keys


def sorted_without_key(hand: Hand, order: tuple[int, ...]) -> Hand:
    """What is seen moves, column by column; the hidden column stays."""
    first, last = hand.header + 1, hand.place("key")
    rows = [[hand.sheet.cell(first + n, c).value for c in range(1, last)] for n in range(len(order))]
    for number, old in enumerate(order, start=first):
        for place, value in enumerate(rows[old], start=1):
            hand.sheet.cell(number, place).value = value
    return hand


def test_entries_stay_with_the_request_that_stands_in_their_row(house: House) -> None:
    keys = three(house)
    hand = sorted_without_key(house.hand(), (2, 0, 1))
    hand.sheet.cell(hand.header + 1, hand.place("note")).value = "untuk email"
    house.save(hand)
    assert house.poll() == "written"
    assert [house.staff(key).get("account_id") for key in keys] == ["A", "B", None]
    assert house.staff(keys[2]) == {"note": "untuk email"}
    assert [row[4] for row in seen(house.path).values()] == ["Email", "Erp", "Vpn"]
    assert list(seen(house.path)) == [keys[2], keys[0], keys[1]]
    assert house.letters("register_notice") == []
    assert house.poll() == ""


def test_where_the_row_cannot_be_told_its_entries_are_told_and_not_taken_over(house: House) -> None:
    keys = three(house)
    hand = house.hand()
    number = hand.value(keys[1], "number")
    house.save(hand.write(keys[0], number=number, account_id="siapa?"))
    assert house.poll() == "written"
    assert [house.staff(key).get("account_id") for key in keys] == ["A", "B", None]
    assert [seen(house.path)[key][0] for key in keys] == [key.partition("/")[0] for key in keys]
    assert seen(house.path)[keys[0]][14] == "A"
    assert "siapa?" in house.letters("register_notice")[0]
    assert house.poll() == ""
