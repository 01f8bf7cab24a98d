"""The rules in the order in which they are asked: the first sure verdict wins. What they look for is in their files."""

from collections.abc import Callable

from pipeline.core.triage import (
    automatic,
    bounces,
    calendars,
    candidatures,
    machines,
    organisers,
    ourselves,
    replies,
    strangers,
)
from pipeline.core.triage.answering import answered
from pipeline.core.triage.case import Case
from pipeline.core.verdict import Verdict

Rule = Callable[[Case], Verdict | None]

RULES: tuple[Rule, ...] = (
    # Machines and our own mail: nothing they quote may be taken for an applicant's words.
    ourselves.our_own_mail,
    automatic.read_receipt,
    automatic.complaint,
    bounces.bounce,
    bounces.delivery_delayed,
    calendars.reply_to_invitation,
    machines.file_transfer,
    automatic.automatic_by_header,
    ourselves.colleague,
    strangers.list_or_newsletter,
    automatic.automatic_by_words,
    calendars.invitation_of_somebody,
    # People who want something else.
    machines.scan_of_a_copier,
    strangers.phishing,
    strangers.newsletter_in_words,
    organisers.organiser,
    strangers.announcement,
    organisers.minutes,
    organisers.invitation,
    organisers.tender,
    organisers.invoice,
    strangers.job_seeker,
    strangers.journalist,
    strangers.seller,
    strangers.call_of_others,
    # Applicants that we know.
    replies.several_possible,
    replies.withdrawal,
    replies.complement_with_documents,
    calendars.attendance_in_words,
    replies.question_of_applicant,
    replies.complement_in_words,
    replies.thanks,
    replies.word_of_applicant,
    # Everybody else.
    candidatures.draft_to_discuss,
    candidatures.new_candidature,
    candidatures.question,
    candidatures.doubt,
)


def triage(case: Case) -> Verdict:
    """What the message is, where it belongs, and what leaves for it by itself. Never raises for any content."""
    found = (rule(case) for rule in RULES)
    verdict = next((verdict for verdict in found if verdict), candidatures.nothing_for_us(case))
    return answered(case, verdict)
