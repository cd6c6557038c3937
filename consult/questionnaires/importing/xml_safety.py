"""XML from strangers: none that declares a document type, the door of entity bombs."""

from xml.parsers import expat

from consult.questionnaires.importing.outcome import ImportRefusedError


class _PrologRead(Exception):  # noqa: N818  (nothing is wrong)
    """The root element begins: no document type can follow."""


def refuse_doctype(xml: bytes) -> None:
    """Raises ``ImportRefusedError`` for XML with a document type, or that is not XML at all."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        parser.Parse(xml, True)
    except _PrologRead:
        return
    except ImportRefusedError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ImportRefusedError.because("unreadable") from error


def _refuse(*_declaration: object) -> None:
    raise ImportRefusedError.because("doctype")


def _stop(*_element: object) -> None:
    raise _PrologRead
