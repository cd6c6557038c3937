"""The names of the acts that the audit trail keeps, and how each is called in both languages."""

import enum

from flask_babel import lazy_gettext as _l


class Action(enum.StrEnum):
    """What somebody did; the value stands in the database and in exports, and never changes."""

    SIGNED_IN = "account.signed-in"
    SIGN_IN_FAILED = "account.sign-in-failed"
    CODE_REFUSED = "account.code-refused"
    SIGNED_OUT = "account.signed-out"
    SESSION_ENDED = "account.session-ended"
    PASSWORD_CHANGED = "account.password-changed"  # noqa: S105
    PASSWORD_FORGOTTEN = "account.password-forgotten"  # noqa: S105
    SECOND_FACTOR_SET = "account.second-factor-set"
    SECOND_FACTOR_REMOVED = "account.second-factor-removed"
    RECOVERY_CODE_USED = "account.recovery-code-used"
    RECOVERY_CODES_RENEWED = "account.recovery-codes-renewed"
    IDENTITY_LINKED = "account.identity-linked"
    INVITED = "people.invited"
    INVITED_AGAIN = "people.invited-again"
    INVITATION_REVOKED = "people.invitation-revoked"
    INVITATION_ACCEPTED = "people.invitation-accepted"
    ROLE_CHANGED = "people.role-changed"
    ACCESS_ENDED = "people.access-ended"
    BODY_ADDED = "body.added"
    BODY_CHANGED = "body.changed"
    CONSULTATION_PUBLISHED = "consultation.published"
    CONSULTATION_WITHDRAWN = "consultation.withdrawn"
    RESULTS_PUBLISHED = "consultation.results-published"
    RESULTS_WITHDRAWN = "consultation.results-withdrawn"
    HIGHLIGHT_PUBLISHED = "consultation.highlight-published"
    HIGHLIGHT_WITHDRAWN = "consultation.highlight-withdrawn"
    QUESTIONS_CHANGED = "consultation.questions-changed"
    CODES_MADE = "consultation.codes-made"
    CODES_REVOKED = "consultation.codes-revoked"
    TOKEN_MADE = "service.token-made"  # noqa: S105
    TOKEN_REVOKED = "service.token-revoked"  # noqa: S105
    WEBHOOK_ADDED = "service.webhook-added"
    WEBHOOK_CHANGED = "service.webhook-changed"
    OWN_QUESTIONS_CHANGED = "service.own-questions-changed"
    ASKING_CHANGED = "service.asking-changed"
    SCORES_PUBLISHED = "service.scores-published"
    FEEDBACK_REVIEWED = "service.feedback-reviewed"
    ANALYSIS_ASKED = "analysis.asked"
    ANALYSIS_STOPPED = "analysis.stopped"
    CODEFRAME_ADOPTED = "codeframe.adopted"
    CODEFRAME_COPIED = "codeframe.copied"
    IMPROVEMENT_MADE = "improvement.made"
    IMPROVEMENT_CHANGED = "improvement.changed"
    EVIDENCE_JOINED = "improvement.evidence-joined"
    IMPROVEMENT_MEASURED = "improvement.measured"
    RESULT_PUBLISHED = "improvement.result-published"
    RESULT_WITHDRAWN = "improvement.result-withdrawn"
    INDICATOR_DECLARED = "indicator.declared"
    PREPARATION_CHANGED = "preparation.changed"
    ACTIVITY_RECORDED = "activity.recorded"
    ACTIVITY_CHANGED = "activity.changed"
    ACTIVITY_DELETED = "activity.deleted"
    ACTIVITY_SHARED = "activity.shared"
    ACTIVITY_UNSHARED = "activity.unshared"
    DOCUMENT_ADDED = "activity.document-added"
    DOCUMENT_REMOVED = "activity.document-removed"
    SERVICE_ADDED = "service.added"
    SERVICE_CHANGED = "service.changed"
    OUTSIDE_CONSULTATION_ADDED = "outside-consultation.added"
    OUTSIDE_CONSULTATION_CHANGED = "outside-consultation.changed"
    OUTSIDE_CONSULTATION_DELETED = "outside-consultation.deleted"
    REPORT_GIVEN = "preparation.report-given"


