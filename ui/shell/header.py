"""The band at the top: which event, which station, which session, what time it is, language and theme."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import _, language, pick
from station.model.event import Event, Session, mark_of
from station.model.role import Role
from ui.dialogs.pin import ROLE_NAMES
from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import Tone
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.fitted_text import FittedText
from ui.widgets.key_button import KeyButton
from ui.widgets.logo_plate import logo_pixmap, paint_plate, plate_width
from ui.widgets.painted_text import draw_elided
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_BAND_PX = 5  # of a rehearsal


class _Mark(QWidget):
    """The event's logo on its plate; where there is none, the mark of the program."""

    def __init__(self, logo: bytes) -> None:
        super().__init__()
        self._logo = logo_pixmap(logo)
        self.set_height(36)

    def set_height(self, height_px: int) -> None:
        """Change how large it is."""
        self.setFixedSize(plate_width(self._logo, height_px), height_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._logo.isNull():
            paint_plate(QPainter(self), QRectF(self.rect()), self._logo)
            return
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, "logo", box, "#000000")


class _ClockFace(QWidget):
    """Hours and minutes, with the day below."""

    def __init__(self) -> None:
        super().__init__()
        self._time, self._day = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_time(self, time: str, day: str) -> None:
        """Show texts; repaints only when the minute changed."""
        if (time, day) != (self._time, self._day):
            self._time, self._day = time, day
            self.setAccessibleName(f"{time}, {day}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(92), scaled(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        right = Qt.AlignmentFlag.AlignRight
        high = self.height() >= scaled(50)
        middle = self.height() / 2
        time_height = scaled(24) if high else self.height()
        time_box = QRectF(0, middle - scaled(20) if high else 0, self.width(), time_height)
        draw_elided(painter, self._time, font(21, QFont.Weight.Bold), time_box, theme().text, right)
        if high:
            day_box = QRectF(0, middle + 4, self.width(), scaled(16))
            draw_elided(painter, self._day, font(12), day_box, theme().muted, right)


class Header(QWidget):
    """The band; it knows the event only by what it is told.

    Signals:
        session_chosen: (identifier, or None for the session of the moment).
        language_toggled, theme_toggled: the two small buttons.
        notice_chosen, clock_notice_chosen: the person wants to know what a notice is about.
        role_pressed: lock, or unlock.
    """

    session_chosen = Signal(object)
    language_toggled = Signal()
    theme_toggled = Signal()
    notice_chosen = Signal()
    clock_notice_chosen = Signal()
    role_pressed = Signal()

    def __init__(
        self, event: Event, station: str, sessions: Sequence[Session], *, is_demo: bool = False
    ) -> None:
        super().__init__()
        self._event = event
        self._station = station
        self._is_demo = is_demo
        self._sessions = tuple(sessions)
        self._now_session: Session | None = None
        self._mark = _Mark(event.logo)
        self._word = Chip("theater")
        self._name = FittedText(18, 12.5, QFont.Weight.Bold)
        self._place = PlainLabel(size_px=13, role="muted", elide=True)
        self._caption = PlainLabel(size_px=13, weight=QFont.Weight.Medium, role="muted")
        self._session = Choice()
        self._session.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._session.setMinimumContentsLength(10)
        self._session.activated.connect(self._on_session_activated)
        QShortcut(QKeySequence("F6"), self, self._on_session_key)
        self._notice = KeyButton("triangle-alert", warning=True)
        self._notice.clicked.connect(self.notice_chosen)
        self._notice.hide()
        self._clock_notice = KeyButton("clock-alert", warning=True)
        self._clock_notice.clicked.connect(self.clock_notice_chosen)
        self._clock_notice.hide()
        self._role: Role | None = None
        self._raised = False
        self._role_button = KeyButton("lock-keyhole")
        self._role_button.clicked.connect(self.role_pressed)
        self._role_button.hide()
        self._clock = _ClockFace()
        self._language = KeyButton("languages")
        self._language.clicked.connect(self.language_toggled)
        self._theme = KeyButton("sun")
        self._theme.clicked.connect(self.theme_toggled)
        self._build()
        self._dress()

    def show_session(self, chosen: str | None, now: Session) -> None:
        """Show which session is chosen; ``now`` is the one that is checked into."""
        self._now_session = now
        self._fill(chosen)

    def show_time(self, now: datetime) -> None:
        """Show the time in the event's zone."""
        local = now.astimezone(ZoneInfo(self._event.zone))
        day = f"{local:%d/%m/%Y}" if language() == "vi" else f"{local:%d %b %Y}"
        self._clock.show_time(f"{local:%H:%M}", day)

    def show_notice(self) -> None:
        """Say, for good, that codes are read less well than they could be."""
        self._notice.show()

    def show_clock_notice(self, *, shown: bool = True) -> None:
        """Say that the clock of the machine was set back, until somebody has read it."""
        self._clock_notice.setVisible(shown)

    def show_role(self, role: Role | None, *, raised: bool = False) -> None:
        """Show the role in force, and whether somebody proved to have it; None where everybody may do everything."""
        self._role, self._raised = role, raised
        self._role_button.setVisible(role is not None)
        self._dress_role()

    def role_text(self) -> str:
        """What is said of the role, '' for nothing."""
        return "" if self._role_button.isHidden() else self._role_button.caption()

    def adapt(self, width_px: int, *, compact: bool) -> None:
        """Choose height and what to leave out, by the window's width in design pixels."""
        self.setFixedHeight(scaled(50 if compact else 70))
        self._place.setVisible(not compact)
        self._caption.setVisible(width_px > 1150 and self._role is None)
        self._session.setFixedWidth(scaled(max(170, min(460, width_px * 0.25 - (40 if compact else 0)))))
        logo = bool(self._event.logo)
        self._mark.set_height(scaled((40 if logo else 30) if compact else (54 if logo else 38)))
        self._clock.setFixedWidth(scaled(70 if compact else 92))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().surface))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme().line))
        if self._event.rehearsal:
            pair = theme().tones[Tone.REFUSED]
            painter.fillRect(QRectF(0, self.height() - _BAND_PX, self.width(), _BAND_PX), QColor(pair.back))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.setContentsMargins(0, 5, 0, 7)
        texts.addWidget(self._name, 1)
        texts.addWidget(self._place)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 1)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addWidget(self._word)
        row.addLayout(texts, 1)
        row.addWidget(self._notice)
        row.addWidget(self._clock_notice)
        row.addWidget(self._role_button)
        row.addWidget(self._caption)
        row.addWidget(self._session)
        row.addWidget(self._clock)
        row.addWidget(self._language)
        row.addWidget(self._theme)

    def _dress(self) -> None:
        event = self._event
        self._name.set_text(pick(event.name, event.name_en))
        self._word.set_text(mark_of(event), theme().tones[Tone.REFUSED].back)
        sample = _("SAMPLE EVENT") if self._is_demo else ""
        self._place.setText(" · ".join(filter(None, (sample, self._station, event.venue, event.organiser))))
        self._caption.setText(_("Session (F6)"))
        self._session.setAccessibleName(_("Session"))
        self._notice.set_caption(_("Reads fewer codes"))
        self._clock_notice.set_caption(_("Clock set back"))
        self._dress_role()
        self._language.set_caption("EN" if language() == "vi" else "VI")
        self._language.setAccessibleName(_("Change the language"))
        self._theme.set_icon("moon" if theme().name == "light" else "sun")
        self._theme.setAccessibleName(_("Light or dark"))
        self._fill(self._session.currentData())

    def _dress_role(self) -> None:
        if self._role is None:
            return
        name = _(ROLE_NAMES[self._role])
        self._role_button.set_icon("lock-keyhole-open" if self._raised else "lock-keyhole")
        self._role_button.set_caption(name)
        act = _("Lock: Ctrl+L") if self._raised else _("Unlock: Ctrl+L")
        self._role_button.setAccessibleName(f"{name}. {act}")
        self._role_button.setToolTip(act)

    def _fill(self, chosen: str | None) -> None:
        self._session.clear()
        now = self._now_session
        automatic = (
            _("By the clock: {session}").format(session=session_label(now)) if now else _("By the clock")
        )
        self._session.addItem(automatic, None)
        for session in self._sessions:
            self._session.addItem(session_label(session), session.id)
        self._session.setCurrentIndex(max(0, self._session.findData(chosen)))

    def _on_session_key(self) -> None:
        self._session.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._session.showPopup()

    def _on_session_activated(self, place: int) -> None:
        self.session_chosen.emit(self._session.itemData(place))
