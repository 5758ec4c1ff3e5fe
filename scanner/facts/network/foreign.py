"""Network policies of kinds that only some network plugins know: whom they may touch and what they change.

What exactly they let through is not worked out, so an answer that one may change is uncertain.
Sources: https://docs.cilium.io/en/stable/security/policy/,
https://docs.tigera.io/calico/latest/reference/resources/, https://antrea.io/docs/main/docs/antrea-network-policy/,
https://istio.io/latest/docs/reference/config/security/authorization-policy/,
https://linkerd.io/2/reference/authorization-policy/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import CLUSTER_SCOPED, Index, namespace_labels, namespace_of, selects
from scanner.facts.network.calico_selectors import Unreadable, matches
from scanner.facts.network.pods import Pod
from scanner.facts.network.policies import DIRECTIONS, Direction
from scanner.facts.subject import once
from scanner.fields import entries, field, mapping, text, values

_CILIUM = ("CiliumClusterwideNetworkPolicy.cilium.io", "CiliumNetworkPolicy.cilium.io")
_CALICO = tuple(
    f"{kind}.{group}"
    for kind in ("GlobalNetworkPolicy", "NetworkPolicy")
    for group in ("crd.projectcalico.org", "projectcalico.org")
)
_ANTREA = ("ClusterNetworkPolicy.crd.antrea.io", "NetworkPolicy.crd.antrea.io")
_FIREWALLS = ("EgressFirewall.k8s.ovn.org", "EgressNetworkPolicy.network.openshift.io")
_OTHERS = (
    "ClusterNetworkPolicy.networking.k8s.aws",
    "ApplicationNetworkPolicy.networking.k8s.aws",
    "FQDNNetworkPolicy.networking.gke.io",
    "SecurityPolicy.crd.nsx.vmware.com",
)
KINDS = (*_CILIUM, *_CALICO, *_ANTREA, *_FIREWALLS, *_OTHERS)
"""Those of the whole cluster first, within each plugin's."""
_ISTIO, _LINKERD = "AuthorizationPolicy.security.istio.io", "Server.policy.linkerd.io"
_MESH_ROOT = "istio-system"

