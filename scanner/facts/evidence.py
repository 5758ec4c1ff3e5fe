"""What of a cluster a person needs to see who decides a control that no rule can decide alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.facts.image_provenance import verification
from scanner.facts.index import DEFAULT_NAMESPACE, Index
from scanner.facts.subject import Subject
from scanner.fields import entries, field, text

_MOST = 30
_SYSTEM = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_STORES = {
    "SecretStore.external-secrets.io": "External Secrets Operator",
    "ClusterSecretStore.external-secrets.io": "External Secrets Operator",
    "ExternalSecret.external-secrets.io": "External Secrets Operator",
    "SecretProviderClass.secrets-store.csi.x-k8s.io": "Secrets Store CSI driver",
    "VaultStaticSecret.secrets.hashicorp.com": "Vault Secrets Operator",
    "VaultDynamicSecret.secrets.hashicorp.com": "Vault Secrets Operator",
    "SealedSecret.bitnami.com": "Sealed Secrets",
    "InfisicalSecret.secrets.infisical.com": "Infisical",
    "OnePasswordItem.onepassword.com": "1Password",
}
"""Kind → what brings secrets from outside of the cluster, or keeps them sealed in it."""
_CSI_DRIVER = "secrets-store.csi.k8s.io"
_INJECTED = "vault.hashicorp.com/agent-inject"


def secret_stores(index: Index, _unit: Subject) -> str:
    """Where secrets come from that are not kept in Secrets alone."""
    found = Counter(_stores(index))
    if not found:
        return "Found: nothing that brings secrets from a store outside of the cluster."
    listed = ", ".join(f"{name} ({count})" for name, count in sorted(found.items()))
    kept = len(index.by_kind.get("Secret", ()))
    return f"Found: {listed}, beside {kept} Secrets in the cluster."


def _stores(index: Index) -> Iterator[str]:
    for kind, name in _STORES.items():
        yield from (name for _ in index.by_kind.get(kind, ()))
    for workload in index.workloads:
        if text(workload.metadata, "annotations", _INJECTED) == "true":
            yield "Vault's agent injector"
        for _, volume in entries(workload.spec, "volumes"):
            if field(volume, "csi", "driver") == _CSI_DRIVER:
                yield "Secrets Store CSI driver"


def image_provenance(index: Index, unit: Subject) -> str:
    """What verifies images at admission."""
    found = verification(index, unit)["found"]
    return f"Found: {', '.join(found)}." if found else ""


def namespaces(index: Index, _unit: Subject) -> str:
    """The namespaces, with how many workloads each has."""
    counts = {
        name: len(index.workloads_by_namespace.get(name, ()))
        for name in index.namespaces
        if name not in _SYSTEM
    }
    own = sorted(name for name in counts if name != DEFAULT_NAMESPACE)
    if not own:
        return "Found: no namespace but the cluster's own and default."
    shown = [f"{name} ({counts[name]})" for name in own[:_MOST]]
    more = f" and {len(own) - _MOST} more" if len(own) > _MOST else ""
    return f"Found, with the number of workloads: {', '.join(shown)}{more}."


def system_masters(index: Index, _unit: Subject) -> str:
    """What was looked at for members of system:masters, and what nobody can look at."""
    requests = len(index.by_kind.get("CertificateSigningRequest.certificates.k8s.io", ()))
    bindings = sum(
        len(index.by_kind.get(f"{kind}.rbac.authorization.k8s.io", ()))
        for kind in ("RoleBinding", "ClusterRoleBinding")
    )
    return (
        f"Looked at {bindings} bindings and {requests} certificate requests; client certificates of the "
        "group that were issued outside of the cluster, as in kubeadm's super-admin.conf, cannot be seen "
        "in it."
    )
