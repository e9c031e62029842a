"""The words of targets and of the rows on their way there."""

from datetime import datetime

from station.i18n import N_, _
from station.model.sending import Mode, RowState
from station.store.outbox import OutboxRow
from station.sync.target import Kind
from ui.wording import moment_text

KINDS = {
    Kind.FOLDER: N_("Folder, network disk or stick"),
    Kind.WEBDAV: N_("WebDAV (Nextcloud and others)"),
    Kind.ENDPOINT: N_("Server of the organisation (HTTPS)"),
}
MODES = {
    Mode.AUTOMATIC: N_("By itself"),
    Mode.METERED: N_("By itself, without workbooks (metered network)"),
    Mode.MANUAL: N_("Only by hand"),
}
_STATES = {
    RowState.PENDING: N_("waiting"),
    RowState.SENT: N_("sent, not proved yet"),
    RowState.CONFIRMED: N_("there, proved"),
    RowState.REFUSED: N_("refused"),
    RowState.CLOSED: N_("closed"),
}


def state_text(row: OutboxRow) -> str:
    """What became of a row, in words."""
    if row.state is RowState.PENDING and row.failures:
        return _("waiting to be tried again")
    return _(_STATES[row.state])


def reason_text(row: OutboxRow) -> str:
    """Why, '' where nothing has to be said."""
    return f"{row.closed_by}: {row.said}" if row.state is RowState.CLOSED else row.said


def row_cells(row: OutboxRow, zone: str) -> tuple[str, ...]:
    """The cells of a row: file, state, since when, why."""
    at: datetime = row.changed_at
    return row.name, state_text(row), moment_text(at, zone), reason_text(row)
