"""The parts of a drawn document written into its file: the tree that screen readers walk, and the bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clinic_mapper.memo.tags import Element, Piece, Tags

_MAY_BE_EMPTY = ("TD", "TH")


def write_tree(pdf: Any, tags: Tags) -> None:
    """Writes the tree of a document's parts, and for each page the way back from its pieces to them."""
    import pikepdf

    tree = _Tree(pdf)
    pdf.Root.StructTreeRoot = tree.root
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    tree.root["/K"] = pikepdf.Array([tree.written(tags.root, tree.root)])
    numbers: list[Any] = []
    for page, owners in enumerate(tags.owners):
        tree.pages[page]["/StructParents"] = page
        tree.pages[page]["/Tabs"] = pikepdf.Name.S
        numbers += [page, pdf.make_indirect(pikepdf.Array([tree.made[id(owner)] for owner in owners]))]
    tree.root["/ParentTree"] = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
    tree.root["/ParentTreeNextKey"] = len(tags.owners)
    if tree.ids:
        named = [part for id in sorted(tree.ids) for part in (pikepdf.String(id), tree.ids[id])]
        tree.root["/IDTree"] = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(named)))


class _Tree:
    """The objects made so far."""

    def __init__(self, pdf: Any) -> None:
        from pikepdf import Array, Dictionary, Name, String

        self.array, self.dictionary, self.name, self.string = Array, Dictionary, Name, String
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.made: dict[int, Any] = {}
        self.ids: dict[str, Any] = {}
        self.roles: dict[str, Any] = {}

    def written(self, element: Element, parent: Any) -> Any:
        """A part and all its parts as objects of the file."""
        entries: dict[str, Any] = {"/S": self._role(element.role), "/P": parent}
        first = next((kid for kid in element.kids if isinstance(kid, Piece)), None)
        if first is not None:
            entries["/Pg"] = self.pages[first.page]
        for key, text in (("/Lang", element.lang), ("/Alt", element.alt), ("/ActualText", element.said)):
            if text:
                entries[key] = self.string(text)
        made = self.made[id(element)] = self.pdf.make_indirect(self.dictionary(entries))
        self._about(element, made)
        kids = [self._kid(kid, made, first) for kid in element.kids if _says_something(kid)]
        if kids:
            made["/K"] = kids[0] if len(kids) == 1 else self.array(kids)
        return made

    def _role(self, role: str) -> Any:
        return self.roles.setdefault(role, self.name(f"/{role}"))

    def _kid(self, kid: Element | Piece, made: Any, first: Piece | None) -> Any:
        if isinstance(kid, Element):
            return self.written(kid, made)
        if first is not None and kid.page == first.page:
            return kid.number
        return self.dictionary(Type=self.name.MCR, Pg=self.pages[kid.page], MCID=kid.number)

    def _about(self, element: Element, made: Any) -> None:
        """What a table, a list or a drawing says of itself: heads, numbering, place on the page."""
        about: dict[str, Any] = {}
        if element.role == "TH":
            about = {"/O": self.name.Table, "/Scope": self.name.Column}
        elif element.heads:
            about = {"/O": self.name.Table, "/Headers": self.array([self.string(id) for id in element.heads])}
        elif element.numbering:
            about = {"/O": self.name.List, "/ListNumbering": self.name(f"/{element.numbering}")}
        elif element.box:
            about = {"/O": self.name.Layout, "/BBox": self.array([round(side, 2) for side in element.box])}
        if about:
            made["/A"] = self.dictionary(about)
        if element.id:
            made["/ID"] = self.string(element.id)
            self.ids[element.id] = made


def _says_something(kid: Element | Piece) -> bool:
    return isinstance(kid, Piece) or kid.role in _MAY_BE_EMPTY or any(map(_says_something, kid.kids))


def headings_of(element: Element) -> Iterator[Element]:
    """The headings that were drawn, in reading order."""
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.title and kid.place is not None:
                yield kid
            yield from headings_of(kid)


class _Bookmark:
    """A heading and those below it."""

    def __init__(self, level: int, heading: Element | None) -> None:
        self.level, self.heading = level, heading
        self.below: list[_Bookmark] = []


def write_bookmarks(pdf: Any, tags: Tags) -> None:
    """A bookmark for each heading, below that of the heading above it; opened down to the sections."""
    from pikepdf import Dictionary, Name

    top = _Bookmark(0, None)
    above = [top]
    for heading in headings_of(tags.root):
        mark = _Bookmark(int(heading.role[1:]), heading)
        while above[-1].level >= mark.level:
            above.pop()
        above[-1].below.append(mark)
        above.append(mark)
    if top.below:
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        pdf.Root.Outlines["/Count"] = _write_below(pdf, [page.obj for page in pdf.pages], pdf.Root.Outlines, top)


def _write_below(pdf: Any, pages: list[Any], parent: Any, above: _Bookmark) -> int:
    """Writes the bookmarks below one; how many of them are seen where it is opened."""
    from pikepdf import Array, Dictionary, Name, String

    seen, last = 0, None
    for mark in above.below:
        assert mark.heading is not None and mark.heading.place is not None
        page, height = mark.heading.place
        spot = Array([pages[page], Name.XYZ, 0, round(height, 1), 0])
        made = pdf.make_indirect(Dictionary(Title=String(mark.heading.title), Parent=parent, Dest=spot))
        if mark.below:
            inner = _write_below(pdf, pages, made, mark)
            made["/Count"] = inner if mark.level == 1 else -inner
            seen += inner if mark.level == 1 else 0
        if last is None:
            parent["/First"] = made
        else:
            made["/Prev"], last["/Next"] = last, made
        last = parent["/Last"] = made
        seen += 1
    return seen