ACTION_LABELS = {
    Action.SIGNED_IN: _l("signed in"),
    Action.SIGN_IN_FAILED: _l("failed to sign in"),
    Action.CODE_REFUSED: _l("gave a wrong code"),
    Action.SIGNED_OUT: _l("signed out"),
    Action.SESSION_ENDED: _l("ended a session"),
    Action.PASSWORD_CHANGED: _l("changed a password"),
    Action.PASSWORD_FORGOTTEN: _l("forgot a password"),
    Action.SECOND_FACTOR_SET: _l("set up a second factor"),
    Action.SECOND_FACTOR_REMOVED: _l("removed a second factor"),
    Action.RECOVERY_CODE_USED: _l("used a recovery code"),
    Action.RECOVERY_CODES_RENEWED: _l("renewed recovery codes"),
    Action.IDENTITY_LINKED: _l("linked single sign-on"),
    Action.INVITED: _l("invited somebody"),
    Action.INVITED_AGAIN: _l("sent an invitation again"),
    Action.INVITATION_REVOKED: _l("revoked an invitation"),
    Action.INVITATION_ACCEPTED: _l("accepted an invitation"),
    Action.ROLE_CHANGED: _l("changed a role"),
    Action.ACCESS_ENDED: _l("ended an access"),
    Action.BODY_ADDED: _l("added a public body"),
    Action.BODY_CHANGED: _l("changed a public body"),
    Action.CONSULTATION_PUBLISHED: _l("published a consultation"),
    Action.CONSULTATION_WITHDRAWN: _l("took a consultation back"),
    Action.RESULTS_PUBLISHED: _l("published results"),
    Action.RESULTS_WITHDRAWN: _l("took results back"),
    Action.HIGHLIGHT_PUBLISHED: _l("published a highlight"),
    Action.HIGHLIGHT_WITHDRAWN: _l("took a highlight back"),
    Action.QUESTIONS_CHANGED: _l("changed a questionnaire"),
    Action.CODES_MADE: _l("made invitation codes"),
    Action.CODES_REVOKED: _l("revoked invitation codes"),
    Action.TOKEN_MADE: _l("made a token"),
    Action.TOKEN_REVOKED: _l("revoked a token"),
    Action.WEBHOOK_ADDED: _l("added a webhook"),
    Action.WEBHOOK_CHANGED: _l("changed a webhook"),
    Action.OWN_QUESTIONS_CHANGED: _l("changed a service’s own questions"),
    Action.ASKING_CHANGED: _l("changed how a service asks"),
    Action.SCORES_PUBLISHED: _l("published a service’s scores, or took them back"),
    Action.FEEDBACK_REVIEWED: _l("reviewed feedback"),
    Action.ANALYSIS_ASKED: _l("asked for an analysis"),
    Action.ANALYSIS_STOPPED: _l("stopped an analysis"),
    Action.CODEFRAME_ADOPTED: _l("kept the themes of an analysis"),
    Action.CODEFRAME_COPIED: _l("copied themes to a service"),
    Action.IMPROVEMENT_MADE: _l("made an improvement"),
    Action.IMPROVEMENT_CHANGED: _l("changed an improvement"),
    Action.EVIDENCE_JOINED: _l("joined evidence to an improvement"),
    Action.IMPROVEMENT_MEASURED: _l("measured what came of an improvement"),
    Action.RESULT_PUBLISHED: _l("made public what came of an improvement"),
    Action.RESULT_WITHDRAWN: _l("took back what came of an improvement"),
    Action.INDICATOR_DECLARED: _l("declared an indicator"),
    Action.ACTIVITY_RECORDED: _l("recorded an involvement activity"),
    Action.ACTIVITY_CHANGED: _l("changed an involvement activity"),
    Action.ACTIVITY_DELETED: _l("deleted an involvement activity"),
    Action.ACTIVITY_SHARED: _l("shared what was learned"),
    Action.ACTIVITY_UNSHARED: _l("stopped sharing what was learned"),
    Action.DOCUMENT_ADDED: _l("added a document to an activity"),
    Action.DOCUMENT_REMOVED: _l("removed a document from an activity"),
    Action.SERVICE_ADDED: _l("added a service to the register"),
    Action.SERVICE_CHANGED: _l("changed a service of the register"),
    Action.OUTSIDE_CONSULTATION_ADDED: _l("added a consultation held elsewhere"),
    Action.OUTSIDE_CONSULTATION_CHANGED: _l("changed a consultation held elsewhere"),
    Action.OUTSIDE_CONSULTATION_DELETED: _l("deleted a consultation held elsewhere"),
    Action.PREPARATION_CHANGED: _l("changed the preparation of a consultation"),
    Action.REPORT_GIVEN: _l("marked a report as given"),
}
