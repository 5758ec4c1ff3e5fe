"""What the kubeconfig says: one context's cluster and user, its relative paths resolved.

Files are merged by the `kubernetes` client. What it would do without a deadline, without a word, or by
writing to the user's files (exec plugins, OIDC refresh) is done here, or refused with a remedy.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.collect.cluster.exec_plugin import credentials
from scanner.collect.cluster.options import ClusterOptions
from scanner.errors import UsageError, nearest

_FILES = ("client-certificate", "client-key", "certificate-authority")


@dataclass(frozen=True, slots=True)
class Context:
    """A context of the kubeconfig, ready for the client."""

    name: str
    cluster: dict[str, Any]
    user: dict[str, Any]
    """With credentials where an exec plugin gave them."""


def paths(options: ClusterOptions) -> list[Path]:
    """The kubeconfig files that exist, in order of precedence.

    Raises UsageError when the named one does not exist, or none does.
    """
    if options.kubeconfig:
        named = Path(options.kubeconfig).expanduser()
        if not named.is_file():
            raise UsageError(f"{options.kubeconfig}: no such kubeconfig", "name an existing file")
        return [named]
    variable = os.environ.get("KUBECONFIG", "")
    names = [name for name in variable.split(os.pathsep) if name] or ["~/.kube/config"]
    found = [path for path in (Path(name).expanduser() for name in names) if path.is_file()]
    if not found:
        where = f"KUBECONFIG names {variable}, which" if variable else "~/.kube/config"
        raise UsageError(
            f"there is no kubeconfig: {where} does not exist",
            "name one with --kubeconfig, or log in to the cluster first",
        )
    return found


def load(options: ClusterOptions) -> Context:
    """Read the context that was asked for, and run its exec plugin if it has one. Raises UsageError."""
    files = paths(options)
    where = ", ".join(map(str, files))
    merged = _merged(files, where)
    contexts = _named(merged, "contexts", where)
    name = options.context or str(merged.get("current-context") or "")
    if not name:
        raise UsageError(
            f"{where}: no current-context is set", f"name one with --context: {', '.join(sorted(contexts))}"
        )
    if name not in contexts:
        hint = nearest(name, contexts) or f"there are: {', '.join(sorted(contexts)) or 'none'}"
        raise UsageError(f"{where}: there is no context {name!r}", hint)
    context = _mapping(contexts[name].value, "context")
    cluster_name, user_name = str(context.get("cluster") or ""), str(context.get("user") or "")
    clusters, users = _named(merged, "clusters", where), _named(merged, "users", where)
    if cluster_name not in clusters:
        raise UsageError(
            f"{where}: context {name!r} names the cluster {cluster_name!r}, which is not there",
            nearest(cluster_name, clusters) or "correct the context",
        )
    if user_name and user_name not in users:
        raise UsageError(
            f"{where}: context {name!r} names the user {user_name!r}, who is not there",
            nearest(user_name, users) or "correct the context",
        )
    cluster = _resolved(_mapping(clusters[cluster_name].value, "cluster"), clusters[cluster_name].path)
    if not cluster.get("server"):
        raise UsageError(f"{where}: the cluster {cluster_name!r} has no server", "set its server")
    if "://" not in cluster["server"]:
        cluster["server"] = f"https://{cluster['server']}"
    user: dict[str, Any] = {}
    if user_name:
        entry = users[user_name]
        user = _logged_in(
            _resolved(_mapping(entry.value, "user"), entry.path), user_name, cluster, entry.path
        )
    return Context(name, cluster, user)


def _merged(files: list[Path], where: str) -> dict[str, Any]:
    import yaml
    from kubernetes.config.config_exception import ConfigException
    from kubernetes.config.kube_config import KubeConfigMerger

    try:
        merged = KubeConfigMerger(os.pathsep.join(map(str, files))).config
    except OSError as error:
        raise UsageError(f"{where}: cannot be read: {error.strerror or error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        raise UsageError(
            f"{where}: not YAML:{line} {getattr(error, 'problem', None) or error}", "mend the file"
        ) from error
    except (ConfigException, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{where}: not a kubeconfig: {error}", "mend the file") from error
    value = merged.value if merged is not None else None
    if not isinstance(value, dict):
        raise UsageError(f"{where}: not a kubeconfig", "mend the file")
    return value


def _named(merged: dict[str, Any], section: str, where: str) -> dict[str, Any]:
    try:
        return {str(entry.value["name"]): entry for entry in merged.get(section) or ()}
    except (KeyError, TypeError) as error:
        raise UsageError(f"{where}: an entry of {section} has no name", "mend the file") from error


def _mapping(entry: dict[str, Any], field: str) -> dict[str, Any]:
    value = entry.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UsageError(f"{entry.get('name')}: {field} is not a mapping in the kubeconfig", "mend the file")
    return dict(value)


def _resolved(settings: dict[str, Any], file: str) -> dict[str, Any]:
    """With paths from the folder of the file that names them, as kubectl takes them."""
    folder = Path(file).resolve().parent
    for field in (*_FILES, "tokenFile"):
        if settings.get(field):
            settings[field] = str(folder / str(settings[field]))
    return settings


def _logged_in(user: dict[str, Any], name: str, cluster: dict[str, Any], file: str) -> dict[str, Any]:
    for field in ("client-certificate-data", "client-key-data"):
        _check_base64(user, name, field)
    _check_base64(cluster, name, "certificate-authority-data")
    if user.get("tokenFile"):
        # the file goes before a token, as it may be renewed; its line break is not part of the token
        try:
            user["token"] = Path(user.pop("tokenFile")).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise UsageError(
                f"the token file of the user {name!r} cannot be read: {error.strerror or error}"
            ) from error
    provider = user.pop("auth-provider", None)
    has_credentials = (
        user.get("token") or user.get("client-certificate-data") or user.get("client-certificate")
    )
    if isinstance(provider, dict) and not has_credentials:
        user["token"] = _oidc_token(provider, name)
    plugin = user.pop("exec", None)
    if isinstance(plugin, dict) and not user.get("token"):
        user.update(credentials(plugin, cluster, Path(file).resolve().parent))
    return user


def _check_base64(settings: dict[str, Any], name: str, field: str) -> None:
    try:
        base64.b64decode(str(settings.get(field) or ""), validate=False)
    except (binascii.Error, ValueError) as error:
        raise UsageError(f"{field} for {name!r} is not base64", "correct it in the kubeconfig") from error


def _oidc_token(provider: dict[str, Any], name: str) -> str:
    kind = provider.get("name")
    if kind != "oidc":
        raise UsageError(
            f"the user {name!r} logs in with the auth provider {kind!r}, which Kubernetes dropped",
            "write the kubeconfig anew with the provider's exec plugin "
            "(gke-gcloud-auth-plugin, kubelogin), as kubectl demands too",
        )
    settings = provider.get("config")
    token = str(settings.get("id-token") or "") if isinstance(settings, dict) else ""
    expires = claims(token).get("exp")
    if not token or (isinstance(expires, (int, float)) and expires < time.time()):
        raise UsageError(
            f"the OIDC token of the user {name!r} has expired",
            "run any kubectl command, which renews it, then scan again",
        )
    return token


def claims(token: str) -> dict[str, Any]:
    """What a JSON Web Token says, unverified; nothing when it is no such token."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        decoded = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error):
        return {}
    return decoded if isinstance(decoded, dict) else {}
