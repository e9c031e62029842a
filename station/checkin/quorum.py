"""The quorum in words, the same on every screen, on paper and on the command line."""

from station.i18n import _, language, ngettext
from station.model.quorum import Quorum, QuorumRule, Share

_PLAIN_FROM = (
    5  # a fraction with a smaller denominator is said as one, every other in percent where that is exact
)


def share_label(share: Share) -> str:
    """``2/3``, ``more than 1/2``, ``60%``."""
    if share.denominator < _PLAIN_FROM or 1000 % share.denominator:
        amount = f"{share.numerator}/{share.denominator}"
    else:
        amount = _percent(share.numerator * 1000 // share.denominator)
    return _("more than {share}").format(share=amount) if share.more_than else amount


def standing_words(quorum: Quorum) -> str:
    """Whether there is a quorum, in few words."""
    if not quorum.total:
        return _("Nobody counts")
    if quorum.is_reached:
        return _("Quorum reached")
    text = ngettext("No quorum: {count} more needed", "No quorum: {count} more needed", quorum.lacking)
    return text.format(count=quorum.lacking)


def sentence(quorum: Quorum) -> str:
    """How many are present of whom, and how many are needed by which rule."""
    text = _("Present {present} / {total} {whom} ({percent}) – {share} needed ({needed})")
    return text.format(
        present=quorum.present,
        total=quorum.total,
        whom=whom(quorum.rule),
        percent=_percent(quorum.permille),
        share=share_label(quorum.rule.share),
        needed=quorum.needed,
    )


def whom(rule: QuorumRule) -> str:
    """Who counts, in the middle of a sentence."""
    if rule.categories is None:
        return _("delegates")
    return ", ".join(map(_inside, rule.categories)) or _("delegates of no category")


def _percent(permille: int) -> str:
    """Thousandths as percent with at most one decimal, as the language writes it."""
    whole, tenths = divmod(permille, 10)
    if language() == "en":
        return f"{whole}.{tenths}%" if tenths else f"{whole}%"
    return f"{whole},{tenths} %" if tenths else f"{whole} %"


def _inside(name: str) -> str:
    """A category as it is written inside a sentence; an abbreviation stays as it is."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
