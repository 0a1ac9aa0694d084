"""Sayings, certificates and stamps that stand below a mail and answer nothing. Cuts nothing itself."""

import re

#: A saying in quotation marks, whole.
MOTTO = re.compile(r"^[\"“”«„][^\"“”«»„]{3,100}[\"”“»]\W*$")
#: What companies print below every mail, so that its "tolak" and "reject" answer nothing.
_SLOGAN = re.compile(
    r"\b(?:gratifikasi|suap|penyuapan|korupsi|pungli|integritas|integrity|corruption|brib\w+|fraud|kecurangan|"
    r"narkoba|hoa(?:x|ks)|zero (?:accident|tolerance)|whistle\w*)\b",
    re.IGNORECASE,
)
#: "Setuju kurangi kertas? Pikirkan lingkungan sebelum mencetak": paper, and what it costs the world.
_SPARES_PAPER = re.compile(
    r"^(?=.*\b(?:kertas|paper|\w*cetak|print\w*)\b)"
    r"(?=.*\b(?:lingkungan|environment\w*|pohon|trees?|hutan|forests?|bumi|earth|planet)\b)",
    re.IGNORECASE,
)
#: What no saying has: a mark of an afterthought, or an item.
_NO_SAYING = re.compile(
    r"^\W*(?:p\.?\s?s|n\.?\s?b|nota bene|ralat|koreksi|correction|tapi|eh)\b|\d|"
    r"\b(?:kecuali|except|item|nomor|akses|access|vpn)\b",
    re.IGNORECASE,
)
#: No answer is certified to a standard, or a member of something.
_BADGE = re.compile(
    r"^(?=.*(?:\b(?:ISO|SNI|IATF|OHSAS|HACCP|FSSC|IEC|PCI|SMK3|GMP|CPOB)[\s/:-]*(?:IEC\s*)?\d{3,6}|"
    r"\b(?:certified|bersertifikat|tersertifikasi|accredited|terakreditasi)\b|"
    r"^\W*(?:a (?:proud )?)?(?:member of|anggota|great place to work)\b))"
    r"(?!.*\b(?:akses|access|setuju\w*|disetujui|acc|saya|kami|i|we)\b)(?!.*[?!])",
    re.IGNORECASE,
)
#: "(Ditandatangani secara elektronik)", alone on its line: it tells of a signature, and orders none.
_STAMP = re.compile(
    r"^\W*(?:(?:dokumen|surat|surel|e-?mail|pesan) ini )?(?:telah |sudah )?(?:ditandatangani|ttd|tertanda)\s+"
    r"(?:secara )?(?:elektronik|elektronis|digital)\W*$|"
    r"^\W*(?:this (?:document|e-?mail|message) (?:is|was|has been) )?"
    r"(?:(?:electronically|digitally) signed|signed (?:electronically|digitally)|e-signed)\W*$",
    re.IGNORECASE,
)


def is_slogan(line: str) -> bool:
    """A saying in quotation marks, or against what companies print sayings against."""
    said = MOTTO.match(line) or _SLOGAN.search(line) or _SPARES_PAPER.match(line)
    return bool(said) and not _NO_SAYING.search(line)


def is_badge(line: str) -> bool:
    """ "Approved supplier - ISO 9001:2015 certified"."""
    return len(line) <= 140 and bool(_BADGE.match(line))


def is_stamp(line: str) -> bool:
    return bool(_STAMP.match(line))
