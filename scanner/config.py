"""The configuration file `kubeassay.yaml`: found upward from the working folder, checked in full."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanner.catalog.model import Severity
from scanner.catalog.validation import explain
from scanner.errors import UsageError
from scanner.yaml import read_file


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleSettings(_Strict):
    """What a profile changes in one rule."""

    severity: Severity | None = None
    parameters: dict[str, Any] = {}


class HelmSettings(_Strict):
    """How charts are rendered."""

    values: list[str] = []
    set: list[str] = []
    release_name: str = ""
    namespace: str = ""


class OpaSettings(_Strict):
    """The OPA server to judge with."""

    url: str = ""
    ca_file: str = ""
    token_file: str = ""
    binary: str = ""


class ClusterSettings(_Strict):
    """Which cluster to read with `--cluster`, and how."""

    kubeconfig: str = ""
    context: str = ""
    name: str = ""
    namespaces: list[str] = []
    exclude_namespaces: list[str] = []
    selector: str = ""
    nodes: Literal["none", "api", "job"] | None = None
    job_image: str = ""
    job_namespace: str = ""
    node_selector: str = ""
    node_facts: list[str] = []
    source: list[str] = []


class Settings(_Strict):
    """Every key of the file; the command line's options go before it."""

    framework: list[str] = []
    rule: list[str] = []
    skip_rule: list[str] = []
    severity: Severity | None = None
    fail_on: Severity | Literal["none"] | None = None
    kubernetes_version: str | None = None
    snapshot: bool | None = None
    exclude: list[str] = []
    gitignore: bool | None = None
    policy: list[str] = []
    engine: Literal["embedded", "opa"] | None = None
    opa: OpaSettings = OpaSettings()
    helm: HelmSettings = HelmSettings()
    cluster: ClusterSettings = ClusterSettings()
    output: list[str] = []
    rules: dict[str, RuleSettings] = Field(default={})
    """Rule id or name → what differs from its defaults."""


def load(path: Path) -> Settings:
    """Read and check a configuration file.

    Raises UsageError with file, line and the nearest name for an unknown key.
    """
    try:
        result = read_file(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", "check its permissions") from error
    for problem in result.errors:
        raise UsageError(f"{path}:{problem.line}: {problem.message}", problem.remedy)
    if not result.documents:
        return Settings()
    document = result.documents[0]
    try:
        return Settings.model_validate(document.value)
    except ValidationError as error:
        from scanner.yaml import Locator

        message, remedy = explain(error, Settings)
        line = Locator(document).find(error.errors()[0]["loc"]).line
        raise UsageError(f"{path}:{line}: {message}", remedy) from error
