"""Makes the four short sounds of the desk; run it again after a change and commit the files it writes."""

import math
import struct
import wave
from pathlib import Path

RATE = 44_100
Tone = tuple[float, float, float]  # start in seconds, length in seconds, pitch in hertz

SOUNDS: dict[str, tuple[list[Tone], tuple[float, ...]]] = {
    # name: (tones, strength of the harmonics: soft ones sound friendly, odd ones sound like a buzzer)
    "admitted": ([(0.0, 0.16, 659.3), (0.11, 0.30, 987.8)], (1.0, 0.18, 0.05)),
    "attention": ([(0.0, 0.13, 587.3), (0.19, 0.22, 587.3)], (1.0, 0.30, 0.12)),
    "refused": ([(0.0, 0.42, 146.8)], (1.0, 0.0, 0.55, 0.0, 0.35, 0.0, 0.2)),
    "alarm": ([(n * 0.18, 0.17, 880.0 if n % 2 else 622.3) for n in range(6)], (1.0, 0.0, 0.45, 0.0, 0.25)),
}
LOUDNESS = 0.6
ATTACK_S, RELEASE_S = 0.006, 0.06


def sample(time_s: float, tone: Tone, harmonics: tuple[float, ...]) -> float:
    """One sample of one tone, faded in and out so that it does not click."""
    start, length, pitch = tone
    since = time_s - start
    if not 0 <= since < length:
        return 0.0
    fade = min(since / ATTACK_S, (length - since) / RELEASE_S, 1.0)
    waves = (s * math.sin(2 * math.pi * pitch * n * since) for n, s in enumerate(harmonics, 1))
    return fade * sum(waves) / sum(harmonics)


def write(path: Path, tones: list[Tone], harmonics: tuple[float, ...]) -> None:
    """Write one sound as 16-bit mono WAV."""
    length_s = max(start + length for start, length, _pitch in tones) + 0.02
    times = [n / RATE for n in range(int(length_s * RATE))]
    values = [sum(sample(time_s, tone, harmonics) for tone in tones) for time_s in times]
    loudest = max(map(abs, values))
    frames = b"".join(struct.pack("<h", round(32_767 * LOUDNESS * v / loudest)) for v in values)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)


if __name__ == "__main__":
    for name, (tones, harmonics) in SOUNDS.items():
        write(Path(__file__).with_name(f"{name}.wav"), tones, harmonics)
