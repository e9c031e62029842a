"""The properties of texts: what they say, how large and how they are made to fit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from station.badges.fonts import Font
from station.badges.layouts.model import TextBlock, Words
from station.badges.layouts.parts import Part, kind_of
from station.badges.layouts.words import EXTRA
from station.i18n import _
from ui.dialogs.layouts.draft import Draft
from ui.dialogs.layouts.elements import FIELDS, field_caption
from ui.dialogs.layouts.form import Form
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton

_SIZES_PT = (4.0, 200.0)
_MOST_LINES = 12


class WordsForm:
    """Adds the fields of one text of the selected block to a form.

    Args:
        number: which text. columns: further headings of the roster. go: shows another text of the block.
    """

    def __init__(
        self, form: Form, draft: Draft, number: int, columns: list[str], go: Callable[[int], None]
    ) -> None:
        self._form, self._draft, self._number, self._columns, self._go = form, draft, number, columns, go
        self.text: QLineEdit
        self._add_which()
        self._add_text()
        self._add_fit()
        self._add_block()

    def block(self) -> TextBlock:
        """The block that is selected."""
        return cast(TextBlock, self._draft.chosen_parts()[0][-1])

    def words(self) -> Words:
        """The text on show."""
        return self.block().words[self._number]

    def change(self, key: str, value: Any) -> None:
        """Change one property of the text on show."""

        def changed(words: Words) -> Words:
            words = replace(words, **{key: value})
            if key == "size_pt":
                return replace(words, smallest_pt=min(words.smallest_pt, words.size_pt))
            return replace(words, size_pt=max(words.smallest_pt, words.size_pt))

        def on(part: Part) -> Part:
            block = cast(TextBlock, part[-1])
            texts = list(block.words)
            texts[self._number] = changed(texts[self._number])
            return (*part[:-1], replace(block, words=tuple(texts)))

        self._draft.change_chosen(on, merge=f"{key} {self._number}")

    def _add_which(self) -> None:
        """Which text, and more or fewer of them; a band has one."""
        if kind_of(self._draft.chosen_parts()[0]) == "band":
            return
        count = len(self.block().words)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        said = _("Text {number} of {count}")
        items = [(n, said.format(number=n + 1, count=count)) for n in range(count)]
        which = fill_choice(Choice(), items, self._number)
        which.setAccessibleName(_("Which text"))
        which.activated.connect(lambda _row: self._go(which.currentData()))
        more, fewer = _small("plus", _("One more text below")), _small("minus", _("Remove this text"))
        more.clicked.connect(self._on_more)
        fewer.clicked.connect(self._on_fewer)
        fewer.setEnabled(count > 1)
        line.addWidget(which, 1)
        line.addWidget(more)
        line.addWidget(fewer)
        self._form.add_wide(row)

    def _add_text(self) -> None:
        form = self._form
        self.text = form.line(_("Text"), lambda: self.words().text, lambda text: self.change("text", text))
        form.line(
            _("Text in English"), lambda: self.words().text_en, lambda text: self.change("text_en", text)
        )
        insert = Choice()
        items = [("", _("Insert a field…"))]
        items += [(name, field_caption(name)) for name in FIELDS]
        items += [(EXTRA + heading, heading) for heading in self._columns]
        fill_choice(insert, items, "")
        insert.setAccessibleName(_("Insert a field"))
        insert.activated.connect(lambda _row: self._insert(insert))
        form.add_wide(insert)

    def _add_fit(self) -> None:
        form = self._form
        form.number(
            _("Size"),
            lambda: self.words().size_pt,
            lambda v: self.change("size_pt", v),
            _SIZES_PT,
            " pt",
            0.5,
        )
        form.number(
            _("Shrinks to"),
            lambda: self.words().smallest_pt,
            lambda v: self.change("smallest_pt", v),
            _SIZES_PT,
            " pt",
            0.5,
        )
        form.whole(
            _("Most lines"), lambda: self.words().lines, lambda v: self.change("lines", v), (1, _MOST_LINES)
        )
        weights = [
            (Font.REGULAR, _("Regular")),
            (Font.MEDIUM, _("Medium")),
            (Font.SEMI_BOLD, _("Semi-bold")),
            (Font.BOLD, _("Bold")),
        ]
        form.choice(_("Weight"), weights, lambda: self.words().font, lambda v: self.change("font", Font(v)))
        form.colour(lambda: self.words().colour, lambda v: self.change("colour", v))
        if self._number:
            form.number(
                _("Gap above"), lambda: self.words().gap_mm, lambda v: self.change("gap_mm", v), (0, 100)
            )
        form.switch(_("Capitals"), lambda: self.words().capitals, lambda v: self.change("capitals", v))
        form.switch(
            _("Abbreviate middle names"),
            lambda: self.words().abbreviate,
            lambda v: self.change("abbreviate", v),
        )

    def _add_block(self) -> None:
        form = self._form
        form.choice(
            _("Alignment"),
            across_items(),
            lambda: self.block().across,
            lambda v: self._change_block("across", v),
        )
        if kind_of(self._draft.chosen_parts()[0]) == "band":
            return
        down = [("top", _("Top")), ("middle", _("Middle")), ("bottom", _("Bottom"))]
        form.choice(
            _("Up and down"), down, lambda: self.block().down, lambda v: self._change_block("down", v)
        )
        for kind, said in (("logo", _("Makes room for the logo")), ("photo", _("Makes room for the photo"))):
            form.switch(
                said,
                lambda kind=kind: kind in self.block().beside,  # type: ignore[misc]
                lambda on, kind=kind: self._make_room(kind, on),  # type: ignore[misc]
            )

    def _change_block(self, key: str, value: Any) -> None:
        def on(part: Part) -> Part:
            return (*part[:-1], replace(cast(Any, part[-1]), **{key: value}))

        self._draft.change_chosen(on)

    def _make_room(self, kind: str, on: bool) -> None:
        rest = tuple(each for each in self.block().beside if each != kind)
        self._change_block("beside", (*rest, kind) if on else rest)

    def _insert(self, insert: Choice) -> None:
        name = insert.currentData()
        insert.setCurrentIndex(0)
        if name:
            self.text.insert(f"{{{name}}}")
            self.text.setFocus()

    def _on_more(self) -> None:
        block = self.block()
        further = replace(block.words[self._number], text="", text_en="", gap_mm=0.5, abbreviate=False)
        place = self._number + 1
        self._set_words((*block.words[:place], further, *block.words[place:]))
        self._go(place)

    def _on_fewer(self) -> None:
        block = self.block()
        self._set_words(block.words[: self._number] + block.words[self._number + 1 :])
        self._go(max(0, self._number - 1))

    def _set_words(self, words: tuple[Words, ...]) -> None:
        def on(part: Part) -> Part:
            block = cast(TextBlock, part[0])
            return (replace(block, words=words, label=replace(block.label, kind="column")),)

        self._draft.change_chosen(on)


def across_items() -> list[tuple[str, str]]:
    """The alignments with their names."""
    return [("left", _("Left")), ("centre", _("Centre")), ("right", _("Right"))]


def _small(icon: str, said: str) -> KeyButton:
    button = KeyButton(icon)
    button.setAccessibleName(said)
    button.setToolTip(said)
    button.setAutoDefault(False)
    return button
