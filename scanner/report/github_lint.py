"""What GitHub's code scanning rejects, or drops in silence, in a SARIF file.

Source: "SARIF support for code scanning" in GitHub's documentation, and the answers of its upload.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

MAX_RUNS = 20
MAX_RESULTS = 25_000
KEPT_RESULTS = 5_000
"""The worst so many are shown; what is beyond is dropped."""
MAX_RULES = 25_000
MAX_EXTENSIONS = 100
MAX_LOCATIONS = 1_000
KEPT_TAGS = 10
MAX_NAME = 255
MAX_DESCRIPTION = 1024
MAX_COMPRESSED = 10 * 1024 * 1024

_LEVELS = ("none", "note", "warning", "error")
_PRECISIONS = ("very-high", "high", "medium", "low")
_PROBLEM_SEVERITIES = ("error", "warning", "recommendation")
_PATH = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-Fa-f]{2})+")
_HASH = re.compile(r"[0-9a-f]+:[1-9][0-9]*")


def compressed_size(data: bytes) -> int:
    """How large a file is as it is uploaded."""
    return len(zlib.compress(data, 6, wbits=31))


def lint(document: Mapping[str, Any]) -> list[str]:
    """What is wrong with a document, each with its place; empty when GitHub takes and shows all of it."""
    return list(_document(document))


def _document(document: Mapping[str, Any]) -> Iterator[str]:
    if document.get("version") != "2.1.0":
        yield "version: is not 2.1.0"
    runs = document.get("runs")
    if not isinstance(runs, list) or not runs:
        yield "runs: there are none"
        return
    if len(runs) > MAX_RUNS:
        yield f"runs: {len(runs)} are more than {MAX_RUNS}"
    categories = set()
    for index, run in enumerate(runs):
        where = f"runs[{index}]"
        yield from _run(run, where)
        identifier = run.get("automationDetails", {}).get("id", "")
        if "/" not in identifier:
            yield f"{where}.automationDetails.id: {identifier!r} has no category before a '/'"
        category = (run["tool"]["driver"].get("name"), identifier.rpartition("/")[0])
        if category in categories:
            yield f"{where}: tool and category {category} stand twice"
        categories.add(category)


def _run(run: Mapping[str, Any], where: str) -> Iterator[str]:
    driver = run["tool"]["driver"]
    if not driver.get("name"):
        yield f"{where}.tool.driver.name: is missing"
    if len(run["tool"].get("extensions", ())) > MAX_EXTENSIONS:
        yield f"{where}.tool.extensions: are more than {MAX_EXTENSIONS}"
    rules = driver.get("rules", [])
    if not rules:
        yield f"{where}.tool.driver.rules: are missing"
    if len(rules) > MAX_RULES:
        yield f"{where}.tool.driver.rules: {len(rules)} are more than {MAX_RULES}"
    for index, rule in enumerate(rules):
        yield from _rule(rule, f"{where}.tool.driver.rules[{index}]")
    identifiers = [rule.get("id") for rule in rules]
    if len(set(identifiers)) != len(identifiers):
        yield f"{where}.tool.driver.rules: an id stands twice"
    results = run.get("results")
    if not isinstance(results, list):
        yield f"{where}.results: is missing; nothing found is []"
        return
    if len(results) > KEPT_RESULTS:
        yield f"{where}.results: {len(results)} are more than the {KEPT_RESULTS} that are kept"
    alerts: set[tuple[Any, ...]] = set()
    for index, result in enumerate(results):
        for fault in _result(result, identifiers, alerts):
            yield f"{where}.results[{index}]{fault}"


def _rule(rule: Mapping[str, Any], where: str) -> Iterator[str]:
    if not rule.get("id"):
        yield f"{where}.id: is missing"
    if len(rule.get("name", "")) > MAX_NAME:
        yield f"{where}.name: is longer than {MAX_NAME}"
    for key in ("shortDescription", "fullDescription"):
        text = rule.get(key, {}).get("text", "")
        if not 0 < len(text) <= MAX_DESCRIPTION:
            yield f"{where}.{key}: has {len(text)} characters, not 1 to {MAX_DESCRIPTION}"
    if not rule.get("help", {}).get("text"):
        yield f"{where}.help.text: is missing"
    if rule.get("defaultConfiguration", {}).get("level", "warning") not in _LEVELS:
        yield f"{where}.defaultConfiguration.level: is none of {', '.join(_LEVELS)}"
    properties = rule.get("properties", {})
    tags = properties.get("tags", [])
    if len(tags) > KEPT_TAGS:
        yield f"{where}.properties.tags: {len(tags)} are more than the {KEPT_TAGS} that are kept"
    if properties.get("precision", "high") not in _PRECISIONS:
        yield f"{where}.properties.precision: is none of {', '.join(_PRECISIONS)}"
    if properties.get("problem.severity", "error") not in _PROBLEM_SEVERITIES:
        yield f"{where}.properties.problem.severity: is none of {', '.join(_PROBLEM_SEVERITIES)}"
    if "security-severity" in properties and not _is_score(properties["security-severity"]):
        yield f"{where}.properties.security-severity: is no number from 0 to 10, written as text"


def _is_score(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        number = float(value)
    except ValueError:
        return False
    return math.isfinite(number) and 0.0 <= number <= 10.0


def _result(result: Mapping[str, Any], rules: list[Any], alerts: set[tuple[Any, ...]]) -> Iterator[str]:
    index = result.get("ruleIndex", -1)
    rule = result.get("ruleId")
    if not 0 <= index < len(rules) or rules[index] != rule:
        yield f".ruleIndex: {index} is not rule {rule!r}"
    if not result.get("message", {}).get("text"):
        yield ".message.text: is missing"
    if result.get("level", "warning") not in _LEVELS:
        yield f".level: is none of {', '.join(_LEVELS)}"
    if result.get("kind", "fail") != "fail":
        yield ".kind: is not fail, and would be an open alert"
    if result.get("suppressions"):
        yield ".suppressions: are ignored: it would be an open alert"
    locations = result.get("locations", ())
    if not 0 < len(locations) <= MAX_LOCATIONS:
        yield f".locations: are {len(locations)}, not 1 to {MAX_LOCATIONS}"
        return
    physical = locations[0].get("physicalLocation", {})
    uri = physical.get("artifactLocation", {}).get("uri", "")
    yield from _uri(uri)
    yield from _region(physical.get("region"))
    fingerprint = result.get("partialFingerprints", {}).get("primaryLocationLineHash", "")
    if not _HASH.fullmatch(fingerprint):
        yield ".partialFingerprints.primaryLocationLineHash: is missing, or no hash"
    alert = (rule, uri, fingerprint)
    if alert in alerts:
        yield ": has the rule, file and hash of another result, and would be hidden by it"
    alerts.add(alert)


def _uri(uri: str) -> Iterator[str]:
    where = ".locations[0].physicalLocation.artifactLocation.uri"
    if not uri:
        yield f"{where}: is empty"
    elif uri.startswith("/") or not _PATH.fullmatch(uri) or ".." in uri.split("/"):
        yield f"{where}: {uri!r} is no percent-encoded path inside the repository"


def _region(region: Mapping[str, int] | None) -> Iterator[str]:
    where = ".locations[0].physicalLocation.region"
    if region is None:
        yield f"{where}: is missing"
        return
    line, column = region.get("startLine", 0), region.get("startColumn", 1)
    last, end = region.get("endLine", line), region.get("endColumn", 0)
    if line < 1 or column < 1 or last < line or (last == line and end and end < column):
        yield f"{where}: lines or columns are below 1, or end before they begin"
