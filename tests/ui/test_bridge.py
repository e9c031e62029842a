"""Results of threads arrive on the GUI thread, in order, and never after the end."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.errors import Cancelled, EnvironmentFault
from ui.bridge.feed import FeedBridge
from ui.bridge.garbage import GarbageCollector
from ui.bridge.operation import Operation
from ui.bridge.tasks import Tasks


def _on_gui_thread(qapp: QApplication) -> bool:
    return QThread.currentThread() is qapp.thread()


def test_tasks_run_in_order_elsewhere_and_answer_here(qtbot: QtBot, qapp: QApplication) -> None:
    tasks = Tasks("test")
    worked: list[str] = []
    answered: list[tuple[int, bool]] = []
    for number in range(5):
        tasks.run(
            lambda n=number: (worked.append(threading.current_thread().name), n)[1],
            lambda n: answered.append((n, _on_gui_thread(qapp))),
        )
    qtbot.waitUntil(lambda: len(answered) == 5)
    tasks.close()
    assert answered == [(n, True) for n in range(5)]
    assert set(worked) == {"test"}


def test_of_tasks_with_one_topic_only_the_newest_answers(qtbot: QtBot) -> None:
    tasks = Tasks("test")
    gate = threading.Event()
    answers: list[int] = []
    tasks.run(gate.wait)
    for number in range(3):
        tasks.run(lambda n=number: n, answers.append, topic="search")
    gate.set()
    done: list[None] = []
    tasks.run(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    tasks.close()
    assert answers == [2]


def test_a_failed_task_says_so_to_whoever_asked_or_to_everybody(qtbot: QtBot) -> None:
    def fail() -> None:
        raise EnvironmentFault("disk full")

    tasks = Tasks("test")
    own: list[Exception] = []
    with qtbot.waitSignal(tasks.failed) as everybody:
        tasks.run(fail, failed=own.append)
        tasks.run(fail)
    tasks.close()
    assert [str(error) for error in own] == ["disk full"]
    assert str(everybody.args[0]) == "disk full"


def test_what_waits_is_done_before_tasks_close(qtbot: QtBot) -> None:
    tasks = Tasks("test")
    done: list[int] = []
    for number in range(10):
        tasks.run(lambda n=number: done.append(n))
    tasks.close()
    assert done == list(range(10))


def _signals_of(operation: Operation) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []
    operation.progressed.connect(lambda done, total: seen.append(("progressed", (done, total))))
    operation.succeeded.connect(lambda result: seen.append(("succeeded", result)))
    operation.failed.connect(lambda error: seen.append(("failed", str(error))))
    operation.cancelled.connect(lambda: seen.append(("cancelled", None)))
    return seen


def test_an_operation_tells_progress_and_result(qtbot: QtBot) -> None:
    def work(progress: Any) -> str:
        progress(1, 2)
        return "done"

    operation = Operation("test", work)
    seen = _signals_of(operation)
    with qtbot.waitSignal(operation.finished):
        operation.start()
    assert seen == [("progressed", (1, 2)), ("succeeded", "done")]


def test_a_cancelled_operation_stops_at_its_next_report(qtbot: QtBot) -> None:
    started = threading.Event()
    cancelled = threading.Event()

    def work(progress: Any) -> None:
        started.set()
        cancelled.wait()
        progress(1, 2)
        raise AssertionError("went on after it was cancelled")

    operation = Operation("test", work)
    seen = _signals_of(operation)
    with qtbot.waitSignal(operation.finished):
        operation.start()
        started.wait()
        operation.cancel()
        cancelled.set()
    assert seen == [("cancelled", None)]


def test_a_fault_of_the_world_is_told_with_its_sentence(qtbot: QtBot) -> None:
    def work(_progress: Any) -> None:
        raise EnvironmentFault("the stick is full")

    operation = Operation("test", work)
    seen = _signals_of(operation)
    with qtbot.waitSignal(operation.finished):
        operation.start()
    assert seen == [("failed", "the stick is full")]


def test_widgets_in_garbage_die_on_the_gui_thread(qtbot: QtBot, qapp: QApplication) -> None:
    """Python would destroy them wherever memory is allocated, and Qt with them."""
    collector = GarbageCollector(qapp)
    died_on: list[threading.Thread] = []

    class Node:
        """Stands for a dialog: a cycle that only the collector finds."""

        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died_on.append(threading.current_thread())

    try:
        for _number in range(100):
            Node()
        worker = threading.Thread(target=lambda: [[] for _ in range(500_000)])
        worker.start()
        worker.join()
        assert died_on == []
        qtbot.waitUntil(lambda: len(died_on) == 100)
        assert set(died_on) == {threading.main_thread()}
    finally:
        collector.deleteLater()


def test_a_thousand_pokes_are_one_event(qtbot: QtBot) -> None:
    """A camera is quicker than a busy screen; signals would pile up without end."""
    bridge = FeedBridge(lambda sighting: pytest.fail("nothing was sighted"))
    arrived: list[None] = []
    bridge.frame_arrived.connect(lambda: arrived.append(None))
    thread = threading.Thread(target=lambda: [bridge.poke() for _ in range(1000)])
    thread.start()
    thread.join()
    done: list[None] = []
    tasks = Tasks("test")
    tasks.run(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    tasks.close()
    assert len(arrived) == 1
    with qtbot.waitSignal(bridge.frame_arrived):  # and the next one comes through again
        bridge.poke()


def test_a_scan_that_was_not_recorded_is_no_verdict(qtbot: QtBot) -> None:
    for error in (EnvironmentFault("disk full"), ZeroDivisionError("a bug"), Cancelled("")):

        def take(_sighting: Any, error: Exception = error) -> Any:
            raise error

        bridge = FeedBridge(take)
        verdicts: list[Any] = []
        bridge.redeemed.connect(lambda verdict, _sighting: verdicts.append(verdict))  # noqa: B023
        with qtbot.waitSignal(bridge.failed) as failed:
            bridge.on_sighting(None)  # type: ignore[arg-type]
        assert failed.args == [error]
        assert verdicts == []
