"""Is a mail signed with this very certificate? Trusts no authority: only the pinned fingerprint counts."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from pipeline.model import SignedPart

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512,
}  # fmt: skip
_LEAST_RSA_BITS, _MOST_RSA_BITS = 2048, 8192
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
#: A signature with its chain of certificates has a few thousand bytes.
_MOST_BYTES = 200_000
_LINE_END = re.compile(rb"\r?\n")
#: What asn1crypto and cryptography raise on bytes that are not what they should be.
_UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
    UnsupportedAlgorithm, x509.InvalidVersion,
)  # fmt: skip


class NotProven(Exception):
    """Why a signature proves nothing, as a sentence for the evidence."""


def check_signature(signed: SignedPart, fingerprint: str, now: datetime) -> str:
    """Who signed `signed.content`, in words for the evidence. NotProven says why the signature is not his.

    The signature must be of exactly one signer, made with the certificate whose SHA-256 is `fingerprint`
    (64 hexadecimal digits) and which is valid at `now`, over the content's exact bytes with CRLF line ends
    (RFC 8551, 3.1.1; RFC 5652, 5.4 and 5.6). RSA from 2048 bits (PKCS #1 v1.5 or PSS) and ECDSA on the NIST
    curves, with SHA-256, SHA-384 or SHA-512. No chain, no revocation list is looked at: a certificate that is
    no longer to be trusted is taken out of the directory."""
    if len(signed.signature) > _MOST_BYTES:
        raise NotProven("the S/MIME signature is far too large")
    try:
        certificate, signer = _read(signed.signature, fingerprint)
        loaded = x509.load_der_x509_certificate(certificate.dump())
        if not loaded.not_valid_before_utc <= now <= loaded.not_valid_after_utc:
            until = f"{loaded.not_valid_before_utc:%d/%m/%Y} to {loaded.not_valid_after_utc:%d/%m/%Y}"
            raise NotProven(f"the S/MIME certificate was valid from {until} only")
        digest = str(signer["digest_algorithm"]["algorithm"].native)
        if digest not in _HASHES:
            raise NotProven(f"the S/MIME signature uses {digest}, which is not trusted")
        _check_attributes(signer, hashlib.new(digest, _LINE_END.sub(b"\r\n", signed.content)).digest())
        _verify(loaded, signer, digest)
    except InvalidSignature as error:
        raise NotProven("the S/MIME signature does not fit its certificate") from error
    except _UNREADABLE as error:
        raise NotProven("the S/MIME signature cannot be read") from error
    return f"S/MIME signature with the certificate {fingerprint[:16]}... of the directory"


def _read(data: bytes, fingerprint: str) -> tuple[asn1_x509.Certificate, cms.SignerInfo]:
    """The pinned certificate and the one signer, out of a detached signature."""
    info = cms.ContentInfo.load(data, strict=True)
    if info["content_type"].native != "signed_data":
        raise NotProven("what should be the S/MIME signature is none")
    content = info["content"]
    inner = content["encap_content_info"]
    if inner["content_type"].native != "data" or inner["content"].native is not None:
        raise NotProven("the S/MIME signature carries a content of its own")
    signers = content["signer_infos"]
    if len(signers) != 1:
        raise NotProven(f"the mail has {len(signers)} S/MIME signers; exactly one is believed")
    found = [
        one.chosen
        for one in content["certificates"] or ()
        if one.name == "certificate" and hashlib.sha256(one.chosen.dump()).hexdigest() == fingerprint
    ]
    if len(found) != 1:
        raise NotProven("the S/MIME certificate is not the one of the directory")
    if not _names(signers[0]["sid"], found[0]):
        raise NotProven("the S/MIME signature was made with another certificate than the directory's")
    return found[0], signers[0]


def _names(sid: cms.SignerIdentifier, certificate: asn1_x509.Certificate) -> bool:
    """Does the signer say that he signed with this certificate (RFC 5652, 5.3)?"""
    if sid.name == "issuer_and_serial_number":
        theirs = (sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native)
        return theirs == (certificate.issuer.dump(), certificate.serial_number)
    return bool(certificate.key_identifier) and sid.chosen.native == certificate.key_identifier


def _check_attributes(signer: cms.SignerInfo, digest: bytes) -> None:
    """The signed attributes are there, each once, and name this content (RFC 5652, 11.1 and 11.2)."""
    found: dict[str, list[object]] = {}
    for attribute in signer["signed_attrs"] or ():
        kind = str(attribute["type"].native)
        if kind in found:
            raise NotProven("the S/MIME signature names something twice")
        if kind in {"content_type", "message_digest"}:
            found[kind] = list(attribute["values"].native)
        else:
            found[kind] = []
    if found.get("content_type") != ["data"]:
        raise NotProven("the S/MIME signature does not say what it signs")
    if found.get("message_digest") != [digest]:
        raise NotProven("the signed text is not what the S/MIME signature was made for")


def _verify(certificate: x509.Certificate, signer: cms.SignerInfo, digest: str) -> None:
    """InvalidSignature unless the attributes were signed with the certificate's key."""
    method = signer["signature_algorithm"]
    kind = str(method.signature_algo)
    # Plain rsaEncryption leaves the hash to digest_algorithm (RFC 3370, 3.2).
    if method["algorithm"].native != "rsassa_pkcs1v15" and method.hash_algo != digest:
        raise NotProven(f"the S/MIME signature uses {method.hash_algo} beside {digest}")
    # Signed is the SET OF as such, not the [0] that stands in its place (RFC 5652, 5.4).
    text = signer["signed_attrs"].untag().dump()
    hash_, signature, key = _HASHES[digest](), signer["signature"].native, certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and kind in {"rsassa_pkcs1v15", "rsassa_pss"}:
        if not _LEAST_RSA_BITS <= key.key_size <= _MOST_RSA_BITS:
            raise NotProven(f"an RSA key of {key.key_size} bits is not trusted")
        way = padding.PKCS1v15() if kind == "rsassa_pkcs1v15" else _pss(method["parameters"], hash_, digest)
        key.verify(signature, text, way, hash_)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        if not isinstance(key.curve, _CURVES):
            raise NotProven(f"the curve {key.curve.name} is not trusted")
        key.verify(signature, text, ec.ECDSA(hash_))
    else:
        raise NotProven(f"an S/MIME signature of the kind {kind} is not trusted")


def _pss(parameters: algos.RSASSAPSSParams, hash_: hashes.HashAlgorithm, digest: str) -> padding.PSS:
    """The padding as the signature's parameters say; only with one hash throughout (RFC 4056, 3)."""
    mask = parameters["mask_gen_algorithm"]
    if mask["algorithm"].native != "mgf1" or mask["parameters"]["algorithm"].native != digest:
        raise NotProven("the S/MIME signature mixes hashes")
    if parameters["trailer_field"].native != "trailer_field_bc":
        raise NotProven("the S/MIME signature has an unknown padding")
    return padding.PSS(padding.MGF1(hash_), int(parameters["salt_length"].native))
