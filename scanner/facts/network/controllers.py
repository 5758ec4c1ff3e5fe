"""The proxies at hand that bring traffic from outside to pods: ingress and gateway controllers.

They are told by their images, as each project publishes them.
"""

from __future__ import annotations

from scanner.facts.images import parse
from scanner.facts.index import Index
from scanner.facts.network.pods import Pod, pods
from scanner.facts.subject import once
from scanner.facts.workload import workloads
from scanner.fields import text

_REPOSITORIES = (
    "ingress-nginx/controller",
    "nginx-ingress-controller",
    "nginx-ingress",
    "nginx/nginx-ingress",
    "nginx-gateway-fabric/nginx",
    "nginx-plus-ingress",
    "traefik",
    "mirrored-library-traefik",
    "haproxytech/kubernetes-ingress",
    "haproxy-ingress",
    "jcmoraisjr/haproxy-ingress",
    "envoyproxy/envoy",
    "envoyproxy/envoy-distroless",
    "kong",
    "kong/kong-gateway",
    "istio/proxyv2",
    "cilium/cilium-envoy",
    "apache/apisix",
    "emissaryingress/emissary",
    "datawire/aes",
    "solo-io/gloo-envoy-wrapper",
    "ose-haproxy-router",
    "openshift/origin-haproxy-router",
    "caddy/ingress",
    "voyagermesh/haproxy",
    "pomerium/pomerium",
    "skipper",
)
"""Ends of the repositories of programs that stand between clients and pods."""
_SIDECARS = ("istio/proxyv2", "envoyproxy/envoy", "envoyproxy/envoy-distroless", "cilium/cilium-envoy")
"""Those that run beside other programs as well: there they are no way in."""


@once
def controllers(index: Index) -> tuple[Pod, ...]:
    """Pods that run a proxy for Ingresses, Gateways or Routes."""
    return tuple(pod for pod in pods(index) if _is_controller(pod))


def _is_controller(pod: Pod) -> bool:
    for workload in workloads(pod.resource):
        running = [c for c in workload.containers if c.type in ("container", "sidecar")]
        for container in running:
            image = parse(text(container.body, "image"))
            repository = image["repository"] if image else ""
            for end in _REPOSITORIES:
                if repository == end or repository.endswith(f"/{end}"):
                    return end not in _SIDECARS or len(running) == 1
    return False
