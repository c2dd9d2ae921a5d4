"""How allauth's second steps are kept here: sealed with this site's secret, and named for it."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class SealedSteps(DefaultMFAAdapter):
    """Seals the secrets of apps and recovery codes: a copy of the database opens nothing."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict:
        """Return what a passkey is kept under: the name the person chose, and their address."""
        return super().get_public_key_credential_user_entity(user) | {"display_name": str(user)}


def _seal() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_from(str(secret))) for secret in secrets])


def _key_from(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"second steps {secret}".encode()).digest())
