"""Where each distribution keeps its files, as data: what counts when no process says where they are.

Sources: kubeadm's and each distribution's documentation, and the paths that their CIS benchmarks name.
"""

from __future__ import annotations

from collections.abc import Mapping

Layout = Mapping[str, tuple[str, ...]]
"""Role of a file → where it may be, the likeliest first. `manifests` is the folder of static Pods."""

UNIT_FOLDERS = ("/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system")
"""Where systemd looks for units, the one that overrules the others first."""

_MANIFESTS = "/etc/kubernetes/manifests"
_RKE2 = "/var/lib/rancher/rke2"
_K3S = "/var/lib/rancher/k3s"
_SNAP = "/var/snap/microk8s/current"


def _static(folder: str, prefix: str = "", suffix: str = ".yaml") -> dict[str, tuple[str, ...]]:
    return {
        "manifests": (folder,),
        "apiserver.manifest": (f"{folder}/{prefix}kube-apiserver{suffix}",),
        "controller-manager.manifest": (f"{folder}/{prefix}kube-controller-manager{suffix}",),
        "scheduler.manifest": (f"{folder}/{prefix}kube-scheduler{suffix}",),
        "etcd.manifest": (f"{folder}/{prefix}etcd{suffix}",),
    }


KUBEADM: Layout = {
    **_static(_MANIFESTS),
    "controller-manager.kubeconfig": ("/etc/kubernetes/controller-manager.conf",),
    "scheduler.kubeconfig": ("/etc/kubernetes/scheduler.conf",),
    "admin.kubeconfig": ("/etc/kubernetes/admin.conf",),
    "super-admin.kubeconfig": ("/etc/kubernetes/super-admin.conf",),
    "kubelet.kubeconfig": ("/etc/kubernetes/kubelet.conf",),
    "kubelet.config": ("/var/lib/kubelet/config.yaml",),
    "kubelet.service": ("kubelet.service",),
    "kubelet.ca": ("/etc/kubernetes/pki/ca.crt",),
    "kube-proxy.kubeconfig": ("/var/lib/kube-proxy/kubeconfig.conf", "/var/lib/kube-proxy/kubeconfig"),
    "kube-proxy.config": ("/var/lib/kube-proxy/config.conf",),
    "pki.dir": ("/etc/kubernetes/pki",),
    "etcd.data": ("/var/lib/etcd",),
    "cni.conf": ("/etc/cni/net.d",),
}

