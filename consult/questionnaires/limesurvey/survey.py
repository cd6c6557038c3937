"""The tables of a .lss file: questions, their lines and answers, in the languages we speak."""

from dataclasses import dataclass, field

from lxml import etree

from consult.questionnaires.importing import ImportRefusedError, Place, side_of, text
from consult.questionnaires.importing.xml_safety import refuse_doctype
from consult.questionnaires.limesurvey.markup import plain

MAX_BYTES = 5_000_000

Row = dict[str, str]
Texts = dict[str, str]


@dataclass
class Line:
    """A subquestion or an answer: ``scale`` is '0', or '1' for the columns or the second scale."""

    code: str
    scale: str
    order: int
    label: Texts
    place: Place
    relevance: str = ""


@dataclass
class LimeQuestion:
    """A question with all that belongs to it."""

    code: str
    type: str
    place: Place
    label: Texts
    help: Texts
    mandatory: str
    other: bool
    relevance: str
    order: int
    id: str
    gid: str
    attributes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Texts] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    answers: list[Line] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        return self.attributes.get(name, "")


class Survey:
    """A .lss file, read whole. ``markup`` are the places of what plain text cannot keep."""

    def __init__(self, data: bytes) -> None:
        root = _parsed(data)
        self.tables = {element.tag: _rows(element) for element in root}
        self.markup: list[Place] = []
        self._sides = self._languages()
        self.questions = self._questions()

    def rows(self, table: str) -> list[tuple[Place, Row]]:
        return self.tables.get(table, [])

    def _languages(self) -> dict[str, str]:
        """The side of each language code of the file that we speak; the first of each side."""
        found: dict[str, str] = {}
        for code in self.languages():
            side = side_of(code.split("-")[0])
            if side and side not in found.values():
                found[code] = side
        if not found:
            raise ImportRefusedError.because("no_language")
        return found

    def languages(self) -> dict[str, int]:
        """Every language of the file, and how many texts it has."""
        counts: dict[str, int] = {}
        for rows in self.tables.values():
            for _place, row in rows:
                for key in ("language", "surveyls_language"):
                    if row.get(key):
                        counts[row[key]] = counts.get(row[key], 0) + 1
        return counts

    @property
    def other_languages(self) -> dict[str, int]:
        return {code: n for code, n in self.languages().items() if code not in self._sides}

    def texts(
        self, table: str, key: str, column: str, *, language: str = "language"
    ) -> dict[str, Texts]:
        """A column's texts by the identifier ``key``; newer files keep them in '<table>_l10ns'."""
        singular = table.removesuffix("s")
        found: dict[str, Texts] = {}
        for place, row in (*self.rows(f"{singular}_l10ns"), *self.rows(table)):
            side = self._sides.get(row.get(language, ""))
            if side and row.get(column) and row.get(key):
                holder = found.setdefault(row[key], text())
                holder[side] = holder[side] or self.words(row[column], place)
        return found

    def words(self, html: str, place: Place) -> str:
        words, is_whole = plain(html)
        if not is_whole:
            self.markup.append(place)
        return words

    def _questions(self) -> list[LimeQuestion]:
        labels = self.texts("questions", "qid", "question")
        helps = self.texts("questions", "qid", "help")
        found: dict[str, LimeQuestion] = {}
        for place, row in self.rows("questions"):
            qid = row.get("qid", "")
            if qid and qid not in found and row.get("parent_qid", "0") == "0":
                found[qid] = _question(row, place, labels.get(qid), helps.get(qid))
        self._add_lines(found, labels)
        self._add_answers(found)
        self._add_attributes(found)
        return list(found.values())

    def _add_lines(self, found: dict[str, LimeQuestion], labels: dict[str, Texts]) -> None:
        seen: set[str] = set()
        for place, row in self.rows("subquestions"):
            qid, parent = row.get("qid", ""), found.get(row.get("parent_qid", ""))
            if parent is None or qid in seen:
                continue
            seen.add(qid)
            line = Line(
                row.get("title", ""),
                row.get("scale_id") or "0",
                _number(row.get("question_order")),
                labels.get(qid) or text(),
                place._replace(column=f"{parent.code}_{row.get('title', '')}"),
                row.get("relevance", ""),
            )
            parent.lines.append(line)
        for question in found.values():
            question.lines.sort(key=lambda line: (line.scale, line.order))

    def _add_answers(self, found: dict[str, LimeQuestion]) -> None:
        """Answers to choose from; files of before version 4 have a row of each per language."""
        labels = self.texts("answers", "aid", "answer")
        known: dict[tuple[str, str, str], Line] = {}
        for place, row in self.rows("answers"):
            question = found.get(row.get("qid", ""))
            if question is None:
                continue
            key = (question.id, row.get("code", ""), row.get("scale_id") or "0")
            if key not in known:
                label = labels.get(row.get("aid", "")) or text()
                order = _number(row.get("sortorder"))
                place = place._replace(column=question.code)
                known[key] = Line(key[1], key[2], order, label, place)
                question.answers.append(known[key])
            if side := self._sides.get(row.get("language", "")):
                known[key].label[side] = self.words(row.get("answer", ""), place)
        for question in found.values():
            question.answers.sort(key=lambda line: (line.scale, line.order))

    def _add_attributes(self, found: dict[str, LimeQuestion]) -> None:
        for _place, row in self.rows("question_attributes"):
            question = found.get(row.get("qid", ""))
            name, value = row.get("attribute", ""), row.get("value", "")
            if question is None or not name or not value:
                continue
            if side := self._sides.get(row.get("language", "")):
                question.texts.setdefault(name, text())[side] = self.words(value, question.place)
            elif not row.get("language"):
                question.attributes[name] = value


def _question(row: Row, place: Place, label: Texts | None, help_text: Texts | None) -> LimeQuestion:
    code = row.get("title", "")
    return LimeQuestion(
        code=code,
        type=row.get("type", ""),
        place=place._replace(column=code),
        label=label or text(),
        help=help_text or text(),
        mandatory=row.get("mandatory", "N"),
        other=row.get("other") == "Y",
        relevance=row.get("relevance", ""),
        order=_number(row.get("question_order")),
        id=row.get("qid", ""),
        gid=row.get("gid", ""),
    )


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MAX_BYTES:
        raise ImportRefusedError.because("too_large", max=str(MAX_BYTES // 1_000_000))
    refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImportRefusedError.because("unreadable", Place(row=error.lineno or 0)) from error
    if root.findtext("LimeSurveyDocType") != "Survey":
        raise ImportRefusedError.because("not_limesurvey")
    return root


def _rows(element: etree._Element) -> list[tuple[Place, Row]]:
    """The rows of a table, with the line of the file where each begins."""
    return [
        (
            Place(str(element.tag), row.sourceline or 0),
            {str(cell.tag): (cell.text or "").strip() for cell in row},
        )
        for row in element.iterfind("rows/row")
    ]


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0
