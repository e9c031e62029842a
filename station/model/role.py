"""Who works at a station, and what each may do: the one table of it."""

from enum import StrEnum


class Role(StrEnum):
    """Cán bộ điểm danh, trưởng bàn, ban tổ chức; each may do what the ones before may."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ORGANISER = "organiser"


class Act(StrEnum):
    """What may be allowed or not; whatever is not here, everybody may."""

    VOID_OWN = "void_own"  # the own last record, within two minutes
    WALK_IN = "walk_in"
    CORRECT = "correct"
    VOID = "void"
    OVERRIDE = "override"
    SUBSTITUTE = "substitute"
    MOVE_SESSION = "move_session"
    REISSUE = "reissue"
    SETTINGS = "settings"
    UNLOCK = "unlock"
    PREPARE = "prepare"


LEAST: dict[Act, Role] = {
    Act.VOID_OWN: Role.CLERK,
    Act.WALK_IN: Role.CLERK,
    Act.CORRECT: Role.CLERK,
    Act.VOID: Role.SUPERVISOR,
    Act.OVERRIDE: Role.SUPERVISOR,
    Act.SUBSTITUTE: Role.SUPERVISOR,
    Act.MOVE_SESSION: Role.SUPERVISOR,
    Act.REISSUE: Role.SUPERVISOR,
    Act.SETTINGS: Role.SUPERVISOR,
    Act.UNLOCK: Role.SUPERVISOR,
    Act.PREPARE: Role.ORGANISER,
}
_RANK = {role: rank for rank, role in enumerate(Role)}


def may(role: Role, act: Act) -> bool:
    """Whether a role may do something."""
    return is_at_least(role, LEAST[act])


def is_at_least(role: Role, least: Role) -> bool:
    """Whether a role may do all that another may."""
    return _RANK[role] >= _RANK[least]
