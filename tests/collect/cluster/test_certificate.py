"""Reading client certificates."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from scanner.collect.cluster.certificate import read
from tests.collect.cluster.conftest import client_certificate


@pytest.mark.parametrize("year", [2024, 2049, 2050, 2099])
def test_name_and_dates(year: int) -> None:
    until = datetime(year, 7, 1, 12, 30, tzinfo=UTC)
    pem = base64.b64decode(client_certificate(until, "système:admin")["client-certificate-data"]).decode()
    found = read(f"some text\n{pem}")
    assert found is not None
    assert (found.common_name, found.not_after) == ("système:admin", until)
    assert found.not_before == datetime(2020, 1, 1, tzinfo=UTC)


def test_no_certificate() -> None:
    pem = base64.b64decode(client_certificate(datetime(2099, 1, 1, tzinfo=UTC))["client-certificate-data"])
    assert read("") is None
    lines = pem.decode().split("\n")
    for count in range(1, len(lines) - 3):  # cut short anywhere
        assert read("\n".join([*lines[:count], "-----END CERTIFICATE-----"])) is None
