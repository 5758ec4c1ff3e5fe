"""Which permissions collecting needs, and which of them the account lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from scanner.collect.cluster import workers
from scanner.collect.cluster.client import REVIEWS
from scanner.collect.cluster.discovery import Discovered, Kind, discover
from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.secrets import METADATA_ONLY, is_secret

if TYPE_CHECKING:
    from scanner.collect.cluster.client import Connection

SELF, ACCESS = REVIEWS
_KUBELETS = "nodes/proxy"
"""The API server passes nothing on to kubelets for less; nodes/configz counts at the kubelet itself alone."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One resource that is read."""

    group: str
    resource: str
    """Its plural, with `/subresource` where it is one."""
    verbs: tuple[str, ...]
    namespaced: bool = False
    path: str = ""
    """Where it is listed, to try it where the server answers no questions."""

    @property
    def name(self) -> str:
        """As messages of the server call it: `deployments.apps`."""
        return f"{self.resource}.{self.group}" if self.group else self.resource


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a permission is there."""

    permission: Permission
    allowed: bool | None
    """None when that cannot be told."""
    verb: str
    """What was asked for; of several verbs, the first that is not allowed."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """What an account may read of what a scan needs."""

    account: str
    """Empty when the server does not say."""
    answers: Sequence[Answer]
    failed: Sequence[tuple[str, str]]
    """Groups whose kinds are not known, with the reason."""

    @property
    def missing(self) -> list[Answer]:
        """Permissions that are not there, or may not be."""
        return [answer for answer in self.answers if not answer.allowed]

    @property
    def complete(self) -> bool:
        """Whether everything can be read."""
        return not self.missing and not self.failed


def access(connection: Connection, secrets: bool, nodes: bool, parallel: int, watch: bool = False) -> Access:
    """Ask the server what the account may do. It sends questions, which change nothing.

    `watch` asks whether kinds may be followed too.
    """
    try:
        found = discover(connection)
        wanted = permissions(found, secrets, nodes, watch)
        account = _account(connection)
        answers = workers.run(
            [lambda each=each: _ask(connection, each, watch) for each in wanted],  # type: ignore[misc]
            parallel,
        )
    except BaseException:
        connection.stop()
        raise
    return Access(account, answers, [(lost.group, str(lost.error)) for lost in found.failed])


def permissions(found: Discovered, secrets: bool, nodes: bool, watch: bool = False) -> list[Permission]:
    """What a scan reads, sorted; with `nodes`, kubelets are to be asked through the API server."""
    wanted = [_of(kind, watch) for kind in found.kinds if secrets or not is_secret(kind)]
    if nodes:
        wanted.append(Permission("", _KUBELETS, ("get",)))
    return sorted(wanted, key=lambda each: (each.group, each.resource))


def _of(kind: Kind, watch: bool) -> Permission:
    verbs: tuple[str, ...] = ("get", "list", "watch")
    if is_secret(kind):
        verbs = ("list", "watch") if watch else ("list",)
    return Permission(kind.group, kind.resource, verbs, kind.namespaced, kind.path())


def _account(connection: Connection) -> str:
    review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    try:
        told = msgspec.json.decode(connection.review(SELF, msgspec.json.encode(review)))
        return str(told["status"]["userInfo"]["username"])
    except StoppedError:
        raise
    except (ApiError, msgspec.DecodeError, KeyError, TypeError):  # before Kubernetes 1.28
        return connection.account


def _ask(connection: Connection, permission: Permission, watch: bool) -> Answer:
    verb = "list" if permission.path else permission.verbs[0]
    answer = _ask_verb(connection, permission, verb)
    if answer.allowed and watch and permission.path:
        return _ask_verb(connection, permission, "watch")
    return answer


def _ask_verb(connection: Connection, permission: Permission, verb: str) -> Answer:
    resource, _, subresource = permission.resource.partition("/")
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {
            "resourceAttributes": {
                "group": permission.group,
                "resource": resource,
                "subresource": subresource,
                "verb": verb,
            }
        },
    }
    try:
        status = msgspec.json.decode(connection.review(ACCESS, msgspec.json.encode(review)))["status"]
        return Answer(permission, bool(status["allowed"]), verb, str(status.get("reason") or ""))
    except StoppedError:
        raise
    except (ApiError, msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        return _try(connection, permission, verb, str(error))


def _try(connection: Connection, permission: Permission, verb: str, why: str) -> Answer:
    """List one object, where the server does not answer questions."""
    if verb != "list":
        return Answer(permission, None, verb, why)
    try:
        connection.get(permission.path, METADATA_ONLY, limit=1)
    except StoppedError:
        raise
    except ApiError as error:
        return Answer(permission, False if error.status in (401, 403) else None, verb, str(error))
    return Answer(permission, True, verb)
