"""Reach the server, log in, learn its version: within seconds, or a clear error."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

import msgspec

from scanner.collect.cluster.client import CONNECT_TIMEOUT, Connection
from scanner.collect.cluster.errors import ApiError, unreachable
from scanner.collect.cluster.login import Login, expired, log_in
from scanner.collect.cluster.options import ClusterOptions
from scanner.errors import UsageError

_T = TypeVar("_T")
_WHOLE = 15.0
"""Seconds for resolving names, connecting, TLS and the first answer together."""


def reach(options: ClusterOptions) -> Connection:
    """A connection that has proven to work. Raises UsageError."""
    login = log_in(options)
    name = options.cluster_name or login.name
    connection = Connection(login, name, options.timeout, lambda: log_in(options))
    try:
        connection.version = bounded(lambda: _version(connection, login), _WHOLE, login.server)
    except BaseException:
        connection.stop()
        raise
    return connection


def _version(connection: Connection, login: Login) -> str:
    try:
        body = connection.get("/version", tries=2, timeout=2 * CONNECT_TIMEOUT)
    except ApiError as error:
        if error.status == 403:  # logged in, and not allowed to ask for the version
            return ""
        raise _refused(error, login) from error
    try:
        return str(msgspec.json.decode(body)["gitVersion"])
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise UsageError(
            f"{login.server} does not answer as a Kubernetes API server does",
            "check the cluster's server in the kubeconfig",
        ) from error


def _refused(error: ApiError, login: Login) -> UsageError:
    if outdated := expired(login.certificate):
        return outdated
    if error.status == 401:
        return UsageError(
            f"{login.server} does not accept the credentials (401)",
            "log in again, or renew the user's token or certificate in the kubeconfig",
        )
    if error.status:
        return UsageError(
            f"{login.server} answers {error}", "check that it is the API server, and that it is ready"
        )
    if error.__cause__ is not None:
        return unreachable(error.__cause__, login.server, login.proxy)
    return UsageError(f"{login.server}: {error}", "check that the API server is ready")


def bounded(function: Callable[[], _T], seconds: float, server: str) -> _T:
    """Call a function that may hang where no timeout reaches, as in the resolver. Raises UsageError."""
    results: queue.SimpleQueue[tuple[_T | None, BaseException | None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put((function(), None))
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
            results.put((None, error))

    threading.Thread(target=work, daemon=True, name="kubeassay-connect").start()
    try:
        value, error = results.get(timeout=seconds)
    except queue.Empty:
        raise UsageError(
            f"{server} did not answer within {seconds:g} seconds",
            "check that the cluster runs and can be reached from here (VPN, firewall, proxy)",
        ) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]
