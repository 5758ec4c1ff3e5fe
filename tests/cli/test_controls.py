"""Frameworks and their controls are shown with what decides them."""

from __future__ import annotations

import json

import pytest

from scanner.cli.app import run


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def test_frameworks_are_listed_with_what_they_are_written_for(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "frameworks").splitlines()
    assert any("cis-eks-1.8 " in line and "50 controls" in line for line in lines)
    assert any("cis-kubernetes-1.12 " in line and "(Kubernetes 1.32 to 1.34)" in line for line in lines)


def test_a_framework_is_shown_with_what_decides_each_control(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "frameworks", "cis-eks")
    assert text.startswith("CIS Amazon EKS Benchmark 1.8 (cis-eks-1.8)\nfor clusters of eks alone\n")
    assert "50 controls, decided: " in text
    for line in (
        "2.1.1     Enable audit Logs  [manual in its text]",
        "          a person has to tell",
        "          network.network_policy_missing; that there is no fault, a person has to tell",
    ):
        assert f"\n{line}\n" in text


def test_a_control_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", "cis-kubernetes-1.12/1.2.15")
    for part in (
        "cis-kubernetes-1.12/1.2.15 [L1, automated in its text]",
        "Ensure that the --profiling argument is set to false",
        "control_plane.api_server_profiling",
        "Unknown where no kube-apiserver is found",
        "Not applicable where a provider runs the control plane",
        "kube-apiserver-arg in /etc/rancher/k3s/config.yaml",
    ):
        assert part in " ".join(text.split()), part


def test_a_control_for_a_person_is_explained_with_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", "cis-aks/5.5.2")
    assert "a person has to tell" in text
    assert "How to find out\n  Run `az aks show" in text


def test_a_control_is_told_to_machines(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "explain", "cis-gke-1.9/5.10.1", "--format", "json"))
    assert (told["framework"], told["id"], told["decided_by"]) == (
        "cis-gke-1.9",
        "5.10.1",
        "rules and a person",
    )
    assert (told["assessment"], told["rules"]) == ("automated", ["workload.kubernetes_dashboard"])


def test_an_unknown_control_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "cis-eks-1.8/5.4.9"]) == 2
    assert "cis-eks-1.8 has no control '5.4.9'" in (told := capsys.readouterr().err)
    assert "did you mean '5.4." in told


def test_rules_are_still_found_by_their_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert "KA-W-0008" in said(capsys, "explain", "workload/host_ipc")


def test_remedies_of_a_providers_benchmark_are_for_its_clusters(capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(said(capsys, "explain", "cis-k3s/1.2.15").split())
    assert "/etc/rancher/k3s/config.yaml" in text
    for other in ("rke2", "kubeadm", "minikube", "Elsewhere"):
        assert other not in text.partition("Remedy")[2], other
