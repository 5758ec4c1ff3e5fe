"""The one place that makes findings: each has a rule, a subject, a location and a fingerprint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from scanner.catalog.model import Rule
from scanner.collect.cluster.origin import ClusterOrigin, stable_name
from scanner.collect.interface import Location, Origin, Path, Resource
from scanner.collect.manifests import DocumentOrigin, ItemOrigin
from scanner.collect.match.origin import SourceOrigin
from scanner.evaluate.interface import Fault
from scanner.evaluate.judge import Judgement
from scanner.evaluate.projection import Unit
from scanner.fields import field
from scanner.findings.fingerprints import fingerprint_of, merged, separate
from scanner.findings.model import Finding, Looked, Status, Subject, subject_of
from scanner.findings.wording import in_pods, message_of, walk

_Key = tuple[str, str, int, int]
_PackedFinding = tuple[str, Status, Subject, str, Path, Location, str, tuple[Subject, ...]]
_Packed = tuple[list[bytes], list[tuple[str, Status, str, list[int]]]]
_CHUNK = 1_000
_AS_THEY_ARE = ("document", "review")
"""Units of users' own Rego, which judges pods apart from their templates."""
_MOST_NAMED = 50
"""So many objects are named beside the one that stands for them; the message tells how many there are."""


class _Mold:
    """What findings of one fault have in common, whichever unit has it."""

    __slots__ = (
        "controls",
        "fault",
        "rule",
        "status",
        "tail",
        "tail_text",
        "template",
        "wants_value",
        "what",
    )

    def __init__(self, rule: Rule, status: Status, fault: Fault, controls: tuple[str, ...]) -> None:
        self.rule = rule
        self.status = status
        self.fault = fault
        self.controls = controls
        self.template = str(fault.get("message", rule.title))
        self.wants_value = "{value}" in self.template
        path = fault.get("path", ())
        self.tail = 0
        """How many keys follow the last position in a list."""
        while self.tail < len(path) and isinstance(path[-1 - self.tail], str):
            self.tail += 1
        self.tail_text = "".join(f".{key}" for key in path[len(path) - self.tail :])
        self.what = f"{rule.name} {status.value}{self.tail_text} {self.template}"
        """Which fault it is, of all that can be found at one place."""


