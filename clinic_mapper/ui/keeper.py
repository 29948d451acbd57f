"""Between the window and the vault: which matter is open, where it is saved, what is kept when the vault is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject

from clinic_mapper.casefile.codec import decode_case, for_storage
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.layers import Refused
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.clinic_layers import ClinicLayers
from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.gazetteer import forget_names
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.index import forget_laid_over
from clinic_mapper.signed_memos import Signing
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.export_work import Exits
from clinic_mapper.ui.session import CaseSession
from clinic_mapper.vault.store import MatterEntry, Vault

_UNDO_AFTER_OPENING = 20


@dataclass(frozen=True)
class _Unsaved:
    """What the disk refused, the matter or the half-typed text: it is nowhere but here."""

    matter: Matter | None
    draft: str


@dataclass(frozen=True)
class _LateExport:
    vault: str
    matter_id: str
    reader: str
    sha256: str
    when: datetime
    who: str


class Keeper(QObject):
    """Owns the open vault, or the sample matter that is kept nowhere, and the session of the matter that is open.

    `half_typed` is asked for what is typed and not yet stored, each time the draft is kept; `half_typed_note`, at the
    lock, for a note of the clinic that is not finished; None while there is no form for one. `keep_typed` lets pages
    hand over what can be stored, before a matter is left or the vault locked. `layers`: what the open
    vault's clinic laid over the catalog, None where no vault is open; `refused`: what of it is not in use, and why.
    """

    def __init__(
        self, catalog: Catalog, today: Callable[[], date], parent: QObject | None = None, jobs: Jobs | None = None
    ) -> None:
        super().__init__(parent)
        self.session = CaseSession(catalog, today, self._save, self, jobs)
        self.half_typed: Callable[[], str] = str
        self.keep_typed: Callable[[], object] = str
        self.half_typed_note: Callable[[], str] | None = None
        self.sample = False
        self.layers: ClinicLayers | None = None
        self.refused: tuple[Refused, ...] = ()
        self._shipped = catalog
        self._vault: Vault | None = None
        self._matter_id = ""
        self._return_to = ("", "")
        self._draft = ""
        self._exported_from = ("", "")
        self._person = ""
        self._late: list[_LateExport] = []
        self._unsaved: dict[tuple[str, str], _Unsaved] = {}

    @property
    def is_open(self) -> bool:
        """Whether a vault, or the sample, is open."""
        return self._vault is not None or self.sample

    @property
    def matter_is_open(self) -> bool:
        """Whether a matter is open."""
        return self.session.matter is not None

    @property
    def matter_id(self) -> str:
        """The id of the open matter in its vault; "" if none is open, or the sample."""
        return self._matter_id

    @property
    def holds_unsaved(self) -> bool:
        """Whether something could not be saved and would be lost if the program ended now."""
        return bool(self._unsaved) or (self.session.unsaved and self._vault is not None)

    def take(self, vault: Vault) -> str:
        """Take charge of an open vault. Returns the id of the matter that was open when it was locked, or ""."""
        self._vault, self.sample = vault, False
        self.layers = ClinicLayers(self._shipped, vault)
        self.relayer()
        vault_id, matter_id = self._return_to
        self._log_late_exports()
        return matter_id if vault_id == vault.id else ""

    def relayer(self) -> None:
        """Put the catalog in use that the vault's layers make now; what they are refused for stands in `refused`."""
        if self.layers is None:
            self.refused = ()
            self.session.use_catalog(self._shipped)
            return
        try:
            stack = self.layers.stack()
        except Problem as problem:  # a damaged layer must not keep anybody from the matters
            self.refused = (Refused("", problem),)
            self.session.use_catalog(self._shipped)
            return
        self.refused = stack.refused
        self.session.use_catalog(stack.catalog)

    def matters(self) -> list[MatterEntry]:
        """The matters of the open vault.

        Raises:
            Problem: as the vault says.
        """
        return self._opened().matters()

    def names_somebody(self, text: str) -> bool:
        """Whether a name or number that any matter of the vault lists stands in a text that all matters will print.

        Raises:
            Problem: as the vault says; a matter that cannot be read is passed over.
        """
        from clinic_mapper.memo.prove import names_any
        from clinic_mapper.memo.withhold import identifier_values

        return any(names_any(text, identifier_values(matter)) for _, matter in self.readable_matters())

    def readable_matters(self) -> list[tuple[str, Matter]]:
        """Every matter of the open vault that can be read, with its id. May be called from any thread.

        Raises:
            Problem: as the vault says.
        """
        return list(_readable(self._opened()))

    @property
    def exits(self) -> Exits:
        """What the export page needs of the vault that is open when it asks."""
        return Exits(self.log_export, self.profiles, self.all_matters, self.letters, self.signing)

    def signing(self) -> Signing | None:
        """What signs memos of the open matter; None for the sample, which is kept nowhere."""
        return None if self._vault is None or not self._matter_id else Signing(self._vault, self._matter_id)

    @property
    def vault(self) -> Vault | None:
        """The open vault, for what reads it on another thread; None if none is open, or the sample."""
        return self._vault

    def profiles(self) -> ClinicProfiles:
        """What the open vault's clinic set for its readers; the shipped profiles where no vault is open."""
        return ClinicProfiles(self._vault)

    def letters(self) -> ClinicLetters:
        """The letters that can be written, the open vault's own among them."""
        return ClinicLetters(self._vault)

    def all_matters(self) -> list[Matter]:
        """Every matter of the open vault as it was last saved, or the sample. May be called from any thread.

        Raises:
            Problem: as the vault says.
        """
        vault = self._vault
        if vault is None:
            return [self._matter()]
        return [vault.load(entry.id) for entry in vault.matters()]

    def new_matter(self, code: str) -> str:
        """Make a matter under this code and return its id.

        Raises:
            Problem: `code-missing`, `code-too-long`, `code-taken`; as the vault says.
        """
        return self._opened().new_matter(Matter(code=code.strip()))

    def open_matter(self, matter_id: str) -> str:
        """Open a matter in the session. Returns the half-typed text that was kept for it, "" if none.

        Raises:
            Problem: as the vault says; the session is left as it was.
        """
        vault = self._opened()
        matter, draft = vault.load(matter_id), vault.draft(matter_id)
        earlier = _earlier(vault, matter_id)
        self._matter_id, self._draft = matter_id, draft
        self._exported_from, self._person = (vault.id, matter_id), vault.person
        self.session.open(matter, earlier)
        kept = self._unsaved.pop((vault.id, matter_id), _Unsaved(None, ""))
        if kept.matter is not None:
            self.session.take_over(kept.matter)
        return kept.draft or draft

    def open_sample(self) -> None:
        """Open the invented client, which is kept nowhere."""
        path = resources() / "samples" / "sample-matter.json"
        self.sample, self._matter_id = True, ""
        self.session.open(decode_case(path.read_bytes()))

    def leave_matter(self) -> None:
        """Close the matter, with what is half typed kept in the vault.

        Raises:
            Problem: something could not be kept; the matter stays open then.
        """
        self.keep_typed()
        self.keep_draft()
        if self.session.unsaved:
            self._save(self._matter())
        self._matter_id = ""
        self.session.close()

    def keep_draft(self) -> None:
        """Bring what is half typed into the vault, if it changed.

        Raises:
            Problem: as the vault says.
        """
        if self._vault is None or not self._matter_id:
            return
        typed = self.half_typed()
        if typed != self._draft:
            self._vault.keep_draft(self._matter_id, typed)
            self._draft = typed

    def lock(self) -> None:
        """Keep what is typed, close the vault, forget. Never asks; what the disk refused stays: see `holds_unsaved`."""
        try:
            self.keep_typed()
        finally:  # a mistake in a page must not leave the vault open
            self._lock()

    def _lock(self) -> None:
        vault, self._vault = self._vault, None
        try:
            if vault is not None:
                self._return_to = (vault.id, self._matter_id)
                if self._matter_id:
                    self._keep_what_is_open(vault)
                self._keep_half_typed_note()
        finally:
            if vault is not None:
                vault.close()
            self.sample, self._matter_id, self._draft = False, "", ""
            self.session.close()
            self.layers = None
            self.relayer()
            forget_laid_over()
            forget_names()

    def log_export(self, reader: str, sha256: str) -> None:
        """Note in the vault that a file left it. One that was finished after the lock is noted at the next unlocking.

        Raises:
            Problem: as the vault says.
        """
        vault_id, matter_id = self._exported_from
        if self.sample or not matter_id:
            return
        late = _LateExport(vault_id, matter_id, reader, sha256, datetime.now(UTC), self._person)
        if self._vault is None or self._vault.id != vault_id:
            self._late.append(late)
        else:
            self._vault.log_export(matter_id, reader, sha256, late.when, late.who)

    def _opened(self) -> Vault:
        assert self._vault is not None, "the vault is not open"
        return self._vault

    def _matter(self) -> Matter:
        assert self.session.matter is not None, "no matter is open"
        return self.session.matter

    def _save(self, matter: Matter) -> str:
        return "" if self._vault is None else self._vault.save(self._matter_id, matter).clock

    def _keep_what_is_open(self, vault: Vault) -> None:
        typed = self.half_typed()
        if self.session.unsaved and _refuses(lambda: vault.save(self._matter_id, self._matter())):
            unsaved: Matter | None = for_storage(self._matter())
        else:
            unsaved = None
        if typed == self._draft or not _refuses(lambda: vault.keep_draft(self._matter_id, typed)):
            typed = ""
        if unsaved is not None or typed:
            self._unsaved[vault.id, self._matter_id] = _Unsaved(unsaved, typed)

    def _keep_half_typed_note(self) -> None:
        layers, typed = self.layers, self.half_typed_note
        if layers is not None and typed is not None:
            _refuses(lambda: layers.keep_half_typed(typed()))

    def _log_late_exports(self) -> None:
        vault = self._opened()
        for late in [each for each in self._late if each.vault == vault.id]:
            try:
                vault.log_export(late.matter_id, late.reader, late.sha256, late.when, late.who)
            except Problem:
                return  # the next unlocking tries again
            self._late.remove(late)


def _readable(vault: Vault) -> Iterator[tuple[str, Matter]]:
    """Every matter of a vault that can be read, with its id."""
    for entry in vault.matters():
        try:
            yield entry.id, vault.load(entry.id)
        except Problem:
            continue


def _refuses(keep: Callable[[], object]) -> bool:
    try:
        keep()
    except Problem:
        return True
    return False


def _earlier(vault: Vault, matter_id: str) -> list[Matter]:
    """Earlier forms of a matter, oldest first; none where they cannot be read, which is no reason not to open it."""
    try:
        return [version.matter for version in reversed(vault.history(matter_id, _UNDO_AFTER_OPENING))]
    except Problem:
        return []
