"""What taking in pictures would do, picture by picture, for a person to look at before anything changes (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum

from station.errors import Problem
from station.i18n import _
from station.model.delegate import Delegate
from station.roster.photos.matching import Fit, Index
from station.roster.photos.portrait import Portrait
from station.store.photos import Photo


class PhotoKind(StrEnum):
    """What becomes of a picture, in the order in which a person should look at them."""

    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"
    UNUSABLE = "unusable"
    LEFT_OUT = "left_out"  # by hand
    REPLACED = "replaced"
    ADDED = "added"
    UNCHANGED = "unchanged"


ASSIGNED = (PhotoKind.ADDED, PhotoKind.REPLACED, PhotoKind.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that was read: its portrait, or why there is none.

    Attributes:
        file: its path below the folder or in the archive, with ``/``.
    """

    file: str
    portrait: Portrait | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PhotoState:
    """The event's delegates and photos at one moment.

    Attributes:
        delegates: in order of names. photos: by delegate. broken: delegates whose file is missing or was changed.
    """

    delegates: Sequence[Delegate]
    photos: Mapping[str, Photo]
    broken: Set[str] = frozenset()

    def count(self) -> int:
        """How many delegates have a photo that can be shown."""
        return len(self.photos.keys() - self.broken)


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """What becomes of one picture.

    Attributes:
        number: its place among the pictures. delegates: the one it is for, or those among whom it cannot choose.
        note: why it stands where it stands, or what is to be looked at; '' for nothing.
    """

    number: int
    picture: Picture
    kind: PhotoKind
    delegates: tuple[Delegate, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """The lines in order of the files, and how many delegates are without a photo once they are taken in."""

    lines: tuple[PhotoLine, ...]
    without: int

    def of(self, kind: PhotoKind) -> list[PhotoLine]:
        """The lines of one kind."""
        return [line for line in self.lines if line.kind is kind]

    def assigned(self) -> list[PhotoLine]:
        """The pictures that are somebody's photo, the unchanged ones too."""
        return [line for line in self.lines if line.kind in ASSIGNED]

    def left_over(self) -> list[PhotoLine]:
        """The pictures that are nobody's, unless a person wished so."""
        return [
            line for line in self.lines if line.kind not in ASSIGNED and line.kind is not PhotoKind.LEFT_OUT
        ]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One delegate for one picture; a person is surer than a code, a code surer than a name."""

    number: int
    delegate: Delegate
    sureness: int
    note: str = field(default="", compare=False)


def fits_of(pictures: Sequence[Picture], delegates: Iterable[Delegate]) -> list[Fit]:
    """Whom every picture fits by its name."""
    index = Index(delegates)
    return [index.fit(picture.file) for picture in pictures]


def plan_photos(
    pictures: Sequence[Picture],
    fits: Sequence[Fit],
    state: PhotoState,
    by_hand: Mapping[int, str | None] | None = None,
) -> PhotoPlan:
    """Say what becomes of every picture; each delegate is given one picture, where it is clear which.

    Args:
        by_hand: what a person said, by number of the picture: the delegate's identity, or None for nobody.
    """
    chosen = by_hand or {}
    people = {delegate.id: delegate for delegate in state.delegates}
    lines: dict[int, PhotoLine] = {}
    claims: defaultdict[str, list[_Claim]] = defaultdict(list)
    for number, (picture, fit) in enumerate(zip(pictures, fits, strict=True)):
        claim = _claim(number, fit, chosen, people)
        if picture.portrait is not None and claim is not None:
            claims[claim.delegate.id].append(claim)
        else:
            lines[number] = _without_a_claim(number, picture, fit, number in chosen)
    for rivals in claims.values():
        for line in _decided(rivals, pictures, state):
            lines[line.number] = line
    given = {line.delegates[0].id for line in lines.values() if line.kind in ASSIGNED}
    sound = state.photos.keys() - state.broken
    without = sum(1 for delegate in state.delegates if delegate.id not in given and delegate.id not in sound)
    return PhotoPlan(tuple(lines[number] for number in range(len(pictures))), without)


def _claim(
    number: int, fit: Fit, chosen: Mapping[int, str | None], people: Mapping[str, Delegate]
) -> _Claim | None:
    if number in chosen:
        delegate = people.get(chosen[number] or "")
        return _Claim(number, delegate, 3) if delegate else None
    if len(fit.delegates) != 1:
        return None
    note = ""
    if fit.also_named is not None:
        note = _("The code is this delegate's, but the name is that of {name} ({code}).").format(
            name=fit.also_named.name, code=fit.also_named.code
        )
    return _Claim(number, fit.delegates[0], 2 if fit.by_code else 1, note)


def _without_a_claim(number: int, picture: Picture, fit: Fit, by_hand: bool) -> PhotoLine:
    if picture.problem is not None:
        return PhotoLine(number, picture, PhotoKind.UNUSABLE, note=picture.problem.message)
    if by_hand:
        return PhotoLine(number, picture, PhotoKind.LEFT_OUT)
    if fit.delegates:
        return PhotoLine(number, picture, PhotoKind.AMBIGUOUS, fit.delegates)
    return PhotoLine(number, picture, PhotoKind.UNMATCHED)


def _decided(rivals: Sequence[_Claim], pictures: Sequence[Picture], state: PhotoState) -> list[PhotoLine]:
    """The surest picture is the delegate's; where two are as sure, a person must choose."""
    surest = max(claim.sureness for claim in rivals)
    best = [claim for claim in rivals if claim.sureness == surest]
    lines = [
        PhotoLine(claim.number, pictures[claim.number], PhotoKind.AMBIGUOUS, (claim.delegate,))
        for claim in rivals
    ]
    for place, claim in enumerate(rivals):
        if len(best) == 1 and claim is best[0]:
            kind = _kind(claim, pictures, state)
            lines[place] = replace(lines[place], kind=kind, note=claim.note)
        else:
            other = next(c for c in (*best, *rivals) if c is not claim)
            note = _("There is another picture for the same delegate: {file}.")
            lines[place] = replace(lines[place], note=note.format(file=pictures[other.number].file))
    return lines


def _kind(claim: _Claim, pictures: Sequence[Picture], state: PhotoState) -> PhotoKind:
    photo = state.photos.get(claim.delegate.id)
    portrait = pictures[claim.number].portrait
    if photo is None:
        return PhotoKind.ADDED
    same = portrait is not None and portrait.sha256 == photo.sha256 and claim.delegate.id not in state.broken
    return PhotoKind.UNCHANGED if same else PhotoKind.REPLACED
