"""The rule of the quorum, and how many of the delegates who count are in a session."""

import sqlite3

from station.model.quorum import Quorum, QuorumRule, Share
from station.store.connection import WriteConnection
from station.store.roster import CATEGORY_NOW


def rule_of(connection: sqlite3.Connection) -> QuorumRule | None:
    """The rule that was set, None for none."""
    row = connection.execute("SELECT * FROM quorum").fetchone()
    if row is None:
        return None
    rows = connection.execute("SELECT category FROM quorum_category ORDER BY category")
    categories = None if row["every_category"] else tuple(category for (category,) in rows)
    return QuorumRule(Share(row["numerator"], row["denominator"], bool(row["more_than"])), categories)


def set_rule(connection: WriteConnection, rule: QuorumRule | None) -> None:
    """Store a rule, or none."""
    connection.execute("DELETE FROM quorum")
    connection.execute("DELETE FROM quorum_category")
    if rule is None:
        return
    share = rule.share
    connection.execute(
        "INSERT INTO quorum (only, numerator, denominator, more_than, every_category) VALUES (1, ?, ?, ?, ?)",
        (share.numerator, share.denominator, share.more_than, rule.categories is None),
    )
    connection.executemany(
        "INSERT INTO quorum_category (category) VALUES (?)", [(name,) for name in rule.categories or ()]
    )


def quorum_of(connection: sqlite3.Connection, session: str, *, came: bool = False) -> Quorum | None:
    """How a session stands; None while there is no rule. ``came``: whoever left again is counted as present, too.

    Nobody counts who was withdrawn or blocked, for whom somebody else comes, or who was registered at a desk and is
    not approved: a word of a desk must not move the quorum.
    """
    rule = rule_of(connection)
    if rule is None:
        return None
    chosen = "" if rule.categories is None else f"AND {CATEGORY_NOW} IN (SELECT * FROM quorum_category)"
    outside = "0" if came else "coalesce(sum(x.outside), 0)"
    row = connection.execute(
        f"SELECT count(*), count(a.delegate) - {outside} FROM delegate d "
        "LEFT JOIN correction c ON c.delegate = d.id "
        "LEFT JOIN attendance a ON a.session = :session AND a.delegate = d.id "
        "LEFT JOIN departure x ON x.session = a.session AND x.delegate = a.delegate "
        "WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.delegate = d.id) "
        "AND NOT EXISTS (SELECT 1 FROM substitution s WHERE s.delegate = d.id) "
        "AND d.id NOT IN (SELECT delegate FROM united) "
        f"AND NOT EXISTS (SELECT 1 FROM walk_in w WHERE w.delegate = d.id AND w.approval <> 'approved') {chosen}",
        {"session": session},
    ).fetchone()
    return Quorum(rule, row[1], row[0])
