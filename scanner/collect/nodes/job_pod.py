"""The pod of one Job: waiting for its end, and reading what it printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from scanner.collect.cluster.errors import ApiError
from scanner.collect.nodes.interface import Writer
from scanner.collect.nodes.manifest import CONTAINER
from scanner.fields import mapping
from scanner.text import one_line

_PAUSE = 1.0
_GRACE = 15.0
"""Seconds beyond the Job's own deadline."""
_LOG_BYTES = 16 << 20
_HOPELESS = {
    "ImagePullBackOff",
    "InvalidImageName",
    "ErrImageNeverPull",
    "CreateContainerConfigError",
    "CreateContainerError",
    "RunContainerError",
}
_LONGEST = 300


class NotCollected(Exception):
    """A pod did not bring its node's facts; the text says why."""


class Pod:
    """The one pod of a Job."""

    def __init__(
        self, connection: Writer, namespace: str, job: str, timeout: float, sleep: Callable[[float], object]
    ) -> None:
        self._connection = connection
        self._namespace = namespace
        self._job = job
        self._timeout = timeout
        self._sleep = sleep

    def facts(self) -> dict[str, Any]:
        """What the pod printed, once it has ended. Raises NotCollected, ApiError."""
        pod = self._ended()
        status = mapping(pod, "status")
        if status.get("phase") == "Succeeded":
            return parse(self._log(pod))
        raise NotCollected(self._why(pod, status))

    def _ended(self) -> Mapping[str, Any]:
        """The pod, when it has ended."""
        end = time.monotonic() + self._timeout + _GRACE
        pod: Mapping[str, Any] | None = None
        while True:
            pod = self._find() or pod
            status = mapping(pod, "status")
            if pod is not None and status.get("phase") in ("Succeeded", "Failed"):
                return pod
            if waiting := _waits_for(status):
                raise NotCollected(waiting)
            if time.monotonic() > end or (pod is None and self._job_failed()):
                seconds = f"{self._timeout:g} seconds"
                raise NotCollected(self._events() or f"its pod did not end within {seconds}")
            self._sleep(_PAUSE)

    def _find(self) -> Mapping[str, Any] | None:
        body = self._connection.get(
            f"/api/v1/namespaces/{self._namespace}/pods", labelSelector=f"job-name={self._job}"
        )
        try:
            items = msgspec.json.decode(body)["items"]
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise ApiError(0, "the answer is no list of pods") from error
        return items[0] if items else None

    def _job_failed(self) -> bool:
        body = self._connection.get(f"/apis/batch/v1/namespaces/{self._namespace}/jobs/{self._job}")
        try:
            conditions = msgspec.json.decode(body).get("status", {}).get("conditions") or []
        except (msgspec.DecodeError, AttributeError):
            return False
        return any(each.get("type") == "Failed" and each.get("status") == "True" for each in conditions)

    def _log(self, pod: Mapping[str, Any], lines: int | None = None) -> bytes:
        name = mapping(pod, "metadata").get("name")
        return self._connection.get(
            f"/api/v1/namespaces/{self._namespace}/pods/{name}/log",
            "*/*",
            max_bytes=_LOG_BYTES,
            container=CONTAINER,
            tailLines=lines,
        )

    def _why(self, pod: Mapping[str, Any], status: Mapping[str, Any]) -> str:
        """Why a pod failed, in one line."""
        if status.get("reason"):  # such as DeadlineExceeded, OutOfcpu, Evicted
            return _short(f"its pod failed: {status['reason']}: {status.get('message') or 'no message'}")
        ended = _terminated(status)
        try:
            said = self._log(pod, 3).decode("utf-8", "replace").strip()
        except ApiError:
            said = ""
        code = ended.get("exitCode")
        return _short(f"its pod failed: {ended.get('reason') or 'Error'} (exit code {code}) {said}")

    def _events(self) -> str:
        """The latest warning about the Job or its pod; empty if there is none, or it may not be read."""
        try:
            body = self._connection.get(
                f"/api/v1/namespaces/{self._namespace}/events", tries=1, fieldSelector="type=Warning"
            )
            items = msgspec.json.decode(body)["items"]
        except (ApiError, msgspec.DecodeError, KeyError, TypeError):
            return ""
        about = [
            each
            for each in items
            if str(mapping(each, "involvedObject").get("name") or "").startswith(self._job)
        ]
        return _short(f"{about[-1].get('reason')}: {about[-1].get('message')}") if about else ""


def parse(log: bytes) -> dict[str, Any]:
    """The NodeFacts in a log. What a node prints is not trusted: anything else raises NotCollected."""
    try:
        facts = msgspec.json.decode(log)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise NotCollected("its pod printed something else than NodeFacts") from None
    if not isinstance(facts, dict) or facts.get("kind") != "NodeFacts":
        raise NotCollected("its pod printed something else than NodeFacts")
    for name, kind in (("files", list), ("processes", list), ("kubelet", dict), ("configs", dict)):
        if not isinstance(facts.get(name), kind):
            raise NotCollected(f"its pod printed NodeFacts without {name}")
    return facts


def _waits_for(status: Mapping[str, Any]) -> str:
    """Why the container will never start; empty if it may."""
    for each in status.get("containerStatuses") or []:
        waiting = mapping(each, "state", "waiting")
        if waiting.get("reason") in _HOPELESS:
            return _short(
                f"its pod cannot start: {waiting['reason']}: {waiting.get('message') or 'no message'}"
            )
    return ""


def _terminated(status: Mapping[str, Any]) -> Mapping[str, Any]:
    for each in status.get("containerStatuses") or []:
        if ended := mapping(each, "state", "terminated"):
            return ended
    return {}


def _short(text: str) -> str:
    return one_line(text)[:_LONGEST].strip()
