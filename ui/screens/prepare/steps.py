"""The steps of preparing an event; a new one is a line here and a method of ui.office that opens it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from station import settings as settings_store
from station.app import Station, glance
from station.badges.addressees import InvitationState, addressees
from station.badges.layouts.folder import layout_files
from station.badges.texts import event_dates
from station.documents.submissions import owed, read_expected
from station.exchange.exported import last_export
from station.exchange.office import station_lines
from station.exchange.rehearsal import place_of_rehearsal
from station.exchange.unpack import local_text
from station.i18n import N_, _, ngettext
from station.model.role import Role
from station.model.unit import Kind
from station.model.verdict import Source
from station.reports.choice import read_choice
from station.reports.files import planned
from station.roster.aliases import suggestions_of
from station.store import documents as document_store
from station.store import photos as photo_store
from station.store import roster as roster_store
from station.store import submissions as submission_store
from station.store import units
from station.store.backup import backups_in
from station.store.checkin import attendance
from station.store.pack import latest_pack
from station.store.sheets import printed_sheets
from station.sync.status import standings, summary
from ui.wording import moment_text, photo_standing

EVENT = "event"
ROSTER = "roster"
UNITS = "units"
PHOTOS = "photos"
DOCUMENTS = "documents"
SUBMISSIONS = "submissions"
INVITATIONS = "invitations"
LAYOUTS = "layouts"
REPORTS = "reports"
REHEARSAL = "rehearsal"
PACK = "pack"
DOORS = "doors"
SHEETS = "sheets"
TAKING_IN = "taking_in"
CERTIFICATES = "certificates"
ROLES = "roles"
COPIES = "copies"
WIPE = "wipe"
MERGE = "merge"
SENDING = "sending"


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        title: a text of the catalogue, translated when it is shown.
        detail: how far the step is; reads the event, so it is asked for on a worker.
    """

    key: str
    icon: str
    title: str
    detail: Callable[[Station], str]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it stands."""

    step: Step
    detail: str


def lines(station: Station) -> list[StepLine]:
    """Every step with how far it is. Raises EnvironmentFault."""
    return [StepLine(step, step.detail(station)) for step in STEPS]


def _roster(station: Station) -> str:
    with station.files.reading() as connection:
        count = roster_store.delegate_count(connection)
        latest = roster_store.latest_import(connection)
    if not count:
        return _("Nobody yet: take in the office's list.")
    said = ngettext("{count} delegate", "{count} delegates", count).format(count=count)
    return said if latest is None else f"{said} · {latest.file_name}"


def _rehearsal(station: Station) -> str:
    if station.event.rehearsal:
        return _("This is the rehearsal. Open this step to discard it.")
    event = glance(place_of_rehearsal(station.folder))
    if event is not None and event.rehearsal:
        return _("A rehearsal is there.")
    return _("Try everything before the day: nothing of it counts.")


def _pack(station: Station) -> str:
    with station.files.reading() as connection:
        latest = latest_pack(connection)
    if latest is None:
        return _("None yet: one file for all laptops.")
    made = local_text(latest.created_at, station.event.zone)
    return _("Pack {number}, made on {made}").format(number=latest.number, made=made)


def _documents(station: Station) -> str:
    with station.files.reading() as connection:
        count = document_store.document_count(connection)
    if not count:
        return _("Nothing yet: add what delegates receive.")
    return ngettext("{count} document", "{count} documents", count).format(count=count)


def _submissions(station: Station) -> str:
    with station.files.reading() as connection:
        count = submission_store.submission_count(connection)
        lines = read_expected(connection) if count else []
    if not count:
        return _("None: only where delegates bring slides, films or posters.")
    said = ngettext("{count} submission", "{count} submissions", count).format(count=count)
    return " · ".join((said, _("{owed} of {total} owed").format(owed=len(owed(lines)), total=len(lines))))


def _layouts(station: Station) -> str:
    own = sum(file.is_own for file in layout_files(station.folder))
    if not own:
        return _("Ready-made ones are there; change a copy or draw your own.")
    return ngettext("{count} own layout", "{count} own layouts", own).format(count=own)


def _event(station: Station) -> str:
    event, sessions = station.event, len(station.desk.sessions())
    said = ngettext("{count} session", "{count} sessions", sessions).format(count=sessions)
    return " · ".join(filter(None, (event_dates(event), event.venue, said)))


def _units(station: Station) -> str:
    with station.files.reading() as connection:
        categories, bodies = (len(units.colours(connection, kind)) for kind in (Kind.CATEGORY, Kind.UNIT))
        alike = sum(len(suggestions_of(connection, kind)) for kind in Kind)
    if not categories and not bodies:
        return _("None yet: they come with the roster.")
    said = [
        ngettext("{count} category", "{count} categories", categories).format(count=categories),
        ngettext("{count} unit", "{count} units", bodies).format(count=bodies),
    ]
    if alike:
        text = ngettext("{count} spelt in several ways", "{count} spelt in several ways each", alike)
        said.append(text.format(count=alike))
    return " · ".join(said)


def _invitations(station: Station) -> str:
    with station.files.reading() as connection:
        states = Counter(addressee.state for addressee in addressees(connection, station.key))
    not_made, changed = states[InvitationState.NOT_MADE], states[InvitationState.CHANGED]
    if not states:
        return _("Nobody to invite yet.")
    said = [_("{count} not yet made").format(count=not_made) if not_made else _("Everybody has one.")]
    if changed:
        said.append(_("{count} changed: send again").format(count=changed))
    return " · ".join(said)


def _doors(_station: Station) -> str:
    return _(
        "Camera, scanner, printer, stick, disk, clock and more: checked on this laptop, the evening before."
    )


def _sheets(station: Station) -> str:
    with station.files.reading() as connection:
        count = len(printed_sheets(connection))
    if not count:
        return _("None printed: the way out when no computer works.")
    return ngettext("{count} sheet printed", "{count} sheets printed", count).format(count=count)


def _taking_in(station: Station) -> str:
    with station.files.reading() as connection:
        seen = [line for line in attendance(connection) if line.source is Source.PAPER]
    if not seen:
        return _("After an event on paper: signatures become attendance.")
    text = ngettext("{count} signature taken in", "{count} signatures taken in", len(seen))
    return text.format(count=len(seen))


def _certificates(station: Station) -> str:
    count = sum(one.is_valid for one in station.certificates.register())
    if not count:
        return _("After the event: for who attended enough.")
    return ngettext("{count} valid certificate", "{count} valid certificates", count).format(count=count)


def _photos(station: Station) -> str:
    with station.files.reading() as connection:
        count, total = photo_store.photo_count(connection), roster_store.delegate_count(connection)
    if not total:
        return _("None yet: they need the roster.")
    return photo_standing(count, total)


def _roles(station: Station) -> str:
    pin, password = (station.access.is_guarded(role) for role in (Role.SUPERVISOR, Role.ORGANISER))
    if pin and password:
        return _("Supervisor's PIN and organiser's password are set.")
    if pin:
        return _("The supervisor's PIN is set.")
    if password:
        return _("The organiser's password is set; there is no supervisor's PIN.")
    return _("No PIN is set: everybody may do everything.")


def _copies(station: Station) -> str:
    settings = settings_store.load()
    found = backups_in(station.folder / "backups")
    kept = (
        _("Second copy on {name}").format(name=settings.second_copy_label)
        if settings.second_copy_drive
        else _("No second copy: choose a stick that stays in.")
    )
    if not found:
        return kept
    at = moment_text(found[0].at, station.event.zone)
    return " · ".join((kept, _("latest backup {time}").format(time=at)))


def _wipe(station: Station) -> str:
    last = last_export(station.folder)
    if last is None:
        return _("When everything was exported to a stick.")
    return _("Latest export {time}").format(time=moment_text(last.at, station.event.zone))


def _merge(station: Station) -> str:
    lines = [line for line in station_lines(station.files) if not line.met.here]
    if not lines:
        return _("Nothing of other desks yet.")
    missing = [line.met.station for line in lines if not line.is_complete]
    if missing:
        return _("Entries are missing of: {stations}.").format(stations=", ".join(missing))
    text = ngettext("{count} other station is complete.", "{count} other stations are complete.", len(lines))
    return text.format(count=len(lines))


def _sending(station: Station) -> str:
    with station.files.reading() as connection:
        found = standings(connection)
    if not found:
        return _("Nowhere: the stick is enough.")
    return summary(found, station.clock.now())


def _reports(station: Station) -> str:
    with station.files.reading() as connection:
        files = planned(read_choice(connection))
    count = ngettext("{count} file", "{count} files", len(files)).format(count=len(files))
    return _("{files} in every export").format(files=count)


STEPS = (
    Step(EVENT, "calendar-days", N_("Event data and programme"), _event),
    Step(ROSTER, "users", N_("Roster"), _roster),
    Step(UNITS, "shapes", N_("Categories and units"), _units),
    Step(PHOTOS, "images", N_("Photos"), _photos),
    Step(DOCUMENTS, "files", N_("Documents"), _documents),
    Step(SUBMISSIONS, "inbox", N_("Submissions"), _submissions),
    Step(LAYOUTS, "id-card", N_("Badge layouts"), _layouts),
    Step(INVITATIONS, "mail", N_("Codes and invitations"), _invitations),
    Step(SHEETS, "signature", N_("Sign-in sheets on paper"), _sheets),
    Step(REPORTS, "file-spreadsheet", N_("Reports"), _reports),
    Step(REHEARSAL, "theater", N_("Rehearsal"), _rehearsal),
    Step(ROLES, "user-round-cog", N_("Roles and PIN"), _roles),
    Step(PACK, "package", N_("Event pack"), _pack),
    Step(COPIES, "hard-drive", N_("Second copy and backups"), _copies),
    Step(DOORS, "clipboard-check", N_("Ready for the doors"), _doors),
    Step(TAKING_IN, "clipboard-pen", N_("Take in paper sheets"), _taking_in),
    Step(CERTIFICATES, "award", N_("Certificates"), _certificates),
    Step(MERGE, "merge", N_("Bring the desks together"), _merge),
    Step(SENDING, "cloud-upload", N_("Send results over the network"), _sending),
    Step(WIPE, "eraser", N_("Afterwards: wipe this laptop"), _wipe),
)
