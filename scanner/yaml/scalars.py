"""What a scalar means to Kubernetes: the rules of `sigs.k8s.io/yaml`.

That library reads YAML 1.1 as goyaml v2 does and passes the result on as JSON, so a key is always text and
an infinite number is an error. Source: `resolve.go` of go.yaml.in/yaml/v2 and `yaml.go` of sigs.k8s.io/yaml.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import struct
from decimal import Decimal

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = (
    dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True)
    | dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False)
    | dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys([".nan", ".NaN", ".NAN"], math.nan)
    | dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], math.inf)
    | dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -math.inf)
)
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))", re.ASCII)
_POINT_FLOAT = re.compile(r"\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)

_PREFIX = "tag:yaml.org,2002:"
_KINDS = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}
MERGE_TAG = _PREFIX + "merge"


class ScalarError(ValueError):
    """A scalar that cannot be what its tag says, or that JSON cannot carry."""


def resolve(text: str, plain: bool, tag: str | None) -> Scalar:
    """The value of a scalar; `plain` says that it stood without quotes. Raises `ScalarError`."""
    if tag is None:
        return _implicit(text) if plain else text
    kind = tag.removeprefix(_PREFIX)
    if kind == "binary":
        try:
            return base64.b64decode(text.replace("\n", ""), validate=True).decode(errors="replace")
        except binascii.Error:
            raise ScalarError("!!binary value contains invalid base64 data") from None
    if tag == kind or kind not in {"null", "bool", "int", "float"}:
        return text
    value = _implicit(text)
    found = _KINDS[type(value)]
    if found == kind:
        return value
    if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    raise ScalarError(f"cannot decode !!{found} {text!r} as a !!{kind}")


def json_value(value: Scalar) -> Scalar:
    """The value after its way through JSON, where 1.0 is written 1 and infinity cannot be written."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        raise ScalarError(f"JSON has no number {value}")
    return int(value) if value.is_integer() and abs(value) < 2**63 else value


def key_text(value: Scalar) -> str:
    """The text of a mapping's key in JSON."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() if value < 2**63:
            return str(value)
        case float():
            return _shortest_float32(value)
    raise ScalarError(f"a key cannot be {'null' if value is None else value}")


def _implicit(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] == ".":
        return _float(text) if _POINT_FLOAT.fullmatch(text) else text
    if text[0] not in "+-0123456789":
        return text
    digits = text.replace("_", "")
    if (match := _INTEGER.fullmatch(digits)) and (number := _integer(*match.groups())) is not None:
        return number
    return _float(text) if _FLOAT.fullmatch(digits) else text


def _integer(
    sign: str, hexa: str | None, binary: str | None, octal: str | None, decimal: str | None
) -> int | None:
    for digits, base in ((hexa, 16), (binary, 2), (octal, 8), (decimal, 10)):
        if digits is not None and len(digits) <= 64:
            number = -int(digits, base) if sign == "-" else int(digits, base)
            return number if -(2**63) <= number < (2**63 if sign else 2**64) else None
    return None


def _float(text: str) -> float | str:
    value = float(text.replace("_", ""))
    return text if math.isinf(value) else value


def _shortest_float32(value: float) -> str:
    """Go's `strconv.FormatFloat(value, 'g', -1, 32)`, by which sigs.k8s.io/yaml writes a key."""
    single = _float32(value)
    if not math.isfinite(single):
        return ".nan" if math.isnan(single) else ".inf" if single > 0 else "-.inf"
    written = next(w for p in range(9) if _float32(float(w := f"{single:.{p}e}")) == single)
    exponent = int(written.partition("e")[2])
    return format(Decimal(written), "f") if -4 <= exponent < 6 else written


def _float32(value: float) -> float:
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)
