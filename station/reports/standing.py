"""How somebody stands in a session, and why they are not there, in words."""

from station.i18n import _
from station.model.delegate import DelegateStatus
from station.reports.facts import Stay
from station.store.cases import Approval


def state_of(stay: Stay | None) -> str:
    """Present, left or absent."""
    if stay is None or stay.first_in is None:
        return _("absent")
    return _("present") if stay.present else _("left")


def remark_of(stay: Stay) -> str:
    """Who comes for whom, who was withdrawn or blocked, what became of a walk-in; '' for nothing to say."""
    person, said = stay.delegate, []
    if stay.substitute:
        said.append(_("{name} comes instead").format(name=stay.substitute))
    if stay.stands_for:
        said.append(_("comes for {name}").format(name=stay.stands_for))
    if person.status is DelegateStatus.WITHDRAWN:
        said.append(_("withdrawn"))
    if person.status is DelegateStatus.BLOCKED:
        said.append(_("blocked"))
    if stay.approval is not None and not stay.stands_for:
        said.append(approval_words(stay.approval))
    return "; ".join(said)


def approval_words(approval: Approval) -> str:
    """What the organiser said of a walk-in."""
    return {
        Approval.WAITING: _("walk-in, not yet approved"),
        Approval.APPROVED: _("walk-in, approved"),
        Approval.DECLINED: _("walk-in, declined"),
    }[approval]
