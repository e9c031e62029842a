"""Which pages the guide has, and where they lie."""

from pathlib import Path

from station.errors import EnvironmentFault
from station.guide.markdown import Anchor, Page, parse
from station.i18n import _, language

GUIDE_DIR = Path(__file__).resolve().parent.parent.parent / "docs" / "guide"
PICTURES_DIR = GUIDE_DIR / "pictures"
DESK, ORGANISER, SECRETARY, TROUBLE = "desk", "organiser", "secretary", "trouble"
PAGES = (DESK, ORGANISER, SECRETARY, TROUBLE)


def page_file(name: str, wished: str = "") -> Path:
    """The file of a page in a language; without one in that of the screens."""
    return GUIDE_DIR / (wished or language()) / f"{name}.md"


def read_page(name: str, wished: str = "") -> Page:
    """A page of the guide. Raises EnvironmentFault when its file is missing."""
    path = page_file(name, wished)
    try:
        return parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        text = _("The guide is not whole: {path} is missing or damaged. Install the program again.")
        raise EnvironmentFault(text.format(path=path)) from error


def anchors(page: Page) -> list[str]:
    """The places of a page that help can lead to, in their order."""
    return [block.name for block in page.blocks if isinstance(block, Anchor)]
