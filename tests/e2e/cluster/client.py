"""A plain client of the API server for tests: no library that the scanner itself relies on."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fakes.kube_store import plural

Object = dict[str, Any]
PARALLEL = 8


class Refusal(Exception):
    """The server answered with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Client:
    """One user at one address."""

    def __init__(
        self, host: str, port: int, ca: Path, certificate: tuple[Path, Path] | None = None, token: str = ""
    ) -> None:
        self._address = (host, port)
        self._context = ssl.create_default_context(cafile=str(ca))
        if certificate:
            self._context.load_cert_chain(*map(str, certificate))
        self._headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._local = threading.local()

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        """Status and body. A kept connection that the server closed meanwhile is opened once more."""
        data = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        sent = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        for fresh in (False, True):
            connection = getattr(self._local, "connection", None)
            if connection is None or fresh:
                connection = http.client.HTTPSConnection(*self._address, timeout=60, context=self._context)
                self._local.connection = connection
            try:
                connection.request(method, path, data, sent)
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self._local.connection = None
                if fresh:
                    raise
        raise AssertionError

    def json(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer as JSON. Raises Refusal."""
        code, answer = self.request(method, path, body, **headers)
        if code >= 300:
            try:
                message = json.loads(answer).get("message", "")
            except ValueError:
                message = answer.decode(errors="replace").strip()
            raise Refusal(code, f"{method} {path}: {message}")
        return json.loads(answer)

    def get(self, path: str) -> Any:
        """One object or list. Raises Refusal."""
        return self.json("GET", path)

    def create(self, obj: Object) -> Object:
        """Create one object; one that is there already stays. Raises Refusal."""
        try:
            return self.json("POST", path_of(obj, named=False), obj)  # type: ignore[no-any-return]
        except Refusal as refusal:
            if refusal.code == 409:
                return self.get(path_of(obj))  # type: ignore[no-any-return]
            raise

    def create_all(self, objects: Iterable[Object], parallel: int = PARALLEL) -> list[Object]:
        """Create many objects at once; what others need must be in an earlier call. Raises Refusal."""
        with ThreadPoolExecutor(parallel) as pool:
            return list(pool.map(self.create, objects))

    def apply(self, obj: Object) -> Object:
        """Server-side apply. Raises Refusal."""
        path = f"{path_of(obj)}?fieldManager=tests&force=true"
        kind = "application/apply-patch+yaml"
        return self.json("PATCH", path, obj, Content_Type=kind)  # type: ignore[no-any-return]

    def delete(self, obj: Object) -> None:
        """Delete one object at once; one that is gone is no error. Raises Refusal."""
        try:
            self.json("DELETE", f"{path_of(obj)}?gracePeriodSeconds=0&propagationPolicy=Background")
        except Refusal as refusal:
            if refusal.code != 404:
                raise

    def kinds(self) -> Iterator[tuple[str, Object]]:
        """Path and description of every resource that can be listed, by classic discovery."""
        groups = [("v1", "/api/v1")] + [
            (version["groupVersion"], f"/apis/{version['groupVersion']}")
            for group in self.get("/apis")["groups"]
            for version in [group["preferredVersion"]]
        ]
        for group_version, path in groups:
            for resource in self.get(path)["resources"]:
                if "list" in resource["verbs"] and "/" not in resource["name"]:
                    yield f"{path}/{resource['name']}", {**resource, "groupVersion": group_version}


def path_of(obj: Object, named: bool = True) -> str:
    """Where an object lives; not named, where its kind is created."""
    version, metadata = obj["apiVersion"], obj["metadata"]
    path = f"/apis/{version}" if "/" in version else f"/api/{version}"
    if "namespace" in metadata:
        path += f"/namespaces/{metadata['namespace']}"
    path += f"/{plural(obj['kind'])}"
    return f"{path}/{metadata['name']}" if named else path
