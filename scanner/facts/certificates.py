"""Whom a CertificateSigningRequest asks to be: the subject in its PKCS #10 request.

Source: RFC 2986 (the request), RFC 5280 (names), X.690 (DER). No more of them is read than the subject.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from scanner.facts.index import Index
from scanner.facts.subject import Subject
from scanner.fields import entries, text, values

_PEM = re.compile(rb"-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----(.+?)-----END", re.DOTALL)
_SEQUENCE, _SET, _OID = 0x30, 0x31, 0x06
_COMMON_NAME, _ORGANIZATION = b"\x55\x04\x03", b"\x55\x04\x0a"
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}


class _DamagedError(ValueError):
    """The bytes are no request."""


def request(_index: Index, unit: Subject) -> dict[str, Any]:
    """Over CertificateSigningRequests: the name and groups that one asks for, and what became of it.

    `state` is `issued`, `approved`, `denied`, `failed` or `pending`; `groups` is None where the request
    cannot be read.
    """
    body = unit.resource.body
    conditions = {text(found, "type") for _, found in entries(body, "status", "conditions") if _holds(found)}
    state = (
        "denied"
        if "Denied" in conditions
        else "failed"
        if "Failed" in conditions
        else "issued"
        if text(body, "status", "certificate")
        else "approved"
        if "Approved" in conditions
        else "pending"
    )
    found: dict[str, Any] = {
        "state": state,
        "signer": text(body, "spec", "signerName"),
        "by": text(body, "spec", "username"),
        "usages": [usage for usage in values(body, "spec", "usages") if isinstance(usage, str)],
    }
    try:
        names = list(_subject(text(body, "spec", "request")))
    except _DamagedError:
        return found | {"name": "", "groups": None}
    return found | {
        "name": next((value for kind, value in names if kind == _COMMON_NAME), ""),
        "groups": [value for kind, value in names if kind == _ORGANIZATION],
    }


def _holds(condition: Any) -> bool:
    """Conditions of the first version of the API had no status."""
    return text(condition, "status") in ("True", "")


def _subject(request: str) -> Iterator[tuple[bytes, str]]:
    """The attributes of the subject's name."""
    try:
        pem = _PEM.search(base64.b64decode(request, validate=True))
        der = base64.b64decode(pem.group(1)) if pem else b""
    except (binascii.Error, ValueError) as error:
        raise _DamagedError from error
    _, whole, _ = _element(der)
    tag, information, _ = _element(whole)
    _, _, rest = _element(information)  # the version
    subject_tag, name, _ = _element(rest)
    if tag != _SEQUENCE or subject_tag != _SEQUENCE:
        raise _DamagedError
    while name:
        part, attributes, name = _element(name)
        while attributes and part == _SET:
            _, attribute, attributes = _element(attributes)
            kind, identifier, value = _element(attribute)
            encoding, content, _ = _element(value)
            if kind == _OID:
                yield identifier, content.decode(_ENCODINGS.get(encoding, "latin-1"), "replace")


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Tag and content of the first element, and what follows it."""
    if len(data) < 2:
        raise _DamagedError
    tag, length, start = data[0], data[1], 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4:
            raise _DamagedError
        length, start = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
    if len(data) < start + length:
        raise _DamagedError
    return tag, data[start : start + length], data[start + length :]
