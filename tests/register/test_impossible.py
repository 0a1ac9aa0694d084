"""Entries that cannot be, judged anew when things change, and told in the words that people see."""

from datetime import date

from pipeline.register.workbook import read_register
from tests.register.house import House, seen

TODAY = date(2026, 11, 24)


def notices(house: House) -> list[str]:
    return house.letters("register_notice")


def test_what_was_never_given_cannot_be_revoked(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, revoked_on=TODAY))
    house.poll()
    assert "revoked_on" not in house.staff(key)
    assert "belum selesai dikerjakan" in notices(house)[0]
    note = house.hand().sheet[read_register(house.path.read_bytes()).address(key, "revoked_on")].comment
    assert "belum selesai" in note.text
    house.save(house.hand().write(key, status="Selesai"))
    house.poll()
    assert house.case(key).items[0].status == "revoked"


def test_an_entry_refused_while_the_decision_waited_is_judged_anew_and_told(house: House) -> None:
    ref = house.ask("ERP")
    key = f"{ref}/1"
    house.poll()
    house.save(house.hand().write(key, revoked_on=TODAY, note="menunggu"))
    house.poll()
    assert "belum (atau tidak) disetujui" in notices(house)[0]
    house.decide(ref)
    house.poll()
    assert "revoked_on" not in house.staff(key)
    assert "belum selesai dikerjakan" in notices(house)[1]
    assert [house.poll() for _ in range(2)] == ["", ""]
    assert len(notices(house)) == 2


def test_what_becomes_possible_by_the_approval_is_recorded_and_told(house: House) -> None:
    ref = house.ask("ERP")
    key = f"{ref}/1"
    house.poll()
    house.save(house.hand().write(key, status="Selesai"))
    house.poll()
    house.decide(ref)
    house.poll()
    assert house.staff(key) == {"status": "done"}
    assert "kini sudah mungkin" in notices(house)[1]
    assert f"{key}, Status pengerjaan (sel L5): “(kosong)” → “Selesai”" in notices(house)[1]


def test_work_that_is_taken_back_after_everybody_was_told_is_told_to_it_and_management(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, status="Selesai"))
    house.poll()
    assert house.case(key).state == "completed"
    house.save(house.hand().write(key, status="Proses"))
    house.poll()
    assert house.case(key).state != "completed"
    assert len(notices(house)) == 1
    assert f"{key}, Status pengerjaan (sel L5): “Selesai” → “Proses”" in notices(house)[0]
    assert house.poll() == ""
    house.save(house.hand().write(key, status="Selesai"))
    house.poll()
    assert len(notices(house)) == 1


def test_a_notice_speaks_in_the_registers_own_words_and_names_the_cell(house: House) -> None:
    key = house.approved()
    house.save(
        house.hand().write(key, done_on=date(2026, 12, 24), employee="Orang Lain", start=date(2026, 12, 3))
    )
    house.poll()
    said = notices(house)[0]
    assert f"{key}, Tanggal selesai (sel N5): “24/12/2026”" in said
    assert f"{key}, Karyawan (sel C5): “Putri Lestari” diubah menjadi “Orang Lain”" in said
    assert "Mulai (sel H5): “01/12/2026” diubah menjadi “03/12/2026”" in said
    assert not any(word in said for word in ("done_on", "employee", "2026-12"))
    assert seen(house.path)[key][2] == "Putri Lestari"
