"""Encryption, admission plugins and authorities of a control plane."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.evaluate.projection import Unit
from scanner.facts.admission_plugins import enabled
from scanner.facts.components import components
from scanner.facts.encryption import of_secrets
from scanner.facts.etcd_authority import compared

from .parts import facts, index, pod

ENCRYPTED = ("kube-apiserver", "--encryption-provider-config=/e")
IDENTITY, AESCBC = {"identity": {}}, {"aescbc": {"keys": []}}


def encryption(*entries: Any, command: tuple[str, ...] = ENCRYPTED) -> dict[str, Any]:
    found = index(facts(*command, configs={"encryption": {"resources": list(entries)}}))
    (component,) = components(found)
    return of_secrets(found, Unit(component.resource, component=component))


def entry(resources: Any, *providers: Any) -> dict[str, Any]:
    return {"resources": resources, "providers": list(providers)}


@pytest.mark.parametrize(
    ("entries", "provider"),
    [
        ([entry(["secrets"], AESCBC, IDENTITY)], "aescbc"),
        ([entry(["secrets"], IDENTITY, AESCBC)], "identity"),
        ([entry(["configmaps"], AESCBC), entry(["secrets"], IDENTITY)], "identity"),
        ([entry(["*."], AESCBC), entry(["secrets"], IDENTITY)], "aescbc"),
        ([entry(["*.*"], IDENTITY), entry(["secrets"], AESCBC)], "identity"),
        ([entry(["*.apps"], AESCBC)], ""),
        ([entry(["secrets"])], ""),
        ([], ""),
    ],
)
def test_first_provider_of_the_first_entry_for_secrets(entries: list[Any], provider: str) -> None:
    assert encryption(*entries)["provider"] == provider


@pytest.mark.parametrize(("version", "expected"), [({}, "v1"), ({"apiVersion": "v2"}, "v2")])
def test_version_of_kms(version: dict[str, str], expected: str) -> None:
    found = encryption(entry(["secrets"], {"kms": {"name": "vault", **version}}))
    assert (found["provider"], found["version"], found["name"]) == ("kms", expected, "vault")


def test_no_configuration_encrypts_nothing() -> None:
    found = encryption(entry(["secrets"], AESCBC), command=("kube-apiserver",))
    assert found["provider"] == ""
    assert "not set" in found["reason"]


@pytest.mark.parametrize("server", [pod(*ENCRYPTED), pod("kube-apiserver", args=None, command=[])])
def test_encryption_that_cannot_be_told(server: Resource) -> None:
    found = index(server)
    (component,) = components(found)
    said = of_secrets(found, Unit(component.resource, component=component))
    assert said["unknown"]
    assert said["learn"]


@pytest.mark.parametrize("value", [None, 1, "x", [1], {"a": [1]}, [None], [{}]])
def test_hostile_encryption(value: Any) -> None:
    assert not encryption(entry(value, AESCBC), {"resources": ["secrets"], "providers": value})[
        "provider"
    ].strip("a")
    encryption(entry(["secrets"], {"kms": value}), value)


def plugins(*command: str, image: str = "kube-apiserver:v1.34.0") -> dict[str, Any]:
    found = index(pod("kube-apiserver", *command, image=image))
    (component,) = components(found)
    return enabled(found, Unit(component.resource, component=component))


def test_plugins_of_the_version_and_of_the_flags() -> None:
    found = plugins(
        "--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=PodSecurity,Priority"
    )
    assert "NodeRestriction" in found["plugins"]
    assert "ServiceAccount" in found["plugins"]
    assert "PodSecurity" not in found["plugins"]
    assert found["off"] == ["PodSecurity", "Priority"]
    assert found["enable"] == ["spec", "containers", 0, "command", 1]


def test_plugin_that_is_switched_on_and_off() -> None:
    found = plugins("--enable-admission-plugins=A", "--disable-admission-plugins=A")
    assert "A" in found["plugins"]
    assert found["off"] == ["A"]


def test_old_flag_lists_every_plugin() -> None:
    assert plugins("--admission-control=NodeRestriction,AlwaysAdmit")["plugins"] == [
        "AlwaysAdmit",
        "NodeRestriction",
    ]


def test_plugins_that_cannot_be_told() -> None:
    assert plugins("--enable-admission-plugins")["unknown"]
    assert "plugins" not in plugins("--enable-admission-plugins")


def authority(*resources: Resource) -> dict[str, Any]:
    found = index(*resources)
    (component,) = [one for one in components(found) if one.name == "etcd"]
    return compared(found, Unit(component.resource, component=component))


def etcd(ca: str, node: str = "n1") -> Resource:
    return pod("etcd", f"--trusted-ca-file={ca}", name="etcd", node=node, image="etcd:3.6.0")


def server(ca: str, node: str = "n1") -> Resource:
    return pod("kube-apiserver", f"--client-ca-file={ca}", node=node)


def test_authority_of_etcd() -> None:
    assert authority(etcd("/ca"), server("/ca")) == {"shared": "/ca"}
    assert authority(etcd("/etcd-ca"), server("/ca")) == {}


def test_authority_is_compared_with_the_server_of_the_same_node() -> None:
    assert authority(etcd("/ca"), server("/other"), server("/ca", "n2")) == {}
    assert authority(etcd("/ca", "n3"), server("/other"), server("/ca", "n2")) == {"shared": "/ca"}


def test_authority_that_cannot_be_compared() -> None:
    assert "No API server" in authority(etcd("/ca"))["unknown"]
    hidden = pod("kube-apiserver", "--client-ca-file=$(X)", env=[{"name": "X", "valueFrom": {}}])
    assert "cannot be compared" in authority(etcd("/ca"), hidden)["unknown"]
