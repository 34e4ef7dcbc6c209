"""The client that belongs to a PBX's settings."""

from __future__ import annotations

from dashboard.models import Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.connection import TokenIn


def client_of(pbx: Pbx, *, token_in: TokenIn | None = None) -> PbxClient:
    """A client with the PBX's settings. Raises ValueError or OSError, in words, if they cannot be used."""
    if not pbx.token:
        raise ValueError(
            "There is no usable token, or it was stored with another SECRET_KEY: enter login and password again."
        )
    kept: TokenIn = "query" if pbx.token_in == Pbx.TokenIn.QUERY else "cookie"
    return PbxClient(
        base_url=pbx.base_url,
        token=pbx.token,
        token_in=token_in or kept,
        ca_file=pbx.ca_file or None,
        deadline_s=pbx.deadline_s,
    )
