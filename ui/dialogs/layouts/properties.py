"""The panel of what is selected: place and size in millimetres, and what its kind has besides."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QScrollArea, QWidget

from station.badges.layouts.model import Audience, Drawing, Fill, Logo, Photo, Place, TextBlock, Ticks
from station.badges.layouts.parts import Part, is_upright, kind_of, place_of, placed, with_inset
from station.i18n import _, ngettext
from station.text import fold
from ui.dialogs.layouts.draft import Draft
from ui.dialogs.layouts.elements import KINDS
from ui.dialogs.layouts.form import Form
from ui.dialogs.layouts.words_form import WordsForm, across_items
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_FAR_MM = 900.0
_MOST_ITEMS = 40


class Properties(QScrollArea):
    """Follows the draft.

    Signals:
        paper_wanted: other sizes of card and paper. picture_wanted: another picture for the selected one.
    """

    paper_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._columns: list[str] = []
        self._categories: list[str] = []
        self._text_number = 0
        self._shown: tuple[Any, ...] = ()
        self.form = Form()
        self.words: WordsForm | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Properties"))
        draft.changed.connect(self._on_changed)
        draft.selected.connect(self._on_selected)
        self._build()

    def offer(self, columns: Sequence[str], categories: Sequence[str]) -> None:
        """The roster has these further columns and categories."""
        self._columns, self._categories = list(columns), list(categories)
        self._build()

    def edit_text(self) -> None:
        """Put the cursor where the selected part is described."""
        if self.words is not None:
            self.words.text.setFocus()
            self.words.text.selectAll()
        else:
            self.form.focusNextChild()

    def _on_selected(self) -> None:
        self._text_number = 0
        self._build()

    def _on_changed(self) -> None:
        if self._signature() != self._shown:
            self._build()
        else:
            self.form.refresh()

    def _signature(self) -> tuple[Any, ...]:
        parts = self._draft.chosen_parts()
        texts = len(parts[0][-1].words) if parts and isinstance(parts[0][-1], TextBlock) else 0
        return self._draft.side, self._draft.chosen, [kind_of(part) for part in parts], texts

    def _go(self, number: int) -> None:
        self._text_number = number
        self._build()

    def _build(self) -> None:
        self._shown = self._signature()
        self.form = Form()
        self.words = None
        parts = self._draft.chosen_parts()
        if not parts:
            self._add_card()
        elif len(parts) > 1:
            self._add_several(len(parts))
        else:
            self._add_part(parts[0])
        self.form.grid.setRowStretch(self.form.grid.rowCount(), 1)
        self.setWidget(self.form)

    # Nothing, or several.

    def _add_card(self) -> None:
        form, draft = self.form, self._draft
        form.add_wide(PlainLabel(_("The card"), 15, QFont.Weight.Bold))
        form.line(_("Layout's title"), lambda: draft.layout.title, lambda text: self._title("title", text))
        form.line(
            _("Title in English"), lambda: draft.layout.title_en, lambda text: self._title("title_en", text)
        )
        told = PlainLabel(size_px=14, role="muted", wrap=True)
        form.add_wide(told, lambda: told.setText(sizes_said(draft)))
        paper = KeyButton("scale")
        paper.set_caption(_("Card and paper…"))
        paper.setAutoDefault(False)
        paper.clicked.connect(self.paper_wanted)
        form.add_wide(paper)
        hint = _("Choose something on the card to change it, or put something new on it from the left.")
        form.add_wide(PlainLabel(hint, 14, role="muted", wrap=True))

    def _title(self, key: str, text: str) -> None:
        self._draft.change(replace(cast(Any, self._draft.layout), **{key: text}), merge=key)

    def _add_several(self, count: int) -> None:
        said = ngettext("{count} element selected", "{count} elements selected", count).format(count=count)
        self.form.add_wide(PlainLabel(said, 15, QFont.Weight.Bold))
        hint = _("Align them, space them evenly or make them alike with the buttons above the card.")
        self.form.add_wide(PlainLabel(hint, 14, role="muted", wrap=True))

    # One part.

    def _add_part(self, part: Part) -> None:
        self.form.add_wide(PlainLabel(_(KINDS[kind_of(part)][0]), 15, QFont.Weight.Bold))
        if isinstance(part[-1], TextBlock):
            number = min(self._text_number, len(part[-1].words) - 1)
            self.words = WordsForm(self.form, self._draft, number, self._columns, self._go)
        self._add_kind(part)
        self.form.heading(_("Place on the card"))
        self._add_place(part)
        self._add_audience()

    def _first(self) -> Any:
        return self._draft.chosen_parts()[0][0]

    def _change_first(self, key: str, value: Any) -> None:
        self._draft.change_chosen(
            lambda part: (replace(cast(Any, part[0]), **{key: value}), *part[1:]), merge=key
        )

    def _add_kind(self, part: Part) -> None:
        form, first = self.form, part[0]
        if isinstance(first, (Logo, Photo)):
            form.choice(
                _("Alignment"),
                across_items(),
                lambda: self._first().across,
                lambda v: self._change_first("across", v),
            )
        if isinstance(first, Logo):
            form.switch(
                _("White plate around it"),
                lambda: self._first().has_plate,
                lambda v: self._change_first("has_plate", v),
            )
        if isinstance(first, Drawing):
            form.add_wide(PlainLabel(first.file, 14, role="muted", elide=True))
            other = KeyButton("image")
            other.set_caption(_("Another picture…"))
            other.setAutoDefault(False)
            other.clicked.connect(self.picture_wanted)
            form.add_wide(other)
        if isinstance(first, Fill):
            self._add_fill(part)
        if isinstance(first, Ticks):
            self._add_ticks()

    def _add_fill(self, part: Part) -> None:
        form, kind = self.form, kind_of(part)
        if kind != "band":
            form.colour(lambda: self._first().colour, lambda v: self._change_first("colour", v))
        if kind != "line":
            form.number(
                _("Rounded corners"),
                lambda: self._first().radius_mm,
                lambda v: self._change_first("radius_mm", v),
                (0, 50),
                step=0.5,
            )
        if kind == "band":
            form.number(_("Margin of the text"), self._inset, self._on_inset, (0, 50))

    def _inset(self) -> float:
        fill, text = self._draft.chosen_parts()[0]
        return text.place.x_mm - fill.place.x_mm

    def _on_inset(self, value: float) -> None:
        self._draft.change_chosen(lambda part: with_inset(part, value), merge="inset")

    def _add_ticks(self) -> None:
        form = self.form
        for caption, key in ((_("Items, one a line"), "items"), (_("In English, one a line"), "items_en")):
            field = QPlainTextEdit()
            field.setTabChangesFocus(True)
            field.setFixedHeight(84)
            field.setAccessibleName(caption)
            field.textChanged.connect(lambda key=key, field=field: self._on_items(key, field.toPlainText()))
            form.heading(caption)
            form.add_wide(field, self._shows_items(field, key))
        limits = (4.0, 200.0)
        form.number(_("Size"), lambda: self._first().size_pt, self._on_tick_size, limits, " pt", 0.5)
        form.colour(lambda: self._first().colour, lambda v: self._change_first("colour", v))

    def _shows_items(self, field: QPlainTextEdit, key: str) -> Callable[[], None]:
        def show() -> None:
            if _items(field.toPlainText()) != getattr(self._first(), key):
                field.setPlainText("\n".join(getattr(self._first(), key)))

        return show

    def _on_items(self, key: str, text: str) -> None:
        items = _items(text)
        if items or key == "items_en":  # items there must be
            self._change_first(key, items)

    def _on_tick_size(self, value: float) -> None:
        smallest = max(4.0, round(value * 0.7, 1))
        self._draft.change_chosen(
            lambda part: (replace(cast(Ticks, part[0]), size_pt=value, smallest_pt=smallest),), merge="size"
        )

    # Place and whom it is for.

    def _add_place(self, part: Part) -> None:
        form, kind = self.form, kind_of(part)
        for caption, key, least in (
            (_("From the left"), "x_mm", -_FAR_MM),
            (_("From the top"), "y_mm", -_FAR_MM),
            *self._sizes(part, kind),
        ):
            form.number(
                caption,
                lambda key=key: getattr(place_of(self._draft.chosen_parts()[0]), key),  # type: ignore[misc]
                lambda value, key=key: self._put(key, value),  # type: ignore[misc]
                (least, _FAR_MM),
                step=0.1 if kind == "line" and key == self._thin(part) else 1.0,
            )

    @staticmethod
    def _thin(part: Part) -> str:
        return "width_mm" if is_upright(part[0]) else "height_mm"

    def _sizes(self, part: Part, kind: str) -> list[tuple[str, str, float]]:
        if kind == "code":
            return [(_("Side"), "width_mm", 5.0)]
        if kind == "line":
            thin = self._thin(part)
            long = "height_mm" if thin == "width_mm" else "width_mm"
            return [(_("Length"), long, 1.0), (_("Thickness"), thin, 0.05)]
        return [(_("Width"), "width_mm", 1.0), (_("Height"), "height_mm", 1.0)]

    def _put(self, key: str, value: float) -> None:
        def on(part: Part) -> Part:
            place: Place = replace(place_of(part), **{key: value})
            return placed(part, place)

        self._draft.change_chosen(on, merge=key)

    def _add_audience(self) -> None:
        form = self.form
        form.heading(_("On whose badges"))
        modes = [("", _("Everybody")), ("only_for", _("Only for")), ("not_for", _("Not for"))]
        names = QListWidget()
        names.setAccessibleName(_("Categories"))
        names.setFixedHeight(110)
        choice = form.choice(_("Shown"), modes, self._mode, lambda mode: self._on_mode(mode, names))
        names.itemChanged.connect(lambda _item: self._on_names(choice.currentData(), names))
        form.add_wide(names, lambda: self._show_names(names))

    def _mode(self) -> str:
        audience: Audience = self._first().audience
        return "only_for" if audience.only_for else "not_for" if audience.not_for else ""

    def _named(self) -> tuple[str, ...]:
        audience: Audience = self._first().audience
        return audience.only_for or audience.not_for

    def _show_names(self, names: QListWidget) -> None:
        chosen = {fold(name) for name in self._named()}
        known = {fold(name): name for name in (*self._named(), *self._categories)}
        names.clear()
        for key, name in known.items():
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            names.addItem(item)
        names.setVisible(bool(self._mode()))

    def _on_mode(self, mode: str, names: QListWidget) -> None:
        """The first category is a beginning: an empty list would mean everybody."""
        chosen = self._named() or tuple(self._categories[:1])
        self._set_audience(mode, chosen if mode else ())
        names.setVisible(bool(self._mode()))

    def _on_names(self, mode: str, names: QListWidget) -> None:
        items = [names.item(row) for row in range(names.count())]
        self._set_audience(mode, tuple(i.text() for i in items if i.checkState() == Qt.CheckState.Checked))

    def _set_audience(self, mode: str, chosen: tuple[str, ...]) -> None:
        audience = Audience(**{mode: chosen}) if mode and chosen else Audience()
        self._draft.change_chosen(lambda part: tuple(replace(element, audience=audience) for element in part))


def sizes_said(draft: Draft) -> str:
    """Card and paper in a sentence."""
    layout = draft.layout
    cards = len(layout.origins_mm)
    count = ngettext("{count} card a page", "{count} cards a page", cards).format(count=cards)
    said = _("Card {card} mm, paper {page} mm, {count}.").format(
        card=f"{layout.card_width_mm:g} × {layout.card_height_mm:g}",
        page=f"{layout.width_mm:g} × {layout.height_mm:g}",
        count=count,
    )
    return said + (" " + _("Folded below.") if layout.folds else "")


def _items(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:500] for line in text.splitlines() if line.strip())[:_MOST_ITEMS]
