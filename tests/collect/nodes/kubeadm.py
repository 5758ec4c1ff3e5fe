"""A control-plane node as kubeadm makes it, with secrets in every place that may hold one."""

from __future__ import annotations

from pathlib import Path

from tests.collect.nodes.hosts import HASH, STATIC, Host

SECRETS = (
    "c2VjcmV0LWFlcy1rZXktMzItYnl0ZXMtbG9uZyEhISE=",
    "SECRETKUBECONFIGTOKEN",
    "U0VDUkVUQ0VSVElGSUNBVEU=",
    "SECRETWEBHOOKPASSWORD",
    "SECRETHEADER",
    "SECRETCLUSTERTOKEN",
    "SECRETPRIVATEKEY",
    "SECRETCNITOKEN",
)

_APISERVER = """\
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  hostNetwork: true
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.34.1
    command:
    - kube-apiserver
    - --client-ca-file=/etc/kubernetes/pki/ca.crt
    - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
    - --encryption-provider-config=/enc/config.yaml
    - --audit-policy-file=/etc/kubernetes/audit.yaml
    - --authentication-config=/etc/kubernetes/authn.yaml
    - --authorization-config=/etc/kubernetes/authz.yaml
    - --admission-control-config-file=/etc/kubernetes/admission/config.yaml
    volumeMounts:
    - {name: k8s, mountPath: /etc/kubernetes}
    - {name: enc, mountPath: /enc}
  volumes:
  - {name: k8s, hostPath: {path: /etc/kubernetes}}
  - {name: enc, hostPath: {path: /var/lib/encryption}}
"""
_ETCD = """\
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
  - name: etcd
    image: registry.k8s.io/etcd:3.6.4-0
    command: [etcd]
    args: [--listen-client-urls=https://127.0.0.1:2379]
    env:
    - {name: ETCD_DATA_DIR, value: /data}
    - {name: ETCD_CLIENT_CERT_AUTH, value: "true"}
    - {name: ETCD_INITIAL_CLUSTER_TOKEN, value: SECRETCLUSTERTOKEN}
    - {name: UNRELATED, value: "1"}
    volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, hostPath: {path: /var/lib/etcd}}]
"""
_KUBELET = """\
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous: {enabled: false}
  x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}
staticPodPath: /etc/kubernetes/manifests
staticPodURLHeader: {Authorization: [SECRETHEADER]}
"""
_DROP_IN = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: {port}\n"


def control_plane(folder: Path) -> Host:
    """The node; component processes run in static Pods, the kubelet as a systemd unit."""
    host = Host(folder)
    manifests = "/etc/kubernetes/manifests"
    host.write(f"{manifests}/kube-apiserver.yaml", _APISERVER)
    host.write(f"{manifests}/etcd.yaml", _ETCD, 0o644)
    for name in ("admin", "super-admin", "scheduler", "controller-manager", "kubelet"):
        host.write(f"/etc/kubernetes/{name}.conf", "users: [{user: {token: SECRETKUBECONFIGTOKEN}}]\n")
    host.make("/etc/kubernetes/pki/etcd", 0o755)
    host.write("/etc/kubernetes/pki/ca.crt", "U0VDUkVUQ0VSVElGSUNBVEU=", 0o644)
    host.write("/etc/kubernetes/pki/apiserver.key", "SECRETPRIVATEKEY", 0o600)
    host.write("/etc/kubernetes/pki/sa.pub", "", 0o644)
    host.write("/etc/kubernetes/pki/etcd/server.key", "SECRETPRIVATEKEY", 0o640)
    host.make("/var/lib/etcd", 0o700)
    host.write("/var/lib/kubelet/config.yaml", _KUBELET)
    host.write("/etc/kubernetes/kubelet.d/20-last.conf", _DROP_IN.format(port=0), 0o644)
    host.write("/etc/kubernetes/kubelet.d/10-first.conf", _DROP_IN.format(port=10255), 0o644)
    host.write("/etc/kubernetes/kubelet.d/README.md", "not a configuration")
    host.write("/usr/lib/systemd/system/kubelet.service", "[Service]\n", 0o644)
    host.write("/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf", "[Service]\n", 0o644)
    host.write(
        "/etc/cni/net.d/10-flannel.conflist",
        '{"k8s_auth_token": "SECRETCNITOKEN", "plugins": [{"type": "flannel"}, {"type": "portmap"}]}',
    )
    host.write("/etc/cni/net.d/calico-kubeconfig", "SECRETCNITOKEN", 0o600)
    _configurations(host)
    apiserver = [line.strip("- ") for line in _APISERVER.splitlines() if line.startswith("    - --")]
    host.run(10, ["kube-apiserver", *(f"--{flag}" for flag in apiserver)], STATIC.format(uid=HASH))
    host.run(11, ["etcd", "--listen-client-urls=https://127.0.0.1:2379"], STATIC.format(uid=HASH[::-1]))
    host.path("/proc/11/environ").unlink()  # as where a pod without capabilities looks at it
    host.run(
        12,
        [
            "/usr/bin/kubelet",
            "--kubeconfig=/etc/kubernetes/kubelet.conf",
            "--config",
            "/var/lib/kubelet/config.yaml",
            "--config-dir=/etc/kubernetes/kubelet.d",
            "--rotate-certificates",
        ],
    )
    return host


def _configurations(host: Host) -> None:
    host.write(
        "/var/lib/encryption/config.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n"
        "resources:\n- resources: [secrets]\n"
        "  providers:\n  - aescbc:\n      keys:\n      - name: key1\n"
        "        secret: c2VjcmV0LWFlcy1rZXktMzItYnl0ZXMtbG9uZyEhISE=\n  - identity: {}\n",
    )
    host.write(
        "/etc/kubernetes/audit.yaml",
        "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n",
    )
    host.write(
        "/etc/kubernetes/authn.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n"
        "jwt:\n- issuer:\n    url: https://user:SECRETWEBHOOKPASSWORD@issuer.example\n"
        "    certificateAuthority: |\n      -----BEGIN CERTIFICATE-----\n      U0VDUkVUQ0VSVElGSUNBVEU=\n"
        "      -----END CERTIFICATE-----\nanonymous: {enabled: false}\n",
    )
    host.write(
        "/etc/kubernetes/authz.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n"
        "authorizers: [{type: Node, name: node}, {type: RBAC, name: rbac}]\n",
    )
    host.write(
        "/etc/kubernetes/admission/config.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n"
        "- {name: PodSecurity, path: psa.yaml}\n"
        "- {name: ImagePolicyWebhook, path: /etc/kubernetes/admin.conf}\n",
    )
    host.write(
        "/etc/kubernetes/admission/psa.yaml",
        "apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\n"
        "defaults: {enforce: baseline}\n",
    )
