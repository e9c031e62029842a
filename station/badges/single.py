"""One badge as its printer's profile wants it: in which layout, moved by which offset, on how many pages."""

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from station.badges.layouts.folder import layout_file, read_layout
from station.badges.layouts.model import BadgeLayout
from station.badges.photo_files import PhotoFiles
from station.badges.profiles import Profile
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.model.event import Event, Session

Stamp = tuple[tuple[str, int, int], ...]


def badge_pdf(
    folder: Path,
    event: Event,
    badge: BadgeData,
    profile: Profile,
    photos: PhotoFiles,
    sessions: Sequence[Session],
) -> bytes:
    """The pages that a printer gets for one wish.

    Raises Refusal for a layout that is not there any more, BadInput for one that is not whole, EnvironmentFault.
    """
    layout, pdf = layout_of(profile, folder), io.BytesIO()
    layout = replace(layout, has_cut_marks=layout.has_cut_marks and profile.cut_marks)
    drawn = [badge] * (profile.copies * (2 if profile.double_sided and not layout.back else 1))
    if len(layout.origins_mm) > 1:
        drawn = [badge]  # on a sheet of several a copy would use up another place, not another sheet
    render_badges(pdf, event, drawn, layout, photos=photos, sessions=sessions, shift_mm=profile.offset_mm)
    return pdf.getvalue()


def layout_of(profile: Profile, folder: Path) -> BadgeLayout:
    """The layout of a profile, read anew only when a file of its folder changed. Raises as ``badge_pdf``."""
    file = layout_file(profile.layout, folder)
    return _read(file.path, _stamp(file.path.parent))


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: Stamp) -> BadgeLayout:
    return read_layout(path)


def _stamp(folder: Path) -> Stamp:
    found = ((path.name, path.stat()) for path in sorted(folder.iterdir()))
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in found)
