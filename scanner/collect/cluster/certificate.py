"""Who a client certificate is for and until when, read from its DER form (RFC 5280, section 4.1)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime

_SEQUENCE, _UTC_TIME, _GENERALIZED_TIME, _EXPLICIT_0 = 0x30, 0x17, 0x18, 0xA0
_COMMON_NAME = bytes.fromhex("0603550403")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is of interest in a client certificate."""

    common_name: str
    """The user's name, as the API server takes it."""
    not_before: datetime
    not_after: datetime


def read(pem: str) -> Certificate | None:
    """The first certificate of a PEM text; None when there is none that can be read."""
    found = _PEM.search(pem)
    if not found:
        return None
    try:
        return _certificate(base64.b64decode(found[1]))
    except (binascii.Error, IndexError, ValueError):
        return None


def _certificate(der: bytes) -> Certificate:
    [certificate, *_] = _children(der)
    [to_be_signed, *_] = _children(certificate[1])
    fields = _children(to_be_signed[1])
    if fields[0][0] == _EXPLICIT_0:  # the version, which the first version leaves out
        del fields[0]
    validity, subject = fields[3], fields[4]
    not_before, not_after = (_time(tag, content) for tag, content in _children(validity[1]))
    name = ""
    for _, relative in _children(subject[1]):
        for _, attribute in _children(relative):
            if attribute.startswith(_COMMON_NAME):
                name = _children(attribute)[1][1].decode("utf-8", "replace")
    return Certificate(name, not_before, not_after)


def _children(content: bytes) -> list[tuple[int, bytes]]:
    """The elements of a constructed value: tag and content of each."""
    elements = []
    at = 0
    while at < len(content):
        tag, length = content[at], content[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(content[at : at + size], "big")
            at += size
        if at + length > len(content):
            raise ValueError("an element is longer than what holds it")
        elements.append((tag, content[at : at + length]))
        at += length
    return elements


def _time(tag: int, content: bytes) -> datetime:
    text = content.decode("ascii")
    if tag == _UTC_TIME:
        text = ("19" if int(text[:2]) >= 50 else "20") + text
    elif tag != _GENERALIZED_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
