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


#: "Jangan pernah memberikan password kepada siapa pun": what every help desk prints, and about no request.
_SECRET = re.compile(
    r"^(?!.*\b(?:setuju\w*|disetujui|approved?|acc|tolak|ditolak|akses\w*|access|vpn|item|nomor)\b)"
    r"(?=.*\b(?:pernah|never|anda|your)\b)"
    r"(?:[^;\n]{0,40}\()?\W*(?:mohon |harap |please |ingat[:,]? |remember[:,]? )?"
    r"(?:jangan|never|do not|don't|tidak (?:pernah|akan))\s(?:pernah |ever )?(?:mem)?"
    r"(?:beri\w*|bagi\w*|share|give|disclose|"
    r"reveal|tell|sebar\w*|nyebar\w*|beritahu\w*|pinjam\w*)\b[^.;\n]{0,30}"
    r"\b(?:password|kata sandi|sandi|otp|pin)\b[^.;\n]{0,30}"
    r"\b(?:siapa ?pun|orang lain|pihak lain|anyone|anybody|others)\W*$",
    re.IGNORECASE,
)
#: A saying that makes a condition or puts off may be an afterthought, quotation marks or not.
_CONDITION = re.compile(
    r"\b(?:kalau|kalo|jika|bila|asal\w*|syarat\w*|if|unless|provided|nanti|tunggu|tahan|hold|wait|ditunda|ditolak|"
    r"dicabut|batal\w*|saya|kami|i|we|ini|this|ya|pak|bu|mas|mbak|dulu|deh|dong|aja|saja|lah|jadi)\b",
    re.IGNORECASE,
)


def is_secret_line(line: str) -> bool:
    """ "Never share your password with anyone.", and nothing else."""
    return len(line) <= 160 and bool(_SECRET.match(line))


def is_motto(line: str) -> bool:
    """A whole saying in quotation marks that takes nothing back."""
    return (
        bool(MOTTO.match(line))
        and len(line.split()) >= 5
        and not (_NO_SAYING.search(line) or _CONDITION.search(line))
    )


def is_slogan(line: str) -> bool:
    """A saying in quotation marks, or against what companies print sayings against."""
    if is_secret_line(line):
        return True
    said = MOTTO.match(line) or _SLOGAN.search(line) or _SPARES_PAPER.match(line)
    return bool(said) and not _NO_SAYING.search(line)


def is_badge(line: str) -> bool:
    """ "Approved supplier - ISO 9001:2015 certified"."""
    return len(line) <= 140 and bool(_BADGE.match(line))


def is_stamp(line: str) -> bool:
    return bool(_STAMP.match(line))
