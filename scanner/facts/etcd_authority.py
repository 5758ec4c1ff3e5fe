"""Whether etcd and the API servers trust the same authority."""

from __future__ import annotations

from typing import Any

from scanner.facts.components import API_SERVER, component_of, components
from scanner.facts.index import Index
from scanner.facts.settings import setting
from scanner.facts.subject import Subject


def compared(index: Index, unit: Subject) -> dict[str, Any]:
    """Over etcd: `shared`, the file of an authority that an API server trusts for its clients as well.

    Empty when they differ; `unknown` says why that cannot be told. API servers on etcd's own node are
    compared, or all of them where there is none.
    """
    etcd = component_of(unit)
    own = setting(index, etcd, "trusted-ca-file") or {}
    servers = [one for one in components(index) if one.name == API_SERVER]
    servers = [one for one in servers if one.node == etcd.node] or servers
    if not servers:
        return {"unknown": "No API server was seen whose authority for clients could be compared with etcd's"}
    found = [setting(index, server, "client-ca-file") or {} for server in servers]
    if own.get("value") and any(one.get("value") == own["value"] for one in found):
        return {"shared": own["value"]}
    unclear = next((one["unknown"] for one in [own, *found] if "unknown" in one), "")
    return {"unknown": f"The authorities cannot be compared: {unclear}"} if unclear else {}
