"""Who is at the station now: PIN and password, tries that get slower, and what may be done without them.

A PIN keeps the screen, not the disk: who holds the event folder can read it (docs/guide says so). Hashes are
scrypt (RFC 7914) with n = 2^15, r = 8, p = 1: about a tenth of a second a try.
"""

import hashlib
import hmac
import secrets
import threading
from datetime import timedelta

from station.clock import Clock
from station.errors import Refusal
from station.i18n import _, ngettext
from station.model.role import Act, Role, is_at_least, may
from station.store import access
from station.store.access import StoredSecret
from station.store.folder import EventFolder

SHORTEST_PIN, LONGEST_PIN = 4, 12
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128
_FREE_TRIES = 3
_LONGEST_WAIT_S = 300


class Access:
    """The role in force at this station; without any PIN or password everybody may do everything.

    Any thread may ask. Writing methods raise EnvironmentFault when the disk does not take it.
    """

    def __init__(self, files: EventFolder, clock: Clock) -> None:
        self._files = files
        self._clock = clock
        self._gate = threading.Lock()
        with files.reading() as connection:
            self._guarded = {
                role for role in _SECRET_ROLES if access.secret_of_role(connection, role) is not None
            }
        self._role = Role.CLERK

    @property
    def role(self) -> Role:
        """The role in force: the one proved last, and those above it that nobody must prove."""
        return self._with_free_ones(self._role)

    @property
    def has_secrets(self) -> bool:
        """Whether anything here needs a PIN or password."""
        return bool(self._guarded)

    @property
    def is_raised(self) -> bool:
        """Whether somebody proved to be more than a clerk, and did not lock since."""
        return self.role is not self._with_free_ones(Role.CLERK)

    def is_guarded(self, role: Role) -> bool:
        """Whether the role has a PIN or password."""
        return role in self._guarded

    def may(self, act: Act) -> bool:
        """Whether whoever is here may do this now."""
        return may(self.role, act)

    def proofs(self, act: Act) -> list[Role]:
        """The roles whose PIN or password opens an act, the lowest first."""
        return [role for role in Role if role in self._guarded and may(self._with_free_ones(role), act)]

    def prove(self, secret: str, act: Act) -> Role:
        """Take the role whose PIN or password this is, if it may do the act; returns the role.

        Raises Refusal: wrong, or tried again too soon after several wrong ones.
        """
        with self._gate:
            proofs = self.proofs(act)
            for role in proofs:
                self._refuse_too_soon(role)
            proved = next((role for role in proofs if self._is_right(role, secret)), None)
            now = self._clock.now()
            tried = proofs if proved is None else [proved]
            self._files.write(lambda c: access.note_tries(c, tried, now, good=proved is not None))
            if proved is None:
                raise Refusal(_("That is not right. Nothing was changed."))
            self._role = proved
            return proved

    def lock(self) -> None:
        """Go back to what a clerk may."""
        self._role = Role.CLERK

    def set_secret(self, role: Role, secret: str) -> None:
        """Give a role another PIN or password. Raises Refusal for one that is too short or too long, or is no PIN."""
        _refuse_unfit(role, secret)
        salt = secrets.token_bytes(16)
        digest = _digest(salt, secret)
        self._files.write(lambda connection: access.set_secret_of_role(connection, role, salt, digest))
        self._guarded.add(role)
        if not is_at_least(self._role, role):
            self._role = role

    def remove_secret(self, role: Role) -> None:
        """Let everybody do what the role may, unless a higher one has a secret."""
        self._files.write(lambda connection: access.remove_secret_of_role(connection, role))
        self._guarded.discard(role)

    def _with_free_ones(self, role: Role) -> Role:
        """The role, or the highest above it up to which nothing must be proved."""
        for higher in Role:
            if not is_at_least(role, higher):
                if higher in self._guarded:
                    return role
                role = higher
        return role

    def _is_right(self, role: Role, secret: str) -> bool:
        stored = self._stored(role)
        return stored is not None and hmac.compare_digest(_digest(stored.salt, secret), stored.hash)

    def _stored(self, role: Role) -> StoredSecret | None:
        with self._files.reading() as connection:
            return access.secret_of_role(connection, role)

    def _refuse_too_soon(self, role: Role) -> None:
        stored = self._stored(role)
        if stored is None or stored.failures < _FREE_TRIES:
            return
        wait = timedelta(seconds=min(_LONGEST_WAIT_S, 2 ** min(stored.failures - _FREE_TRIES + 1, 20)))
        now = self._clock.now()
        left = (stored.failed_at + wait - now).total_seconds()
        if 0 < left <= wait.total_seconds():  # a clock that was set back must not lock anybody out
            count = round(left + 0.5)
            text = ngettext(
                "Wait {count} second, then try again.", "Wait {count} seconds, then try again.", count
            )
            raise Refusal(text.format(count=count))


_SECRET_ROLES = (Role.SUPERVISOR, Role.ORGANISER)


def _refuse_unfit(role: Role, secret: str) -> None:
    if role is Role.SUPERVISOR:
        fits = SHORTEST_PIN <= len(secret) <= LONGEST_PIN and secret.isascii() and secret.isdigit()
        text = _("The PIN has {least} to {most} digits.").format(least=SHORTEST_PIN, most=LONGEST_PIN)
    else:
        fits = SHORTEST_PASSWORD <= len(secret) <= LONGEST_PASSWORD
        text = _("The password has at least {least} characters.").format(least=SHORTEST_PASSWORD)
    if not fits:
        raise Refusal(text)


def _digest(salt: bytes, secret: str) -> bytes:
    # 128 * n * r bytes are needed; OpenSSL refuses more than 32 MiB unless it is told.
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
