"""The proxies at hand, and which of them answer for an Ingress or a route."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.controllers import answering, controllers
from tests.facts.network.cluster import deployment, gateway, ingress, listener, pod, route
from tests.facts.objects import resource

NGINX = pod("nginx", "ingress", image="registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:" + "a" * 64)
F5 = pod("f5", "ingress", image="nginx/nginx-ingress:5.0.0")
TRAEFIK = pod("traefik", "ingress", image="traefik:v3.3")
ISTIO = pod("istio", "ingress", image="docker.io/istio/proxyv2:1.26.0")
ROUTER = pod("router", "openshift-ingress", image="registry.redhat.io/openshift4/ose-haproxy-router:v4.16")
WEB = pod("web", image="registry.example.com/web:1.4.2")
EVERY = (NGINX, F5, TRAEFIK, ISTIO, ROUTER, WEB)


def names(found: Any) -> list[str] | None:
    return None if found is None else [each.resource.name for each in found]


def known(*objects: Resource) -> list[str] | None:
    return names(controllers(Index(list(objects), snapshot=True)))


def asked(found: Resource, *others: Resource) -> list[str] | None:
    return names(answering(Index([found, *others], snapshot=True), found))


def ingress_class(controller: Any, name: str = "public", default: bool = False) -> Resource:
    found = resource("IngressClass", "networking.k8s.io/v1", name, spec={"controller": controller})
    if default:
        found.body["metadata"]["annotations"] = {"ingressclass.kubernetes.io/is-default-class": "true"}
    return found


def gateway_class(controller: Any, name: str = "any") -> Resource:
    return resource("GatewayClass", "gateway.networking.k8s.io/v1", name, spec={"controllerName": controller})


def annotated(name: str) -> Resource:
    found = ingress()
    found.body["metadata"]["annotations"] = {"kubernetes.io/ingress.class": name}
    return found


@pytest.mark.parametrize(
    ("image", "is_proxy"),
    [
        ("registry.k8s.io/ingress-nginx/controller:v1.12.1", True),
        ("mirror.example.com/hub/ingress-nginx/controller", True),
        ("registry.example.com/other/controller:1", False),
        ("traefik", True),
        ("rancher/mirrored-library-traefik:2.11", True),
        ("registry.example.com/nottraefik:1", False),
        ("haproxytech/kubernetes-ingress:3.1", True),
        ("quay.io/jcmoraisjr/haproxy-ingress:v0.14", True),
        ("envoyproxy/envoy:v1.33.0", True),
        ("envoyproxy/gateway:v1.3.0", False),
        ("ghcr.io/projectcontour/contour:v1.31.0", False),
        ("kong:3.9", True),
        ("kong/kubernetes-ingress-controller:3.4", False),
        ("quay.io/cilium/cilium-envoy:v1.32", True),
        ("ghcr.io/nginx/nginx-gateway-fabric/nginx:2.0", True),
        ("apache/apisix:3.12", True),
        ("docker.io/emissaryingress/emissary:3.10", True),
        ("quay.io/solo-io/gloo-envoy-wrapper:1.18", True),
        ("nginx:1.27", False),
        ("", False),
        (7, False),
        ("::", False),
    ],
)
def test_proxies_are_told_by_their_images(image: Any, is_proxy: bool) -> None:
    assert known(pod("a", image=image)) == (["a"] if is_proxy else [])


def test_a_mesh_beside_a_program_is_no_way_in() -> None:
    containers = [{"name": "web", "image": "web"}, {"name": "istio-proxy", "image": "istio/proxyv2:1.26.0"}]
    assert known(deployment(containers=containers)) == []
    assert known(ISTIO) == ["istio"]


def test_pods_made_for_a_gateway_are_proxies_whatever_they_run() -> None:
    made = pod("a", labels={"gateway.networking.k8s.io/gateway-name": "front"})
    assert known(made) == ["a"]


@pytest.mark.parametrize(
    ("controller", "found"),
    [
        ("k8s.io/ingress-nginx", ["nginx"]),
        ("nginx.org/ingress-controller", ["f5"]),
        ("traefik.io/ingress-controller", ["traefik"]),
        ("traefik.io/ingress-controller/internal", ["traefik"]),
        ("traefik.io/ingress-controllers", None),
        ("istio.io/ingress-controller", ["istio"]),
        ("openshift.io/ingress-to-route", ["router"]),
        ("haproxy.org/ingress-controller", None),
        ("ingress.k8s.aws/alb", None),
        *(("", None), (None, None), (7, None)),
    ],
)
def test_an_ingress_is_answered_by_the_controller_of_its_class(controller: Any, found: Any) -> None:
    assert asked(ingress(ingressClassName="public"), ingress_class(controller), *EVERY) == found


def test_without_an_ingress_class_the_projects_own_names_count() -> None:
    assert asked(ingress(ingressClassName="traefik"), *EVERY) == ["traefik"]
    assert asked(annotated("nginx"), *EVERY) == ["nginx", "f5"]
    assert asked(annotated("alb"), *EVERY) is None


def test_the_annotation_goes_before_the_field() -> None:
    both = annotated("traefik")
    both.body["spec"]["ingressClassName"] = "public"
    assert asked(both, ingress_class("k8s.io/ingress-nginx"), *EVERY) == ["traefik"]


def test_an_annotation_may_name_an_ingress_class() -> None:
    assert asked(annotated("public"), ingress_class("k8s.io/ingress-nginx"), *EVERY) == ["nginx"]


def test_an_ingress_without_a_class_has_the_default_one() -> None:
    default = ingress_class("k8s.io/ingress-nginx", default=True)
    other = ingress_class("traefik.io/ingress-controller", "other")
    assert asked(ingress(), default, other, *EVERY) == ["nginx"]
    assert asked(ingress(), other, *EVERY) is None
    second = ingress_class("traefik.io/ingress-controller", "second", default=True)
    assert asked(ingress(), default, second, *EVERY) is None


def test_routes_of_openshift_are_answered_by_its_router() -> None:
    found = resource("Route", "route.openshift.io/v1", "front", "shop", spec={})
    assert asked(found, *EVERY) == ["router"]
    assert asked(found, NGINX) is None


def test_a_gateway_is_answered_by_the_controller_of_its_class() -> None:
    objects = [route(), gateway(listener()), *EVERY]
    assert asked(*objects, gateway_class("istio.io/gateway-controller")) == ["istio"]
    assert asked(*objects, gateway_class("io.cilium/gateway-controller")) is None
    assert asked(*objects, gateway_class(None)) is None
    assert asked(*objects) is None


def test_pods_made_for_a_gateway_alone_answer_for_it() -> None:
    label = "gateway.networking.k8s.io/gateway-name"
    made, others = pod("made", "edge", labels={label: "front"}), pod("b", "other", labels={label: "front"})
    objects = [route(), gateway(listener()), gateway_class("istio.io/gateway-controller"), *EVERY]
    assert asked(*objects, made, others) == ["made"]


def test_one_gateway_whose_proxies_are_not_known_leaves_all_open() -> None:
    parents = [{"name": "front", "namespace": "edge"}, {"name": "absent"}]
    objects = [gateway(listener()), gateway_class("istio.io/gateway-controller"), *EVERY]
    assert asked(route(parents=parents), *objects) is None
    assert asked(route(parents=parents[:1]), *objects) == ["istio"]
    refused = [*parents[:1], {"name": "front", "namespace": "edge", "port": 81}]
    assert asked(route(parents=refused), *objects) == ["istio"]


def test_nothing_answers_for_a_route_that_is_not_attached() -> None:
    assert asked(route(parents=[{"name": "a", "kind": "Service", "group": ""}]), *EVERY) is None
