"""What a person calls the end of a connection, found among the objects at hand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.collect.interface import Resource
from scanner.errors import UsageError
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.pods import Address, Pod, WorkloadName, parse_address
from scanner.facts.network.reach import Reach
from scanner.facts.network.services import behind, targets
from scanner.fields import text

Ends = Sequence[Pod] | Address
_SHOWN = re.compile(r"(?P<namespace>[^/\[\]]+)/(?P<name>[^/\[\]]+)\[(?P<kind>[^/\[\]]+)\]")
_POD = ("pod", "pods", "po")
_SERVICE = ("service", "services", "svc")


@dataclass(frozen=True, slots=True)
class Destination:
    """What is connected to, each part with the port that traffic arrives at."""

    ends: tuple[tuple[Ends, int], ...]
    service: str = ""
    """The Service that was asked about, as `shop/db`: it forwards to the ends."""


def find_source(reach: Reach, written: str) -> Ends:
    """An address, or the pods of `namespace/pod`, `namespace/workload`, `namespace/kind/name` (a Service
    too) or, as `network connections` prints it, `namespace/name[Kind]`. A pod goes before a workload of the
    same name.

    Raises UsageError, with the nearest name, when there is none.
    """
    service = _service(reach.index, written)
    if service is None:
        return _find(reach, written)
    found = behind(reach.index, service)
    if not found:
        raise UsageError(f"no pods are behind {_called(service)}", "see its selector and its endpoints")
    return found


def find_destination(reach: Reach, written: str, protocol: str, port: int) -> Destination:
    """The same, with the port of each pod; a Service's port is translated to the one it forwards to.

    Raises UsageError when there is none, or when a Service forwards the port to nobody.
    """
    service = _service(reach.index, written)
    if service is None:
        return Destination(((_find(reach, written), port),))
    by_port: dict[int, list[Pod]] = {}
    for pod, number in _arrivals(reach.index, service, protocol, port):
        by_port.setdefault(number, []).append(pod)
    ends = tuple((pods, number) for number, pods in by_port.items())
    return Destination(ends, f"{namespace_of(service)}/{service.name}")


def _arrivals(index: Index, service: Resource, protocol: str, port: int) -> list[tuple[Pod, int]]:
    called = _called(service)
    if text(service.body, "spec", "type") == "ExternalName":
        host = text(service.body, "spec", "externalName")
        raise UsageError(f"{called} stands for the host {host!r}, not for pods", "ask for an address of it")
    if text(service.body, "spec", "clusterIP") == "None":
        # its name has the pods' own addresses: no port is translated
        found = [(pod, port) for pod in behind(index, service)]
        if not found:
            raise UsageError(f"no pods are behind {called}", "see its selector and its endpoints")
        return found
    ports = targets(index, service)
    alike = [target for target in ports if (target.protocol, target.port) == (protocol, port)]
    if not alike:
        own = ", ".join(f"{target.protocol} {target.port}" for target in ports)
        raise UsageError(f"{called} has no port {protocol} {port}", f"its ports: {own or 'none'}")
    found = list(dict.fromkeys(arrival for target in alike for arrival in target.pods))
    if not found:
        remedy = "see its selector and its endpoints"
        if behind(index, service):
            remedy = "no pod behind it has a port of the name that its targetPort asks for"
        raise UsageError(f"{called} forwards {protocol} {port} to nobody", remedy)
    return found


def _called(service: Resource) -> str:
    return f"Service {namespace_of(service)}/{service.name}"


def _service(index: Index, written: str) -> Resource | None:
    """The Service that is asked for; None where something else is."""
    namespace, kind, name = _parts(written)
    if kind.lower() not in _SERVICE:
        return None
    found = index.get("Service", namespace, name)
    if found is None:
        known = [f"{namespace_of(each)}/service/{each.name}" for each in index.by_kind.get("Service", ())]
        raise UsageError(f"no Service is called {namespace}/{name}", _nearest(written, known))
    return found


def _parts(written: str) -> tuple[str, str, str]:
    """Namespace, kind and name; of a name alone the namespace is `default`."""
    if shown := _SHOWN.fullmatch(written):
        return shown["namespace"], shown["kind"], shown["name"]
    namespace, *kinds, name = written.split("/") if written.count("/") in (1, 2) else ("default", written)
    return namespace, kinds[0] if kinds else "", name


def _find(reach: Reach, written: str) -> Ends:
    address = parse_address(written)
    if address is not None:
        return address
    namespace, kind, name = _parts(written)
    here = [pod for pod in reach.pods if pod.namespace == namespace]
    if not kind or kind.lower() in _POD:
        pods = [pod for pod in here if pod.resource.kind == "Pod" and pod.resource.name == name]
        if pods:
            return pods
    found = [pod for pod in here if _is(pod.workload, kind, name)]
    if not found:
        raise _unknown(reach, written)
    kinds_found = {pod.workload.kind for pod in found}
    if len(kinds_found) > 1:
        names = " or ".join(sorted(str(WorkloadName(namespace, name, k)) for k in kinds_found))
        raise UsageError(f"{written!r} is more than one workload", f"say which one: {names}")
    return found


def _is(workload: WorkloadName, kind: str, name: str) -> bool:
    wanted = kind.lower()
    own = workload.kind.lower()
    return workload.name == name and wanted in ("", own, f"{own}s")


def _unknown(reach: Reach, written: str) -> UsageError:
    """Why nothing is called so, as far as it can be told."""
    namespace, kind, name = _parts(written)
    if not kind or kind.lower() in _POD:
        pod = reach.index.get("Pod", namespace, name)
        if pod is not None:
            phase = text(pod.body, "status", "phase") or "of no known phase"
            return UsageError(f"the pod {namespace}/{name} is {phase}: it has no network any more")
    if parse_address(namespace) is not None and name.isdigit():
        return UsageError(f"{written!r} is a range of addresses", "ask for one address of it")
    if not kind and reach.index.get("Service", namespace, name) is not None:
        remedy = f"for the Service of that name write {namespace}/service/{name}"
        return UsageError(f"no pod or workload is called {written!r}", remedy)
    known = {f"{pod.namespace}/{pod.resource.name}" for pod in reach.pods}
    known |= {str(pod.workload) for pod in reach.pods}
    return UsageError(f"no pod or workload is called {written!r}", _nearest(written, sorted(known)))


def _nearest(written: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(written, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else "see `kubeassay network connections`"
