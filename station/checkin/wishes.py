"""When an admission queues a badge, and what is said of one that was printed before."""

from zoneinfo import ZoneInfo

from station.badges.profiles import When
from station.errors import Refusal
from station.i18n import _
from station.model.print_job import JobState, Printing
from station.store import badges
from station.store.connection import ReadConnection


def admission_wishes(connection: ReadConnection, when: When, delegate: str, *, came_before: bool) -> bool:
    """Whether the admission of a delegate, who came to this session before or did not, queues a badge."""
    if when is When.ALWAYS:
        return True
    return when is When.FIRST and not came_before and badges.latest_printing(connection, delegate) is None


def is_to_be_wished(connection: ReadConnection, delegate: str, why: str, zone: ZoneInfo) -> bool:
    """Whether a badge does not wait already; raises Refusal where another one needs a reason and ``why`` is ''."""
    job = badges.open_job_of(connection, delegate)
    if job is not None and job.state in (JobState.QUEUED, JobState.SENT):
        return False
    printed = badges.latest_printing(connection, delegate)
    if not why and (printed or (job and job.state is JobState.UNKNOWN)):
        raise Refusal(printed_already(printed, zone))
    return True


def printed_already(printed: Printing | None, zone: ZoneInfo) -> str:
    """When and where a badge was printed, None if nobody knows, and that a reason is needed for another one."""
    if printed is None:
        return _(
            "Nobody knows whether this badge came out of the printer. Look there, and say why to print it again."
        )
    text = _("The badge was printed at {time} at {desk}. Say why it is printed again.")
    return text.format(time=f"{printed.at.astimezone(zone):%H:%M %d/%m}", desk=printed.desk)
