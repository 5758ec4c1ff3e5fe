"""What a component of Kubernetes is set to: flags, environment, files that they name, else the default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.collect.interface import Path
from scanner.facts import defaults, openshift
from scanner.facts.command_line import Flag
from scanner.facts.components import ETCD, Component, version
from scanner.facts.index import Index
from scanner.facts.node_files import Content, config, file_of
from scanner.fields import as_text, field, mapping

Setting = dict[str, Any]
"""`value` (text, with lists joined by commas) or, when it is not known, `unknown` with the reason and
`learn` with how to learn it; `source` (`flag`, `env`, `file`, `distribution` or `default`); `path`, where
in the object it stands or would stand.
"""
_GATES = {"RotateKubeletServerCertificate": ("AllBeta",)}
"""Feature gates that rules read by their names → the gates that set them unless they are named."""
_HOW = "collect the facts of its node with `kubeassay node collect`"


def setting(index: Index, component: Component, name: str) -> Setting | None:
    """What a component is set to by a flag's name; None for a flag that it does not have.

    What replaces a flag is read in its stead: structured authentication and authorization, the files of
    etcd and of the scheduler, OpenShift's own configuration.
    """
    if name in _GATES:
        return _gate(index, component, name)
    own = _replaced(index, component, name)
    if own is not None:
        return own
    given = _given(component, name)
    if given is not None and not (component.states_defaults and _is_default(index, component, name, given)):
        return given
    if component.distribution == "openshift":
        found = openshift.setting(index, component, name)
        if found is not None:
            return found
    if component.hidden:
        return unknown(component.hidden, "flag", component.place)
    value = defaults.of_distribution(component.distribution, component.name).get(name)
    if value is not None and not _is_structured(component, name):
        return {"value": value, "source": "distribution", "path": list(component.place)}
    value = defaults.default_of(component.name, name, version(index, component))
    return None if value is None else {"value": value, "source": "default", "path": list(component.place)}


def _is_default(index: Index, component: Component, name: str, given: Setting) -> bool:
    value = defaults.default_of(component.name, name, version(index, component))
    return value is not None and str(given.get("value", "")).strip("[]") == value


def unknown(reason: str, source: str, path: Path, how: str = _HOW) -> Setting:
    """A setting whose value could not be had."""
    return {"unknown": reason, "learn": how, "source": source, "path": list(path)}


def _given(component: Component, name: str) -> Setting | None:
    """By a flag, the last of which wins unless they make a list, or for etcd by a variable."""
    uses = component.flags.get(name)
    if uses:
        return _of_flags(uses, defaults.kind_of(component.name, name) or "text")
    if component.name != ETCD:
        return None
    variable = f"ETCD_{name.upper().replace('-', '_')}"
    known = component.env.get(variable)
    if known is not None:
        value, path = known
        # an empty variable counts as none
        return _valued(value, component, name, "env", path) if value else None
    reason = component.environment.reason(variable)
    return unknown(f"{variable}: {reason}", "env", component.place) if reason else None


def _of_flags(uses: Sequence[Flag], kind: str) -> Setting:
    values = []
    for use in uses if kind in ("list", "map") else uses[-1:]:
        if use.value is None:
            return unknown(use.unclear, "flag", use.path)
        values.append(use.value)
    value = ",".join(values)
    return {"value": _normal(value, kind), "source": "flag", "path": list(uses[-1].path)}


def _valued(value: str, component: Component, name: str, source: str, path: Path) -> Setting:
    kind = defaults.kind_of(component.name, name) or "text"
    return {"value": _normal(value, kind), "source": source, "path": list(path)}


def _normal(value: str, kind: str) -> str:
    """Booleans as Go reads them; what it would not read stays as it is."""
    if kind == "boolean":
        if value in ("1", "t", "T", "true", "TRUE", "True"):
            return "true"
        if value in ("0", "f", "F", "false", "FALSE", "False"):
            return "false"
    if kind == "list":
        return ",".join(each.strip() for each in value.split(","))
    return value


def _gate(index: Index, component: Component, name: str) -> Setting | None:
    """A feature gate: the last that names it in `--feature-gates`, else the version's default."""
    gates = setting(index, component, "feature-gates")
    if gates is None or "unknown" in gates:
        return gates
    # a gate may name its component: `kube:RotateKubeletServerCertificate=true`
    stated = [gate.strip().removeprefix("kube:") for gate in gates["value"].split(",")]
    given = dict(gate.partition("=")[::2] for gate in stated)
    for key in (name, *_GATES[name]):
        if key in given:
            return {**gates, "value": _normal(given[key], "boolean")}
    value = defaults.default_of(component.name, name, version(index, component))
    return None if value is None else {**gates, "value": value, "source": "default"}


