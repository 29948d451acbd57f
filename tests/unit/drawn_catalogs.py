"""Small catalogs drawn at random, and matters to go with them: every form of a row that the engine reads, mixed."""

from __future__ import annotations

from random import Random
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Catalog, Condition, DateSpan

ITEMS = ("identity", "fingerprints", "address", "gang_label")
DAYS = ("2009", "2012-05", "2014-03-01", "2018-06-30", "2020", "2026-11-24")
PLACES = ("US", "US-CA", "US-NY", "US-CA-fresno-county", "US-CA-fresno", "US-NY-new-york-city", "US-NY-kings-county")
WHERES = (
    Where(),
    Where(state="CA"),
    Where(state="NY"),
    Where(state="TX"),
    Where(state="CA", county="Fresno County"),
    Where(state="CA", county="Fresno County", city="Clovis"),
    Where(state="CA", city="Fresno"),
    Where(state="CA", city="Buffalo"),
    Where(state="NY", county="Kings County"),
    Where(state="NY", city="Brooklyn"),
    Where(city="Fresno"),
)
WHENS = (
    "", "2009", "2011/2012", "2012-05", "2014-21", "2014-02-28", "2014-03-01", "2018~", "../2008", "2023/..", "2026",
    "2027", "2026-11-24", "2026-10/2027-02", "1900-01-01",
)  # fmt: skip
MECHANISMS = ("booking-prints", "jail-tells-ice", "agreement-287g")
PRACTICES = ("jail-sends-list", "agency-hosts-ice", "287g-jail")
BOUND = ("local", "state", "private")
RECEIVED = ("ice", "federal", "police")
CITES = (model.Cite(source="s", at="1", basis="read"),)
T = TypeVar("T")


def question(name: str, *choices: str, **more: Any) -> model.Question:
    said = tuple(model.Choice(value=choice, en=choice, es=choice) for choice in choices)
    return model.Question(id=name, en=name, es=name, why_en="w", why_es="w", choices=said, **more)


ASKED = (question("printed"), question("charged"), question("kind", "red", "blue"))
CLIENT = {
    each.id: each
    for each in (
        question("in-custody", "now", "past", "never"),
        question("dhs-prints", onset=True),
        question("order", onset=True),
        question("detainer", onset=True, reaches_back_days=365),
        question("listed"),
        question("license", "standard", "marked"),
        question("minor", per_touchpoint=True),
        question("on-supervision-now"),
    )
}


