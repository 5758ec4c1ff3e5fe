"""Which connections a workload needs, as far as the objects at hand tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from scanner.collect.interface import Resource
from scanner.facts import rbac
from scanner.facts.components import Component
from scanner.facts.index import SYSTEM_NAMESPACE, Index, namespace_of
from scanner.facts.network.addresses import ANY_IPV4, ANY_IPV6
from scanner.facts.network.cells import peers_on
from scanner.facts.network.controllers import controllers
from scanner.facts.network.entries import EntryKind, Via, entries
from scanner.facts.network.pods import Pod, WorkloadName, pods
from scanner.facts.network.policies import Direction
from scanner.facts.network.reach import reach
from scanner.facts.network.services import Target, targets
from scanner.facts.workload import Workload, workloads
from scanner.fields import entries as listed
from scanner.fields import mapping, text, texts
from scanner.network.mentions import Mention, mentions, unreadable

_GENERATED = (
    "pod-template-hash",
    "controller-revision-hash",
    "pod-template-generation",
    "controller-uid",
    "job-name",
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/job-completion-index",
)
"""Labels that controllers give, and that no other pod of the workload has."""
_CALLED_BY_API_SERVER = (
    "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
    "MutatingWebhookConfiguration.admissionregistration.k8s.io",
)
_API_SERVICE = "APIService.apiregistration.k8s.io"
_ANYWHERE = (str(ANY_IPV4), str(ANY_IPV6))
_API_PORTS = (("TCP", 443), ("TCP", 6443))
_DNS_PORTS = (("TCP", 53), ("UDP", 53))
_OPENSHIFT_DNS = "openshift-dns"
Port = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """One connection, seen from one of its ends."""

    direction: Direction
    peer: WorkloadName | None
    """The workload at the other end; None for others."""
    ports: tuple[Port, ...]
    """Of the destination."""
    why: str
    namespace: str = ""
    """All pods of this namespace, where no workload is named; `*` for those of every namespace."""
    blocks: tuple[str, ...] = ()
    """Networks, where neither is named; anyone when there is none of the three."""


@dataclass(slots=True)
class Needs:
    """What one workload needs."""

    workload: WorkloadName
    labels: Mapping[str, str]
    """Of its pods, those that stay."""
    host_network: bool
    needs: list[Need] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Where more may be needed than could be read, in words."""
    limited: list[Port] = field(default_factory=list)
    """Its ports of which no client was found, and which policies keep even from pods of its namespace."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A workload, as facts are asked about it."""

    resource: Resource
    workload: Workload | None
    namespace: str | None = None
    component: Component | None = None


def all_needs(index: Index) -> list[Needs]:
    """The needs of every workload, sorted by name."""
    return _Finder(index).all()


