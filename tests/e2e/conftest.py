"""The real programs, built at their pinned versions; one that cannot be built fails its tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tools.build import ToolError, build
from tests.tools.npm import install


def _built(tool: str) -> Path:
    try:
        return build(tool)
    except ToolError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def opa() -> Path:
    """Open Policy Agent."""
    return _built("opa")


@pytest.fixture(scope="session")
def helm() -> Path:
    """Helm."""
    return _built("helm")


@pytest.fixture(scope="session")
def kustomize() -> Path:
    """Kustomize."""
    return _built("kustomize")


@pytest.fixture(scope="session")
def yamlread() -> Path:
    """Our reader of YAML through the API server's own library: a JSON line for each document."""
    return _built("yamlread")


@pytest.fixture(scope="session")
def kube_apiserver() -> Path:
    """The API server of Kubernetes."""
    return _built("kube-apiserver")


@pytest.fixture(scope="session")
def etcd() -> Path:
    """The store of the API server."""
    return _built("etcd")


@pytest.fixture(scope="session")
def kwok() -> Path:
    """What keeps nodes and pods alive that nobody runs."""
    return _built("kwok")


@pytest.fixture(scope="session")
def multitool() -> Path:
    """Microsoft's validator of SARIF."""
    try:
        folder = install("sarif-multitool")
    except ToolError as error:
        pytest.fail(str(error), pytrace=False)
    found = subprocess.check_output(
        ["node", "-p", "require('@microsoft/sarif-multitool')"], cwd=folder, text=True
    )
    binary = Path(found.strip())
    binary.chmod(0o755)
    return binary
