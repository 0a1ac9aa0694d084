"""Everything about one request in a zip that an auditor checks with sha256sum and a mail program."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass

from pipeline.journal import Entry
from pipeline.model import PipelineError
from pipeline.spool import Spool

_HOW = """\
Evidence of one access request

story.txt  what happened, in plain words, in the order of time
mails/    the original mails, byte for byte; the name is the SHA-256 of the bytes
letters/  the mails Akses sent, byte for byte
events.json  what was recorded, in order; each hash covers the one before it

How to check, without Akses:
  sha256sum -c SHA256SUMS          every file is as it was packed
  sha256sum mails/*.eml            each sum is the file's own name
  open mails/*.eml in a mail program: the form as it came, the answer as it was written
  events.json: hash = SHA-256 of the byte 00 followed by the JSON list
  [prev, seq, kind, ref, at, by, data] without spaces, in UTF-8; `data` is the text as it stands.
  The last hash of the journal travels in the header X-Akses-Head of every mail that Akses sends.

Keep this pack confidential: it holds personal data, and while the request is open a valid approval code.
"""


@dataclass(frozen=True)
class Pack:
    data: bytes
    members: tuple[str, ...]


def write_evidence(entry: Entry, spool: Spool, ref: str, story: str) -> Pack:
    """The zip for `ref`. The same journal gives the same bytes.

    PipelineError when `ref` is not known, or a mail of it is missing or damaged."""
    events = entry.events(ref=ref)
    if not events:
        raise PipelineError(f"{ref} is not known.", "`run.py status` lists all requests.")
    files: dict[str, bytes] = {"READ-ME.txt": _HOW.encode()}
    files["story.txt"] = f"{ref}\n\n{story}\n".encode()
    files["events.json"] = json.dumps(entry.lines(ref), indent=1, ensure_ascii=False).encode()
    names = dict.fromkeys(str(e.data["mail_sha256"]) for e in events if e.data.get("mail_sha256"))
    for sha256 in names:
        files[f"mails/{sha256}.eml"] = spool.read(sha256)
    for number, letter in enumerate(entry.outbox.all(ref=ref), 1):
        files[f"letters/{number:02d}-{letter.kind}.eml"] = letter.data
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    return Pack(_zip(files), tuple(sorted(files)))


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
