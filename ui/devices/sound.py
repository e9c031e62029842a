"""The sound that goes with each verdict; a machine without audio is simply silent."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from ui.style.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "sounds"
_FILES = {
    Tone.ADMITTED: "admitted",
    Tone.ATTENTION: "attention",
    Tone.REFUSED: "refused",
    Tone.ALARM: "alarm",
}


class Sounds(QObject):
    """Plays a tone's sound; all are loaded by :meth:`load`, so that none comes late."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = True
        self._volume = 1.0
        self._effects: dict[Tone, QSoundEffect] = {}

    def play(self, tone: Tone) -> None:
        """Play the sound of a tone, if it has one and sound is wanted."""
        effect = self._effects.get(tone)
        if self.enabled and effect is not None:
            effect.play()

    def set_volume(self, percent: int) -> None:
        """How loud, 0 … 100 of what the system is set to."""
        self._volume = percent / 100
        for effect in self._effects.values():
            effect.setVolume(self._volume)

    def load(self) -> None:
        """Get ready; takes a tenth of a second, so best once the window is shown."""
        if not has_sound():
            return
        from PySide6.QtMultimedia import QSoundEffect

        for tone, name in _FILES.items():
            effect = QSoundEffect(self)
            effect.setVolume(self._volume)
            effect.setSource(QUrl.fromLocalFile(str(_FOLDER / f"{name}.wav")))
            self._effects[tone] = effect


def has_sound() -> bool:
    """Whether there is anything to hear sounds from."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:  # a system without the audio libraries that QtMultimedia needs
        return False
    return bool(QMediaDevices.audioOutputs())
