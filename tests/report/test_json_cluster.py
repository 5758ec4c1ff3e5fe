"""The JSON result says what was read of a cluster, and what was not."""

from __future__ import annotations

import json

from scanner.report.formats import json as json_format
from tests.report import build


def test_every_kind_with_its_status() -> None:
    facts = {
        "metadata": {"name": "prod"},
        "server": "https://10.0.0.1:6443",
        "gitVersion": "v1.34.1",
        "collectedAt": "2026-11-25T19:34:00Z",
        "kinds": [
            {"group": "apps", "kind": "Deployment", "status": "ok", "count": 3, "reason": ""},
            {"group": "", "kind": "Secret", "status": "ok", "count": 2, "content": "metadata"},
            {"group": "", "kind": "Pod", "status": "forbidden", "count": 0, "reason": "403: no"},
        ],
    }
    result = json.loads(build.rendered(json_format, build.result([], cluster=facts)))
    assert result["cluster"] == {
        "name": "prod",
        "server": "https://10.0.0.1:6443",
        "kubernetes_version": "v1.34.1",
        "collected_at": "2026-11-25T19:34:00Z",
        "kinds": [
            {"group": "apps", "kind": "Deployment", "status": "ok", "count": 3},
            {"group": "", "kind": "Secret", "status": "ok", "count": 2, "metadata": True},
            {"group": "", "kind": "Pod", "status": "forbidden", "count": 0, "reason": "403: no"},
        ],
    }


def test_files_have_no_cluster() -> None:
    assert "cluster" not in json.loads(build.rendered(json_format, build.result([])))
