"""The events that were opened on this machine, as rows: those to work with, and those in the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from station.app import glance
from station.i18n import _
from station.model.event import Event, title_of
from ui.widgets.row_list import Row


@dataclass(frozen=True, slots=True)
class Recent:
    """An event of the list; ``event`` is None where its folder is away, on a stick perhaps."""

    folder: Path
    event: Event | None

    @property
    def archived(self) -> bool:
        """Whether it rests in the archive."""
        return self.event is not None and self.event.archived_at is not None

    def row(self) -> Row:
        """The event by its name and days; a folder that is away by its own name."""
        if self.event is None:
            gone = _("not there at the moment")
            detail = f"{self.folder} · {gone}"
            return Row(self.folder.name, detail, icon="folder-open", role="muted", key=str(self.folder))
        days = f"{self.event.starts_on:%d/%m/%Y} – {self.event.ends_on:%d/%m/%Y}"
        detail = f"{days} · {self.folder}"
        icon, role = ("archive", "muted") if self.archived else ("folder-open", "accent")
        if self.event.rehearsal:
            icon, role = "theater", "negative"
        return Row(
            title_of(self.event), detail, icon=icon, role=role, key=str(self.folder), muted=self.archived
        )


def look(folders: Sequence[Path]) -> list[Recent]:
    """The events as they are now; those in the archive last."""
    return sorted((Recent(folder, glance(folder)) for folder in folders), key=lambda recent: recent.archived)
