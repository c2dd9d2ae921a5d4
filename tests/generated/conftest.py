"""The county of the permissions, in which requests are generated."""

from tests.permissions.conftest import county

__all__ = ["county"]
