"""Places in the fixture overlay `prod`, with whatever builds it."""

from __future__ import annotations

from tests.collect.places import Place

POD = "Deployment/prod-app spec.template.spec"

LINES = [
    # the base, whatever the overlay calls the object
    Place(f"{POD}.hostPID", "base/app.yaml", "hostPID: true"),
    Place(f"{POD}.containers.1.securityContext.privileged", "base/app.yaml", "securityContext: {privileged"),
    Place(f"{POD}.containers.1.args.0", "base/app.yaml", "args: [--one"),
    Place(f"{POD}.containers.1.ports.1.containerPort", "base/app.yaml", "- containerPort: 80"),
    Place("Deployment/prod-app kind", "base/app.yaml", "kind: Deployment"),
    Place("Service/prod-app spec.ports.0.port", "base/app.yaml", "- port: 80"),
    Place(
        "ServiceAccount/prod-runner automountServiceAccountToken",
        "base/things.json",
        '"automountServiceAccountToken": true',
    ),
    Place(
        "CustomResourceDefinition/widgets.example.com spec.versions.0.served", "base/crd.yaml", "served: true"
    ),
    Place("Pod/prod-extra spec.hostNetwork", "prod/extra.yaml", "hostNetwork: true"),
    # merged patches: in a file, in a component, in the kustomization; containers are matched by name
    Place(f"{POD}.containers.0.securityContext.privileged", "prod/merge.yaml", "privileged: true"),
    Place(f"{POD}.containers.0.securityContext.allowPrivilegeEscalation", "base/app.yaml", "allowPrivilege"),
    Place(f"{POD}.containers.1.securityContext.runAsUser", "prod/merge.yaml", "runAsUser: 1000"),
    Place(f"{POD}.containers.1.ports.0.hostPort", "prod/merge.yaml", "hostPort: 443"),
    Place(f"{POD}.containers.2.securityContext.privileged", "sidecar/sidecar.yaml", "privileged: true"),
    Place("Service/prod-app spec.type", "prod/kustomization.yaml", "type: LoadBalancer"),
    Place(f"{POD}.hostNetwork", "prod/kustomization.yaml", '- patch: "apiVersion', True),
    # JSON patches: keys, items of lists, whole values, a key with a slash
    Place(f"{POD}.containers.3.securityContext.privileged", "prod/operations.yaml", "securityContext:"),
    Place(f"{POD}.containers.1.args.2", "prod/operations.yaml", "value: --three"),
    Place(f"{POD}.volumes.0.hostPath.path", "prod/operations.yaml", "value: {name: scratch"),
    Place(f"{POD}.hostIPC", "prod/kustomization.yaml", "value: true"),
    Place(
        "Deployment/prod-app metadata.annotations.example~1com/owner",
        "prod/kustomization.yaml",
        "value: somebody",
    ),
    # what the kustomization itself sets
    Place(f"{POD}.containers.0.image", "prod/kustomization.yaml", "digest: sha256:aaaa"),
    Place(f"{POD}.containers.1.image", "prod/kustomization.yaml", "newTag: latest"),
    Place("Deployment/prod-app spec.replicas", "prod/kustomization.yaml", "count: 7"),
    Place("Deployment/prod-app metadata.namespace", "prod/kustomization.yaml", "namespace: prod"),
    Place("Deployment/prod-app spec.selector.matchLabels.tier", "prod/kustomization.yaml", "- pairs:"),
    Place(
        "Pod/prod-extra metadata.annotations.example~1com/stage",
        "prod/kustomization.yaml",
        "example.com/stage",
    ),
    Place("ConfigMap/prod-settings-4k47f4m4k4 data.COLOUR", "prod/kustomization.yaml", "- COLOUR=blue"),
    Place("ConfigMap/prod-settings-4k47f4m4k4 data.PASSWORD", "base/kustomization.yaml", "- PASSWORD="),
    Place("ConfigMap/prod-settings-4k47f4m4k4 data.notes~1txt", "base/kustomization.yaml", "- notes.txt"),
    Place("ConfigMap/prod-settings-4k47f4m4k4 data.renamed", "base/kustomization.yaml", "- renamed="),
    Place("ConfigMap/prod-settings-4k47f4m4k4 data.LEVEL", "base/settings.env", "LEVEL=debug"),
    Place("Secret/prod-keys-fh6hhg9d9m data.TOKEN", "base/kustomization.yaml", "- TOKEN="),
    # only nearly known: changed on the way, merged from several, or missing
    Place("Deployment/prod-app metadata.name", "base/app.yaml", "name: app", True),
    Place(f"{POD}.containers.1.envFrom.0.configMapRef.name", "base/app.yaml", "- configMapRef", True),
    Place(f"{POD}.containers.0.securityContext", "base/app.yaml", "securityContext:", True),
    Place(f"{POD}.containers.0.resources.limits", "base/app.yaml", "- name: second", True),
    Place(f"{POD}.containers.3.resources.limits", "prod/operations.yaml", "value:"),
    Place("Secret/prod-keys-fh6hhg9d9m type", "base/kustomization.yaml", "- name: keys", True),
]