class FindingBuilder:
    """Turns judgements into findings and into what was looked at without a fault."""

    def __init__(
        self,
        controls_of: Mapping[str, tuple[str, ...]],
        note: Callable[[Rule, Resource], str] = lambda _rule, _resource: "",
        live: bool = False,
        find: Callable[[str, str, str], Resource | None] = lambda _kind, _namespace, _name: None,
    ) -> None:
        """`live`: the objects are a cluster's. Then each of them is a subject of its own, wherever its source
        stands; only those that differ by generated names are one. `find` gives the object of a kind, a
        namespace and a name.
        """
        self._live = live
        self._find = find
        self._note = note
        """What is to be said of an object at the end of every message on it."""
        self._controls_of = controls_of
        """Rule name → its controls, as `<framework>/<control>`."""
        self._subjects: dict[int, Subject] = {}
        self._faults: dict[int, list[tuple[_Mold, Unit]]] = {}
        """By the `id` of the document that they are in, so that each is searched once and then let go."""
        self._heads: dict[tuple[int, Path], tuple[str, str]] = {}
        self._findings: dict[_Key, Finding] = {}
        self._unpacked: list[Finding] = []
        self._looked: dict[tuple[str, Status, str], list[Resource]] = {}
        self._rules: dict[str, Rule] = {}
        self._members: dict[_Key, dict[Subject, None]] = {}
        """The objects that a finding on their owner is about."""

    def add(self, judgement: Judgement) -> None:
        """Take one judgement."""
        rule, outcome = judgement.rule, judgement.outcome
        self._rules[rule.name] = rule
        if outcome.error:
            self._add_error(rule, outcome.error, judgement.units)
            return
        if outcome.fail or outcome.unknown or outcome.manual:
            controls = self._controls_of.get(rule.name, ())
            molds = [_Mold(rule, Status.FAIL, fault, controls) for fault in outcome.fail]
            molds += [_Mold(rule, Status.UNKNOWN, fault, controls) for fault in outcome.unknown]
            molds += [_Mold(rule, Status.MANUAL, fault, controls) for fault in outcome.manual]
            for unit in judgement.units:
                faults = self._faults.setdefault(id(_source(unit)), [])
                faults.extend([(mold, unit) for mold in molds])
            return
        status, reason = Status.PASS, ""
        if outcome.not_applicable:
            status = Status.NOT_APPLICABLE
            reason = "; ".join(sorted(str(fault.get("message", "")) for fault in outcome.not_applicable))
        found = self._looked.setdefault((rule.name, status, reason), [])
        found.extend([unit.resource for unit in judgement.units])

    def packed(self, numbers: Mapping[int, int]) -> bytes:
        """Everything that was added, for another process; `numbers` are the resources' by their `id`."""
        self.place()
        findings = [
            (f.rule.name, f.status, f.subject, f.message, f.path, f.location, f.fingerprint, f.also)
            for f in self._named()
        ]
        looked = [
            (*key, [numbers[id(resource)] for resource in resources])
            for key, resources in self._looked.items()
        ]
        encode = msgspec.msgpack.encode
        chunks = [encode(findings[start : start + _CHUNK]) for start in range(0, len(findings), _CHUNK)]
        return encode((chunks, looked))

    def unpack(self, packed: bytes, resources: Sequence[Resource], rules: Mapping[str, Rule]) -> None:
        """Add what another process packed: it judged other objects by the same rules."""
        chunks, looked = msgspec.msgpack.decode(packed, type=_Packed)
        decode = msgspec.msgpack.Decoder(list[_PackedFinding]).decode
        shared: dict[Any, Any] = {}
        for chunk in chunks:  # equal texts and paths are kept once
            for name, status, subject, message, path, location, fingerprint, also in decode(chunk):
                rule = rules[name]
                self._rules[name] = rule
                self._unpacked.append(
                    Finding(
                        rule,
                        status,
                        rule.severity,
                        shared.setdefault(subject, subject),
                        message,
                        shared.setdefault(path, path),
                        replace(location, uri=sys.intern(location.uri)),
                        fingerprint,
                        self._controls_of.get(name, ()),
                        also,
                    )
                )
        for name, status, reason, judged in looked:
            self._rules[name] = rules[name]
            found = self._looked.setdefault((name, status, reason), [])
            found.extend([resources[number] for number in judged])

    def place(self) -> None:
        """Turn the faults that were added into findings, one document after the other."""
        for faults in self._faults.values():
            for mold, unit in faults:
                self._place(mold, unit)
            self._heads.clear()
            source = _source(faults[0][1])
            if isinstance(source, (DocumentOrigin, ClusterOrigin)):
                source.release()
        self._faults.clear()

    def findings(self) -> list[Finding]:
        """The findings, worst first, then by place."""
        self.place()
        found = [*self._named(), *self._unpacked]
        found = merged(found, by_place=not self._live)
        found = separate(found, by_place=not self._live)
        order = {name: (rule.severity.rank, rule.id) for name, rule in self._rules.items()}
        found.sort(
            key=lambda f: (
                order[f.rule.name],
                f.location.uri,
                f.location.line,
                f.location.column,
                f.fingerprint,
            )
        )
        return found

    def _named(self) -> Iterator[Finding]:
        """The findings; those on owners with the names of the pods that they are about."""
        for key, finding in self._findings.items():
            members = list(self._members.get(key, ()))
            if not members:
                yield finding
                continue
            also = [subject for subject in members if subject != finding.subject]
            message = finding.message
            if finding.subject not in members:
                message += in_pods(also, "" if finding.rule.over in _AS_THEY_ARE else ", not in the template")
            elif len(also) > _MOST_NAMED:
                message += f" (and {len(also)} more like it)"
            yield replace(finding, message=message, also=(*finding.also, *also[:_MOST_NAMED]))

    def looked(self) -> list[Looked]:
        """What passed and what does not apply, by rule."""
        return [
            Looked(self._rules[name], status, reason, resources)
            for (name, status, reason), resources in sorted(self._looked.items())
        ]

    def _subject(self, resource: Resource) -> Subject:
        known = self._subjects.get(id(resource))
        if known is None:
            known = self._subjects[id(resource)] = subject_of(resource)
        return known

    def _add_error(self, rule: Rule, error: str, units: Sequence[Unit]) -> None:
        """One finding for a broken rule, at the first subject; the others stand beside it."""
        subjects = dict.fromkeys(self._subject(unit.resource) for unit in units)
        key = (f"{rule.name} broke: {error}", "", 0, 0)
        known = self._findings.get(key)
        if known is not None:
            more = [subject for subject in subjects if subject not in (known.subject, *known.also)]
            self._findings[key] = replace(known, also=(*known.also, *more))
            return
        first, *others = subjects
        self._findings[key] = Finding(
            rule=rule,
            status=Status.ERROR,
            severity=rule.severity,
            subject=first,
            message=error,
            path=(),
            location=units[0].resource.origin.locate(()),
            fingerprint=fingerprint_of(rule.id, Status.ERROR, first, "", ""),
            controls=self._controls_of.get(rule.name, ()),
            also=tuple(others),
        )

    def _place(self, mold: _Mold, unit: Unit) -> None:
        rule, status, resource = mold.rule, mold.status, unit.resource
        subject = self._subject(unit.subject)
        cause = self._cause(mold.fault)
        path = tuple(mold.fault.get("path", ())) if cause else unit.field_path(mold.fault)
        holder = cause or resource
        location = holder.origin.locate(path)
        if rule.area == "secrets":
            location = replace(location, snippet="")  # the line at fault holds the secret
        head, container = self._head(holder, path[: len(path) - mold.tail])
        symbolic = head + mold.tail_text if head else mold.tail_text[1:]
        value = field(holder.body, *path) if mold.wants_value else None
        message = message_of(mold.template, container, value)
        if unit.namespace is not None and not unit.declared:
            subject = Subject("v1", "Namespace", "", unit.namespace)
        named = self._stable(unit.subject, subject) if self._live else subject
        one_cause = cause is not None and "key" in mold.fault
        if cause is not None and one_cause:
            named, named_cause = self._subject(cause), symbolic
        else:
            named_cause = f"{cause.kind} {cause.namespace}/{cause.name} {symbolic}" if cause else symbolic
        fingerprint = fingerprint_of(rule.id, status, named, named_cause, str(mold.fault.get("key", "")))
        what = f"{mold.what} {symbolic} {message}" if location.approximate else mold.what
        key = (what, location.uri, location.line, location.column)
        if self._live:
            key = (f"{mold.what} {fingerprint}", "live", 0, 0)
        if one_cause:
            key = (f"{mold.what} {symbolic} {message}", f"cause {fingerprint}", 0, 0)
        elif unit.top is not None:
            # the pods come and go: what differs alike in them is one finding, wherever it was seen
            key = (f"{mold.what} {symbolic} {message}", f"owner {subject}", 0, 0)
        # what cannot be told of one node or namespace mostly cannot of the others, for the same cause
        alike = status is Status.UNKNOWN and (
            rule.over in ("component", "node") or (self._live and rule.over == "namespace")
        )
        if alike:
            key = (f"{mold.what} {symbolic} {message}", "cause", 0, 0)
        if one_cause:
            self._members.setdefault(key, {}).update(
                dict.fromkeys([subject, *map(self._subject, unit.alike)])
            )
        elif unit.top is not None or unit.alike or alike:
            members = self._members.setdefault(key, {})
            members.update(dict.fromkeys(map(self._subject, (resource, *unit.alike))))
        known = self._findings.get(key)
        if known is not None and (alike or one_cause):
            # it is said of the first by name, in whatever order they come, so that its fingerprint stays
            if (known.subject.namespace, known.subject.name) <= (subject.namespace, subject.name):
                return
            known = None
        if known is not None:
            # one line of a base that two overlays render, of values, or of an anchor used twice: one fault
            if subject != known.subject and subject not in known.also:
                self._findings[key] = replace(known, also=(*known.also, subject))
            return
        self._findings[key] = Finding(
            rule,
            status,
            rule.severity,
            subject,
            message + self._note(rule, resource) if status is Status.FAIL else message,
            path,
            location,
            fingerprint,
            mold.controls,
        )

    def _cause(self, fault: Fault) -> Resource | None:
        """The object in which the cause of a fault stands, if it is another one than the subject."""
        at = fault.get("at")
        return self._find(at["kind"], at["namespace"], at["name"]) if at else None

    def _stable(self, resource: Resource, subject: Subject) -> Subject:
        """The subject under the name that it keeps when a pod is replaced."""
        metadata = resource.body.get("metadata")
        if subject.name != resource.name or not isinstance(metadata, dict):
            return subject  # the namespace of an object
        name = stable_name(metadata)
        return subject if name == subject.name else replace(subject, name=name)

    def _head(self, resource: Resource, path: Path) -> tuple[str, str]:
        """`_walk` of the part of a path that many findings of an object share."""
        known = self._heads.get((id(resource), path))
        if known is None:
            known = self._heads[id(resource), path] = walk(path, resource.body)
        return known


def _source(unit: Unit) -> Origin:
    """The document that a unit stands in; the items of a list share one, as do objects made from one."""
    origin = unit.resource.origin
    if isinstance(origin, SourceOrigin):
        origin = origin.document
    return origin.list_origin if isinstance(origin, ItemOrigin) else origin
