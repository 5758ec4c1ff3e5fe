"""Certificates of one authority for a cluster: servers, and clients with their user and group."""

from __future__ import annotations

import datetime
from pathlib import Path

import trustme


class Certificates:
    """An authority with its files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self._folder = folder
        self.ca = folder / "ca.crt"
        self._authority.cert_pem.write_to_path(str(self.ca))

    def server(self, name: str) -> tuple[Path, Path]:
        """Certificate and key of a server on this machine."""
        names = ("127.0.0.1", "localhost", "kubernetes", "kubernetes.default.svc")
        return self._write(name, self._authority.issue_cert(*names, common_name=name))

    def client(
        self, name: str, user: str, group: str, not_after: datetime.datetime | None = None
    ) -> tuple[Path, Path]:
        """Certificate and key of a user in a group, until a moment (by default for years)."""
        issued = self._authority.issue_cert(
            "user.invalid",
            common_name=user,
            organization_name=group,
            not_before=datetime.datetime(2020, 1, 1),  # noqa: DTZ001
            not_after=not_after,
        )
        return self._write(name, issued)

    def signing_key(self, name: str) -> tuple[Path, Path]:
        """Private key and certificate for signing the tokens of service accounts."""
        certificate, key = self.server(name)
        return key, certificate

    def _write(self, name: str, issued: trustme.LeafCert) -> tuple[Path, Path]:
        certificate, key = self._folder / f"{name}.crt", self._folder / f"{name}.key"
        issued.cert_chain_pems[0].write_to_path(str(certificate))
        issued.private_key_pem.write_to_path(str(key))
        key.chmod(0o600)
        return certificate, key
