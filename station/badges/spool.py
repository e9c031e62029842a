"""Prints the badges that wait: to a PDF, after which the journal says so and the queue is empty."""

from collections.abc import Callable, Mapping
from pathlib import Path

from station.badges.layout import CARD, BadgeData, Layout, render_badges
from station.clock import Clock
from station.errors import EnvironmentFault
from station.model.entry import EntryKind
from station.model.event import Event
from station.store import badges as badge_store
from station.store import journal
from station.store import roster as roster_store
from station.store.connection import WriteConnection
from station.store.folder import EventFolder

Progress = Callable[[int, int], None]
