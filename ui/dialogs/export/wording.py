"""What the export's dialog says: how far it is, how it ended, and how the stick is taken out."""

from station.exchange.export import ExportResult
from station.i18n import _, ngettext
from station.media.course import Course, Phase
from station.media.release import how_to_take_out
from ui.widgets.place_list import Place, size_text

_LONG_S = 90


def course_text(course: Course, place: Place) -> str:
    """What is being done now, how fast, and how long it will take."""
    if course.phase is Phase.PREPARING:
        return _("Making the reports…")
    doing = _("Writing to {name}…") if course.phase is Phase.WRITING else _("Reading back from {name}…")
    if course.is_waiting():
        doing = _("{name} is slow: waiting for it. Leave it in.")
    return doing.format(name=place.name)


def figures_text(course: Course) -> str:
    """Bytes, speed, time; '' while none of them can be said."""
    speed = course.speed()
    if course.phase is Phase.PREPARING or not course.total_bytes or not speed:
        return ""
    parts = [
        _("{done} of {total}").format(done=size_text(course.done_bytes), total=size_text(course.total_bytes)),
        _("{speed} MB/s").format(speed=f"{speed / 1e6:.1f}"),
    ]
    rest = course.remaining_s()
    if rest is not None:
        parts.append(_rest_text(rest))
    return " · ".join(parts)


def done_text(result: ExportResult, place: Place, *, released: bool, stays: bool) -> tuple[str, str]:
    """Headline and text after everything was read back."""
    files = ngettext("{count} file", "{count} files", len(result.names)).format(count=len(result.names))
    headline = _("Done and verified")
    lines = [_("{files} in {folder}").format(files=files, folder=result.to)]
    if released:
        lines.insert(0, f"{headline}.")
        headline = _("You can take {name} out").format(name=place.name)
    if result.kept_bytes:
        kept = _("{size} of it were there from the try before, and were proved again.")
        lines.append(kept.format(size=size_text(result.kept_bytes)))
    if stays:
        lines.append(_("Leave {name} in: the second copy goes on to it.").format(name=place.name))
    elif place.drive is not None and not released:
        lines.append(how_to_take_out(place.drive))
    return headline, "\n".join([*lines, *result.warnings])


def _rest_text(seconds: float) -> str:
    if seconds >= _LONG_S:
        minutes = round(seconds / 60)
        return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(
            count=minutes
        )
    count = max(1, round(seconds))
    return ngettext("about {count} second left", "about {count} seconds left", count).format(count=count)
