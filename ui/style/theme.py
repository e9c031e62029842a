"""Which theme is in force, and how the whole application changes to another theme or language at once."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from station.i18n import set_language
from ui.style.fonts import font, set_scale
from ui.style.stylesheet import stylesheet
from ui.style.tokens import CONTRAST, DARK, LIGHT, Theme

_THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
_state: dict[str, Theme] = {"theme": LIGHT}


def theme() -> Theme:
    """The theme in force."""
    return _state["theme"]


def _wished(name: str) -> Theme:
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return _THEMES.get(name, LIGHT)


def _palette(chosen: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: chosen.canvas,
        QPalette.ColorRole.WindowText: chosen.text,
        QPalette.ColorRole.Base: chosen.surface,
        QPalette.ColorRole.AlternateBase: chosen.hover,
        QPalette.ColorRole.Text: chosen.text,
        QPalette.ColorRole.PlaceholderText: chosen.muted,
        QPalette.ColorRole.Button: chosen.surface,
        QPalette.ColorRole.ButtonText: chosen.text,
        QPalette.ColorRole.Highlight: chosen.accent,
        QPalette.ColorRole.HighlightedText: chosen.accent_text,
        QPalette.ColorRole.ToolTipBase: chosen.surface,
        QPalette.ColorRole.ToolTipText: chosen.text,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette


def _announce() -> None:
    """Every widget that dresses itself in texts and icons does so again on this event."""
    application = QCoreApplication.instance()
    assert application is not None
    QCoreApplication.sendEvent(application, QEvent(QEvent.Type.LanguageChange))
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.LanguageChange))  # it only posts to the windows


def apply_theme(application: QApplication, name: str) -> None:
    """Change to ``light``, ``dark``, ``contrast`` or whatever the system prefers."""
    _state["theme"] = _wished(name)
    _dress(application)


def apply_zoom(application: QApplication, percent: int) -> None:
    """Show everything larger or smaller than it is designed."""
    set_scale(percent / 100)
    _dress(application)


def _dress(application: QApplication) -> None:
    chosen = theme()
    application.setFont(font(14, QFont.Weight.Normal))
    application.setPalette(_palette(chosen))
    application.setStyleSheet(stylesheet(chosen))
    _announce()


def apply_language(language: str) -> None:
    """Change every text on the screen to ``vi`` or ``en``."""
    set_language(language)
    _announce()