LAYOUTS: Mapping[str, Layout] = {
    "kubeadm": KUBEADM,
    "minikube": {
        **KUBEADM,
        "pki.dir": ("/var/lib/minikube/certs",),
        "kubelet.ca": ("/var/lib/minikube/certs/ca.crt",),
        "etcd.data": ("/var/lib/minikube/etcd",),
    },
    "k3s": {
        "controller-manager.kubeconfig": (f"{_K3S}/server/cred/controller.kubeconfig",),
        "scheduler.kubeconfig": (f"{_K3S}/server/cred/scheduler.kubeconfig",),
        "admin.kubeconfig": (f"{_K3S}/server/cred/admin.kubeconfig", "/etc/rancher/k3s/k3s.yaml"),
        "kubelet.kubeconfig": (f"{_K3S}/agent/kubelet.kubeconfig",),
        "kubelet.ca": (f"{_K3S}/agent/client-ca.crt",),
        "kube-proxy.kubeconfig": (f"{_K3S}/agent/kubeproxy.kubeconfig",),
        "pki.dir": (f"{_K3S}/server/tls",),
        "etcd.data": (f"{_K3S}/server/db/etcd",),
        "cni.conf": (f"{_K3S}/agent/etc/cni/net.d",),
    },
    "rke2": {
        **_static(f"{_RKE2}/agent/pod-manifests"),
        "controller-manager.kubeconfig": (f"{_RKE2}/server/cred/controller.kubeconfig",),
        "scheduler.kubeconfig": (f"{_RKE2}/server/cred/scheduler.kubeconfig",),
        "admin.kubeconfig": (f"{_RKE2}/server/cred/admin.kubeconfig", "/etc/rancher/rke2/rke2.yaml"),
        "kubelet.kubeconfig": (f"{_RKE2}/agent/kubelet.kubeconfig",),
        "kubelet.config": (f"{_RKE2}/agent/etc/kubelet.conf.d/00-rke2-defaults.conf",),
        "kubelet.ca": (f"{_RKE2}/agent/client-ca.crt",),
        "kube-proxy.kubeconfig": (f"{_RKE2}/agent/kubeproxy.kubeconfig",),
        "pki.dir": (f"{_RKE2}/server/tls",),
        "etcd.data": (f"{_RKE2}/server/db/etcd",),
        "cni.conf": ("/etc/cni/net.d",),
    },
    "microk8s": {
        "apiserver.manifest": (f"{_SNAP}/args/kube-apiserver",),
        "controller-manager.manifest": (f"{_SNAP}/args/kube-controller-manager",),
        "scheduler.manifest": (f"{_SNAP}/args/kube-scheduler",),
        "etcd.manifest": (f"{_SNAP}/args/etcd",),
        "controller-manager.kubeconfig": (f"{_SNAP}/credentials/controller.config",),
        "scheduler.kubeconfig": (f"{_SNAP}/credentials/scheduler.config",),
        "admin.kubeconfig": (f"{_SNAP}/credentials/client.config",),
        "kubelet.kubeconfig": (f"{_SNAP}/credentials/kubelet.config",),
        "kubelet.config": (f"{_SNAP}/args/kubelet",),
        "kubelet.service": ("snap.microk8s.daemon-kubelite.service", "snap.microk8s.daemon-kubelet.service"),
        "kubelet.ca": (f"{_SNAP}/certs/ca.crt",),
        "kube-proxy.kubeconfig": (f"{_SNAP}/credentials/proxy.config",),
        "pki.dir": (f"{_SNAP}/certs",),
        "etcd.data": (f"{_SNAP}/var/kubernetes/backend", "/var/snap/microk8s/common/run/etcd"),
        "cni.conf": (f"{_SNAP}/args/cni-network",),
    },
    "eks": {
        **KUBEADM,
        "kubelet.kubeconfig": ("/var/lib/kubelet/kubeconfig", "/etc/kubernetes/kubelet/kubeconfig"),
        "kubelet.config": (
            "/etc/kubernetes/kubelet/config.json",
            "/etc/kubernetes/kubelet/kubelet-config.json",
            "/etc/kubernetes/kubelet/config",
        ),
        "kube-proxy.kubeconfig": ("/var/lib/kube-proxy/kubeconfig",),
    },
    "gke": {
        **KUBEADM,
        "kubelet.kubeconfig": ("/var/lib/kubelet/kubeconfig",),
        "kubelet.config": ("/home/kubernetes/kubelet-config.yaml", "/home/kubernetes/kubelet-config.yml"),
        "kubelet.ca": ("/etc/srv/kubernetes/pki/ca-certificates.crt",),
        "kube-proxy.kubeconfig": ("/var/lib/kube-proxy/kubeconfig",),
    },
    "aks": {
        **KUBEADM,
        "kubelet.kubeconfig": ("/var/lib/kubelet/kubeconfig",),
        "kubelet.config": ("/etc/default/kubeletconfig.json", "/etc/default/kubelet"),
        "kubelet.ca": ("/etc/kubernetes/certs/ca.crt",),
        "pki.dir": ("/etc/kubernetes/certs",),
    },
    "openshift": {
        **_static(_MANIFESTS, suffix="-pod.yaml"),
        "controller-manager.kubeconfig": (
            "/etc/kubernetes/static-pod-resources/kube-controller-manager-certs/configmaps/"
            "controller-manager-kubeconfig/kubeconfig",
        ),
        "kubelet.kubeconfig": ("/etc/kubernetes/kubeconfig", "/var/lib/kubelet/kubeconfig"),
        "kubelet.config": ("/etc/kubernetes/kubelet.conf",),
        "kubelet.service": ("kubelet.service",),
        "kubelet.ca": ("/etc/kubernetes/kubelet-ca.crt",),
        "pki.dir": ("/etc/kubernetes/static-pod-resources",),
        "etcd.data": ("/var/lib/etcd",),
        "cni.conf": ("/etc/kubernetes/cni/net.d", "/etc/cni/net.d"),
    },
    "talos": {
        **_static(_MANIFESTS, prefix="talos-"),
        "controller-manager.kubeconfig": ("/system/secrets/kubernetes/kube-controller-manager/kubeconfig",),
        "scheduler.kubeconfig": ("/system/secrets/kubernetes/kube-scheduler/kubeconfig",),
        "kubelet.kubeconfig": ("/etc/kubernetes/kubeconfig-kubelet",),
        "kubelet.config": ("/etc/kubernetes/kubelet.yaml",),
        "kubelet.ca": ("/etc/kubernetes/pki/ca.crt",),
        "pki.dir": ("/etc/kubernetes/pki", "/system/secrets/kubernetes"),
        "etcd.data": ("/var/lib/etcd",),
        "cni.conf": ("/etc/cni/net.d",),
    },
}
"""A layout for every distribution that differs from kubeadm's."""
