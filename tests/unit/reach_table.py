"""What people ask the catalog about, by the name they know it by: what must stand on a route, and a small case in which
it does. A row is a name, the systems and flows that stand on one route together, how the best such route is judged,
and the case, told as an example of the catalog tells it."""

from __future__ import annotations

from typing import Any, NamedTuple

from clinic_mapper.catalog.model import Example


class Named(NamedTuple):
    """A row of the table."""

    name: str
    through: tuple[str, ...]
    case: Example


def _row(name: str, through: str, gives: str, touchpoint: str, when: str, place: str = "OH", **told: Any) -> Named:
    state, _, county = place.partition("/")
    case: dict[str, Any] = {
        "says": name,
        "touchpoint": touchpoint,
        "gives": gives,
        "when": when,
        "state": state,
        "county": county,
    }
    return Named(name, tuple(through.split()), Example(**(case | told)))


PRINTED = {"printed": "yes"}
ARREST = "arrest-with-fingerprints"
ORDERED = {"prior-removal-order": "yes"}
DHS: dict[str, Any] = {"client": {"dhs-prints": "yes"}, "since": {"dhs-prints": "2005"}}
BOOKED: dict[str, Any] = {"facts": PRINTED, **DHS}
IAQ = "ngi--ice-acrime-lesc--biometric-iaq"
IN_CENTER = {"local-police-rms--fusion-center--reports": "yes"}
FROM_CENTER = "fusion-center fusion-center--ice-ero--records-request"
NAMED = (
    _row("Secure Communities before a county began", IAQ, "closed", "jail-booking", "2009", "CA/San Mateo County",
         **BOOKED),
    _row("Secure Communities after it began", IAQ, "open", "jail-booking", "2010-07", "CA/San Mateo County", **BOOKED),
    _row("Secure Communities, a county not dated", IAQ, "undetermined", "jail-booking", "2010-07", **BOOKED),
    _row("Secure Communities today", IAQ, "open", "jail-booking", "2026-02", **BOOKED),
    _row("Priority Enforcement Program", IAQ, "open", "jail-booking", "2016-05", **BOOKED),
    _row("NGI and IDENT answer each other", "ngi ident-hart ice-acrime-lesc", "open", "jail-booking", "2024", **BOOKED),
    _row("US-VISIT, IDENT, HART", "dos-visa ident-hart ice-mobile-biometrics", "open", "visa-entry", "2010"),
    _row("IDENT from the border", "ident-hart ice-mobile-biometrics", "open", "border-encounter", "2015",
         facts={"prints": "yes"}),
    _row("NCIC Immigration Violator File", "ncic-ivf ice-acrime-lesc", "open", "police-stop-citation", "2025",
         client=ORDERED, since={"prior-removal-order": "2015"}, practices={"police-call-on-ivf-hit": "yes"}),
    _row("ICE in the databases of police", "police-data-exchange--ice-hsi--direct-login", "open", ARREST, "2022",
         practices={"agency-in-police-exchange": "yes", "ice-has-exchange-login": "yes"}),
    _row("ICE at the jail's computer", "local-jail-jms--ice-ero--computer-access", "open", "jail-booking", "2022",
         practices={"ice-has-jail-login": "yes"}),
    _row("ICE in the jail", "local-jail-jms--ice-ero--officer-stationed", "open", "jail-booking", "2022",
         facts={"ice_talk": "ICE officer"}),
    _row("Lists from the jail", "local-jail-jms--ice-ero--foreign-born-list", "open", "jail-booking", "2022",
         client={"born-abroad-on-record": "yes"}, practices={"jail-sends-list": "yes"}),
    _row("The jail's public roster", "jail-roster-public--ice-ero--web-lookup", "open", "jail-booking", "2022",
         facts={"roster": "yes"}),
    _row("An officer calls somebody at ICE", "local-police-rms--ice-ero--informal-call", "open",
         "traffic-ticket-borrowed-car", "2024", facts={"ice-mentioned": "yes"}),
    _row("A jail clerk writes to somebody at ICE", "local-jail-jms--ice-ero--informal-message", "undetermined",
         "jail-booking", "2024"),
    _row("Local gang list", "gang-db-local--ice-hsi--direct-access", "undetermined", "told-gang-listed", "2021",
         agency="city police"),
    _row("State gang file", "txgang--ice-hsi--request", "open", "told-gang-listed", "2021", "TX", agency="city police"),
    _row("The FBI's gang file", "ncic-gang-file ice-icm", "open", "told-gang-listed", "2012", "VA",
         agency="city police"),
    _row("ICE's own gang list", "ice-gangs", "undetermined", "told-gang-listed", "2010", agency="ICE or CBP"),
    _row("Mobile fingerprints", "local-mobile-biometrics ice-acrime-lesc", "undetermined", "police-mobile-fingerprint",
         "2024", client=ORDERED, practices={"police-device-searches-risc": "yes", "police-call-on-ivf-hit": "yes"}),
    _row("ICE's own mobile fingerprints", "ice-mobile-biometrics", "open", "ice-street-encounter", "2024",
         facts={"scanned": "fingers"}),
    _row("Iris", "bi2-iris bi2-iris--ice-ero--iris-query", "open", "jail-booking", "2022",
         facts={"iris": "yes"}, practices={"jail-uses-bi2": "yes"}),
    _row("Driver's license records", "nlets--ice-ero--dmv-lookup", "open", "dmv-standard-licence", "2022"),
    _row("Face searches of licenses", "dmv-face--ice-ero--mirs-login", "open", "dmv-standard-licence", "2015", "MD"),
    _row("Face searches of licenses elsewhere", "dmv-face--ice-hsi--face-search-request", "undetermined",
         "dmv-standard-licence", "2018"),
    _row("Plates run at an address", "dmv-vehicle--ice-ero--plates-at-address", "undetermined",
         "dmv-registered-vehicle", "2022", facts={"whose-name": "client"}),
    _row("Fusion centers: arrests and photos", FROM_CENTER, "open", ARREST, "2022",
         practices={**IN_CENTER, "fusion-center--ice-ero--records-request": "yes"}),
    _row("Fusion centers: plates", "alpr-local--ice-ero--plate-favour", "undetermined", "plate-read-near-home", "2022"),
    _row("Fusion centers: school records", f"school-records {FROM_CENTER}", "undetermined", "school-enrolment", "2023"),
    _row("Fusion centers: utility records", f"utility-data {FROM_CENTER}", "undetermined", "utility-account", "2023"),
    _row("Fusion centers: cold cases offered to ICE", "local-police-rms--ice-ero--cold-case fusion-center",
         "undetermined", ARREST, "2022"),
    _row("Face recognition", "face-recognition-vendor--ice-hsi--clearview", "open", "social-media-use", "2022",
         facts={"public": "yes", "photos-of-face": "yes"}),
    _row("Face recognition in ICE's hand", "mobile-fortify", "open", "ice-street-encounter", "2025-09",
         facts={"scanned": "face"}),
    _row("Outdoor video", "video-surveillance--ice-hsi--summons", "undetermined", "police-camera-photo", "2022",
         facts={"owner": "city"}),
    _row("Drones", "drones--ice-ero--aerial-support", "undetermined", "police-camera-photo", "2025-07",
         facts={"owner": "federal"}),
    _row("Plate readers", "alpr-commercial--ice-ero--plate-query", "undetermined", "dmv-registered-vehicle", "2022",
         facts={"whose-name": "client"}),
    _row("Palantir: FALCON", "broker-clear ice-falcon", "undetermined", "credit-or-loan", "2015",
         client={"credit-own-name": "yes"}),
    _row("Palantir: ICM", "ice-icm", "open", "told-gang-listed", "2012", "VA", agency="city police"),
    _row("Palantir: ELITE", "broker-clear ice-elite", "open", "credit-or-loan", "2015",
         client={"credit-own-name": "yes", **ORDERED}),
    _row("Thomson Reuters CLEAR", "broker-clear--ice-ero--person-search", "open", "credit-or-loan", "2015",
         client={"credit-own-name": "yes"}),
    _row("Utility records", "utility-data credit-bureaus broker-clear", "undetermined", "utility-account", "2015",
         client={"utility-own-name": "yes"}),
    _row("Credit records", "credit-bureaus broker-accurint", "open", "credit-or-loan", "2022",
         client={"credit-own-name": "yes"}),
    _row("287(g) in the jail", "local-jail-jms--ice-eid--287g-jail-enforcement", "open", "jail-booking", "2024",
         practices={"287g-jail": "yes"}),
    _row("287(g) on the road", "local-police-rms--ice-eid--287g-task-force", "open", "police-stop-citation", "2025-06",
         practices={"287g-task-force": "yes"}),
    _row("287(g) warrants", "local-jail-jms--ice-ero--287g-warrant-service", "open", "jail-booking", "2024-05-01",
         client={"detainer-ever": "yes"}, since={"detainer-ever": "2024-05-02"}, practices={"287g-warrant": "yes"}),
    _row("Atlas (USCIS screening)", "atlas-uscis-screening uscis-fdns", "undetermined", "jail-booking", "2024",
         facts=PRINTED, client={"dhs-prints": "yes", "uscis-application-ever": "yes"}, since={"dhs-prints": "2005"}),
    _row("SEVIS", "sevis", "open", "student-visa", "2022"),
    _row("Asylum records (RAPS, APSS)", "uscis-asylum--ice-ero--internal", "undetermined", "asylum-application",
         "2022", facts={"where-filed": "USCIS"}),
    _row("Immigration court", "eoir-court--ice-ero--hearings-orders", "open", "immigration-court-held", "2022"),
    _row("DACA records", "uscis-daca--ice-ero--system-access", "open", "daca-request", "2014"),
    _row("E-Verify", "e-verify--ice-hsi--referral", "undetermined", "everify-check", "2022"),
    _row("REAL ID", "dmv-driver--save--real-id-check save--ice-hsi--referral", "undetermined", "dmv-real-id", "2022",
         facts={"immigration-paper": "work permit"}),
    _row("Travelers taken for somebody else", "cbp-tecs--ice-hsi--platform", "undetermined", "border-encounter",
         "2022"),
    _row("Victims and witnesses", "local-police-rms--ice-ero--informal-call", "undetermined",
         "victim-or-witness-report", "2022", facts={"also_arrested": "no"}),
    _row("US citizens held on a wrong match", f"{IAQ} ident-hart", "open", "jail-booking", "2024", **BOOKED),
)  # fmt: skip
WORDS = {
    "Secure Communities": ("ice-ero--local-jail-jms--detainer-secure-communities", "2008", "2015"),
    "Priority Enforcement Program": ("ice-ero--local-jail-jms--detainer-pep", "2014", "2017"),
    "the detainer of today": ("ice-ero--local-jail-jms--detainer-i247a", "2017", None),
    "Palantir's ImmigrationOS": ("ice-icm--ice-immigrationos--case-data", "2025", None),
}
"""Flows that carry words only, with the years between which they must lie."""
REMEDIES = {
    "fix-trip": ("cbp-tecs",),
    "adv-match-not-removable": ("ident-hart", "ice-acrime-lesc"),
    "lit-detainer": ("local-jail-jms", "ice-acrime-lesc"),
    "req-police-report": ("local-police-rms",),
    "everify-contest": ("e-verify",),
}
"""What can be done about some of them, and the systems it must be about."""