class _Finder:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[WorkloadName, Needs] = {}
        self._resources: dict[WorkloadName, Resource] = {}
        self._pods: dict[WorkloadName, list[Pod]] = {}
        for pod in pods(index):
            self._pods.setdefault(pod.workload, []).append(pod)
            self._resources.setdefault(pod.workload, pod.resource)
            if pod.workload not in self._found:
                self._found[pod.workload] = Needs(pod.workload, self._labels(pod), pod.host_network)
        self._served: dict[int, tuple[Target, ...]] = {
            id(service): targets(index, service) for service in index.by_kind.get("Service", ())
        }
        self._covered: set[tuple[WorkloadName, Port]] = set()
        """Ports of which somebody is known who uses them."""

    def _labels(self, pod: Pod) -> Mapping[str, str]:
        """The labels by which the workload itself finds its pods; else all that stay."""
        namespace, name, kind = pod.workload
        owner = self._index.get(f"{kind}.apps", namespace, name)
        chosen = texts(owner.body, "spec", "selector", "matchLabels") if owner else {}
        return {key: value for key, value in (chosen or pod.labels).items() if key not in _GENERATED}

    def all(self) -> list[Needs]:
        self._from_outside()
        self._from_api_server()
        for workload, resource in self._resources.items():
            self._outwards(workload, resource)
        self._peers_of_one()
        self._without_client()
        return sorted(self._found.values(), key=lambda needs: needs.workload)

    def _need(self, workload: WorkloadName, need: Need) -> None:
        found = self._found[workload].needs
        if need not in found:
            found.append(need)
        if need.direction == "ingress":
            self._covered.update((workload, port) for port in need.ports)

    def _from_outside(self) -> None:
        proxies = sorted({pod.workload for pod in controllers(self._index) if not pod.host_network})
        for entry in entries(self._index):
            if entry.kind is EntryKind.HOST_NETWORK:
                continue
            why = f"{entry.kind} {namespace_of(entry.resource)}/{entry.resource.name}"
            by_workload = _by_workload((a.pod, (a.protocol, a.port)) for a in entry.arrivals)
            for workload, ports in by_workload.items():
                if entry.via is not Via.CONTROLLER:
                    ranges = entry.ranges if entry.via is Via.CLIENT else ()
                    blocks = tuple(map(str, ranges)) or _ANYWHERE
                    self._need(workload, Need("ingress", None, ports, why, blocks=blocks))
                elif not proxies:
                    words = f"{why}; its controller is not at hand: name its namespace here"
                    self._need(workload, Need("ingress", None, ports, words, namespace="*"))
                for proxy in proxies if entry.via is Via.CONTROLLER else ():
                    self._connect(proxy, workload, ports, why)

    def _connect(self, client: WorkloadName, server: WorkloadName, ports: tuple[Port, ...], why: str) -> None:
        if client != server:
            self._need(client, Need("egress", server, ports, why))
        self._need(server, Need("ingress", client, ports, why))

    def _from_api_server(self) -> None:
        """Webhooks and aggregated APIs: the API server's address is not known, so anyone may ask."""
        for kind in _CALLED_BY_API_SERVER:
            for resource in self._index.by_kind.get(kind, ()):
                for _, hook in listed(resource.body, "webhooks"):
                    self._called(resource, mapping(hook, "clientConfig", "service"))
        for resource in self._index.by_kind.get(_API_SERVICE, ()):
            self._called(resource, mapping(resource.body, "spec", "service"))

    def _called(self, caller: Resource, reference: Mapping[str, object]) -> None:
        service = self._index.get("Service", text(reference, "namespace"), text(reference, "name"))
        if service is None:
            return
        wanted = reference.get("port", 443)
        for target in self._served[id(service)]:
            if target.port == wanted:
                why = f"the API server calls it for {caller.kind} {caller.name}"
                for workload, ports in _by_workload(_arrivals(target)).items():
                    self._need(workload, Need("ingress", None, ports, why))

    def _outwards(self, workload: WorkloadName, resource: Resource) -> None:
        outside: dict[tuple[Port, ...], list[str]] = {}
        for mention in mentions(self._index, resource):
            if mention.service is not None:
                self._to_service(workload, mention)
            elif mention.port:
                outside.setdefault((("TCP", mention.port),), []).append(f"{mention.host} ({mention.where})")
        for ports, hosts in outside.items():
            why = f"names {', '.join(hosts)}, whose addresses a policy cannot name"
            self._need(workload, Need("egress", None, ports, why, blocks=_ANYWHERE))
        carried = next(workloads(resource), None)
        if carried is None:
            return
        account = rbac.service_account(self._index, _Unit(resource, carried))
        if account.get("token") and account.get("granted"):
            self._need(workload, self._to_api_server())
        if secrets := unreadable(carried):
            words = f"its environment comes from Secrets that are not read: {', '.join(secrets)}"
            self._found[workload].unknown.append(words)

    def _to_service(self, workload: WorkloadName, mention: Mention) -> None:
        service = mention.service
        if service is None:
            return
        name = f"{namespace_of(service)}/{service.name}"
        why = f"Service {name}, named in {mention.where} of {workload}"
        for target in self._served[id(service)]:
            if mention.port in (0, target.port):
                for server, ports in _by_workload(_arrivals(target)).items():
                    self._connect(workload, server, ports, why)

    def _to_api_server(self) -> Need:
        slices = self._index.get("Endpoints", "default", "kubernetes")
        addresses, ports = [], list(_API_PORTS)
        for _, subset in listed(slices.body, "subsets") if slices else ():
            addresses += [text(entry, "ip") for _, entry in listed(subset, "addresses")]
            ports = [("TCP", p["port"]) for _, p in listed(subset, "ports") if isinstance(p.get("port"), int)]
        blocks = tuple(f"{address}/{128 if ':' in address else 32}" for address in addresses if address)
        why = "its ServiceAccount may use the API server"
        if not blocks:
            why += ", whose address is not known"
        return Need("egress", None, tuple(ports), why, blocks=blocks or _ANYWHERE)

    def _peers_of_one(self) -> None:
        """Pods of a StatefulSet find each other by their governing Service."""
        for workload, resource in self._resources.items():
            name = text(resource.body, "spec", "serviceName")
            if workload.kind != "StatefulSet" or not name:
                continue
            service = self._index.get("Service", workload.namespace, name)
            for target in self._served[id(service)] if service else ():
                for server, ports in _by_workload(_arrivals(target)).items():
                    if server == workload:
                        why = f"its pods find each other by Service {workload.namespace}/{name}"
                        self._need(workload, Need("egress", workload, ports, why))
                        self._need(workload, Need("ingress", workload, ports, why))

    def _without_client(self) -> None:
        """Ports of Services, and declared ones, whose clients could not be told."""
        for service in self._index.by_kind.get("Service", ()):
            for target in self._served[id(service)]:
                for server, ports in _by_workload(_arrivals(target)).items():
                    self._open_within(server, ports, f"Service {namespace_of(service)}/{service.name}")
        for pod in pods(self._index):
            declared = tuple((port.protocol, port.number) for port in pod.ports)
            self._open_within(pod.workload, declared, "a declared port")

    def _open_within(self, server: WorkloadName, ports: Iterable[Port], what: str) -> None:
        left = list(dict.fromkeys(port for port in ports if (server, port) not in self._covered))
        limited = [port for port in left if not self._is_open_within(server, port)]
        self._found[server].limited += limited  # what is closed today is not opened for a guess
        self._covered.update((server, port) for port in limited)
        left = [port for port in left if port not in limited]
        if left:
            why = f"{what}, of which no client was found: open within the namespace"
            self._need(server, Need("ingress", None, tuple(left), why, namespace=server.namespace))

    def _is_open_within(self, server: WorkloadName, port: Port) -> bool:
        """Whether policies let all pods of its namespace reach the port."""
        known = reach(self._index)
        within, bit = known.groups.in_namespace(server.namespace), known.ports.bit(*port)
        return all(
            within & ~peers_on(known.allowed(group, "ingress"), bit) == 0
            for group in {
                id(g): g for pod in self._pods[server] for g in known.groups.of_pod[id(pod)]
            }.values()
        )


