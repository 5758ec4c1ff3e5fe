"""How a request can fail, in the words of whoever has to mend it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from scanner.errors import UsageError
from scanner.text import one_line

_MESSAGE = 300
"""Characters of a server's message that are kept."""
_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class ApiError(Exception):
    """The API server did not give what was asked for.

    `status` is the HTTP status, 0 when no whole answer came; `cause` is short and the same for all requests
    that fail for the same reason; `retry_after` are the seconds to wait, where the server said so.
    """

    def __init__(self, status: int, message: str, cause: str = "", retry_after: float | None = None) -> None:
        self.status = status
        self.message = one_line(message)[:_MESSAGE]
        self.cause = one_line(cause)[:_MESSAGE] or self.message
        self.retry_after = retry_after
        self.continue_token = ""
        """With 410 Gone: the token that goes on with the list as it is now."""
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.status}: {self.message}" if self.status else self.message

    @property
    def is_transient(self) -> bool:
        """Whether the same request may succeed later."""
        return self.status == 429 or self.status >= 500 or isinstance(self, DroppedError)

    @property
    def is_slow(self) -> bool:
        """Whether asking for less may help."""
        return self.status == 504 or isinstance(self, TimedOutError)


class DroppedError(ApiError):
    """The connection broke, or the answer was not whole or not in time."""

    def __init__(self, message: str) -> None:
        super().__init__(0, message)


class TimedOutError(DroppedError):
    """The answer took too long."""


class UnreachableError(DroppedError):
    """No connection came about."""


class TooLargeError(ApiError):
    """The answer was larger than was allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(0, f"the answer is larger than {limit >> 20} MiB")


class StoppedError(ApiError):
    """The work was interrupted."""

    def __init__(self) -> None:
        super().__init__(0, "interrupted")


def from_response(status: int, body: bytes, retry_after: str | None) -> ApiError:
    """The error in an answer: a `Status` object, or whatever a proxy wrote."""
    phrase = _PHRASES.get(status, "")
    told: dict[str, Any] = {}
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = re.sub(r"<[^>]*>|\s+", " ", body[:2000].decode("utf-8", "replace"))
        message = " ".join(text.split())
    else:
        told = decoded if isinstance(decoded, dict) and decoded.get("kind") == "Status" else {}
        message = str(told.get("message") or "")
    if 300 <= status < 400:
        message = "the server answers with a redirect, as login pages do"
    details = told.get("details")
    seconds = retry_after or (details.get("retryAfterSeconds") if isinstance(details, dict) else None)
    try:
        wait = max(0.0, float(seconds)) if seconds else None
    except (TypeError, ValueError):
        wait = None
    error = ApiError(status, message or phrase or "no reason given", f"{status} {phrase}".strip(), wait)
    metadata = told.get("metadata")
    if status == 410 and isinstance(metadata, dict):
        error.continue_token = str(metadata.get("continue") or "")
    return error


def account_in(message: str) -> str:
    """The user that a 403 names: `User "x" cannot list …`."""
    found = re.search(r'User "([^"]+)" cannot', message)
    return found[1] if found else ""


def unreachable(error: BaseException, server: str, proxy: str = "") -> UsageError:
    """Why no connection came about, and what to do."""
    import ssl

    import urllib3.exceptions as failures

    cause = _innermost(error)
    if isinstance(cause, ssl.SSLError):
        return _tls(cause, server)
    if proxy:
        return UsageError(
            f"the proxy {proxy} does not connect to {server}: {_reason(cause)}",
            "check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY",
        )
    if isinstance(error, failures.NameResolutionError):
        return UsageError(
            f"{server}: the server's name is not known to the resolver",
            "check the cluster's server in the kubeconfig, and that the VPN or DNS is up",
        )
    return UsageError(
        f"cannot reach {server}: {_reason(cause)}",
        "check that the cluster runs and can be reached from here (VPN, firewall, proxy), "
        "and the cluster's server in the kubeconfig",
    )


def _tls(error: Any, server: str) -> UsageError:
    text = str(error)
    code = getattr(error, "verify_code", 0)
    why = str(getattr(error, "verify_message", "") or "").rstrip(".")
    if code in (62, 64) or "doesn't match" in text:
        return UsageError(
            f"{server}: the server's certificate is for another name: {why}",
            "use the name that the certificate has, or set tls-server-name in the kubeconfig",
        )
    if code == 10:
        return UsageError(
            f"{server}: the server's certificate has expired", "renew the API server's certificate"
        )
    if code == 9:
        return UsageError(f"{server}: the server's certificate is not yet valid", "check the clock")
    if code or "CERTIFICATE_VERIFY_FAILED" in text:
        return UsageError(
            f"{server}: the server's certificate is not trusted: {why or text}",
            "set certificate-authority-data of the cluster in the kubeconfig to the CA that signed it",
        )
    if "WRONG_VERSION_NUMBER" in text or "wrong version number" in text:
        return UsageError(
            f"{server}: the server does not speak TLS",
            "check the port, and whether the server should be http:// in the kubeconfig",
        )
    if "alert" in text.lower():
        return UsageError(
            f"{server}: the server refuses the client certificate: {text}",
            "renew the client certificate of the user in the kubeconfig",
        )
    return UsageError(f"{server}: TLS fails: {text}", "check the server's address and port")


def _innermost(error: BaseException) -> BaseException:
    """The error behind wrappers."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner = getattr(error, "original_error", None) or getattr(error, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((each for each in error.args if isinstance(each, BaseException)), None)
        if inner is None:
            inner = error.__cause__ or error.__context__
        if inner is None:
            break
        error = inner
    return error


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    text = getattr(error, "strerror", None) or str(error)
    return one_line(str(text)).split(": ", 1)[-1] if "object at 0x" in str(text) else one_line(str(text))
