"""Real keys, real certificates and mails that are really signed with them, for the tests of S/MIME.

andi = signer("Andi Nugroho")            a certificate of his own making, valid around MOMENT
sign(part, andi)                         the detached signature (DER) of a MIME part
signed_mail(headers, part, signature)    multipart/signed (RFC 8551, 3.5.3)
"""

import base64
import functools
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

MOMENT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
KEYS = {
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "k256": lambda: ec.generate_private_key(ec.SECP256K1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "short": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505 (what must be refused)
}


@dataclass(frozen=True)
class Signer:
    key: Any
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.certificate.public_bytes(serialization.Encoding.DER)).hexdigest()

    def pem(self) -> tuple[bytes, bytes]:
        """Certificate and key, as openssl reads them."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return self.certificate.public_bytes(serialization.Encoding.PEM), key


@functools.lru_cache(maxsize=32)
def signer(name: str, kind: str = "p256", days: tuple[int, int] = (-30, 365), copy: int = 0) -> Signer:
    """A signer of that name; `copy` gives another one whom only his key tells apart."""
    key = KEYS[kind]()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(MOMENT + timedelta(days=days[0]))
        .not_valid_after(MOMENT + timedelta(days=days[1]))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Signer(key, builder.sign(key, hashes.SHA256()))


def sign(
    content: bytes, *signers: Signer, digest: Any = hashes.SHA256, pss: bool = False, detached: bool = True
) -> bytes:
    """The signature of all `signers` over exactly `content`, as DER."""
    builder: Any = pkcs7.PKCS7SignatureBuilder().set_data(content)
    for one in signers:
        way = padding.PSS(padding.MGF1(digest()), digest.digest_size) if pss else None
        builder = builder.add_signer(one.certificate, one.key, digest(), rsa_padding=way)
    options = [pkcs7.PKCS7Options.Binary] + ([pkcs7.PKCS7Options.DetachedSignature] if detached else [])
    return builder.sign(serialization.Encoding.DER, options)


def part(text: str, kind: str = "text/plain") -> bytes:
    """A MIME part with CRLF line ends and without the line end that belongs to the boundary."""
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + text.replace("\r\n", "\n").replace("\n", "\r\n")).encode()


def signed_mail(headers: bytes, content: bytes, signature: bytes, more: bytes = b"") -> bytes:
    """A whole mail: `headers` without Content-Type, the signed part, the signature, further parts."""
    return (
        headers.rstrip(b"\r\n") + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed;"
        b' protocol="application/pkcs7-signature"; micalg=sha-256; boundary="sig"\r\n\r\n'
        b"This is an S/MIME signed message\r\n\r\n--sig\r\n" + content + b"\r\n--sig\r\n"
        b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n'
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="smime.p7s"\r\n\r\n'
        + base64.encodebytes(signature).replace(b"\n", b"\r\n") + more + b"\r\n--sig--\r\n"
    )  # fmt: skip
