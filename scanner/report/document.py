"""The JSON result, schema `kubeassay.result/v1`; docs/schemas/result.v1.json is made from these types."""

from __future__ import annotations

import inspect
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from scanner.catalog.model import Severity
from scanner.findings.model import Status, Subject

SCHEMA_ID = "kubeassay.result/v1"
Line = Annotated[int, Meta(ge=1)]


class _Object(msgspec.Struct, gc=False):
    pass


class Tool(_Object):
    """What made the result."""

    name: str
    version: str
    engine: str


class Place(_Object):
    """Where it stands; lines and columns count from 1, `end_column` is exclusive.

    Without lines, the whole file is meant. `approximate`: the nearest known place, because the field's
    own line could not be told. `drift`: how the live object differs here from its source (`changed`, `added`
    or `removed`).
    """

    uri: str
    start_line: Line | UnsetType = UNSET
    start_column: Line | UnsetType = UNSET
    end_line: Line | UnsetType = UNSET
    end_column: Line | UnsetType = UNSET
    approximate: bool | UnsetType = UNSET
    drift: str | UnsetType = UNSET


class Finding(_Object):
    """One rule's word on one subject.

    `path` leads to the field at fault; `fingerprint` stays the same when lines move and files are
    reordered; `also` names further subjects with the same fault at the same place.
    """

    rule: str
    rule_name: str
    status: Status
    severity: Severity
    subject: Subject
    controls: tuple[str, ...]
    message: str
    location: Place
    path: tuple[str | int, ...] | UnsetType = UNSET
    fingerprint: str | UnsetType = UNSET
    also: tuple[Subject, ...] | UnsetType = UNSET


class Aspect(_Object):
    """One of two ways in which a control is decided."""

    name: str
    """`observed` or `admission`."""
    status: Status
    reason: str


class Control(_Object):
    """What is known of one control of a framework, with how often its rules said what.

    `level` and `assessment` (`automated` or `manual`) are the benchmark's own; `remediation`, of controls
    that are neither passed nor not applicable, is for the cluster's distribution.
    """

    framework: str
    id: str
    title: str
    status: Status
    reason: str
    counts: dict[str, int]
    level: str | UnsetType = UNSET
    assessment: str | UnsetType = UNSET
    remediation: str | UnsetType = UNSET
    aspects: list[Aspect] | UnsetType = UNSET
    """What runs (`observed`) and what would be let in (`admission`), where the control is about both."""


class Rule(_Object):
    """A rule that was run."""

    id: str
    name: str
    title: str
    severity: Severity


class Notification(_Object):
    """What could not be read or run though it was asked for (level `error`), or is good to know (`note`)."""

    code: str
    message: str
    uri: str
    line: int | None
    column: int | None
    remedy: str
    level: Literal["error", "note"] = "error"


class Summary(_Object):
    """Counts; passes are counted also where they are not listed.

    `matched`: live objects by what they were found by in the repository.
    """

    objects: int
    files: int
    skipped: dict[str, int]
    by_status: dict[str, int]
    by_severity: dict[str, int]
    matched: dict[str, int] | UnsetType = UNSET


class Kind(_Object):
    """A kind of objects of a cluster, and whether all of them were read: `ok`, `partial`, `forbidden`,
    `failed`, or `excluded` on purpose. `metadata`: their values were not read.
    """

    group: str
    kind: str
    status: str
    count: int
    reason: str | UnsetType = UNSET
    metadata: bool | UnsetType = UNSET


class Cluster(_Object):
    """The cluster that was scanned, and what was read of it."""

    name: str
    server: str
    kubernetes_version: str
    collected_at: str
    kinds: list[Kind]


class Result(_Object):
    """A scan's result. `complete`: everything that was asked for could be checked."""

    schema: Literal["kubeassay.result/v1"]
    tool: Tool
    complete: bool
    kubernetes_version: str
    snapshot: bool
    sources: list[str]
    summary: Summary
    findings: list[Finding]
    controls: list[Control]
    rules: list[Rule]
    notifications: list[Notification]
    cluster: Cluster | UnsetType = UNSET


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a result. Members may be added within a version, never removed or renamed."""
    schema = msgspec.json.schema(Result)
    for definition in schema["$defs"].values():
        definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA_ID, **schema}
