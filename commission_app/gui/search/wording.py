"""The words of people for what the program calls otherwise: words that mean the same, words that say nothing,
what each kind of record is called, and further words for papers, pages of the help and settings."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from commission_app.domain.text import fold
from commission_app.services.search import Noun


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def fillers() -> frozenset[str]:
    """Words that are left out where other words stand beside them."""
    return _folded(
        QCoreApplication.translate(
            "search", "a an and at by can do for from how i in is make me my of on our the to want where with"
        )
    )


def same_words() -> tuple[frozenset[str], ...]:
    """Words that people use for one another."""
    translate = QCoreApplication.translate
    return tuple(
        map(
            _folded,
            (
                translate("search", "delete remove erase void cancel end discard"),
                translate("search", "bigger larger big large"),
                translate("search", "smaller small tiny"),
                translate("search", "font letters text"),
                translate("search", "report list paper page summary statement"),
                translate("search", "treasurer money fundraising"),
                translate("search", "add new create enter record"),
                translate("search", "start begin open run"),
                translate("search", "edit change correct fix"),
                translate("search", "mail email e-mail letter send"),
                translate("search", "donation gift payment check"),
                translate("search", "member commissioner membership"),
                translate("search", "file copy backup"),
                translate("search", "law act statute rule"),
                translate("search", "schedule calendar plan"),
            ),
        )
    )


def noun_words() -> Mapping[Noun, frozenset[str]]:
    """What each kind of record is called."""
    translate = QCoreApplication.translate
    return {
        Noun.CONTACT: _folded(translate("search", "contact contacts person phone address email")),
        Noun.INQUIRY: _folded(translate("search", "inquiry inquiries request requests city clock")),
        Noun.CAMPAIGN: _folded(translate("search", "campaign campaigns")),
        Noun.ITEM: _folded(translate("search", "item items agenda")),
        Noun.LETTER: _folded(translate("search", "letter letters mail email")),
        Noun.PLEDGE: _folded(translate("search", "pledge pledges promise promises donor owes")),
        Noun.PAYMENT: _folded(translate("search", "payment payments check checks paid gift gifts donation")),
        Noun.MOTION: _folded(translate("search", "motion motions moved vote votes voted resolution")),
        Noun.ACTION_ITEM: _folded(translate("search", "action task tasks to-do follow-up assignment")),
        Noun.RECEIPT: _folded(translate("search", "receipt receipts acknowledgement number")),
        Noun.DEPOSIT: _folded(translate("search", "deposit deposits bank slip")),
        Noun.DONOR_LETTER: _folded(translate("search", "reminder reminders confirmation donor letter")),
    }


def nouns_in(words: Sequence[str]) -> list[tuple[Noun, list[str]]]:
    """The kinds of records that a word names, each with the other words: pledge of yuki pledge is a pledge
    that has yuki. The beginning of a noun is enough, of three letters."""
    found = []
    for noun, known in noun_words().items():
        naming = [word for word in words if len(word) > 2 and any(one.startswith(word) for one in known)]
        rest = [word for word in words if word not in naming and word not in fillers()]
        if naming and rest:
            found.append((noun, rest))
    return found


def paper_words() -> Mapping[str, str]:
    """Further words for the papers, by slug."""
    translate = QCoreApplication.translate
    return {
        "agenda": translate("search", "posting copy order of business"),
        "clocks": translate("search", "three meetings deadline"),
        "seats": translate("search", "commissioners members city clerk"),
        "register": translate("search", "history terms commissioners city clerk"),
        "vacancy": translate("search", "vacant seat posting 54974 maddy act apply"),
        "terms-ending": translate("search", "vacancies expiring maddy act local appointments list"),
        "attendance": translate("search", "absences roll"),
        "state": translate("search", "annual report overview status hand-over"),
        "pledges": translate("search", "treasurer report donors money"),
        "aging": translate("search", "treasurer report overdue money"),
        "confirmation": translate("search", "thank you donor pledge acknowledgement"),
        "reminder": translate("search", "overdue late dunning letter donor"),
        "statement": translate("search", "year end tax donor receipt gifts"),
        "labels": translate("search", "avery 5160 L7160 envelopes addresses mailing"),
        "calendar": translate("search", "schedule year dates"),
        "roster": translate("search", "association members list"),
        "contacts": translate("search", "phone list addresses people"),
    }


def help_words() -> Mapping[str, str]:
    """Further words for pages of the help, by the name of the file."""
    translate = QCoreApplication.translate
    return {
        "posting": translate("search", "brown act 72 hours notice bulletin board website"),
        "agenda": translate("search", "items order"),
        "rules": translate("search", "brown act law government code sources quorum"),
        "glossary": translate("search", "brown act meaning terms"),
        "appearance": translate("search", "bigger text font size zoom dark light contrast"),
        "copies": translate("search", "treasurer chair laptop reading copy share parcel"),
        "backups": translate("search", "save restore lost copy"),
        "members": translate("search", "appoint end term vacancy holdover delete member remove"),
        "organizations": translate("search", "delete member remove membership roster"),
        "contacts": translate("search", "delete person remove erase merge"),
        "payments": translate("search", "check donation gift batch deposit"),
        "pledges": translate("search", "donor promise instalment write off"),
        "meetings": translate("search", "plan year cancel schedule"),
        "roll": translate("search", "attendance quorum present absent start the meeting"),
        "import": translate("search", "csv excel spreadsheet columns"),
    }
