"""What is heavy and not needed for the first paint: loaded on other threads while the passphrase is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic_mapper.catalog.model import Catalog


def load_what_opening_needs() -> None:
    """The vault's driver, its keys and its tables."""
    from clinic_mapper.vault.opening import load_ahead

    load_ahead()


def load_what_mapping_needs() -> Catalog:
    """The catalog, and the modules of the pages that come after the lock.

    Raises:
        Problem: the catalog that travels with the program is damaged.
    """
    from clinic_mapper.catalog.load import load_catalog
    from clinic_mapper.ui import keeper, matters_page  # noqa: F401

    return load_catalog()


def load_what_pages_need() -> None:
    """Modules of the matter page and of the memo, with its letters."""
    from clinic_mapper.ui import open_matter  # noqa: F401
