"""What IT is told about the register: each thing once, as long as it lasts. Sends nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Edit, Language
from pipeline.register.columns import Sheet
from pipeline.register.sync import Merge

About = Literal["missing", "damaged", "locked", "copy", "old-year", "failed", "strays"]

_NOTES: dict[About, tuple[str, str]] = {
    "missing": (
        "Berkas register {file} tidak ditemukan. Register ditulis ulang dari jurnal, termasuk isian staf. "
        "Mohon jangan memindahkan atau menghapusnya.",
        "The register {file} was not found. It was written anew from the journal, staff's entries included. "
        "Please don't move or delete it.",
    ),
    "damaged": (
        "Register tidak dapat dipakai: {why}. Berkas itu disimpan sebagai {file}, dan register ditulis ulang "
        "dari jurnal, termasuk isian staf. Periksa berkas tersebut bila ada catatan tambahan di dalamnya.",
        "The register could not be used: {why}. It is kept as {file}, and the register was written anew from "
        "the journal, staff's entries included. Look into that file for notes of your own.",
    ),
    "locked": (
        "Register {file} masih dibuka oleh {why}, sehingga baris baru belum dapat ditulis. Mohon simpan dan "
        "tutup. Email tetap diproses seperti biasa.",
        "The register {file} is still open at {why}, so new rows can't be written. Please save and close it. "
        "Mail is handled as usual.",
    ),
    "old-year": (
        "Buku register tahun lalu disimpan menimpa register tahun ini. Isian di dalamnya sudah dibaca, dan "
        "buku itu disisihkan dengan nama {file}. Mohon bekerja di register yang baru.",
        "Last year's register was saved over this year's. What was entered in it has been read, and it was "
        "put aside as {file}. Please work in the new register.",
    ),
    "copy": (
        "Register disimpan oleh dua orang pada saat yang sama. Salinan yang lain ada di samping register "
        "dengan nama {file}; mohon pindahkan isinya bila masih diperlukan, lalu hapus salinan itu.",
        "The register was saved by two people at the same moment. The other copy stands beside it as {file}; "
        "please carry over what is still needed, then delete it.",
    ),
    "failed": (
        "Register {file} belum dapat ditulis: {why} Email tetap diproses seperti biasa, dan penulisan dicoba "
        "lagi terus-menerus.",
        "The register {file} could not be written: {why} Mail is handled as usual, and the writing is tried "
        "again and again.",
    ),
    "strays": (
        "Di register {file} ada baris yang tidak berasal dari jurnal. Baris itu dibiarkan, tetapi isinya "
        "tidak dibaca: {why}. Mohon isi baris aslinya, lalu hapus baris ini.",
        "The register {file} has rows that do not come from the journal. They are left alone, but nothing "
        "is read from them: {why}. Please fill in the original row, then delete these.",
    ),
}  # fmt: skip

#: Strays named in one notice.
_NAMED = 5


def note_text(about: About, language: Language, file: str, why: str) -> str:
    """The notice's sentence."""
    return _NOTES[about][language == "en"].format(file=file, why=why)


@dataclass(frozen=True)
class News:
    """What IT does not know yet, and everything there is to know: the memory for the next time."""

    restored: tuple[Edit, ...]
    missing: tuple[str, ...]
    refused: tuple[tuple[Edit, str], ...]
    strays: tuple[str, ...]
    told: str

    @property
    def any(self) -> bool:
        return bool(self.restored or self.missing or self.refused or self.strays)


def news_of(merged: Merge, sheet: Sheet, told: str) -> News:
    """What of this comparison was not told before. `told` is the memory of the last time, "" at first.

    A register that stays open is compared again and again before anything in it can be put right, and an
    impossible entry stays where it was typed: both are told once. What happens anew is told anew.
    """
    known = frozenset(json.loads(told)) if told else frozenset()
    now: list[str] = []

    def fresh(*mark: object) -> bool:
        now.append(json.dumps(mark, ensure_ascii=False))
        return now[-1] not in known

    def edit(kind: str, one: Edit, writing: int) -> bool:
        return fresh(kind, writing, one.key, one.column, one.new)

    restored = tuple(one for one in merged.restored if edit("restored", one, sheet.generation))
    missing = tuple(key for key in merged.missing if fresh("missing", sheet.generation, key))
    refused = tuple((one, why) for one, why in merged.refused if edit("refused", one, 0))
    # A row that was only sorted to another place is no news.
    odd = tuple(
        text for text in (*sheet.stray, *merged.strange) if fresh("stray", text.partition(": ")[2] or text)
    )
    memory = json.dumps(sorted(set(now)), ensure_ascii=False) if now else ""
    return News(restored, missing, refused, odd, memory)


def listed(texts: Iterable[str]) -> str:
    """The first few, and how many more."""
    every = list(texts)
    return "; ".join(every[:_NAMED]) + (f"; +{len(every) - _NAMED}" if len(every) > _NAMED else "")
