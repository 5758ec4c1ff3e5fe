"""The proxies at hand that bring traffic from outside to pods, and which of them answer for a route.

A proxy is told by its image, as its project publishes it, or by the label that the Gateway API gives to what
was made for a Gateway. Sources: each project's documentation of its IngressClass and GatewayClass,
https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class and
https://gateway-api.sigs.k8s.io/geps/gep-1762/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scanner.collect.interface import Resource
from scanner.facts.images import parse
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.attachments import holders
from scanner.facts.network.pods import Pod, pods
from scanner.facts.routes import GATEWAY
from scanner.facts.subject import once
from scanner.facts.workload import workloads
from scanner.fields import text, texts

_GATEWAY_NAME = f"{GATEWAY}/gateway-name"
_CLASS = "kubernetes.io/ingress.class"
_DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class"


@dataclass(frozen=True, slots=True)
class _Proxy:
    """One program that stands between clients and pods."""

    images: tuple[str, ...]
    """Ends of the repositories of its images."""
    ingress: str = ""
    """The controller that its IngressClasses name; a part may follow after a slash."""
    gateway: tuple[str, ...] = ()
    """The controllers that its GatewayClasses name."""
    class_name: str = ""
    """The class of Ingresses that it takes where there is no IngressClass."""
    is_sidecar: bool = False
    """It runs beside other programs as well: there it is no way in."""
    takes_routes: bool = False
    """It takes the Routes of OpenShift."""


_ENVOY = ("envoyproxy/envoy", "envoyproxy/envoy-distroless")
_PROXIES = (
    _Proxy(
        ("ingress-nginx/controller", "ingress-nginx/controller-chroot", "nginx-ingress-controller"),
        "k8s.io/ingress-nginx",
        class_name="nginx",
    ),
    _Proxy(
        ("nginx/nginx-ingress", "nginx-ingress", "nginx-plus-ingress"),
        "nginx.org/ingress-controller",
        class_name="nginx",
    ),
    _Proxy(("nginx-gateway-fabric/nginx",), gateway=("gateway.nginx.org/nginx-gateway-controller",)),
    _Proxy(
        ("traefik", "mirrored-library-traefik"),
        "traefik.io/ingress-controller",
        ("traefik.io/gateway-controller",),
        "traefik",
    ),
    _Proxy(("haproxytech/kubernetes-ingress",), "haproxy.org/ingress-controller", class_name="haproxy"),
    _Proxy(
        ("haproxy-ingress", "jcmoraisjr/haproxy-ingress"),
        "haproxy-ingress.github.io/controller",
        ("haproxy-ingress.github.io/controller",),
        "haproxy",
    ),
    _Proxy(
        _ENVOY,
        "projectcontour.io/ingress-controller",
        ("projectcontour.io/gateway-controller",),
        "contour",
        is_sidecar=True,
    ),
    _Proxy(_ENVOY, gateway=("gateway.envoyproxy.io/gatewayclass-controller",), is_sidecar=True),
    _Proxy(
        ("kong", "kong/kong-gateway"),
        "ingress-controllers.konghq.com/kong",
        ("konghq.com/kic-gateway-controller", "konghq.com/gateway-operator"),
        "kong",
    ),
    _Proxy(
        ("istio/proxyv2",),
        "istio.io/ingress-controller",
        ("istio.io/gateway-controller",),
        "istio",
        is_sidecar=True,
    ),
    _Proxy(
        ("cilium/cilium-envoy",),
        "cilium.io/ingress-controller",
        ("io.cilium/gateway-controller",),
        "cilium",
        is_sidecar=True,
    ),
    _Proxy(
        ("apache/apisix",),
        "apisix.apache.org/apisix-ingress-controller",
        ("apisix.apache.org/apisix-ingress-controller",),
        "apisix",
    ),
    _Proxy(
        ("emissaryingress/emissary", "datawire/aes"),
        "getambassador.io/ingress-controller",
        class_name="ambassador",
    ),
    _Proxy(
        ("solo-io/gloo-envoy-wrapper", "kgateway-dev/envoy-wrapper"),
        gateway=("solo.io/gloo-gateway", "kgateway.dev/kgateway"),
        class_name="gloo",
    ),
    _Proxy(
        ("ose-haproxy-router", "openshift/origin-haproxy-router"),
        "openshift.io/ingress-to-route",
        class_name="openshift-default",
        takes_routes=True,
    ),
    _Proxy(("pomerium/pomerium", "pomerium/ingress-controller"), "pomerium.io/ingress-controller"),
    _Proxy(("caddy/ingress",), class_name="caddy"),
    _Proxy(("voyagermesh/haproxy",), class_name="voyager"),
    _Proxy(("skipper",), class_name="skipper"),
)


@once
def controllers(index: Index) -> tuple[Pod, ...]:
    """Pods that run a proxy for Ingresses, Gateways or Routes."""
    runs = _runs(index)
    return tuple(pod for pod in pods(index) if id(pod) in runs or _GATEWAY_NAME in pod.labels)


def answering(index: Index, route: Resource) -> tuple[Pod, ...] | None:
    """The pods of the proxies that bring the traffic of an Ingress or a route.

    None where one of its proxies is not at hand, or cannot be told: its traffic may come from anywhere.
    """
    match route.kind:
        case "Ingress":
            return _running(index, _of_ingress(index, route))
        case "Route":
            return _running(index, lambda proxy: proxy.takes_routes)
        case _:
            found: dict[int, Pod] = {}
            gateways = holders(index, route)
            for gateway in gateways:
                of_gateway = _of_gateway(index, gateway) if gateway else None
                if of_gateway is None:
                    return None
                found.update((id(pod), pod) for pod in of_gateway)
            return tuple(found.values()) if gateways else None


_Chosen = Callable[[_Proxy], bool]


def _running(index: Index, chosen: _Chosen | None) -> tuple[Pod, ...] | None:
    """The pods that run one of the chosen proxies; None without any."""
    if chosen is None:
        return None
    return tuple(pod for pod, proxies in _runs(index).values() if any(map(chosen, proxies))) or None


def _of_ingress(index: Index, ingress: Resource) -> _Chosen | None:
    """The proxies that take an Ingress: the annotation goes before the field, as the API has it."""
    annotation = texts(ingress.body, "metadata", "annotations").get(_CLASS)
    name = annotation or text(ingress.body, "spec", "ingressClassName")
    classes = index.by_kind.get("IngressClass.networking.k8s.io", ())
    found = [each for each in classes if (each.name == name if name else _is_default(each))]
    if len(found) == 1:
        controller = text(found[0].body, "spec", "controller")
        return lambda proxy: bool(proxy.ingress) and f"{controller}/".startswith(f"{proxy.ingress}/")
    return (lambda proxy: proxy.class_name == name) if name else None


def _is_default(ingress_class: Resource) -> bool:
    return texts(ingress_class.body, "metadata", "annotations").get(_DEFAULT_CLASS) == "true"


def _of_gateway(index: Index, gateway: Resource) -> Sequence[Pod] | None:
    """The pods that were made for a Gateway or, where none say so, those that run a proxy of its class."""
    made = _made_for(index).get((namespace_of(gateway), gateway.name))
    if made:
        return made
    name = text(gateway.body, "spec", "gatewayClassName")
    found = index.get(f"GatewayClass.{GATEWAY}", "", name)
    if found is None:
        return None
    controller = text(found.body, "spec", "controllerName")
    return _running(index, lambda proxy: controller in proxy.gateway)


@once
def _made_for(index: Index) -> Mapping[tuple[str, str], Sequence[Pod]]:
    found: dict[tuple[str, str], list[Pod]] = {}
    for pod in pods(index):
        if gateway := pod.labels.get(_GATEWAY_NAME):
            found.setdefault((pod.namespace, gateway), []).append(pod)
    return found


@once
def _runs(index: Index) -> Mapping[int, tuple[Pod, Sequence[_Proxy]]]:
    """`id` of each pod that runs proxies → it and them."""
    return {id(pod): (pod, found) for pod in pods(index) if (found := tuple(_proxies(pod)))}


def _proxies(pod: Pod) -> Iterator[_Proxy]:
    for workload in workloads(pod.resource):
        running = [c for c in workload.containers if c.type in ("container", "sidecar")]
        for container in running:
            image = parse(text(container.body, "image"))
            path = f"/{image['repository']}" if image else ""
            for proxy in _PROXIES:
                if any(path.endswith(f"/{end}") for end in proxy.images) and (
                    len(running) == 1 or not proxy.is_sidecar
                ):
                    yield proxy
