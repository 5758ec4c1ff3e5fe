"""Makes manifests of a cluster of any size: Deployments of two containers, each with its own names,
labels, images and settings, as teams write them. The same number gives the same bytes.

    python tests/bench/generate.py 4000 > cluster.yaml
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

DEPLOYMENT = """\
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{n}
  namespace: team-{team}
  labels:
    app.kubernetes.io/name: app-{n}
    app.kubernetes.io/part-of: team-{team}
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-{n}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-{n}
        app.kubernetes.io/part-of: team-{team}
    spec:
      serviceAccountName: app-{n}
      automountServiceAccountToken: {automount}
{pod_security}      containers:
        - name: app-{n}
          image: registry.example.com/team-{team}/app-{n}:1.{minor}.{patch}
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: UPSTREAM
              value: http://app-{upstream}.team-{team}.svc:8080
          resources:
            requests:
              cpu: {cpu}m
              memory: {memory}Mi
            limits:
              memory: {limit}Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
{security}        - name: proxy
          image: registry.example.com/platform/proxy:{proxy}
          ports:
            - name: metrics
              containerPort: 9090
          resources:
            requests:
              cpu: 20m
              memory: 64Mi
{proxy_security}      volumes:
        - name: config
          configMap:
            name: app-{n}
"""

POD_SECURITY = (
    "",
    "      securityContext:\n        runAsNonRoot: true\n"
    "        seccompProfile:\n          type: RuntimeDefault\n",
    "      hostNetwork: true\n",
)
SECURITY = (
    "",
    "          securityContext:\n            allowPrivilegeEscalation: false\n"
    "            readOnlyRootFilesystem: true\n            capabilities:\n              drop:\n"
    "                - ALL\n",
    "          securityContext:\n            privileged: true\n",
    "          securityContext:\n            runAsUser: 1000\n            capabilities:\n"
    "              add:\n                - NET_ADMIN\n",
)


def deployments(count: int) -> Iterator[str]:
    """The documents, one Deployment each."""
    choose = random.Random(7)
    for n in range(count):
        yield DEPLOYMENT.format(
            n=n,
            team=n % 40,
            replicas=choose.randint(1, 5),
            automount=choose.choice(("true", "false")),
            pod_security=choose.choice(POD_SECURITY),
            minor=choose.randint(0, 30),
            patch=choose.randint(0, 9),
            upstream=choose.randrange(count),
            cpu=choose.choice((50, 100, 200, 500)),
            memory=(memory := choose.choice((64, 128, 256, 512))),
            limit=max(memory, choose.choice((256, 512, 1024))),  # else the API server refuses it
            security=choose.choice(SECURITY),
            proxy=choose.choice(("latest", "2.1.0", "2.2.0")),
            proxy_security=choose.choice(SECURITY),
        )


if __name__ == "__main__":
    sys.stdout.writelines(deployments(int(sys.argv[1])))
