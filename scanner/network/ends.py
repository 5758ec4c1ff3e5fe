"""What a person calls the end of a connection, found among the pods at hand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from scanner.errors import UsageError
from scanner.facts.network.pods import Address, Pod, WorkloadName, parse_address
from scanner.facts.network.reach import Reach

_SHOWN = re.compile(r"(?P<namespace>[^/\[\]]+)/(?P<name>[^/\[\]]+)\[(?P<kind>[^/\[\]]+)\]")


def find_end(reach: Reach, written: str) -> Sequence[Pod] | Address:
    """An address, or the pods of `namespace/pod`, `namespace/workload`, `namespace/kind/name` or, as
    `network connections` prints it, `namespace/name[Kind]`. A pod goes before a workload of the same name.

    Raises UsageError, with the nearest name, when there is none.
    """
    address = parse_address(written)
    if address is not None:
        return address
    if shown := _SHOWN.fullmatch(written):
        namespace, kind, name = shown["namespace"], shown["kind"], shown["name"]
    else:
        namespace, *kinds, name = written.split("/") if written.count("/") in (1, 2) else ("default", written)
        kind = kinds[0] if kinds else ""
    here = [pod for pod in reach.pods if pod.namespace == namespace]
    if not kind or kind.lower() in ("pod", "pods", "po"):
        pods = [pod for pod in here if pod.resource.kind == "Pod" and pod.resource.name == name]
        if pods:
            return pods
    found = [pod for pod in here if _is(pod.workload, kind, name)]
    if not found:
        known = {f"{pod.namespace}/{pod.resource.name}" for pod in reach.pods}
        known |= {str(pod.workload) for pod in reach.pods}
        close = difflib.get_close_matches(written, sorted(known), n=1, cutoff=0.5)
        remedy = f"did you mean {close[0]!r}?" if close else "see `kubeassay network connections`"
        raise UsageError(f"no pod or workload is called {written!r}", remedy)
    kinds_found = {pod.workload.kind for pod in found}
    if len(kinds_found) > 1:
        names = " or ".join(sorted(str(WorkloadName(namespace, name, k)) for k in kinds_found))
        raise UsageError(f"{written!r} is more than one workload", f"say which one: {names}")
    return found


def _is(workload: WorkloadName, kind: str, name: str) -> bool:
    wanted = kind.lower()
    own = workload.kind.lower()
    return workload.name == name and wanted in ("", own, f"{own}s")