class Drawing:
    """Draws rows. Everything random comes from the one `random` it is given."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one(self, things: tuple[T, ...]) -> T:
        return things[self.random.randrange(len(things))]

    def often(self, percent: int) -> bool:
        return self.random.randrange(100) >= 100 - percent

    def some(self, things: tuple[T, ...], percent: int = 50) -> tuple[T, ...]:
        return tuple(thing for thing in things if self.often(percent))

    def span(self, percent: int = 30) -> dict[str, str | None]:
        first = self.one(DAYS) if self.often(percent) else None
        last = self.one(DAYS) if self.often(percent) else None
        return {"since": first, "until": last if not first or not last or first < last[: len(first)] else None}

    # --- conditions -------------------------------------------------------------------------------------------------

    def condition(self, depth: int = 2) -> Condition:
        if depth and self.often(45):
            parts = tuple(self.condition(depth - 1) for _ in range(1 + self.random.randrange(2)))
            return self.one((Condition(all=parts), Condition(any=parts), Condition(not_=parts[0])))
        return self.atom()

    def atom(self) -> Condition:
        form = self.random.randrange(6)
        if form == 0:
            return Condition(place=(self.one(PLACES),))
        if form == 1:
            span = self.span(60)
            return Condition(date=DateSpan(from_=span["since"], until=span["until"]))
        if form == 2:
            practice = self.one(PRACTICES)
            return Condition(agreement=practice) if practice[0] == "2" else Condition(practice=practice)
        if form == 3:
            asked = CLIENT[self.one(tuple(CLIENT))]
            return Condition(client=asked.id, is_=self.one(asked.values))
        return self.told()

    def told(self) -> Condition:
        asked = self.one((*ASKED, question("agency", "sheriff", "court")))
        return Condition(fact=asked.id, is_=self.one(asked.values))

    def showing(self) -> Condition:
        """What answers show: questions of the touchpoint and of the client, no other form."""
        asked = CLIENT[self.one(("listed", "minor", "detainer"))]
        parts = (self.told(), self.told() if self.often(60) else Condition(client=asked.id, is_="yes"))
        return self.one((parts[0], Condition(any=parts), Condition(all=parts)))

    # --- rows -------------------------------------------------------------------------------------------------------

    def system(self, number: int, of: int) -> model.System:
        by_ice = number == of - 1 or (number == of - 2 and self.often(40))
        return model.System(
            id=f"s{number}", name="n", operator="o", level="local", sector=self.one(("police", "jail")), holds=ITEMS,
            summary="s", as_of="2026", cites=CITES, ice="operated" if by_ice else None,
            serves=self.one(("ice-ero", "ice-hsi")) if by_ice else None,
            held=model.Held(mechanism=MECHANISMS[0]) if by_ice else None, bound_as=self.some(BOUND, 60),
            received_as=self.some(RECEIVED, 60), public=self.often(15),
        )  # fmt: skip

    def flow(self, number: int, systems: tuple[str, ...], **more: Any) -> model.Flow:
        sender = self.random.randrange(len(systems) - 1)
        receiver = self.random.randrange(len(systems))
        receiver = receiver if receiver != sender else len(systems) - 1
        described: dict[str, Any] = dict(
            id=f"f{number:02}", from_=systems[sender], to=systems[receiver], mechanism=self.one(MECHANISMS),
            mode="routine", confidence="inferred" if self.often(6) else "documented",
            timing=self.one(("at_event", "at_event", "standing", "standing", "in_custody", "on_supervision")),
            practice="not_known_by_place" if self.often(10) else "everywhere",
            needs=model.Needs(all=self.some(ITEMS, 12), any=self.some(ITEMS, 30)), carries=self.some(ITEMS, 75),
            adds=self.some(ITEMS, 8), trigger="t", authority="a", as_of="2026", cites=CITES,
            leaves_place=self.often(15), when=self.condition() if self.often(60) else None,
            judge="Ask." if self.often(4) else None, reply_to="f00" if self.often(3) and number else None,
            consults=(self.one(systems),) if self.often(8) else (), **self.span(20),
            shown_by=self.showing() if self.often(25) else None,
        )  # fmt: skip
        return model.Flow(**(described | more))

    def flows(self, systems: tuple[str, ...]) -> list[model.Flow]:
        rows = [self.flow(number, systems) for number in range(4 + self.random.randrange(7))]
        for leader in rows[:1]:
            if self.often(30):
                asked = CLIENT[self.one(("dhs-prints", "listed"))]
                yes, no = (Condition(client=asked.id, is_=value) for value in ("yes", "no"))
                also = (self.atom(),) if self.often(40) else ()
                shared = {key: getattr(leader, key) for key in leader.__struct_fields__}
                rows[0] = model.Flow(**(shared | {"when": Condition(all=(yes, *also)), "reply_to": None}))
                also = (self.atom(),) if self.often(30) else also
                second = {"id": "f50", "when": Condition(all=(no, *also)), "either_with": "f00", "reply_to": None}
                rows.append(model.Flow(**(shared | second | self.span(20))))
        return rows

    def restriction(self, number: int, flows: tuple[str, ...], **more: Any) -> model.Restriction:
        effect = self.one(("close", "close", "close", "undetermined", "practice_yes", "show"))
        described: dict[str, Any] = dict(
            id=f"law-{number}", jurisdiction=self.one(PLACES), name="n", citation="c", effect="blocks", says="s",
            status=self.one(("in_force",) * 7 + ("contested", "pending", "enjoined",
            "ended")), status_as_of="2026", as_of="2026",
            cites=CITES, acts=effect != "show", effect_on_route=effect, binds=self.some(BOUND, 85) or BOUND,
            recipients=self.some(RECEIVED, 85) or RECEIVED, sectors=self.some(("police", "jail"), 25),
            mechanisms=self.some(MECHANISMS, 20), items="all" if self.often(60) else self.some(ITEMS, 60),
            not_items=self.some(ITEMS, 15), flows=self.some(flows, 60) if self.often(25) else (),
            not_flows=self.some(flows, 7), client_if=self.condition(1) if self.often(25) else None,
            unless=tuple(self.exception() for _ in range(self.random.randrange(2))),
            yields_to=self.some(tuple(f"law-{other}" for other in range(4) if other != number), 15),
            answers=(Condition(practice=PRACTICES[0]), Condition(agreement=self.one(("287g-jail", "any")))),
            acts_from=self.one(DAYS[:4]), **(self.span(20) | {"since": "2008"}),
        )  # fmt: skip
        return model.Restriction(**(described | more))

    def exception(self) -> model.Exception_:
        kinds: tuple[Literal["client", "process", "public"], ...] = ("client", "client", "process", "public")
        kind = self.one(kinds)
        named = {"question": "q", "client": "listed", "is_": "yes"} if kind == "client" else {}
        return model.Exception_(kind=kind, text="t", mechanisms=self.some(MECHANISMS, 15), **named)

    def kind(self, number: int, systems: tuple[str, ...]) -> model.TouchpointKind:
        asked = self.some(ASKED, 75)
        used: list[str] = []
        creates = []
        for _ in range(1 + self.random.randrange(2)):
            system = self.one(systems[:3] if self.often(92) else systems)
            if system not in used:
                creates.append(self.record(system))
                used.append(system)
        tells: tuple[model.Tells, ...] = ()
        if self.often(35):
            told = (
                ("minor", "yes"),
                ("dhs-prints", "yes"),
                ("detainer", "yes"),
                ("license", "marked"),
                ("listed", "yes"),
            )
            client, value = self.one(told)
            tells = (model.Tells(client=client, is_=value, when=self.told() if self.often(40) else None),)
        return model.TouchpointKind(
            id=f"k{number}", en="e", es="e", sector="police", creates=tuple(creates), questions=asked, tells=tells,
            when_form=self.one(("past", "past", "past", "coming", "coming-or-past")), custody=self.often(40),
        )  # fmt: skip

    def record(self, system: str) -> model.Record:
        parts = tuple(
            model.DataWhen(data=self.some(ITEMS), when=self.condition(1)) for _ in range(self.one((0, 0, 1, 2)))
        )
        when = self.condition(1) if self.often(20) else None
        return model.Record(
            system=system, data=self.some(ITEMS, 65), data_when=parts, when=when, judge="?" if self.often(4) else None
        )

    def catalog(self) -> Catalog:
        count = 5 + self.random.randrange(4)
        systems = tuple(f"s{number}" for number in range(count))
        flows = self.flows(systems)
        names = tuple(flow.id for flow in flows)
        laws = [self.restriction(number, names) for number in range(self.random.randrange(5))]
        kept = {law.id for law in laws}
        laws = [
            model.Restriction(**({key: getattr(law, key) for key in law.__struct_fields__} | {"yields_to": beaten}))
            for law in laws
            for beaten in (tuple(name for name in law.yields_to if name in kept),)
        ]
        kinds = [self.kind(number, systems) for number in range(1 + self.random.randrange(3))]
        return catalog_of([self.system(number, count) for number in range(count)], flows, laws, kinds)

    # --- matters ----------------------------------------------------------------------------------------------------

    def answer(self, asked: model.Question) -> Answer:
        value = self.one((*asked.values, *asked.values, *asked.values, "unknown", "declined", "perhaps"))
        since = self.one(("", "2010", "2014-02-28", "2018~", "2016/..")) if asked.onset and value == "yes" else ""
        return Answer(value=value, since=since)

    def touchpoint(self, number: int, kind: model.TouchpointKind, flows: tuple[str, ...]) -> Touchpoint:
        facts: dict[str, Answer | str] = {
            asked.id: self.answer(asked) for asked in (*kind.questions, CLIENT["minor"]) if self.often(65)
        }
        known: dict[str, Answer | str] = {
            name: self.one(("yes", "no", "unknown")) for name in self.some((*PRACTICES, *flows), 30)
        }
        return Touchpoint(
            id=f"t{number}", kind=kind.id, when=self.one(WHENS), where=self.one(WHERES), facts=facts,
            agency=Agency(kind=self.one(("", "sheriff", "court", "court", "moon guard"))), practices=known,
        )  # fmt: skip

    def matter(self, catalog: Catalog) -> Matter:
        kinds = tuple(catalog.touchpoints.values())
        unknown_practice = tuple(row.id for row in catalog.flows.values() if row.practice == "not_known_by_place")
        contacts = (
            self.touchpoint(number, self.one(kinds), unknown_practice) for number in range(1 + self.random.randrange(3))
        )
        client: dict[str, Answer | str] = {name: self.answer(asked) for name, asked in CLIENT.items() if self.often(55)}
        strangers = (Touchpoint(id="t9", kind="moon-landing"),) if self.often(5) else ()
        return Matter(code="DRAWN", client=client, touchpoints=(*contacts, *strangers))


def catalog_of(
    systems: list[model.System],
    flows: list[model.Flow],
    laws: list[model.Restriction],
    kinds: list[model.TouchpointKind],
) -> Catalog:
    """A whole catalog around these rows."""
    county = "US-CA-fresno-county"
    boroughs = tuple(f"US-NY-{name}-county" for name in ("kings", "queens"))
    places = (
        model.NamedPlace(id=county, name="Fresno County", kind="county"),
        model.NamedPlace(id="US-CA-fresno", name="Fresno", kind="city", counties=(county,)),
        model.NamedPlace(id=boroughs[0], name="Kings County", kind="county"),
        model.NamedPlace(id=boroughs[1], name="Queens County", kind="county"),
        model.NamedPlace(
            id="US-NY-new-york-city", name="New York City", kind="city", counties=boroughs, fills=True,
            aliases=("Brooklyn",),
        ),
    )  # fmt: skip
    return Catalog(
        version="1", as_of="2026", notes=(), sources={}, remedies={}, client_questions=CLIENT,
        systems={row.id: row for row in systems}, flows={row.id: row for row in flows},
        restrictions={row.id: row for row in laws}, touchpoints={row.id: row for row in kinds},
        mechanisms={name: model.Mechanism(id=name, en="e", es="e") for name in MECHANISMS},
        shared_questions={name: question(name) for name in ("when", "where", "agency")},
        places={row.id: row for row in places},
        agency_kinds={name: model.AgencyKind(id=name, en="e", es="e") for name in ("sheriff", "court")},
        when_forms={
            name: model.WhenForm(id=name, en="e", es="e", coming=name != "past", one_day=name == "past")
            for name in ("past", "coming", "coming-or-past")
        },
        known_practices={},
        practices={name: model.Practice(id=name, en="e", es="e") for name in PRACTICES},
    )  # fmt: skip


def catalogs_with_matters() -> st.SearchStrategy[tuple[Catalog, Matter]]:
    """A small catalog and a matter that belongs to it."""
    return st.randoms(use_true_random=False).map(_drawn)


def _drawn(random: Random) -> tuple[Catalog, Matter]:
    drawing = Drawing(random)
    catalog = drawing.catalog()
    return catalog, drawing.matter(catalog)