def _replaced(index: Index, component: Component, name: str) -> Setting | None:
    """From the file that takes the flag's place, if there is one."""
    match component.name, name:
        case "kube-apiserver", "anonymous-auth":
            return _anonymous(component)
        case "kube-apiserver", "authorization-mode":
            return _authorizers(component)
        case "kube-scheduler", "profiling":
            return _from_file(index, component, "config", name, ("enableProfiling",), "scheduler.config")
        case "etcd", _ if name != "config-file":
            return _from_file(index, component, "config-file", name, _etcd_keys(name), "etcd.config")
    return None


def _is_structured(component: Component, name: str) -> bool:
    file = {"anonymous-auth": "authentication-config", "authorization-mode": "authorization-config"}
    return name in file and bool(component.flags.get(file[name]))


def _anonymous(component: Component) -> Setting | None:
    named = _given(component, "authentication-config")
    if not named or named.get("value") == "":
        return None
    content = config(component, "authentication", named.get("value", ""))
    explicit = _given(component, "anonymous-auth")
    if explicit is not None:
        return None  # an API server refuses to start with the flag and a file that speaks of it
    if content.body is None:
        return _unread(named, content, "--authentication-config")
    anonymous = content.body.get("anonymous")
    if not isinstance(anonymous, dict):
        return None
    found: Setting = {"source": "file", "path": named["path"]}
    found["value"] = "true" if anonymous.get("enabled") is True else "false"
    paths = [field(one, "path") for one in anonymous.get("conditions") or [] if isinstance(one, dict)]
    if paths and found["value"] == "true":
        found["conditions"] = [path for path in paths if isinstance(path, str)]
    return found


def _authorizers(component: Component) -> Setting | None:
    named = _given(component, "authorization-config")
    if not named or named.get("value") == "":
        return None
    content = config(component, "authorization", named.get("value", ""))
    if content.body is None:
        return _unread(named, content, "--authorization-config")
    listed = content.body.get("authorizers")
    types = [field(one, "type") for one in listed] if isinstance(listed, list) else []
    if not types or not all(isinstance(kind, str) for kind in types):
        return unknown(
            "the file that --authorization-config names lists no authorizers", "file", named["path"]
        )
    return {"value": ",".join(types), "source": "file", "path": named["path"]}


def _unread(named: Setting, content: Content, flag: str) -> Setting:
    if "unknown" in named:
        return named
    reason = f"{flag} names a file whose content is not at hand"
    return unknown(f"{reason}: {content.reason}" if content.reason else reason, "file", tuple(named["path"]))


def _etcd_keys(name: str) -> tuple[str, ...]:
    """Where a setting stands in etcd's file."""
    if name.startswith("peer-"):
        return ("peer-transport-security", name.removeprefix("peer-"))
    transport = ("cert-file", "key-file", "client-cert-auth", "trusted-ca-file", "auto-tls")
    return ("client-transport-security", name) if name in transport else (name,)


def _from_file(
    index: Index, component: Component, flag: str, name: str, keys: tuple[str, ...], role: str
) -> Setting | None:
    """From a component's configuration file, beside which its flags and variables count for nothing."""
    named = _given(component, flag)
    if component.distribution == "k3s" and component.name == ETCD:
        # the embedded etcd has a file, and no flag that names it
        content = file_of(component, role, "")
        if content.body is None:
            return None
        named = {"path": list(component.place)}
    elif not named or named.get("value") == "":
        return None
    else:
        content = file_of(component, role, named.get("value", ""))
    body = content.body
    if body is None and component.distribution == "openshift":
        body = openshift.config(index, component)
    if body is None:
        return _unread(named, content, f"--{flag}")
    value = field(mapping(body, *keys[:-1]), keys[-1])
    if value is None:
        default = defaults.default_of(component.name, name, version(index, component))
        return {"value": default or "", "source": "file", "path": named["path"]}
    return _valued(as_text(value) or "", component, name, "file", tuple(named["path"]))
