"""Why a backup or a restoration was not done; told to who runs the command."""


class ArchiveBrokenError(Exception):
    """The file is no archive of consult, or not a whole one; the message says why."""


class DatabaseNotEmptyError(Exception):
    """There is already something where the archive would be restored."""


class RevisionError(Exception):
    """The database is not at the revision that this version of consult reads."""
