"""The three keyrings the program knows, each asked so that no window opens; runs in a process of its own.

Others are not looked for: some are plain files. On Linux a locked collection counts as none, since
unlocking it would ask a person.
"""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "chairtime"


class NoKeyring(Exception):
    """There is no keyring that answers without asking a person."""


def answer(what: str, account: str, given: str) -> str:
    """Get, put or forget a data key; return what is to be answered. Raises NoKeyring."""
    from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415 - only in its own process

    keyring = backend()
    try:
        if what == "get":
            return keyring.get_password(SERVICE, account) or ""
        if what == "put":
            keyring.set_password(SERVICE, account, given)
        else:
            keyring.delete_password(SERVICE, account)
    except PasswordDeleteError:
        return ""
    except KeyringError as error:
        raise NoKeyring from error
    return ""


def backend() -> KeyringBackend:
    """Return this system's keyring. Raises NoKeyring."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415 - one a system

        vault = WinVaultKeyring()
        vault.persist = "local machine"
        return vault
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as Keychain  # noqa: PLC0415 - as above

        return Keychain()
    _require_unlocked()
    from keyring.backends.SecretService import Keyring as SecretService  # noqa: PLC0415 - as above

    return SecretService()  # type: ignore[no-untyped-call]  # keyring leaves it open


def _require_unlocked() -> None:
    """Raise NoKeyring where the default collection is missing or locked; the backend would ask a person."""
    import secretstorage  # noqa: PLC0415 - Linux alone has it

    try:
        with closing(secretstorage.dbus_init()) as bus:
            if secretstorage.Collection(bus).is_locked():
                raise NoKeyring
    except (secretstorage.SecretStorageException, OSError) as error:
        raise NoKeyring from error