Selects = Callable[[Pod], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """What one policy may change for the pods that it selects."""

    resource: Resource
    opens: frozenset[Direction]
    """Directions in which it may let through what other policies block."""
    closes: frozenset[Direction]
    """Directions in which it may block what other policies let through."""
    selects: Selects
    """Whether it may be about a pod."""
    isolates: frozenset[Direction] = frozenset()
    """Those of `closes` in which it blocks no more than what no rule of any policy lets through."""
    of_mesh: bool = False
    """Proxies beside the programs heed it, not the network: it isolates no pod."""

    def changes(self, direction: Direction, allowed: bool, by_rule: bool = False) -> bool:
        """Whether it may turn the answer of other policies round; `by_rule`: a rule of a NetworkPolicy lets
        the traffic through.
        """
        if not allowed:
            return direction in self.opens
        return direction in self.closes and not (by_rule and direction in self.isolates)

    def __str__(self) -> str:
        return "/".join(filter(None, (self.resource.kind, namespace_of(self.resource), self.resource.name)))

    def doubt(self, more: bool, less: bool) -> str:
        """That it may allow more or less than other policies do."""
        words = " or ".join(word for word, said in (("more", more), ("less", less)) if said)
        return f"{self}, which is not worked out, may allow {words}"

    @property
    def reason(self) -> str:
        """Why an answer that it may change is uncertain."""
        return f"what {self} does is not worked out"


def foreign_to(index: Index, pod: Pod) -> tuple[Foreign, ...]:
    """Those that may be about a pod; none are about pods of the host's network."""
    if pod.host_network:
        return ()
    found, key = _found(index), (pod.namespace, frozenset(pod.labels.items()))
    if key not in found:
        found[key] = tuple(each for each in foreign_in(index, pod.namespace) if each.selects(pod))
    return found[key]


@once
def _found(_index: Index) -> dict[tuple[str, frozenset[tuple[str, str]]], tuple[Foreign, ...]]:
    """What was found so far, by the namespace and labels of pods."""
    return {}


def foreign_in(index: Index, namespace: str) -> tuple[Foreign, ...]:
    """Those that may be about pods of a namespace, the ones of the whole cluster first."""
    found = _by_namespace(index)
    return (*found.get("", ()), *found.get(namespace, ()))


@once
def _by_namespace(index: Index) -> Mapping[str, list[Foreign]]:
    found: dict[str, list[Foreign]] = {}
    for each in foreign(index):
        home = namespace_of(each.resource)
        everywhere = home == _MESH_ROOT and each.resource.group_kind == _ISTIO
        found.setdefault("" if everywhere else home, []).append(each)
    return found


@once
def foreign(index: Index) -> tuple[Foreign, ...]:
    """All policies of plugins' own kinds that do something."""
    found: list[Foreign] = []
    for kind in (*KINDS, _ISTIO, _LINKERD):
        for resource in sorted(index.by_kind.get(kind, ()), key=lambda each: (namespace_of(each), each.name)):
            found += _read(index, kind, resource)
    return tuple(each for each in found if each.opens or each.closes)


def _read(index: Index, kind: str, resource: Resource) -> Iterator[Foreign]:
    if kind in _CILIUM:
        yield from _of_cilium(index, resource)
    elif kind in _CALICO:
        if not resource.name.startswith("knp."):  # how Calico shows a NetworkPolicy of Kubernetes
            yield _of_calico(index, resource)
    elif kind in _ANTREA:
        yield _of_antrea(index, resource)
    elif kind in _FIREWALLS:
        denies = any(text(rule, "type") != "Allow" for _, rule in entries(resource.body, "spec", "egress"))
        closes: frozenset[Direction] = frozenset(["egress"] if denies else [])
        yield Foreign(resource, frozenset(), closes, _within(resource))
    elif kind in (_ISTIO, _LINKERD):
        yield _of_mesh(resource)
    else:
        both = frozenset(DIRECTIONS)
        yield Foreign(resource, both, both, _within(resource))


def _within(resource: Resource) -> Selects:
    """All pods of the policy's namespace, or of the cluster."""
    if resource.group_kind in CLUSTER_SCOPED:
        return lambda _pod: True
    namespace = namespace_of(resource)
    return lambda pod: pod.namespace == namespace


def _of_cilium(index: Index, resource: Resource) -> Iterator[Foreign]:
    """Rules of all policies add up; what a deny rule is about is closed, whatever others say."""
    specs = [mapping(resource.body, "spec"), *(spec for _, spec in entries(resource.body, "specs"))]
    for spec in specs:
        if not spec or isinstance(field(spec, "nodeSelector"), dict):
            continue  # about nodes, not pods
        opens: set[Direction] = set()
        denies: set[Direction] = set()
        isolates: set[Direction] = set()
        for direction in DIRECTIONS:
            if any(rule for _, rule in entries(spec, direction)):
                opens.add(direction)
            if values(spec, f"{direction}Deny"):
                denies.add(direction)
            elif direction in spec and field(spec, "enableDefaultDeny", direction) is not False:
                isolates.add(direction)
        chosen, within = mapping(spec, "endpointSelector"), _within(resource)

        def selected(pod: Pod, chosen: Any = chosen, within: Selects = within) -> bool:
            return within(pod) and _chosen_by_cilium(index, chosen, pod)

        yield Foreign(resource, frozenset(opens), frozenset(denies | isolates), selected, frozenset(isolates))


def _chosen_by_cilium(index: Index, selector: Any, pod: Pod) -> bool:
    """Keys may tell their source (`k8s:app`), and namespaces are labels too; what else a key may be about is
    not known, and counts as chosen.
    """
    labels = {**pod.labels, "io.kubernetes.pod.namespace": pod.namespace}
    for key, value in namespace_labels(index, pod.namespace).items():
        labels[f"io.cilium.k8s.namespace.labels.{key}"] = str(value)
    wanted = {
        name: value
        for key, value in mapping(selector, "matchLabels").items()
        if (name := _plain(key)) is not None
    }
    expressions = [
        {**expression, "key": name}
        for _, expression in entries(selector, "matchExpressions")
        if (name := _plain(text(expression, "key"))) is not None
    ]
    return selects({"matchLabels": wanted, "matchExpressions": expressions}, labels)


def _plain(key: str) -> str | None:
    source, colon, name = key.partition(":")
    if colon and source not in ("k8s", "any"):
        return None
    name = name if colon else source
    return None if name.startswith("io.cilium.k8s.policy.") else name


def _of_calico(index: Index, resource: Resource) -> Foreign:
    """Policies go by order, those of Kubernetes at 1000; pods that one selects are closed at the end."""
    spec = mapping(resource.body, "spec")
    if spec.get("doNotTrack") is True or spec.get("preDNAT") is True:
        return Foreign(resource, frozenset(), frozenset(), _within(resource))  # about hosts, not pods
    given = {each.lower() for each in map(str, values(spec, "types"))}
    if not given:
        given = {direction for direction in DIRECTIONS if values(spec, direction)} or {"ingress"}
    about: frozenset[Direction] = frozenset(direction for direction in DIRECTIONS if direction in given)
    opens: frozenset[Direction] = frozenset(
        direction
        for direction in about
        if any(text(rule, "action") != "Deny" for _, rule in entries(spec, direction))
    )
    within = _within(resource)

    def selected(pod: Pod) -> bool:
        if not within(pod):
            return False
        spaces = namespace_labels(index, pod.namespace)
        named = {"projectcalico.org/name": pod.namespace, **{k: str(v) for k, v in spaces.items()}}
        labels = {
            **{f"pcns.{key}": value for key, value in named.items()},
            "projectcalico.org/namespace": pod.namespace,
            "projectcalico.org/orchestrator": "k8s",
            **pod.labels,
        }
        return _may_match(text(spec, "namespaceSelector"), named) and _may_match(
            text(spec, "selector"), labels
        )

    return Foreign(resource, opens, about, selected)


def _may_match(selector: str, labels: Mapping[str, str]) -> bool:
    try:
        return matches(selector, labels)
    except Unreadable:
        return True


def _of_antrea(index: Index, resource: Resource) -> Foreign:
    """Rules are asked in order, before or after those of Kubernetes; what none decides stays as it is."""
    spec = mapping(resource.body, "spec")
    opens: set[Direction] = set()
    closes: set[Direction] = set()
    applied = list(entries(spec, "appliedTo"))
    for direction in DIRECTIONS:
        for _, rule in entries(spec, direction):
            (closes if text(rule, "action") in ("Drop", "Reject") else opens).add(direction)
            applied += entries(rule, "appliedTo")
    within = _within(resource)

    def selected(pod: Pod) -> bool:
        return within(pod) and (not applied or any(_applies(index, each, pod) for _, each in applied))

    return Foreign(resource, frozenset(opens), frozenset(closes), selected)


def _applies(index: Index, applied: Mapping[str, Any], pod: Pod) -> bool:
    """Groups, services and accounts are not looked into, and may be about the pod."""
    if not applied.keys() <= {"podSelector", "namespaceSelector"}:
        return True
    spaces, pods = applied.get("namespaceSelector"), applied.get("podSelector")
    return (spaces is None or selects(spaces, namespace_labels(index, pod.namespace))) and (
        pods is None or selects(pods, pod.labels)
    )


def _of_mesh(resource: Resource) -> Foreign:
    """What the proxies of a service mesh let no client through to; they open nothing."""
    spec, home = mapping(resource.body, "spec"), namespace_of(resource)
    everywhere = home == _MESH_ROOT
    if resource.group_kind == _ISTIO:
        rules, action = values(spec, "rules"), text(spec, "action") or "ALLOW"
        blocks = {} not in rules if action == "ALLOW" else bool(rules) and action != "AUDIT"
        chosen = mapping(spec, "selector")
    else:
        everywhere = False
        blocks = text(spec, "accessPolicy") not in ("all-unauthenticated", "audit")
        chosen = mapping(spec, "podSelector")

    def selected(pod: Pod) -> bool:
        return (everywhere or pod.namespace == home) and selects(chosen, pod.labels)

    closes: frozenset[Direction] = frozenset(["ingress"] if blocks else [])
    return Foreign(resource, frozenset(), closes, selected, of_mesh=True)
