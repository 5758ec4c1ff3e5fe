"""What makes a finding the same one in the next scan, wherever its lines have moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from scanner.findings.model import Finding, Status, Subject


def fingerprint_of(rule_id: str, status: Status, subject: Subject, symbolic: str, key: str) -> str:
    """32 hexadecimal digits of what makes a finding the same one in another scan."""
    group = subject.api_version.rpartition("/")[0]
    parts = (
        rule_id,
        "" if status is Status.FAIL else status.value,
        group,
        subject.kind,
        subject.namespace,
        subject.name,
        symbolic,
        key,
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def merged(findings: Sequence[Finding], by_place: bool = False) -> list[Finding]:
    """Findings that say the same as one: of a cluster each fault of what differs by generated names, of files
    (`by_place`) each fault at one place.
    """
    known: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key: tuple[object, ...] = (finding.rule.name, finding.status, finding.fingerprint, finding.message)
        if by_place:
            place = finding.location
            key += (place.uri, place.line, place.column, finding.path)
        first = known.setdefault(key, finding)
        if first is not finding:
            if _name(finding.subject) < _name(first.subject):
                first, finding = finding, first
            new = [s for s in (finding.subject, *finding.also) if s not in (first.subject, *first.also)]
            known[key] = replace(first, also=(*first.also, *new))
    return list(known.values())


def _name(subject: Subject) -> tuple[str, str, str]:
    return subject.namespace, subject.name, subject.kind


def separate(findings: Sequence[Finding], by_place: bool = True) -> list[Finding]:
    """Give findings that share a fingerprint one each, by the file they stand in, then by their order.

    Not `by_place`, only by what they say: where the source of a live object stands is no part of it.
    """
    counted = Counter(finding.fingerprint for finding in findings)
    twice = {fingerprint for fingerprint, count in counted.items() if count > 1}
    if not twice:
        return list(findings)
    out = [finding for finding in findings if finding.fingerprint not in twice]
    alike = [finding for finding in findings if finding.fingerprint in twice]
    if by_place:
        alike.sort(key=lambda f: (f.location.uri, f.location.line, f.location.column, f.message))
    else:
        alike.sort(key=lambda f: (f.message, f.path))
    counts: dict[tuple[str, str], int] = {}
    for finding in alike:
        key = (finding.fingerprint, finding.location.uri if by_place else "")
        count = counts[key] = counts.get(key, 0) + 1
        digest = hashlib.sha256(f"{key[0]}\0{key[1]}\0{count}".encode("utf-8", "surrogatepass"))
        out.append(replace(finding, fingerprint=digest.hexdigest()[:32]))
    return out
