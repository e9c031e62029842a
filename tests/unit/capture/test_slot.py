"""The slot between two threads."""

import threading

import numpy as np

from station.capture.frame import Frame
from station.capture.slot import FrameSlot


def frame(number: int) -> Frame:
    return Frame(np.zeros((1, 1, 3), np.uint8), number, 0.0, 0.0)


def test_only_the_newest_frame_is_kept() -> None:
    slot = FrameSlot()

    assert [slot.put(frame(number)) for number in range(3)] == [False, True, True]
    taken = slot.take()
    assert taken is not None
    assert taken.number == 2


def test_the_newest_frame_can_still_be_seen_after_it_was_taken() -> None:
    slot = FrameSlot()
    slot.put(frame(7))
    slot.take()

    newest = slot.newest()
    assert newest is not None
    assert newest.number == 7


def test_a_closed_slot_gives_nothing_even_if_a_frame_waits() -> None:
    slot = FrameSlot()
    slot.put(frame(1))
    slot.close()

    assert slot.take() is None


def test_closing_wakes_whoever_waits() -> None:
    slot = FrameSlot()
    taken: list[Frame | None] = []
    taking = threading.Thread(target=lambda: taken.append(slot.take()))
    taking.start()
    slot.close()
    taking.join(5)

    assert taken == [None]
    slot.settle()


def test_it_settles_when_the_taker_has_finished_and_asks_for_more() -> None:
    slot = FrameSlot()
    finished: list[int] = []

    def take_all() -> None:
        while (taken := slot.take()) is not None:
            finished.append(taken.number)

    taking = threading.Thread(target=take_all)
    taking.start()
    for number in range(50):
        slot.put(frame(number))
        slot.settle()
    slot.close()
    taking.join(5)

    assert finished == list(range(50))
