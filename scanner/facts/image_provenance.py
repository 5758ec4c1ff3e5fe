"""What keeps images of unknown origin out of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.facts.admission_plugins import plugins
from scanner.facts.components import API_SERVER, components
from scanner.facts.index import Index
from scanner.facts.platform import control_plane_is_managed
from scanner.facts.subject import Subject
from scanner.fields import entries, text

_WEBHOOK = "ImagePolicyWebhook"
_PROGRAMS = {
    "connaisseur": "Connaisseur",
    "policy-controller": "the policy controller of Sigstore",
    "ratify": "Ratify",
    "portieris": "Portieris",
    "notation-admission": "Notation",
}
"""What is in the name of an admission webhook of a program that verifies images → the program."""
_KYVERNO = ("ClusterPolicy.kyverno.io", "Policy.kyverno.io")
_VALIDATING = (
    "ImageValidatingPolicy.policies.kyverno.io",
    "NamespacedImageValidatingPolicy.policies.kyverno.io",
)


def verification(index: Index, _unit: Subject) -> dict[str, Any]:
    """Over clusters: `found`, what verifies images, by name; whether the control plane was `seen`; `managed`,
    why only the provider sees it.
    """
    told = [plugins(index, each) for each in components(index) if each.name == API_SERVER]
    seen = bool(told) and all("unknown" not in each for each in told)
    return {
        "found": list(dict.fromkeys(_found(index))),
        "seen": seen,
        "managed": control_plane_is_managed(index),
    }


def _found(index: Index) -> Iterator[str]:
    servers = [each for each in components(index) if each.name == API_SERVER]
    if servers and all(_WEBHOOK in plugins(index, each).get("plugins", ()) for each in servers):
        yield f"the admission plugin {_WEBHOOK}"
    for kind in _KYVERNO:
        for policy in index.by_kind.get(kind, ()):
            overall = text(policy.body, "spec", "validationFailureAction")
            for _, rule in entries(policy.body, "spec", "rules"):
                for _, verified in entries(rule, "verifyImages"):
                    action = text(verified, "failureAction") or overall
                    audits = "" if action.lower() == "enforce" else ", which audits alone"
                    yield f"{policy.kind} {policy.name} of Kyverno{audits}"
    for kind in _VALIDATING:
        yield from (f"{policy.kind} {policy.name} of Kyverno" for policy in index.by_kind.get(kind, ()))
    for policy in index.by_kind.get("ClusterImagePolicy.policy.sigstore.dev", ()):
        warns = ", which warns alone" if text(policy.body, "spec", "mode") == "warn" else ""
        yield f"ClusterImagePolicy {policy.name} of Sigstore{warns}"
    for kind in ("ImagePolicy.config.openshift.io", "ClusterImagePolicy.config.openshift.io"):
        yield from (f"{policy.kind} {policy.name} of OpenShift" for policy in index.by_kind.get(kind, ()))
    for configuration in index.by_kind.get("ValidatingWebhookConfiguration.admissionregistration.k8s.io", ()):
        yield from _of_webhook(configuration.name)
    for configuration in index.by_kind.get("MutatingWebhookConfiguration.admissionregistration.k8s.io", ()):
        yield from _of_webhook(configuration.name)
    if index.by_kind.get("Verifier.config.ratify.deislabs.io"):
        yield "Ratify"


def _of_webhook(name: str) -> Iterator[str]:
    yield from (program for part, program in _PROGRAMS.items() if part in name)
