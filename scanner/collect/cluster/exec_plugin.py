"""Credentials from a program that the kubeconfig names (client.authentication.k8s.io), with a deadline.

The `kubernetes` client waits for such a program without end and only logs its failure.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from scanner.errors import UsageError
from scanner.text import one_line

TIMEOUT = 60.0
"""Seconds that the program has; some wait for the user to log in with a browser."""
_VERSIONS = ("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1")
_EXTENSION = "client.authentication.k8s.io/exec"


def credentials(plugin: Mapping[str, Any], cluster: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Run the program; what it gives, as fields of a kubeconfig's user.

    `folder` is that of the kubeconfig, from which relative paths start. Raises UsageError.
    """
    name = str(plugin.get("command") or "")
    if not name:
        raise UsageError("the kubeconfig's user has an exec plugin without a command", "name its command")
    version = str(plugin.get("apiVersion") or "")
    if version not in _VERSIONS:
        raise UsageError(
            f"the exec plugin {name} is configured for {version or 'no apiVersion'}",
            f"set its apiVersion in the kubeconfig to {_VERSIONS[0]}",
        )
    program = _find(name, folder, str(plugin.get("installHint") or ""))
    interactive = _is_interactive(plugin, name)
    environment = dict(os.environ)
    for variable in plugin.get("env") or ():
        environment[str(variable.get("name"))] = str(variable.get("value"))
    environment["KUBERNETES_EXEC_INFO"] = json.dumps(_info(plugin, version, cluster, folder, interactive))
    arguments = [str(argument) for argument in plugin.get("args") or ()]
    output = _run([program, *arguments], name, environment, interactive, TIMEOUT)
    return _user(output, name, version)


def _find(name: str, folder: Path, hint: str) -> str:
    is_path = "/" in name or os.sep in name
    found = str(folder / name) if is_path else shutil.which(name)
    if not found or (is_path and not Path(found).is_file()):
        remedy = (
            one_line(hint) if hint else "install it, or correct exec.command of the user in the kubeconfig"
        )
        raise UsageError(f"the exec plugin {name} of the kubeconfig is not installed", remedy)
    return found


def _is_interactive(plugin: Mapping[str, Any], name: str) -> bool:
    mode = str(plugin.get("interactiveMode") or "IfAvailable")
    terminal = sys.stdin is not None and sys.stdin.isatty()
    if mode == "Always" and not terminal:
        raise UsageError(
            f"the exec plugin {name} asks questions, and there is no terminal to ask on",
            "run in a terminal, or use credentials that need no questions",
        )
    return terminal and mode != "Never"


def _info(
    plugin: Mapping[str, Any], version: str, cluster: Mapping[str, Any], folder: Path, interactive: bool
) -> dict[str, Any]:
    spec: dict[str, Any] = {"interactive": interactive}
    if plugin.get("provideClusterInfo"):
        names = ("server", "tls-server-name", "insecure-skip-tls-verify", "proxy-url", "disable-compression")
        told = {key: cluster[key] for key in (*names, "certificate-authority-data") if cluster.get(key)}
        authority = cluster.get("certificate-authority")
        if authority and "certificate-authority-data" not in told:
            with suppress(OSError):
                data = (folder / str(authority)).read_bytes()
                told["certificate-authority-data"] = base64.b64encode(data).decode()
        for extension in cluster.get("extensions") or ():
            if extension.get("name") == _EXTENSION:
                told["config"] = extension.get("extension")
        spec["cluster"] = told
    return {"apiVersion": version, "kind": "ExecCredential", "spec": spec}


def _run(
    command: list[str], name: str, environment: Mapping[str, str], interactive: bool, timeout: float
) -> bytes:
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=None if interactive else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if interactive else subprocess.PIPE,
            start_new_session=not interactive,
        )
    except OSError as error:
        raise UsageError(
            f"the exec plugin {name} cannot be started: {error.strerror or error}",
            "check that the file can be executed, or correct exec.command in the kubeconfig",
        ) from error
    try:
        output, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"the exec plugin {name} was not done after {timeout:g} seconds",
            "log in with it beforehand, so that it need not ask",
        ) from error
    finally:
        _end(process, interactive)
    if process.returncode:
        said = one_line(" ".join((errors or b"").decode("utf-8", "replace").split()))[-300:]
        raise UsageError(
            f"the exec plugin {name} failed with code {process.returncode}{': ' if said else ''}{said}",
            f"run `{name}` yourself and see what it lacks; often a login has expired",
        )
    return output


def _end(process: subprocess.Popen[bytes], interactive: bool) -> None:
    if process.poll() is not None:
        return
    with suppress(OSError):
        if interactive or sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _user(output: bytes, name: str, version: str) -> dict[str, str]:
    try:
        answer = json.loads(output)
        told, status = answer["apiVersion"], answer["status"]
        token, pem, key = (status.get(field) for field in ("token", "clientCertificateData", "clientKeyData"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"the exec plugin {name} does not print an ExecCredential",
            f"run `{name}` yourself and see what it prints",
        ) from error
    if told != version:
        raise UsageError(
            f"the exec plugin {name} answers as {told}, the kubeconfig asks for {version}",
            f"set the plugin's apiVersion in the kubeconfig to {told}",
        )
    user = {}
    if token:
        user["token"] = str(token)
    if pem and key:
        user["client-certificate-data"] = base64.b64encode(str(pem).encode()).decode()
        user["client-key-data"] = base64.b64encode(str(key).encode()).decode()
    if not user:
        raise UsageError(
            f"the exec plugin {name} gives neither a token nor a certificate with its key",
            f"run `{name}` yourself and see what it prints",
        )
    return user
