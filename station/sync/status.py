"""How the outbox stands, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from station.i18n import _, ngettext
from station.model.sending import OPEN_STATES, Mode, RowState
from station.store import outbox as store
from station.store.connection import ReadConnection
from station.store.outbox import StoredTarget

_SOON_S = 90


@dataclass(frozen=True, slots=True)
class Standing:
    """How one target stands: how many files wait, were refused and are proved to be there."""

    target: StoredTarget
    waiting: int
    refused: int
    confirmed: int


def standings(connection: ReadConnection) -> list[Standing]:
    """Every target, in their order."""
    counts = store.counts(connection)
    return [
        Standing(
            target,
            sum(counts.get((target.number, state), 0) for state in OPEN_STATES),
            counts.get((target.number, RowState.REFUSED), 0),
            counts.get((target.number, RowState.CONFIRMED), 0),
        )
        for target in store.targets(connection)
    ]


def sentence(standing: Standing, now: datetime) -> str:
    """How one target stands: what waits, when it is tried again, what is in the way, what a person has to look at."""
    target, parts = standing.target, []
    if standing.waiting:
        text = ngettext("{count} waiting", "{count} waiting", standing.waiting)
        parts.append(text.format(count=standing.waiting))
        if target.mode is Mode.MANUAL:
            parts.append(_("goes by hand only"))
        elif target.trouble and target.next_try_at is not None:
            parts.append(_("next try in {span}").format(span=_span(target.next_try_at, now)))
    if standing.refused:
        text = ngettext("{count} refused", "{count} refused", standing.refused)
        parts.append(text.format(count=standing.refused))
    said = ", ".join(parts) or (_("everything is there") if standing.confirmed else _("nothing to send yet"))
    if target.wants_login and standing.waiting:
        login = _("the network wants a login page")
        return f"{said}; {login}"
    return said


def summary(all_standings: Sequence[Standing], now: datetime) -> str:
    """All targets in one line for the status bar; '' where there are none."""
    shown = [each for each in all_standings if each.waiting or each.refused] or list(all_standings)[:1]
    return " · ".join(f"{each.target.name}: {sentence(each, now)}" for each in shown)


def _span(at: datetime, now: datetime) -> str:
    seconds = max(0, round((at - now).total_seconds()))
    if seconds <= _SOON_S:
        return _("{count} s").format(count=seconds)
    return _("{count} min").format(count=round(seconds / 60))
