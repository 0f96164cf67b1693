"""Access tokens of the lab: signed, so that any actor can check one without asking (RFC 6750, OAuth 2.0)."""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer

ADMIN = "lab-admin"


class Tokens:
    """Issues and checks the lab's bearer tokens and client secrets, all derived from one secret."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="access-token")
        self._secret = secret.encode()
        self.actor_of = lru_cache(maxsize=256)(self._actor_of)
        self.issue = lru_cache(maxsize=256)(self._issue)

    def _issue(self, actor: str) -> str:
        token = self._serializer.dumps(actor)
        return token if isinstance(token, str) else token.decode()

    def client_secret(self, actor: str) -> str:
        """The secret with which an actor gets its token (client credentials grant, RFC 6749 clause 4.4)."""
        return hmac.new(self._secret, f"client:{actor}".encode(), "sha256").hexdigest()

    def client_of(self, authorization: str) -> str | None:
        """Who asks for a token with HTTP Basic (RFC 6749 clause 2.3.1); None for who does not know the secret."""
        scheme, _, encoded = authorization.partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return None
        return name if self.is_client(name, secret) else None

    def is_client(self, actor: str, secret: str) -> bool:
        return hmac.compare_digest(self.client_secret(actor), secret)

    def _actor_of(self, authorization: str) -> str | None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            actor = self._serializer.loads(token.strip())
        except BadSignature:
            return None
        return actor if isinstance(actor, str) else None
