"""Whether the event folder is whole, the real event, and this station can be told from the others."""

from station.exchange.verify import verify_event
from station.i18n import _
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import instance as instances

NAME = "event"


def check_event(subject: Subject) -> Check:
    """Fails when journal or database are not as they were written; warns of rehearsal, sample, a name used twice."""
    subject.progress(0, 1)
    verified = verify_event(subject.files.path)
    if not verified.ok:
        return Check(
            NAME,
            Level.FAIL,
            _("The event folder is not whole: {problem}").format(problem=verified.problems[0]),
            _("Take the event pack anew, or restore the newest copy from its backups folder."),
        )
    with subject.files.reading() as connection:
        known = instances.all_instances(connection)
    here = subject.files.instance
    others = [other.station for other in known.values() if other.id != here.id]
    if subject.is_demo:
        text = _("This is the sample event: its codes are public, its delegates made up.")
        return Check(NAME, Level.WARN, text, _("Open your own event before the doors open."))
    if subject.event.rehearsal:
        text = _("This is a rehearsal: nothing that is recorded here counts.")
        return Check(NAME, Level.WARN, text, _("Open the event itself before the doors open."))
    if here.station in others:
        text = _("Another station is called “{station}” too.").format(station=here.station)
        return Check(NAME, Level.WARN, text, _("Give each laptop a name of its own, as Desk 1, Desk 2."))
    said = _("This is “{station}”; its journal is whole: {count} records.").format(
        station=here.station, count=verified.entries
    )
    if others:
        said += " " + _("Other stations known here: {stations}.").format(stations=", ".join(others))
    return Check(NAME, Level.OK, said)
