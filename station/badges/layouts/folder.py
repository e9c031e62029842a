"""Where layouts lie: the ready-made ones with the program, an event's own in its folder, which take precedence."""

from dataclasses import dataclass, replace
from pathlib import Path

from station.badges.layouts.model import BadgeLayout, Drawing
from station.badges.layouts.parse import MOST_BYTES, element_said, parse_layout
from station.badges.logo import logo_of
from station.errors import BadInput, EnvironmentFault, Problem, Refusal
from station.i18n import _, pick
from station.media.atomic import write_file
from station.media.faults import write_fault
from station.media.names import is_portable

READY_MADE = Path(__file__).resolve().parent.parent.parent.parent / "assets" / "layouts"
FOLDER_NAME = "layouts"
CERTIFICATES = "certificate"  # begins the names of layouts for certificates
_MOST_PICTURE_BYTES = 40_000_000
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """A layout that can be chosen.

    Attributes:
        is_own: it belongs to the event, not to the program.
    """

    name: str
    path: Path
    is_own: bool

    @property
    def is_certificate(self) -> bool:
        """Whether it is a certificate's, by its name, and no badge's."""
        return self.name.casefold().startswith(CERTIFICATES)


def layout_files(folder: Path) -> list[LayoutFile]:
    """Every layout an event may use, ready-made ones first. Raises EnvironmentFault."""
    own = {path.stem: path for path in _toml_files(folder / FOLDER_NAME)}
    ready = {path.stem: path for path in _toml_files(READY_MADE)}
    names = [*ready, *(name for name in own if name not in ready)]
    return [LayoutFile(name, own.get(name) or ready[name], name in own) for name in names]


def layout_named(name: str, folder: Path) -> BadgeLayout:
    """The layout of a name with its pictures. Raises Refusal, which lists those there are; BadInput."""
    return read_layout(layout_file(name, folder).path)


def layout_file(name: str, folder: Path) -> LayoutFile:
    """The file of a layout. Raises Refusal, which lists those there are; EnvironmentFault."""
    files = layout_files(folder)
    for file in files:
        if file.name == name:
            return file
    text = _("There is no badge layout {name}. Choose one of: {names}.")
    raise Refusal(text.format(name=name, names=", ".join(file.name for file in files)))


def read_layout(path: Path) -> BadgeLayout:
    """A layout and the pictures beside it. Raises BadInput with every problem; EnvironmentFault."""
    layout = parse_layout(path.stem, _content(path, MOST_BYTES))
    problems: list[Problem] = []
    pictures: dict[str, bytes] = {}
    for element in layout.elements:
        if isinstance(element, Drawing) and element.file not in pictures:
            where = ", ".join(filter(None, (path.name, element_said(element.label))))
            try:
                content = _content(path.parent / element.file, _MOST_PICTURE_BYTES)
                pictures[element.file] = logo_of(content, f"{where}: {element.file}")
            except BadInput as error:
                problems += [replace(problem, row=element.label.line) for problem in error.problems]
            except EnvironmentFault as error:
                said = f"{where}: {error}"
                problems.append(Problem(element.label.line, "file", "PICTURE_MISSING", said))
    if problems:
        raise BadInput(problems)
    return replace(layout, pictures=pictures)


def titles(folder: Path, *, badges_only: bool = False) -> list[tuple[str, str]]:
    """Name and title of every layout for badges, signs and cards, ready-made ones first. Raises EnvironmentFault.

    One that is not whole is there by its name: printing says what is wrong with it.
    """
    found = []
    for file in layout_files(folder):
        if file.is_certificate:
            continue
        try:
            layout = read_layout(file.path)
        except (BadInput, EnvironmentFault):
            found.append((file.name, file.name))
        else:
            if layout.is_badge or not badges_only:
                found.append((file.name, pick(layout.title, layout.title_en) or file.name))
    return found


def copy_layout(name: str, new_name: str, folder: Path) -> Path:
    """Begin an own layout in the event's folder as a copy of one there is; returns its file.

    Raises Refusal when the new name is taken or cannot be a file's; BadInput when the layout is not whole.
    """
    check_new_name(new_name, folder)
    source = layout_file(name, folder).path
    layout = read_layout(source)
    into = folder / FOLDER_NAME
    try:
        into.mkdir(exist_ok=True)
    except OSError as error:
        raise write_fault(error, into) from error
    if source.parent != into:
        for file in layout.pictures:
            write_file(into / file, _content(source.parent / file, _MOST_PICTURE_BYTES))
    to = into / f"{new_name}.toml"
    write_file(to, _content(source, MOST_BYTES))
    return to


def check_new_name(new_name: str, folder: Path) -> None:
    """Raises Refusal when a name is taken or cannot be a file's on every computer."""
    if (
        not is_portable(new_name)
        or "/" in new_name
        or new_name.startswith(".")
        or len(new_name) > LONGEST_NAME
    ):
        text = _(
            "A layout cannot be called {name}: choose a name that every computer takes as a file's name."
        )
        raise Refusal(text.format(name=new_name[:80]))
    if any(known.name.casefold() == new_name.casefold() for known in layout_files(folder)):
        raise Refusal(_("There is a layout {name} already. Choose another name.").format(name=new_name))


def _toml_files(folder: Path) -> list[Path]:
    try:
        return sorted(
            path for path in folder.glob("*.toml") if path.is_file() and not path.name.startswith(".")
        )
    except OSError as error:
        raise _unreadable(folder, error) from error


def _content(path: Path, most: int) -> bytes:
    """At most one byte more than ``most``, so that what is too large is seen to be."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> EnvironmentFault:
    text = _("The file “{file}” cannot be read: {reason}.")
    return EnvironmentFault(text.format(file=path.name, reason=error.strerror or error))
