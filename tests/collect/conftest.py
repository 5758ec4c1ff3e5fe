"""Charts and overlays are rendered by the Python packages, whatever programs the machine has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="module", autouse=True)
def _no_programs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        for name in ("KUBEASSAY_HELM", "KUBEASSAY_KUSTOMIZE"):
            patch.delenv(name, raising=False)
        yield
