"""A day that staff let a formula work out: it counts where it stays what it is."""

import re
import zipfile
from datetime import date
from io import BytesIO

from tests.register.house import House, seen


def with_result(data: bytes, cell: str, value: str) -> bytes:
    """As Excel saves a formula: with the value that it shows."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                pattern = rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?' % cell.encode()
                part, found = re.subn(pattern, rb"\1<v>%s</v>" % value.encode(), part)
                assert found == 1
            new.writestr(name, part)
    return stream.getvalue()


def test_a_day_that_a_formula_shows_is_taken_and_the_formula_stays(house: House) -> None:
    key = house.approved()
    hand = house.hand().write(key, status="Selesai", done_on="=DATE(2026,11,24)")
    house.path.write_bytes(with_result(hand.save(), "N5", "46350"))
    house.poll()
    assert house.staff(key)["done_on"] == "2026-11-24"
    assert seen(house.path)[key][13] == date(2026, 11, 24)
    assert house.hand().value(key, "done_on") == "=DATE(2026,11,24)"
    assert house.poll() == ""


def test_a_day_that_moves_by_itself_is_refused_as_a_formula(house: House) -> None:
    key = house.approved()
    hand = house.hand().write(key, status="Selesai", done_on="=TODAY()")
    house.path.write_bytes(with_result(hand.save(), "N5", "46350"))
    house.poll()
    assert "done_on" not in house.staff(key)
    assert "di sel ini ada rumus" in house.letters("register_notice")[0]
