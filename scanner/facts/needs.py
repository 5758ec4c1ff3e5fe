"""Which kinds of objects each fact is worked out from: where one could not be read, the fact is not known.

Facts that do not stand here look at the judged object alone.
"""

from __future__ import annotations

from scanner.facts.network.foreign import KINDS as FOREIGN
from scanner.facts.pod_specs import CARRIERS

_RBAC = "rbac.authorization.k8s.io"
_GATEWAY = "gateway.networking.k8s.io"
_ADMISSION = "admissionregistration.k8s.io"
_CORE_WORKLOADS = tuple(kind for kind in CARRIERS if "." not in kind or kind.endswith((".apps", ".batch")))
_ROLES = (f"Role.{_RBAC}", f"ClusterRole.{_RBAC}")
_BINDINGS = (f"RoleBinding.{_RBAC}", f"ClusterRoleBinding.{_RBAC}")
_AUTOSCALERS = ("HorizontalPodAutoscaler.autoscaling",)
_POLICIES = (
    "NetworkPolicy.networking.k8s.io",
    "AdminNetworkPolicy.policy.networking.k8s.io",
    "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
    "ClusterNetworkPolicy.policy.networking.k8s.io",
    "Namespace",
)
_REACH = (*_POLICIES, "Node", *_CORE_WORKLOADS)
_EXPOSURE = (
    *_REACH,
    "Service",
    "EndpointSlice.discovery.k8s.io",
    "Ingress.networking.k8s.io",
    "IngressClass.networking.k8s.io",
    f"Gateway.{_GATEWAY}",
    f"GatewayClass.{_GATEWAY}",
    f"HTTPRoute.{_GATEWAY}",
    f"GRPCRoute.{_GATEWAY}",
    f"TLSRoute.{_GATEWAY}",
    f"TCPRoute.{_GATEWAY}",
    f"UDPRoute.{_GATEWAY}",
    f"ReferenceGrant.{_GATEWAY}",
    "Route.route.openshift.io",
)
_POD_POLICIES = (
    "Namespace",
    f"ValidatingAdmissionPolicy.{_ADMISSION}",
    f"ValidatingAdmissionPolicyBinding.{_ADMISSION}",
    "ClusterPolicy.kyverno.io",
    "Policy.kyverno.io",
    "ConstraintTemplate.templates.gatekeeper.sh",
    "ClusterAdmissionPolicy.policies.kubewarden.io",
    "ClusterAdmissionPolicyGroup.policies.kubewarden.io",
    "AdmissionPolicy.policies.kubewarden.io",
    "SecurityContextConstraints.security.openshift.io",
)

_PLUGINS = (
    "DaemonSet.apps",
    "CustomResourceDefinition.apiextensions.k8s.io",
    "Network.config.openshift.io",
)

NEEDS: dict[str, tuple[str, ...]] = {
    "admission.bindings": (
        f"ValidatingAdmissionPolicyBinding.{_ADMISSION}",
        f"MutatingAdmissionPolicyBinding.{_ADMISSION}",
    ),
    "admission.bound": (f"ValidatingAdmissionPolicy.{_ADMISSION}", f"MutatingAdmissionPolicy.{_ADMISSION}"),
    "admission.kube_system_labels": ("Namespace",),
    "admission.missing_services": ("Service",),
    "autoscaling.is_scaled": _AUTOSCALERS,
    "autoscaling.missing_target": _CORE_WORKLOADS,
    "autoscaling.requests_needed": _AUTOSCALERS,
    "cni.enforcement": _PLUGINS,
    "disruption.overlapping": ("PodDisruptionBudget.policy",),
    "disruption.protected": ("PodDisruptionBudget.policy",),
    "disruption.protects_none": _CORE_WORKLOADS,
    "disruption.replicas": _AUTOSCALERS,
    "disruption.sure_replicas": _AUTOSCALERS,
    "dns.lookups": (*_REACH, "Service", "EndpointSlice.discovery.k8s.io"),
    "exposure.from_internet": _EXPOSURE,
    "gateways.redirecting": (f"HTTPRoute.{_GATEWAY}",),
    "gateways.refusals": (
        f"Gateway.{_GATEWAY}",
        f"ListenerSet.{_GATEWAY}",
        "XListenerSet.gateway.networking.x-k8s.io",
        "Namespace",
    ),
    "image_provenance.verification": (
        "Pod",
        "ClusterPolicy.kyverno.io",
        "Policy.kyverno.io",
        "ImageValidatingPolicy.policies.kyverno.io",
        "NamespacedImageValidatingPolicy.policies.kyverno.io",
        "ClusterImagePolicy.policy.sigstore.dev",
        "ImagePolicy.config.openshift.io",
        "ClusterImagePolicy.config.openshift.io",
        "Verifier.config.ratify.deislabs.io",
        f"ValidatingWebhookConfiguration.{_ADMISSION}",
        f"MutatingWebhookConfiguration.{_ADMISSION}",
    ),
    "interfaces.behind": _CORE_WORKLOADS,
    "interfaces.routed": ("Service", *_CORE_WORKLOADS),
    "isolation.doubts": (*_POLICIES, *FOREIGN),
    "isolation.isolated": _POLICIES,
    "isolation.namespace": _POLICIES,
    "kube_proxy.metrics": ("ConfigMap", "DaemonSet.apps"),
    "limit_ranges.defaults": ("LimitRange",),
    "monitors.selects_none": ("Service", *_CORE_WORKLOADS),
    "namespaces.holdings": ("LimitRange", "ResourceQuota", *_CORE_WORKLOADS),
    "network_conflicts.bypasses": _REACH,
    "network_conflicts.equal_priorities": _REACH,
    "network_plugin.depends_on_plugin": _REACH,
    "network_policies.dead_peers": ("Namespace", "Node", *_CORE_WORKLOADS),
    "network_policies.host_pods": ("Namespace", *_CORE_WORKLOADS),
    "network_policies.missing_namespace": ("Namespace", *_CORE_WORKLOADS),
    "network_policies.selects_none": ("Namespace", *_CORE_WORKLOADS),
    "network_policies.unresolved_ports": ("Namespace", *_CORE_WORKLOADS),
    "network_shadowing.shadowed": _REACH,
    "plugin_support.admin": _PLUGINS,
    "plugin_support.matching_pods": ("DaemonSet.apps",),
    "pod_security.admission": _POD_POLICIES,
    "priority_classes.has_global_default": ("PriorityClass.scheduling.k8s.io",),
    "rbac.permissions": (*_ROLES, *_BINDINGS),
    "rbac.role_known": _ROLES,
    "rbac.service_account": ("ServiceAccount", *_BINDINGS),
    "rbac.subjects": ("ServiceAccount",),
    "rbac.used": _BINDINGS,
    "reachability.from_all_namespaces": _EXPOSURE,
    "reachability.to_metadata_service": _REACH,
    "reachability.to_world": _REACH,
    "references.governing_service": ("Service",),
    "references.missing": ("ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount"),
    "references.missing_keys": ("ConfigMap", "Secret"),
    "routes.missing_services": ("Service",),
    "routes.ungranted_services": (f"ReferenceGrant.{_GATEWAY}",),
    "routes.unknown_ports": ("Service",),
    "services.selects_none": _CORE_WORKLOADS,
    "services.undeclared_ports": _CORE_WORKLOADS,
    "services.unknown_ports": _CORE_WORKLOADS,
    "services.unready": ("EndpointSlice.discovery.k8s.io",),
    "tenancy.reached_by": _REACH,
}
"""`<module>.<function>` → the kinds, written `Kind` or `Kind.group`."""