def _arrivals(target: Target) -> Iterator[tuple[Pod, Port]]:
    for pod, port in target.pods:
        if not pod.host_network:
            yield pod, (target.protocol, port)


def _by_workload(found: Iterable[tuple[Pod, Port]]) -> dict[WorkloadName, tuple[Port, ...]]:
    by_workload: dict[WorkloadName, dict[Port, None]] = {}
    for pod, port in found:
        if not pod.host_network:
            by_workload.setdefault(pod.workload, {})[port] = None
    return {workload: tuple(ports) for workload, ports in by_workload.items()}


def unseen(index: Index, namespace: str) -> list[str]:
    """Services of a namespace that select pods, of which none is at hand."""
    found = []
    for service in index.in_namespace("Service", namespace):
        behind = targets(index, service)
        if texts(service.body, "spec", "selector") and behind and not any(each.pods for each in behind):
            found.append(service.name)
    return sorted(found)


def dns(index: Index) -> Need:
    """What every workload needs to find others by name."""
    if _OPENSHIFT_DNS in index.namespaces:
        ports = (("TCP", 5353), ("UDP", 5353))
        return Need("egress", None, ports, "the cluster's DNS", namespace=_OPENSHIFT_DNS)
    return Need("egress", None, _DNS_PORTS, "the cluster's DNS", namespace=SYSTEM_NAMESPACE)
