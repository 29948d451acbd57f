"""The words that rows of the catalog are written in."""

from __future__ import annotations

from typing import Literal

Level = Literal["local", "state", "regional", "federal", "private"]
Mode = Literal["automatic", "routine", "on_request", "informal", "purchase"]
Confidence = Literal["documented", "reported", "inferred"]
Timing = Literal["at_event", "in_custody", "on_supervision", "standing"]
PracticeReach = Literal["everywhere", "by_place", "not_known_by_place"]
Who = Literal["client", "paper", "request", "clinic", "attorney"]

DATA_ITEMS = (
    "identity", "fingerprints", "face_image", "iris", "dna", "address", "phone", "vehicle", "plate_reads", "location",
    "criminal_history", "arrest_event", "custody_status", "gang_label", "immigration_history", "document_numbers",
    "employment", "education", "utility_account", "credit_header", "tax", "health_benefits", "public_benefits",
    "family_associates", "social_media", "travel_history", "court_case", "query_log", "video",
)  # fmt: skip
"""The words for what a record can hold, in the order in which they are printed."""

DUTY_BEARERS = ("local", "state", "federal", "private", "school", "court", "dmv")
"""The words by which a law can name whose duty it is, and a system whose it is."""

RECIPIENTS = (
    "ice",
    "immigration-agency",
    "federal",
    "out-of-state",
    "noncriminal-use",
    "private-buyer",
    "police",
    "public",
)
"""The words by which a law can name who may not receive, and a system who receives by it."""

MODES: tuple[Mode, ...] = ("automatic", "routine", "on_request", "informal", "purchase")
"""From the strongest to the weakest: a computer sends it … somebody has to buy it."""

CONFIDENCES: tuple[Confidence, ...] = ("documented", "reported", "inferred")
