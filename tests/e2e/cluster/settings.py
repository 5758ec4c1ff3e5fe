"""The files that configure the API server: authentication, authorization, admission, audit and encryption."""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path
from typing import Any

Object = dict[str, Any]

AUTHENTICATION: Object = {
    "apiVersion": "apiserver.config.k8s.io/v1",
    "kind": "AuthenticationConfiguration",
    "anonymous": {"enabled": True, "conditions": [{"path": p} for p in ("/livez", "/readyz", "/healthz")]},
}

AUTHORIZATION: Object = {
    "apiVersion": "apiserver.config.k8s.io/v1",
    "kind": "AuthorizationConfiguration",
    "authorizers": [{"type": "Node", "name": "node"}, {"type": "RBAC", "name": "rbac"}],
}

ADMISSION: Object = {
    "apiVersion": "apiserver.config.k8s.io/v1",
    "kind": "AdmissionConfiguration",
    "plugins": [
        {
            "name": "PodSecurity",
            "configuration": {
                "apiVersion": "pod-security.admission.config.k8s.io/v1",
                "kind": "PodSecurityConfiguration",
                "defaults": {
                    "enforce": "privileged",
                    "enforce-version": "latest",
                    "audit": "restricted",
                    "audit-version": "latest",
                    "warn": "baseline",
                    "warn-version": "latest",
                },
                "exemptions": {"usernames": [], "runtimeClasses": [], "namespaces": ["kube-system"]},
            },
        }
    ],
}

AUDIT: Object = {
    "apiVersion": "audit.k8s.io/v1",
    "kind": "Policy",
    "omitStages": ["RequestReceived"],
    "rules": [
        {"level": "None", "nonResourceURLs": ["/healthz*", "/livez*", "/readyz*"]},
        {"level": "None", "userGroups": ["system:masters"], "verbs": ["create", "patch", "update"]},
        {"level": "Metadata"},
    ],
}


def encryption() -> Object:
    """Secrets encrypted at rest, with a key of our own."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "apiVersion": "apiserver.config.k8s.io/v1",
        "kind": "EncryptionConfiguration",
        "resources": [
            {
                "resources": ["secrets"],
                "providers": [{"aescbc": {"keys": [{"name": "key1", "secret": key}]}}, {"identity": {}}],
            }
        ],
    }


def write(folder: Path) -> dict[str, Path]:
    """Write the files; the path of each by its flag."""
    files = {
        "authentication-config": AUTHENTICATION,
        "authorization-config": AUTHORIZATION,
        "admission-control-config-file": ADMISSION,
        "audit-policy-file": AUDIT,
        "encryption-provider-config": encryption(),
    }
    paths = {}
    for flag, content in files.items():
        paths[flag] = folder / f"{flag}.yaml"
        paths[flag].write_text(json.dumps(content, indent=2), encoding="utf-8")
        paths[flag].chmod(0o600)
    return paths
