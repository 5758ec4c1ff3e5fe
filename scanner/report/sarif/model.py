"""The objects of SARIF 2.1.0 that we write, named as in the standard.

Whatever equals its default is left out; what has no default here is always written, also where the
standard has one, because readers differ in the defaults they know.
"""

from __future__ import annotations

from typing import Any

import msgspec

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class _Object(msgspec.Struct, rename="camel", omit_defaults=True, gc=False):
    pass


class Message(_Object):
    """A message, or a string that has a formatted form (`multiformatMessageString`)."""

    text: str
    markdown: str | None = None


class Content(_Object):
    """`artifactContent`."""

    text: str


class Region(_Object):
    """A stretch of a file; `end_column` is exclusive."""

    start_line: int
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    snippet: Content | None = None


class ArtifactLocation(_Object):
    """A file."""

    uri: str | None = None
    uri_base_id: str | None = None
    index: int = -1
    description: Message | None = None


class PhysicalLocation(_Object):
    """A place in a file, or a whole file."""

    artifact_location: ArtifactLocation
    region: Region | None = None
    context_region: Region | None = None


class LogicalLocation(_Object):
    """A Kubernetes object or namespace."""

    fully_qualified_name: str
    name: str | None = None
    kind: str | None = None
    index: int = -1
    parent_index: int = -1


class Location(_Object):
    """A place in a file, in the cluster's terms, or both."""

    physical_location: PhysicalLocation | None = None
    logical_locations: list[LogicalLocation] = []
    message: Message | None = None
    properties: dict[str, Any] = {}


class ComponentReference(_Object):
    """`toolComponentReference`."""

    name: str
    index: int = -1
    guid: str | None = None


class DescriptorReference(_Object):
    """`reportingDescriptorReference`: a rule, a notification or a taxon, in the driver unless said."""

    id: str
    index: int = -1
    tool_component: ComponentReference | None = None


class Relationship(_Object):
    """`reportingDescriptorRelationship`."""

    target: DescriptorReference
    kinds: list[str]


class Configuration(_Object):
    """`reportingConfiguration`."""

    level: str
    rank: float = -1.0


class Descriptor(_Object):
    """`reportingDescriptor`: a rule, a kind of notification, or a taxon."""

    id: str
    guid: str | None = None
    name: str | None = None
    short_description: Message | None = None
    full_description: Message | None = None
    help: Message | None = None
    help_uri: str | None = None
    default_configuration: Configuration | None = None
    relationships: list[Relationship] = []
    properties: dict[str, Any] = {}


class Component(_Object):
    """`toolComponent`: the tool, a bundle of rules, or a taxonomy."""

    name: str
    guid: str | None = None
    full_name: str | None = None
    version: str | None = None
    semantic_version: str | None = None
    information_uri: str | None = None
    short_description: Message | None = None
    language: str | None = None
    is_comprehensive: bool = False
    contents: list[str] = []
    notifications: list[Descriptor] = []
    supported_taxonomies: list[ComponentReference] = []
    rules: list[Descriptor] = []
    taxa: list[Descriptor] = []


class Tool(_Object):
    """The tool that ran, with the bundles that extend it."""

    driver: Component
    extensions: list[Component] = []


class Notification(_Object):
    """What the tool says of its own work."""

    level: str
    message: Message
    descriptor: DescriptorReference
    associated_rule: DescriptorReference | None = None
    locations: list[Location] = []


class Invocation(_Object):
    """How one run of the tool went."""

    execution_successful: bool
    tool_execution_notifications: list[Notification] = []
    tool_configuration_notifications: list[Notification] = []


class Result(_Object):
    """One thing that was found, or looked at."""

    kind: str
    level: str
    message: Message
    rule_id: str | None = None
    rule_index: int = -1
    rule: DescriptorReference | None = None
    rank: float = -1.0
    locations: list[Location] = []
    related_locations: list[Location] = []
    guid: str | None = None
    fingerprints: dict[str, str] = {}
    partial_fingerprints: dict[str, str] = {}
    taxa: list[DescriptorReference] = []
    properties: dict[str, Any] = {}


class Artifact(_Object):
    """A file that was looked at."""

    location: ArtifactLocation
    roles: list[str] = []
    source_language: str | None = None
    contents: Content | None = None


class VersionControlDetails(_Object):
    """The checkout that was scanned."""

    repository_uri: str
    revision_id: str | None = None
    branch: str | None = None
    mapped_to: ArtifactLocation | None = None


class AutomationDetails(_Object):
    """`runAutomationDetails`: which scans replace one another."""

    id: str
    correlation_guid: str | None = None


class Run(_Object, kw_only=True):
    """One run of the tool."""

    tool: Tool
    automation_details: AutomationDetails
    language: str | None = None
    column_kind: str
    default_source_language: str | None = None
    original_uri_base_ids: dict[str, ArtifactLocation] = {}
    version_control_provenance: list[VersionControlDetails] = []
    invocations: list[Invocation]
    taxonomies: list[Component] = []
    properties: dict[str, Any] = {}
    results: list[Result]


class Indexed(_Object):
    """The members of a run that its results refer to by index."""

    artifacts: list[Artifact]
    logical_locations: list[LogicalLocation]


class Log(_Object, kw_only=True):
    """A SARIF file."""

    schema: str = msgspec.field(name="$schema")
    version: str
    runs: list[Run]


def log(run: Run) -> Log:
    """A file with one run, whose results are the last member."""
    return Log(schema=SCHEMA, version="2.1.0", runs=[run])
