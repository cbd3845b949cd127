"""The outline of a plan: every line goes to one block, by its codes, headings, bullets and gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from trekker.plan.reader import codes, marks, noise, promises, targets
from trekker.plan.reader.blocks import TITLE_WORDS, Block, Kind, Outline, Zone
from trekker.plan.reader.codes import Code
from trekker.plan.reader.proposal import Caution
from trekker.plan.reader.stretches import Piece

FAMILIES = (("SD", "OD", "AC"), ("BD", "AP", "AC"))
HEADING_AMID = re.compile(r"(?<=[.!?)])\s+(?=Indicator(?:en)?\s*(?:20\d\d)?\s*:)")
BULLET_AMID = re.compile(r"(?<=[.;:)])\s+(?=[e¢©•▪o*–-](?:\s+\w|\s*$))")
SENTENCE_AMID = re.compile(r"(?<=[^\W\d_][^\W\d_)][.;])\s+(?=\w)")
# A title or sentence that ends in such a word goes on, whatever comes next.
OPEN_WORD = re.compile(
    r"\b(?:de|het|een|en|of|van|voor|in|op|aan|met|naar|bij|door|over|om|te|tot|uit|als|dan|die|dat|hun|zijn|haar|zoals|tussen|binnen|rond|per)$"
)


class Assembler:
    """Reads the lines one by one and keeps where it is: under which goal, in which part."""

    def __init__(self, lines: list[str], meant: Callable[[str], str]) -> None:
        """Look over the whole text for its contents, its noise and its kind of codes."""
        self.lines, self.meant = lines, meant
        self.contents = noise.contents(lines)
        self.noise = noise.find(lines) - self.contents
        found = [
            each.code
            for at, line in enumerate(lines)
            if at not in self.contents and (each := codes.written(line))
        ]
        prefixes = Counter(code.prefix for code in found)
        family = max(FAMILIES, key=lambda each: sum(prefixes[prefix] for prefix in each[:2]))
        self.prefixes = family if prefixes["AC"] else family[:2]
        self.numbered = (
            not found and sum(1 for each in self._numbered_headings() if len(each.numbers) > 1) > 1
        )
        if self.numbered:
            self.prefixes = ("", "", "")
        self.outline = Outline([], [], self.numbered)
        self.zone, self.gap = Zone.FRONT, True
        self.goal: Code | None = None
        self.last: Code | None = None
        self.seen: set[Code] = set()
        self.current: Block | None = None
        self.owners: dict[int, Block] = {}

    def _numbered_headings(self) -> list[Code]:
        found = [codes.numbered(line) for at, line in enumerate(self.lines) if at not in self.contents]
        return [each.code for each in found if each]

    def assemble(self) -> Outline:
        """Give every line to a block; a blank line goes with the line before it."""
        for at, line in enumerate(self.lines):
            number = at + 1
            if not line.strip():
                self.gap = True
            elif at in self.contents or at in self.noise:
                self._aside(Kind.CONTENTS if at in self.contents else Kind.NOISE, number, line)
            else:
                for part in self._parts(line):
                    self._take(number, part)
                    self.gap = False
        owner = self.outline.blocks[0]
        for number in range(1, len(self.lines) + 1):
            owner = self.owners.get(number, owner)
            owner.owned.append(number)
        return self.outline

    def _parts(self, line: str) -> Iterator[str]:
        for part in codes.AMID.split(line):
            for piece in HEADING_AMID.split(part):
                if self.zone is Zone.LIST:
                    for item in BULLET_AMID.split(piece):
                        yield from SENTENCE_AMID.split(item)
                else:
                    yield piece

    def _warn(self, code: str, text: str, *numbers: int) -> None:
        self.outline.warnings.append(Caution(code=code, text=text, source_lines=numbers))

    def _open(self, kind: Kind, number: int, text: str, **more: object) -> Block:
        block = Block(kind, self.goal, self.zone, after_gap=self.gap, **more)  # type: ignore[arg-type]
        self.outline.blocks.append(block)
        self.current = block
        self._append(number, text)
        return block

    def _append(self, number: int, text: str) -> None:
        block = self.current
        assert block is not None  # noqa: S101 - an append follows an open
        if text.strip():
            block.pieces.append(Piece(number, text.strip()))
        # A line shared by two blocks belongs to the one that proposes something.
        holder = self.owners.get(number)
        if holder is None or (
            block.kind in (Kind.TITLE, Kind.ITEM) and holder.kind not in (Kind.TITLE, Kind.ITEM)
        ):
            self.owners[number] = block

    def _aside(self, kind: Kind, number: int, line: str) -> None:
        last = self.outline.blocks[-1] if self.outline.blocks else None
        if last is None or last.kind is not kind:
            last = Block(kind, self.goal, self.zone)
            self.outline.blocks.append(last)
        last.pieces.append(Piece(number, line.strip()))
        self.owners[number] = last

    def _unfinished(self) -> bool:
        return self.current is not None and not marks.SENTENCE_END.search(self.current.ending)

    def _take(self, number: int, text: str) -> None:
        if found := self._code(number, text):
            self._open_goal(number, found)
        elif head := marks.heading(text, marks.INDICATOR_WORDS):
            self._open_list(number, text, head)
        elif (
            self.gap
            and self.goal
            and text[0].isupper()
            and (head := marks.heading(text, marks.BACK))
            and not head.after
        ):
            self.zone, self.goal = Zone.BACK, None
            self._open(Kind.HEADING, number, text, word=head.word)
        elif self.goal and (head := marks.label(text)):
            self._open_label(number, text, head)
        else:
            self._flow(number, text)

    def _code(self, number: int, text: str) -> codes.Found | None:
        found = codes.numbered(text) if self.numbered else codes.written(text)
        expected = codes.following(self.last, self.prefixes)
        starts = self.gap or not self._unfinished() or self.zone is Zone.TITLE
        if found and found.code.prefix in self.prefixes:
            return self._checked(number, found, expected, starts=starts)
        if self.numbered or not starts:
            return None
        if found := codes.misread(text, expected):
            self._warn("code_misread", f"Code gelezen als {found.code}; er staat «{found.written}».", number)
        return found

    def _checked(
        self, number: int, found: codes.Found, expected: list[Code], *, starts: bool
    ) -> codes.Found | None:
        if found.title and not (found.title[0].isupper() or found.title[0] in '“"‘(') and not self.gap:
            return None
        if found.code in expected:
            return found if starts else None
        if found.code in self.seen or not starts:
            sibling = next((code for code in expected if len(code.numbers) == len(found.code.numbers)), None)
            if not (self.gap and sibling and found.code == self.last and _titled(found)):
                return None
            self._warn(
                "code_twice", f"{found.code} staat er twee keer; de tweede is gelezen als {sibling}.", number
            )
            return codes.Found(sibling, found.written, found.title, exact=False)
        if (
            self.numbered
            and len(found.code.numbers) == 1
            and self.last
            and found.code < Code(self.last.numbers[:1])
        ):
            return None
        return found

    def _open_goal(self, number: int, found: codes.Found) -> None:
        self._missing(found.code, number)
        self.goal = self.last = found.code
        self.seen.add(found.code)
        self.zone = Zone.TITLE
        self._open(Kind.TITLE, number, found.title, certainty=1.0 if found.exact else 0.8)

    def _missing(self, code: Code, number: int) -> None:
        """Look for the goal that should stand before this one, and make its title of a likely line."""
        before = Code((*code.numbers[:-1], code.numbers[-1] - 1), code.prefix)
        if self.last is None or code.numbers[-1] == 1 or before in self.seen or self.numbered:
            return
        if not self._recovered(before):
            self._warn(
                "code_missing",
                f"{before} ontbreekt voor {code}. Duid de regel van {before} zelf aan.",
                number,
            )

    def _recovered(self, code: Code) -> bool:
        blocks = self.outline.blocks
        start = max((at for at, block in enumerate(blocks) if block.kind is Kind.TITLE), default=0)
        lists = [at for at in range(start, len(blocks)) if blocks[at].kind is Kind.ITEM]
        first_list = (
            lists[0] if lists and any(b.kind is Kind.HEADING for b in blocks[start : lists[0]]) else start
        )
        likely = [at for at in range(first_list, len(blocks)) if blocks[at].looks_like_title()]
        if not likely:
            return False
        block = blocks[likely[0]]
        first = block.pieces[0]
        head, _, rest = first.text.partition(" ")
        if any(character.isdigit() for character in head):
            block.pieces[0] = Piece(first.line, rest)
        block.kind, block.certainty, block.goal = Kind.TITLE, 0.5, code
        for later in blocks[likely[0] + 1 :]:
            later.goal = code
            if later.kind is Kind.LOOSE:
                later.kind, later.zone = Kind.TEXT, Zone.BODY
        self.seen.add(code)
        self.last = self.goal = code
        self._warn("code_lost", f"Deze titel staat er zonder code; gelezen als {code}.", first.line)
        return True

    def _open_list(self, number: int, text: str, head: marks.Heading) -> None:
        if head.misread:
            self._warn(
                "heading_misread", f"Kop gelezen als «{head.word}»; er staat «{text.strip()[:40]}».", number
            )
        headings = [
            b
            for b in self.outline.blocks
            if b.goal == self.goal and b.zone is Zone.LIST and b.kind is Kind.HEADING
        ]
        if self.goal and headings and not self._recovered_second():
            self._warn(
                "two_lists",
                f"{self.goal} krijgt een tweede lijst indicatoren. Hoort die bij een ander doel?",
                number,
            )
        self.zone = Zone.LIST
        before, _, _ = text.partition(head.after) if head.after else (text, "", "")
        self._open(Kind.HEADING, number, before, word=head.word)
        if head.after:
            self.gap = True
            self._flow(number, head.after)

    def _recovered_second(self) -> bool:
        if self.last is None or self.numbered:
            return False
        sibling = Code((*self.last.numbers[:-1], self.last.numbers[-1] + 1), self.last.prefix)
        return sibling not in self.seen and self._recovered(sibling)

    def _open_label(self, number: int, text: str, head: marks.Heading) -> None:
        if head.misread:
            self._warn(
                "heading_misread", f"Label gelezen als «{head.word}»; er staat «{text.strip()[:40]}».", number
            )
        if head.word in marks.MEASURED:
            self.zone = Zone.LIST
            self._open(
                Kind.ITEM if head.after else Kind.HEADING,
                number,
                head.after or text,
                bulleted=bool(head.after),
            )
            return
        self.zone = Zone.BODY
        self._open(Kind.LABEL, number, text, word=head.word)

    def _flow(self, number: int, text: str) -> None:
        if self.zone is Zone.TITLE:
            if self._continues_title(text):
                self._append(number, text)
                return
            self.zone = Zone.BODY
            self.current = None
        if self.zone is Zone.LIST:
            self._flow_in_list(number, text)
        elif (mark := marks.bullet(text, in_list=False)) and not self._dash_amid(text):
            self._open(Kind.BULLET, number, text[mark.end() :], bulleted=True)
        elif self._continues(text):
            self._append(number, text)
        else:
            self._open(Kind.TEXT, number, text)

    def _dash_amid(self, text: str) -> bool:
        current = self.current
        return (
            bool(marks.DASH.match(text))
            and not self.gap
            and self._unfinished()
            and current is not None
            and not current.bulleted
        )

    def _continues_title(self, text: str) -> bool:
        block = self.current
        if block is None or not block.pieces:
            return True
        if len(block.beginning.split()) > TITLE_WORDS or marks.bullet(text, in_list=False):
            return False
        opened = bool(OPEN_WORD.search(block.ending)) or block.ending.endswith(("-", ","))
        if not self._unfinished():
            return False
        return opened or text.lstrip()[0].islower()

    def _continues(self, text: str) -> bool:
        block = self.current
        if block is None or block.kind in (Kind.HEADING, Kind.TITLE):
            return False
        if not self.gap:
            return True
        if block.kind is Kind.LABEL or not self._unfinished():
            return False
        return text.lstrip()[0].islower() or bool(OPEN_WORD.search(block.ending))

    def _flow_in_list(self, number: int, text: str) -> None:
        current = self.current if self.current and self.current.kind in (Kind.ITEM, Kind.LOOSE) else None
        starts = self.gap or current is None or not self._unfinished()
        counted = marks.NUMBERED.match(text) is not None
        if starts and marks.LONE_BULLET.match(text):
            self._open(Kind.ITEM, number, "", bulleted=True)
        elif current and not current.pieces and not marks.BULLET.match(text):
            self._append(number, text)
        elif (
            mark := marks.bullet(
                text, in_list=starts or (counted and current is not None and current.counted)
            )
        ) and not self._dash_amid(text):
            if not marks.BULLET.match(text) and not counted:
                self._warn("bullet_misread", f"«{text.strip()[0]}» is gelezen als opsommingsteken.", number)
            self._open(Kind.ITEM, number, text[mark.end() :], bulleted=True, counted=counted)
        elif current is None or self._breaks_item(current, text):
            self._open(Kind.LOOSE, number, text)
        else:
            self._append(number, text)

    def _breaks_item(self, current: Block, text: str) -> bool:
        if OPEN_WORD.search(current.ending):
            return False
        if not self.gap:
            return self._opens_item(current, text)
        if not self._unfinished() or not text.lstrip()[0].islower():
            return True
        return self._opens_item(current, text)

    def _opens_item(self, current: Block, text: str) -> bool:
        """Whether a line that follows without a gap or a bullet is a promise of its own."""
        found = targets.find(self.meant(text)).targets
        compared = bool(found) and not found[0].assumed and found[0].start <= 2 * promises.EARLY
        if not targets.find(self.meant(current.beginning)).targets and not promises.NARRATIVE.match(
            current.beginning
        ):
            return False
        if current.ending.endswith((";", ".")):
            return (
                current.ending.endswith(";")
                or text[0].islower()
                or compared
                or bool(promises.NARRATIVE.match(text))
            )
        return compared and (current.ending.endswith(")") or bool(targets.OPENER.match(text)))


def _titled(found: codes.Found) -> bool:
    return bool(found.title) and found.title[0].isupper() and not found.title.rstrip().endswith(".")


def outline(lines: list[str], meant: Callable[[str], str] = str) -> Outline:
    """
    Give the outline of a plan, its doubtful blocks decided.

    ``meant`` gives a text with its misread words corrected.
    """
    found = Assembler(lines, meant).assemble()
    promises.decide(found, meant)
    return found
