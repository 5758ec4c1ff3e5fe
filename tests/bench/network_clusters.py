"""Clusters of any size, as parsed objects, to measure network policies with; same numbers, same objects."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_PODS_OF_ONE = 10
_IN_NAMESPACE = 100
_BLOCKS = 200
_NODES = 200
Object = dict[str, Any]


def pod(number: int, namespace: str, labels: Mapping[str, str], owner: str = "") -> Object:
    """A running pod with an address."""
    metadata: Object = {"name": f"p{number}", "namespace": namespace, "labels": dict(labels)}
    if owner:
        reference = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "controller": True}
        metadata["ownerReferences"] = [reference]
    ports = [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}]
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {"nodeName": f"node-{number % 200}", "containers": [{"name": "main", "ports": ports}]},
        "status": {"phase": "Running", "podIP": address, "podIPs": [{"ip": address}]},
    }


def policy(number: int, namespace: str, **spec: Any) -> Object:
    """A NetworkPolicy."""
    metadata = {"name": f"np-{number}", "namespace": namespace}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}


def admin_policy(number: int, **spec: Any) -> Object:
    """An AdminNetworkPolicy."""
    return {
        "apiVersion": "policy.networking.k8s.io/v1alpha1",
        "kind": "AdminNetworkPolicy",
        "metadata": {"name": f"anp-{number}"},
        "spec": spec,
    }


def deployment(number: int, namespace: str, labels: Mapping[str, str]) -> Object:
    """A Deployment, as a manifest has it."""
    container = {"name": "main", "image": "registry.example.com/app:1.0", "ports": [{"containerPort": 8080}]}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": f"d{number}", "namespace": namespace},
        "spec": {
            "selector": {"matchLabels": dict(labels)},
            "template": {"metadata": {"labels": dict(labels)}, "spec": {"containers": [container]}},
        },
    }


def teams(pods: int, policies: int) -> Iterator[Object]:
    """Deployments of ten pods in namespaces of a hundred, each with a few policies, and 200 blocks in all."""
    rng = random.Random(1)
    count = max(1, pods // _IN_NAMESPACE)
    apps = _IN_NAMESPACE // _PODS_OF_ONE
    for number in range(count):
        labels = {"team": f"t{number % 20}", "stage": rng.choice(("dev", "prod"))}
        yield _namespace(f"ns{number}", labels)
    for number in range(pods):
        namespace, app = f"ns{number // _IN_NAMESPACE}", number % _IN_NAMESPACE // _PODS_OF_ONE
        labels = {"app": f"app{app}", "tier": f"tier{app % 3}", "pod-template-hash": f"h{app}"}
        yield pod(number, namespace, labels, f"app{app}-h{app}")
    for number in range(policies):
        namespace = f"ns{number % count}"
        peers: list[Object] = [
            {"podSelector": {"matchLabels": {"app": f"app{rng.randrange(apps)}"}}},
            {"namespaceSelector": {"matchLabels": {"team": f"t{rng.randrange(20)}"}}},
            {"ipBlock": {"cidr": _block(number % _BLOCKS)}},
        ]
        chosen = {"matchLabels": {"app": f"app{rng.randrange(apps)}"}}
        rule = {
            "from": rng.sample(peers, 2),
            "ports": [
                rng.choice(({"port": "http"}, {"port": 9090}, {"port": 1000, "endPort": 2000 + number % 50}))
            ],
        }
        out = {"to": rng.sample(peers, 2), "ports": [{"port": 443}, {"port": 53, "protocol": "UDP"}]}
        yield policy(
            number,
            namespace,
            podSelector=chosen,
            policyTypes=["Ingress", "Egress"],
            ingress=[rule],
            egress=[out],
        )


def adversarial(pods: int, policies: int) -> Iterator[Object]:
    """Every pod has labels that no other has, and every policy is about pods all over the cluster."""
    rng = random.Random(2)
    for number in range(pods):
        labels = {"id": f"i{number}", **{f"k{at}": str(rng.randrange(4)) for at in range(12)}}
        yield pod(number, f"ns{number % 5}", labels)
    for number in range(policies):

        def chosen() -> Object:
            keys = rng.sample(range(12), 2)
            ids = {"key": "id", "operator": "NotIn", "values": [f"i{rng.randrange(pods)}" for _ in range(3)]}
            return {
                "matchLabels": {f"k{at}": str(rng.randrange(4)) for at in keys},
                "matchExpressions": [ids],
            }

        peer = {"namespaceSelector": {}, "podSelector": chosen()}
        rules = [{"from": [peer], "ports": [{"port": rng.randrange(1, 60_000)}]}]
        out = [{"to": [peer, {"ipBlock": {"cidr": _block(number % _BLOCKS)}}]}]
        yield policy(
            number,
            f"ns{number % 5}",
            podSelector=chosen(),
            policyTypes=["Ingress", "Egress"],
            ingress=rules,
            egress=out,
        )


def admin(pods: int, policies: int, each: int = 20) -> Iterator[Object]:
    """The teams' namespaces below admin policies of several rules, with networks."""
    rng = random.Random(3)
    yield from teams(pods, pods // 5)
    for number in range(policies):
        rules = []
        for _ in range(each):
            team = {"namespaces": {"matchLabels": {"team": f"t{rng.randrange(20)}"}}}
            network = {"networks": [_block(rng.randrange(_BLOCKS))]}
            port = {"portNumber": {"protocol": "TCP", "port": rng.randrange(1, 1_000)}}
            rules.append(
                {
                    "action": rng.choice(("Allow", "Deny", "Pass")),
                    "to": [rng.choice((team, network))],
                    "ports": [port],
                }
            )
        subject = {"namespaces": {"matchLabels": {"team": f"t{number % 20}"}}}
        yield admin_policy(number, priority=number, subject=subject, egress=rules)


def tiers(pods: int, policies: int) -> Iterator[Object]:
    """Admin policies of a hundred rules each."""
    return admin(pods, policies, 100)


def named(pods: int, policies: int) -> Iterator[Object]:
    """Ports by name that are another number on almost every pod."""
    rng = random.Random(4)
    for number in range(pods):
        made = pod(number, f"ns{number // _IN_NAMESPACE}", {"app": f"app{number // _PODS_OF_ONE}"})
        made["spec"]["containers"][0]["ports"] = [{"name": "http", "containerPort": 1_000 + number % 997}]
        yield made
    for number in range(policies):
        app = {"matchLabels": {"app": f"app{rng.randrange(pods // _PODS_OF_ONE)}"}}
        rule = {"from": [{"podSelector": {}}, {"namespaceSelector": {}}], "ports": [{"port": "http"}]}
        out = {"to": [{"namespaceSelector": {}, "podSelector": app}], "ports": [{"port": "http"}]}
        yield policy(
            number,
            f"ns{number % (pods // _IN_NAMESPACE)}",
            podSelector={"matchLabels": {"app": f"app{number * _IN_NAMESPACE // _PODS_OF_ONE}"}},
            policyTypes=["Ingress", "Egress"],
            ingress=[rule],
            egress=[out],
        )


def ranges(pods: int, policies: int) -> Iterator[Object]:
    """Ranges of ports that overlap, one of its own for every policy, from and to anywhere in the cluster."""
    rng = random.Random(5)
    yield from teams(pods, 0)
    for number in range(policies):
        first = rng.randrange(1, 50_000)
        ports = [{"port": first, "endPort": first + rng.randrange(1, 10_000)}]
        peers = [{"namespaceSelector": {"matchLabels": {"team": f"t{rng.randrange(20)}"}}}]
        yield policy(
            number,
            f"ns{number % max(1, pods // _IN_NAMESPACE)}",
            podSelector={},
            policyTypes=["Ingress", "Egress"],
            ingress=[{"from": peers, "ports": ports}],
            egress=[{"to": peers, "ports": ports}],
        )


def addresses(pods: int, policies: int) -> Iterator[Object]:
    """Admin policies about parts of the pods' own network: one for every 16 addresses of theirs."""
    yield from teams(pods, pods // 5)
    for number in range(policies):
        networks = [
            f"10.0.{at >> 4 & 255}.{(at & 15) << 4}/28" for at in range(number * 10, number * 10 + 10)
        ]
        rules = [{"action": ("Allow", "Deny")[number % 2], "to": [{"networks": networks}]}]
        subject = {"namespaces": {"matchLabels": {"team": f"t{number % 20}"}}}
        yield admin_policy(number, priority=number, subject=subject, egress=rules)


def alone(pods: int, policies: int) -> Iterator[Object]:
    """Each pod in a namespace of its own."""
    rng = random.Random(6)
    for number in range(pods):
        labels = {"team": f"t{number % 100}", "stage": rng.choice(("dev", "prod"))}
        yield _namespace(f"ns{number}", labels)
        yield pod(number, f"ns{number}", {"app": f"app{number % 10}"})
    for number in range(policies):
        peer = {"namespaceSelector": {"matchLabels": {"team": f"t{rng.randrange(100)}"}}}
        rule = {"from": [peer, {"podSelector": {}}], "ports": [{"port": rng.randrange(1, 1_000)}]}
        yield policy(number, f"ns{number}", podSelector={}, policyTypes=["Ingress"], ingress=[rule])


def nodes(pods: int, policies: int) -> Iterator[Object]:
    """The teams' namespaces with Services, a fifth of them load balancers, on nodes with five agents each."""
    yield from teams(pods, policies)
    for number in range(_NODES):
        address = [{"type": "InternalIP", "address": f"172.20.{number >> 8}.{number & 255}"}]
        labels = {"zone": f"z{number % 3}"}
        metadata = {"name": f"node-{number}", "labels": labels}
        yield {"apiVersion": "v1", "kind": "Node", "metadata": metadata, "status": {"addresses": address}}
        for agent in range(5):
            made = pod(pods + number * 5 + agent, "kube-system", {"app": f"agent{agent}"})
            made["metadata"]["ownerReferences"] = [
                {"apiVersion": "apps/v1", "kind": "DaemonSet", "name": f"agent{agent}", "controller": True}
            ]
            made["spec"] |= {"hostNetwork": True, "nodeName": f"node-{number}"}
            made["status"] |= {"podIP": address[0]["address"], "podIPs": [{"ip": address[0]["address"]}]}
            yield made
    for number in range(pods // _PODS_OF_ONE):
        at, app = divmod(number, _IN_NAMESPACE // _PODS_OF_ONE)
        yield {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": f"app{app}", "namespace": f"ns{at}"},
            "spec": {
                "type": "ClusterIP" if number % 5 else "LoadBalancer",
                "selector": {"app": f"app{app}"},
                "ports": [{"port": 80, "targetPort": "http"}],
            },
        }


def manifests(workloads: int, policies: int) -> Iterator[Object]:
    """Deployments without pods, ten to a namespace, below the teams' policies."""
    for made in teams(workloads * _PODS_OF_ONE, policies):
        metadata, number = made["metadata"], made["metadata"]["name"][1:]
        if made["kind"] != "Pod":
            yield made
        elif int(number) % _PODS_OF_ONE == 0:
            labels = {"app": metadata["labels"]["app"], "tier": metadata["labels"]["tier"]}
            yield deployment(int(number) // _PODS_OF_ONE, metadata["namespace"], labels)


def _namespace(name: str, labels: Mapping[str, str]) -> Object:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": dict(labels)}}


def _block(number: int) -> str:
    return f"{11 + number}.{number}.0.0/16"


KINDS: Mapping[str, Callable[[int, int], Iterator[Object]]] = {
    "teams": teams,
    "adversarial": adversarial,
    "admin": admin,
    "tiers": tiers,
    "named": named,
    "ranges": ranges,
    "addresses": addresses,
    "alone": alone,
    "nodes": nodes,
    "manifests": manifests,
}
