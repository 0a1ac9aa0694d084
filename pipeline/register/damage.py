"""Why a workbook cannot serve as the register, in words for IT. Reads nothing."""

from pipeline.model import Language, PipelineError

_REASONS = {
    "not-a-workbook": ("berkas ini bukan buku kerja Excel", "the file is not an Excel workbook"),
    "encrypted": ("berkas ini dikunci dengan kata sandi", "the file is locked with a password"),
    "truncated": ("berkas ini terpotong atau rusak", "the file is cut off or damaged"),
    "too-large": ("berkas ini jauh lebih besar daripada register", "the file is far larger than a register"),
    "foreign": ("buku kerja ini bukan register Akses", "the workbook is not the Akses register"),
    "other-house": (
        "buku kerja ini register Akses dari instalasi lain",
        "the workbook is the register of another Akses installation",
    ),
    "no-key": (
        "kolom tersembunyi “Akses ID” tidak ada lagi",
        "the hidden column “Akses ID” is gone",
    ),
    "header": ("judul kolom tidak ada lagi: {what}", "column headers are gone: {what}"),
    "no-room": (
        "di bawah tabel tidak ada tempat untuk baris baru",
        "there is no room for new rows below the table",
    ),
}  # fmt: skip


class RegisterDamaged(PipelineError):
    """This file cannot serve as the register. `reason` is one of the codes above, `what` goes with it."""

    def __init__(self, reason: str, what: str = "") -> None:
        self.reason = reason
        self.detail = what
        super().__init__(f"The register cannot be used: {self.words('en')}.", "Write it anew with rebuild.")

    def words(self, language: Language) -> str:
        """The reason for people, without a full stop: "berkas ini terpotong atau rusak"."""
        return _REASONS[self.reason][language == "en"].format(what=self.detail)
