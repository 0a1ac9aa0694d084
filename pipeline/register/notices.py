"""What IT is told about the register: each thing once, as long as it lasts. Sends nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.model import Edit, Language
from pipeline.register.columns import Sheet, choice_text, column_label, column_of
from pipeline.register.judging import reason_text
from pipeline.register.sync import Merge

About = Literal[
    "missing", "damaged", "locked", "copy", "old-year", "failed", "strays", "headings", "closed-year",
    "accepted", "taken-back",
]  # fmt: skip

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
    "headings": (
        "Judul kolom register {file} terhapus atau diganti, dan kami kembalikan: {why}. Isian di bawahnya "
        "tetap dibaca. Mohon jangan mengubah judul kolom; kolom tambahan boleh diberi judul apa saja.",
        "Column headings of the register {file} were deleted or renamed, and are put back: {why}. What is "
        "entered below them is read. Please leave the headings; columns of your own may be called anything.",
    ),
    "closed-year": (
        "Register tahun yang sudah ditutup, {file}, hilang atau berubah, dan kami kembalikan seperti saat "
        "ditutup. Yang berubah disisihkan: {why}. Isian di dalamnya tidak berlaku; bila perlu, mohon isi di "
        "register yang dipakai sekarang.",
        "The register of a closed year, {file}, was missing or changed, and is back as it was when it was "
        "closed. The changed one is set aside: {why}. Entries in it do not count; if they are needed, please "
        "enter them in the register in use.",
    ),
    "accepted": (
        "Isian yang tadinya tidak dapat diterima di register {file} kini sudah mungkin, dan dicatat: {why}. "
        "Mohon periksa apakah memang masih benar.",
        "Entries in the register {file} that could not be accepted before are possible now and recorded: "
        "{why}. Please check that they are still right.",
    ),
    "taken-back": (
        "Butir yang sudah selesai ditarik kembali di register {file}: {why}. Pemohon sudah diberi tahu bahwa "
        "akses siap; mohon beri tahu bila itu tidak benar.",
        "Items that were done were taken back in the register {file}: {why}. The requester was told that "
        "the access is ready; please tell them if it is not.",
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
    #: what was refused before, and is recorded now
    accepted: tuple[Edit, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.restored or self.missing or self.refused or self.strays or self.accepted)


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
    # Told anew where it is impossible for another reason than before: the item was approved meanwhile, say.
    refused = tuple(
        (one, why)
        for one, why in merged.refused
        if fresh("refused", 0, one.key, one.column, one.new, refusal_mark(why))
    )
    # What only waited for its day needs no letter; what was entered before the decision may not mean it.
    pending = {refusal_mark(reason_text("not-approved", language)) for language in ("id", "en")}
    once = {
        tuple(mark[2:5]) for mark in map(json.loads, known) if mark[0] == "refused" and mark[-1] in pending
    }
    accepted = tuple(one for one in merged.edits if one.new and (one.key, one.column, one.new) in once)
    # A row that was only sorted to another place is no news.
    odd = tuple(
        text for text in (*sheet.stray, *merged.strange) if fresh("stray", text.partition(": ")[2] or text)
    )
    memory = json.dumps(sorted(set(now)), ensure_ascii=False) if now else ""
    return News(restored, missing, refused, odd, memory, accepted)


def refusal_mark(why: str) -> str:
    """A refusal's reason without its details."""
    return why.partition(".")[0]


def worded(edit: Edit, sheet: Sheet, language: Language) -> Edit:
    """The change in people's words: the column's heading with the cell, and what its cells show."""
    column, cell = column_label(edit.column, language), sheet.address(edit.key, edit.column)
    place = f" ({'cell' if language == 'en' else 'sel'} {cell})" if cell else ""
    old, new = (_shown(edit.column, text, language) for text in (edit.old, edit.new))
    return replace(edit, column=f"{column}{place}", old=old, new=new)


def _shown(column: str, text: str, language: Language) -> str:
    if not text:
        return "(empty)" if language == "en" else "(kosong)"
    try:
        return (
            f"{date.fromisoformat(text):%d/%m/%Y}"
            if column_of(column).kind == "date"
            else choice_text(column, text, language)
        )
    except (ValueError, KeyError):
        return text


def changes(edits: Iterable[Edit], sheet: Sheet, language: Language) -> str:
    """Changes as a list: REQ-2026-0001/1, Status pengerjaan (sel L5): “Selesai” → “Proses”."""
    words = (worded(edit, sheet, language) for edit in edits)
    return listed(f"{one.key}, {one.column}: “{one.old}” → “{one.new}”" for one in words)


def listed(texts: Iterable[str]) -> str:
    """The first few, and how many more."""
    every = list(texts)
    return "; ".join(every[:_NAMED]) + (f"; +{len(every) - _NAMED}" if len(every) > _NAMED else "")
