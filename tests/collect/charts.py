"""Places in the fixture chart `shop`, with whatever renders it."""

from __future__ import annotations

from tests.collect.places import Place

LINES = [
    # the template's own text
    Place("Deployment/shop spec.template.spec.hostPID", "templates/deployment.yaml", "hostPID: true"),
    Place("Deployment/shop metadata.name", "templates/deployment.yaml", "name: {{ $name }}"),
    Place(
        "Deployment/shop spec.template.spec.volumes.0.hostPath.path",
        "templates/deployment.yaml",
        "hostPath: {path: /var/run/docker.sock}",
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.3.args.2",
        "templates/deployment.yaml",
        '"--verbose"]',
    ),
    Place(
        "Deployment/shop spec.template.metadata.annotations.description",
        "templates/deployment.yaml",
        "description: one that goes on",
    ),
    Place(
        "Deployment/shop spec.template.metadata.annotations.checksum/config",
        "templates/deployment.yaml",
        "checksum/config:",
    ),
    Place("ConfigMap/shop-config data.script~1sh", "templates/config.yaml", "script.sh: |"),
    Place("ConfigMap/shop-config data.labels~1yaml", "templates/config.yaml", "labels.yaml: |-"),
    Place("ConfigMap/shop-config data.password", "templates/config.yaml", 'password: "hunter2"'),
    Place("Service/dos spec.type", "templates/crlf.yaml", "type: NodePort"),
    Place("Service/zone-b spec.type", "templates/many.yaml", "type: LoadBalancer"),
    Place(
        "ServiceAccount/listed automountServiceAccountToken",
        "templates/many.yaml",
        "automountServiceAccountToken: true",
    ),
    Place("Pod/shop-check spec.hostIPC", "templates/tests/check.yaml", "hostIPC: true"),
    Place("CustomResourceDefinition/widgets.example.com spec.names.kind", "crds/widget.yaml", "names:"),
    # helpers, the chart's own and those of a library
    Place(
        "Deployment/shop spec.template.spec.containers.1.securityContext.allowPrivilegeEscalation",
        "templates/_helpers.tpl",
        "allowPrivilegeEscalation: true",
    ),
    Place(
        "Deployment/shop metadata.labels.app~1kubernetes~1io/name",
        "templates/_helpers.tpl",
        "app.kubernetes.io/name:",
    ),
    Place(
        "Pod/pages metadata.labels.example~1com/chart",
        "charts/toolbox/templates/_labels.tpl",
        "example.com/chart:",
    ),
    # values: named in the template, given to toYaml, ranged over, passed to helpers
    Place("Deployment/shop spec.replicas", "values.yaml", "replicas: 2"),
    Place("Deployment/shop spec.template.spec.hostNetwork", "values.yaml", "hostNetwork: false"),
    Place(
        "Deployment/shop spec.template.spec.securityContext.runAsNonRoot",
        "values.yaml",
        "runAsNonRoot: false",
    ),
    Place(
        "Deployment/shop spec.template.spec.securityContext.seccompProfile.type",
        "values.yaml",
        "type: Unconfined",
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.1.ports.0.containerPort", "values.yaml", "port: 9090"
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.0.env.1.value", "values.yaml", "PASSWORD: swordfish"
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.2.securityContext.privileged",
        "values.yaml",
        "privileged: true",
    ),
    Place("Deployment/shop metadata.labels.app~1kubernetes~1io/region", "values.yaml", "region: north"),
    Place("ConfigMap/shop-config data.motd", "values.yaml", "motd: |-"),
    # values of subcharts: their own, the parent's for them, global ones
    Place("Pod/pages spec.containers.0.resources.limits.memory", "charts/cache/values.yaml", "memory: 32Mi"),
    Place("Pod/sessions spec.containers.0.resources.limits.memory", "values.yaml", "memory: 64Mi"),
    Place("Pod/pages spec.containers.0.securityContext.runAsUser", "charts/cache/values.yaml", "user: 0"),
    Place("Pod/pages spec.containers.0.imagePullPolicy", "values.yaml", "pullPolicy: Always"),
    # only nearly known: put together from several values, or by tpl from a text
    Place("Deployment/shop spec.template.spec.containers.0.image", "values.yaml", "tag: latest", True),
    Place("Deployment/shop metadata.labels.team", "templates/deployment.yaml", "{{- tpl", True),
    Place("ConfigMap/shop-config metadata.labels.made", "templates/config.yaml", "{{- toYaml (dict", True),
    # missing: what is nearest, or the empty value that would bring it
    Place(
        "Deployment/shop spec.template.spec.containers.3.resources.limits.memory",
        "templates/deployment.yaml",
        "- name: elector",
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.0.resources.limits",
        "values.yaml",
        "resources: {}",
        True,
    ),
    Place("Deployment/shop spec.template.spec.tolerations", "values.yaml", "tolerations: []", True),
    Place("Pod/shop-check metadata.labels", "templates/tests/check.yaml", "metadata:"),
]

PRODUCTION_LINES = [
    # false among the values of a range: what would be told by another value is not tried with it
    Place(
        "Deployment/shop spec.template.spec.containers.0.securityContext.privileged",
        "templates/_helpers.tpl",
        "privileged: {{",
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.1.securityContext.privileged",
        "values.yaml",
        "privileged: true",
    ),
    Place(
        "Deployment/shop spec.template.spec.containers.0.resources.limits.memory",
        "values-prod.yaml",
        "memory: 1Gi",
    ),
    Place("Pod/sessions spec.containers.0.resources.limits.memory", "values-prod.yaml", "memory: 128Mi"),
    # set on the command line: the template's line is the nearest in a file
    Place("Deployment/shop spec.replicas", "templates/deployment.yaml", "replicas: {{"),
]
