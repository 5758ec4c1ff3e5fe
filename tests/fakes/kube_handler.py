"""How the imitation of an API server answers one request."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes import kube_discovery as discovery
from tests.fakes.kube_listener import Fault, Request
from tests.fakes.kube_store import Gone, Kind, Object, read_token, selected, write_token

if TYPE_CHECKING:
    from tests.fakes.kube_api import KubeApi

REASONS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    410: "Expired",
    429: "TooManyRequests",
    500: "InternalError",
    503: "ServiceUnavailable",
    504: "Timeout",
}
COMPRESSED_FROM = 128 * 1024
"""Bytes from which the API server compresses."""


class Refused(Exception):
    """An answer other than 200."""

    def __init__(self, code: int, message: str, metadata: Object | None = None) -> None:
        self.code = code
        self.message = message
        self.metadata = metadata or {}


class Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    fault: Fault | None = None

    @property
    def api(self) -> KubeApi:
        """The server's contents."""
        return self.server.listener  # type: ignore[attr-defined, no-any-return]

    def log_message(self, *args: Any) -> None:
        """Say nothing: requests are recorded."""

    def do_GET(self) -> None:
        """Record the request and answer it."""
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(
            self.command,
            url.path,
            dict(parse_qsl(url.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            body,
        )
        self.fault = self.api.received(request)
        try:
            if self.api.stopping:
                self._break()
            elif self.fault and self.fault.body is not None:
                self._send(200, self.fault.body)
            elif self.fault and self.fault.status:
                raise Refused(self.fault.status, self.fault.message or f"fault {self.fault.status}")
            else:
                self._answer(request)
        except Refused as refused:
            self._send(refused.code, _json(status(refused.code, refused.message, refused.metadata)))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET  # noqa: N815

    # -- routes

    def _answer(self, request: Request) -> None:
        api, path = self.api, request.path.rstrip("/")
        if api.token and request.headers.get("authorization") != f"Bearer {api.token}":
            raise Refused(401, "Unauthorized")
        if path in ("/healthz", "/livez", "/readyz"):
            self._send(200, b"ok", "text/plain")
        elif path == "/version":
            major, minor = api.version.removeprefix("v").split(".")[:2]
            answer = {"major": major, "minor": minor, "gitVersion": api.version, "platform": "linux/amd64"}
            self._send(200, _json(answer))
        elif path in ("/api", "/apis"):
            self._discovery(request, core=path == "/api")
        elif request.method == "POST":
            self._send(201, _json(self._review(request)))
        else:
            self._resource(request, path)

    def _discovery(self, request: Request, core: bool) -> None:
        kinds = self.api.store.kinds
        for form in request.headers.get("accept", "").split(","):
            for version in self.api.discovery:
                if "as=APIGroupDiscoveryList" in form and f"v={version};" in form.replace(" ", "") + ";":
                    answer = discovery.aggregated(kinds, core, version, self.api.down)
                    kind = f"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList"
                    return self._send(200, _json(answer), kind)
        classic = discovery.api_versions(self.api.url) if core else discovery.group_list(kinds)
        return self._send(200, _json(classic))

    def _resource(self, request: Request, path: str) -> None:
        parts = path.strip("/").split("/")
        group, version, rest = ("", parts[1], parts[2:]) if parts[0] == "api" else _group(parts)
        group_version = f"{group}/{version}" if group else version
        if group_version in self.api.down:
            raise Refused(503, "service unavailable")
        if not rest:
            found = discovery.resource_list(self.api.store.kinds, group_version)
            return self._send(200, _json(found)) if found else self._nothing_there(group)
        namespace = ""
        if rest[0] == "namespaces" and len(rest) > 2:
            namespace, rest = rest[1], rest[2:]
        if len(rest) > 2 and rest[:1] == ["nodes"] and rest[2:] == ["proxy", "configz"]:
            return self._configz(request, rest[1])
        kind = self.api.store.find(group, version, rest[0])
        if kind is None or len(rest) > 2:
            return self._nothing_there(group)
        name = rest[1] if len(rest) == 2 else ""
        watching = request.query.get("watch") in ("1", "true")
        verb = "get" if name else "watch" if watching else "list"
        if request.method != "GET" or verb not in kind.verbs:
            raise Refused(405, "the server does not allow this method on the requested resource")
        self._demand(verb, kind.name, namespace)
        if name:
            return self._send(200, _json(self._get(request, kind, namespace, name)))
        if watching:
            return self._watch(request, kind, namespace)
        return self._send(200, _json(self._list(request, kind, namespace)))

    def _demand(self, verb: str, resource: str, namespace: str) -> None:
        if not self.api.allowed(verb, resource, namespace):
            name, _, group = resource.partition(".")
            where = f'in the namespace "{namespace}"' if namespace else "at the cluster scope"
            raise Refused(
                403,
                f'{resource} is forbidden: User "{self.api.user}" cannot {verb} resource "{name}" '
                f'in API group "{group}" {where}',
            )

    # -- reading

    def _list(self, request: Request, kind: Kind, namespace: str) -> Object:
        try:
            items, meta = self.api.store.page(kind, namespace, request.query)
        except Gone as gone:
            metadata = {}
            if token := request.query.get("continue"):  # goes on behind the same object, as things are now
                metadata["continue"] = write_token(self.api.store.revision, read_token(token)[1])
            raise Refused(410, "The provided continue parameter is too old", metadata) from gone
        except (LookupError, ValueError) as error:
            raise Refused(400, str(error)) from error
        partial = "as=PartialObjectMetadata" in request.headers.get("accept", "")
        if partial:
            answer = {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1"}
        else:
            answer = {"kind": f"{kind.kind}List", "apiVersion": kind.group_version}
        shown = [_shown(kind, item, partial) for item in items]
        if not (partial or kind.custom):  # items of Kubernetes' own lists do not repeat their type
            for item in shown:
                del item["apiVersion"], item["kind"]
        return {**answer, "metadata": meta, "items": shown}

    def _get(self, request: Request, kind: Kind, namespace: str, name: str) -> Object:
        store = self.api.store
        found = store.at((kind.group, kind.resource), store.revision).get((namespace, name))
        if found is None:
            raise Refused(404, f'{kind.name} "{name}" not found')
        return _shown(kind, found, "as=PartialObjectMetadata" in request.headers.get("accept", ""))

    def _configz(self, request: Request, node: str) -> None:
        self._demand("get", "nodes/proxy", "")
        if node not in self.api.configz:
            raise Refused(404, f'nodes "{node}" not found')
        self._send(200, _json({"kubeletconfig": self.api.configz[node]}))

    def _watch(self, request: Request, kind: Kind, namespace: str) -> None:
        api, store, query = self.api, self.api.store, request.query
        partial = "as=PartialObjectMetadata" in request.headers.get("accept", "")
        bookmarks = query.get("allowWatchBookmarks") == "true"
        generation = api.watch_generation
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        since = int(query.get("resourceVersion") or 0)
        if since == 0 or query.get("sendInitialEvents") == "true":
            since = store.revision
            for item in store.at((kind.group, kind.resource), since).values():
                if namespace in ("", item["metadata"].get("namespace", "")) and selected(item, query):
                    self._event("ADDED", _shown(kind, item, partial))
            if query.get("sendInitialEvents") == "true":
                marked = {"k8s.io/initial-events-end": "true"}
                self._event("BOOKMARK", _bookmark(kind, since, {"annotations": marked}))
        try:
            for event in store.watch(kind, since, float(query.get("timeoutSeconds") or 60)):
                if api.stopping or generation != api.watch_generation:
                    self._break()
                    return
                if event is None:
                    continue
                if event.type == "BOOKMARK":
                    if bookmarks:
                        self._event("BOOKMARK", _bookmark(kind, event.revision, {}))
                elif namespace in ("", event.object["metadata"].get("namespace", "")) and selected(
                    event.object, query
                ):
                    self._event(event.type, _shown(kind, event.object, partial))
        except Gone:
            self._event("ERROR", status(410, f"too old resource version: {since}", {}))
        self.wfile.write(b"0\r\n\r\n")

    # -- reviews of one's own access

    def _review(self, request: Request) -> Object:
        review: Object = json.loads(request.body or b"{}")
        resource = request.path.rpartition("/")[2]
        spec = review.get("spec", {})
        if resource == "selfsubjectreviews":
            review["status"] = {"userInfo": {"username": self.api.user, "groups": ["system:authenticated"]}}
        elif resource == "selfsubjectaccessreviews":
            asked = spec.get("resourceAttributes", {})
            name = "/".join(filter(None, (asked.get("resource"), asked.get("subresource"))))
            name = ".".join(filter(None, (name, asked.get("group"))))
            allowed = self.api.allowed(asked.get("verb", ""), name, asked.get("namespace", ""))
            review["status"] = {"allowed": allowed}
        elif resource == "selfsubjectrulesreviews":
            rules = []
            for kind in self.api.store.kinds:
                verbs = [v for v in kind.verbs if self.api.allowed(v, kind.name, spec.get("namespace", ""))]
                rules.append({"apiGroups": [kind.group], "resources": [kind.resource], "verbs": verbs})
            review["status"] = {
                "resourceRules": [rule for rule in rules if rule["verbs"]],
                "nonResourceRules": [{"nonResourceURLs": ["*"], "verbs": ["get"]}],
                "incomplete": False,
            }
        else:
            raise Refused(405, "this server takes no writing")
        return review

    # -- sending

    def _send(self, code: int, body: bytes, kind: str = "application/json") -> None:
        packed = len(body) > COMPRESSED_FROM and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            body = gzip.compress(body, compresslevel=1)
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in (self.fault.headers if self.fault else {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.fault and self.fault.cut is not None:
            self.wfile.write(body[: self.fault.cut])
            self._break()
        elif self.command != "HEAD":
            self.wfile.write(body)

    def _nothing_there(self, group: str) -> None:
        """What the API server says of a path that nothing serves, such as a kind that was removed."""
        if any(kind.group == group and not kind.custom for kind in self.api.store.kinds):
            raise Refused(404, "the server could not find the requested resource")
        self._send(404, b"404 page not found\n", "text/plain; charset=utf-8")

    def _event(self, type_: str, obj: Object) -> None:
        self._chunk(_json({"type": type_, "object": obj}) + b"\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _break(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def status(code: int, message: str, metadata: Object) -> Object:
    """The object that the API server sends instead of an answer."""
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": metadata,
        "status": "Failure",
        "message": message,
        "reason": REASONS.get(code, ""),
        "code": code,
    }


def _shown(kind: Kind, obj: Object, partial: bool) -> Object:
    if partial:
        return {
            "kind": "PartialObjectMetadata",
            "apiVersion": "meta.k8s.io/v1",
            "metadata": obj["metadata"],
        }
    return {**obj, "apiVersion": kind.group_version}


def _bookmark(kind: Kind, revision: int, metadata: Object) -> Object:
    meta = {"resourceVersion": str(revision), "creationTimestamp": None, **metadata}
    return {"kind": kind.kind, "apiVersion": kind.group_version, "metadata": meta}


def _group(parts: list[str]) -> tuple[str, str, list[str]]:
    if parts[0] != "apis" or len(parts) < 3:
        return "", "", []
    return parts[1], parts[2], parts[3:]


def _json(obj: Any) -> bytes:
    return json.dumps(obj, separators=(",", ":")).encode()
