"""Requests to the API server, reading but for `write`; each with a deadline, tried again where it helps."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from scanner import __version__
from scanner.collect.cluster.errors import (
    ApiError,
    DroppedError,
    StoppedError,
    TimedOutError,
    TooLargeError,
    UnreachableError,
    account_in,
    from_response,
    unreachable,
)
from scanner.collect.cluster.interface import JSON, MAX_BYTES, TRIES

if TYPE_CHECKING:
    from scanner.collect.cluster.login import Login

CONNECT_TIMEOUT = 5.0
_FIRST_PAUSE, _LONGEST_PAUSE, _LONGEST_RETRY_AFTER = 0.25, 8.0, 30.0
_PATIENCE = 90.0
"""Seconds after which a request is not tried again."""
_BUSY = 30.0
"""Seconds for which a server is asked again that says it has too much to do."""
_RESTART = 20.0
"""Seconds within which an API server that is restarted is back."""
_RELOGIN_PAUSE = 30.0
_CHUNK = 1 << 16
REVIEWS = (
    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
)
"""What may be posted: questions about ourselves, which leave nothing behind."""


class Connection:
    """A logged-in way to one API server; safe to use from several threads."""

    def __init__(
        self,
        login: Login,
        name: str,
        timeout: float,
        log_in: Callable[[], Login] | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._login = login
        self._log_in = log_in
        self._renewed = time.monotonic()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._away = False
        self.troubled = False
        """Connections broke: the server may have been restarted, and then denies what it allows a while."""
        self.timeout = timeout
        """Seconds that one request may take."""
        self.name = name
        """The context's name, or the one that was given."""
        self.server = login.server
        """The URL, without credentials."""
        self.version = ""
        """The server's `gitVersion`; empty when it does not say."""
        self.account = login.account
        """Who is logged in, as far as is known."""

    def get(
        self,
        path: str,
        accept: str = JSON,
        *,
        tries: int = TRIES,
        timeout: float | None = None,
        max_bytes: int = MAX_BYTES,
        **query: object,
    ) -> bytes:
        """The body of an answer, whole. Raises ApiError; TooLargeError for more than `max_bytes`."""
        wanted = {name: value for name, value in query.items() if value not in (None, "")}
        url = f"{path}?{urlencode(wanted)}" if wanted else path
        return self._try("GET", url, accept, None, tries, timeout or self.timeout, max_bytes)

    def stream(self, path: str, accept: str, timeout: float, **query: object) -> Iterator[bytes]:
        """The lines of an answer as they come, until the server ends it or is silent for `timeout` seconds.

        Raises ApiError, also in the middle.
        """
        import urllib3.exceptions as failures

        if self._stopped.is_set():
            raise StoppedError
        response = None
        rest = b""
        url = f"{path}?{urlencode(query)}"
        try:
            login = self._login
            response = self._open(login, "GET", url, accept, None, timeout)
            if response.status == 401 and self._renew(login):
                response.close()
                response = self._open(self._login, "GET", url, accept, None, timeout)
            if response.status >= 300:
                data = self._read(response, time.monotonic() + self.timeout, self.timeout, MAX_BYTES)
                raise from_response(response.status, data, response.headers.get("Retry-After"))
            while chunk := response.read1(_CHUNK, decode_content=True):
                if self._stopped.is_set():
                    raise StoppedError
                *lines, rest = (rest + chunk).split(b"\n")
                yield from lines
                if len(rest) > MAX_BYTES:
                    raise TooLargeError(MAX_BYTES)
        except (failures.HTTPError, OSError) as error:
            raise self._dropped(error) from error
        finally:
            if response is not None:
                response.close()

    def review(self, path: str, body: bytes) -> bytes:
        """Ask the server a question about ourselves, at one of REVIEWS. Raises ApiError."""
        if path not in REVIEWS:
            raise ValueError(f"{path} is no question about ourselves")
        return self._try("POST", path, JSON, body, TRIES, self.timeout, MAX_BYTES)

    def write(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Create (POST) or delete (DELETE) something that the user asked for; nothing else writes.

        Raises ApiError: a POST that is tried again may find that what it made is there (409).
        """
        if method not in ("POST", "DELETE"):
            raise ValueError(f"{method} is not for us to do")
        return self._try(method, path, JSON, body, TRIES, self.timeout, MAX_BYTES)

    def stop(self) -> None:
        """End what is under way: every request fails with StoppedError soon."""
        self._stopped.set()
        self._login.pool.clear()

    def pause(self, seconds: float) -> None:
        """Wait; not any longer when stopped."""
        self._sleep(seconds)

    def close(self) -> None:
        """Close the connections."""
        self._login.pool.clear()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def _try(
        self, method: str, url: str, accept: str, body: bytes | None, tries: int, timeout: float, limit: int
    ) -> bytes:
        started = time.monotonic()
        renewed = False
        attempt = 0
        while True:
            attempt += 1
            login = self._login
            try:
                answer = self._once(login, method, url, accept, body, timeout, limit)
                self._away = False
                return answer
            except ApiError as error:
                if error.status == 403 and not self.account:
                    self.account = account_in(error.message)
                if error.status == 401 and not renewed:
                    renewed = True
                    if self._renew(login):
                        continue
                self.troubled |= isinstance(error, DroppedError)
                pause = _pause(error, attempt)
                waited = time.monotonic() - started + pause
                if not error.is_transient or self._gives_up(error, attempt, tries, waited):
                    self._away |= isinstance(error, DroppedError)
                    raise
            self._sleep(pause)

    def _gives_up(self, error: ApiError, attempt: int, tries: int, waited: float) -> bool:
        if self._away and isinstance(error, DroppedError):
            return attempt > 1  # another request has waited for the server to come back
        if tries >= TRIES and isinstance(error, UnreachableError):
            return waited > _RESTART
        if tries >= TRIES and error.status == 429:
            return waited > _BUSY
        return attempt >= tries or waited > _PATIENCE

    def _renew(self, used: Login) -> bool:
        """Log in again, for tokens of exec plugins expire; whether there is a new login to try."""
        from scanner.errors import UsageError

        with self._lock:
            if self._login is not used:
                return True
            if self._log_in is None or time.monotonic() - self._renewed < _RELOGIN_PAUSE:
                return False
            self._renewed = time.monotonic()
            try:
                self._login = self._log_in()
            except UsageError:
                return False
            return True

    def _once(
        self,
        login: Login,
        method: str,
        url: str,
        accept: str,
        body: bytes | None,
        timeout: float,
        limit: int,
    ) -> bytes:
        import urllib3.exceptions as failures

        if self._stopped.is_set():
            raise StoppedError
        deadline = time.monotonic() + timeout
        response = None
        try:
            response = self._open(login, method, url, accept, body, timeout)
            data = self._read(response, deadline, timeout, limit)
        except (failures.HTTPError, OSError) as error:
            raise self._dropped(error) from error
        finally:
            if response is not None:
                response.release_conn()
        if response.status >= 300:
            raise from_response(response.status, data, response.headers.get("Retry-After"))
        return data

    def _open(
        self, login: Login, method: str, url: str, accept: str, body: bytes | None, timeout: float
    ) -> Any:
        from urllib3 import HTTPHeaderDict, Timeout

        headers = HTTPHeaderDict(
            {
                "Accept": accept,
                "Accept-Encoding": "gzip" if login.compressed else "identity",
                "User-Agent": f"kubeassay/{__version__}",
            }
        )
        for name, value in login.headers():
            headers.add(name, value)
        if body is not None:
            headers["Content-Type"] = JSON
        return login.pool.request(
            method,
            login.server.rstrip("/") + url,
            headers=headers,
            body=body,
            timeout=Timeout(connect=min(CONNECT_TIMEOUT, timeout), read=timeout),
            retries=False,
            redirect=False,
            preload_content=False,
        )

    def _read(self, response: Any, deadline: float, timeout: float, limit: int) -> bytes:
        chunks = []
        size = 0
        while chunk := response.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if self._stopped.is_set():
                response.close()
                raise StoppedError
            if size > limit:
                response.close()
                raise TooLargeError(limit)
            if time.monotonic() > deadline:
                response.close()
                raise TimedOutError(f"the answer was not whole after {timeout:g} seconds")
            chunks.append(chunk)
        return b"".join(chunks)

    def _dropped(self, error: Exception) -> ApiError:
        import urllib3.exceptions as failures

        if self._stopped.is_set():
            return StoppedError()
        if isinstance(error, failures.ReadTimeoutError):
            return TimedOutError("the server did not answer in time")
        if isinstance(error, (failures.ProtocolError, failures.DecodeError)):
            return DroppedError("the connection was cut before the answer was whole")
        return UnreachableError(unreachable(error, self.server, self._login.proxy).message)


def _pause(error: ApiError, attempt: int) -> float:
    """Seconds to wait before the next try: what the server asks for, else longer each time, with jitter."""
    if error.retry_after is not None:
        return min(error.retry_after, _LONGEST_RETRY_AFTER) + random.uniform(0, 0.1)  # noqa: S311
    longest = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
    return random.uniform(longest / 2, longest)  # noqa: S311
