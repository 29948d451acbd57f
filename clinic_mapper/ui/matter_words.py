"""The words of the matter page in English and Spanish. Questions and labels come from the catalog, never from here."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "es"]

_WORDS: dict[str, tuple[str, str]] = {
    # the page
    "page": ("Matter", "Expediente"),
    "list": ("Touchpoints by date", "Contactos por fecha"),
    "about-client": ("About the client", "Sobre la persona"),
    "about-client-below": ("asked once", "se pregunta una vez"),
    "add": ("Add touchpoint", "Agregar contacto"),
    "lines-and-picture": ("Lines and picture", "Líneas y dibujo"),
    "show-lines": ("Show lines (F8)", "Ver líneas (F8)"),
    "hide-lines": ("Hide lines (F8)", "Ocultar líneas (F8)"),
    "place-unknown": ("place unknown", "lugar desconocido"),
    # the strip
    "lines": ("{lines} lines, {undetermined} undetermined", "{lines} líneas, {undetermined} sin determinar"),
    "one-line": ("1 line, {undetermined} undetermined", "1 línea, {undetermined} sin determinar"),
    "no-lines": ("No lines yet", "Todavía no hay líneas"),
    "working": ("Working out the lines…", "Calculando las líneas…"),
    "next": ("Next (Ctrl+J): {question}", "Sigue (Ctrl+J): {question}"),
    "next-paper": ("Next, on a paper (Ctrl+J): {question}", "Sigue, en un papel (Ctrl+J): {question}"),
    "next-request": ("Next, by a records request: {question}", "Sigue, pidiendo registros: {question}"),
    "next-clinic": ("Next, for the clinic (Ctrl+J): {question}", "Sigue, para la clínica (Ctrl+J): {question}"),
    "next-none": (
        "No question is left that would settle a line.",
        "No queda ninguna pregunta que resuelva una línea.",
    ),
    "next-nobody": (
        "No question is left. {lines} lines turn on what nobody here can answer: they are for the attorney.",
        "No queda ninguna pregunta. {lines} líneas dependen de lo que nadie aquí puede contestar: son para el "
        "abogado o la abogada.",
    ),
    "next-nobody-one": (
        "No question is left. One line turns on what nobody here can answer: it is for the attorney.",
        "No queda ninguna pregunta. Una línea depende de lo que nadie aquí puede contestar: es para el abogado o "
        "la abogada.",
    ),
    "next-working": ("{next} (looking for the best one…)", "{next} (buscando la mejor…)"),
    "next-working-none": ("Looking for the next question…", "Buscando la siguiente pregunta…"),
    "at": ("{question} – {touchpoint}", "{question} – {touchpoint}"),
    # answers
    "yes": ("yes", "sí"),
    "no": ("no", "no"),
    "unknown": ("don't know", "no sé"),
    "declined": ("declined", "prefirió no contestar"),
    "clear-name": ("Clear the answer: {question}", "Borrar la respuesta: {question}"),
    "not-asked": ("not asked", "no se preguntó"),
    "why": ("Why we ask", "Por qué preguntamos"),
    "why-key": ("Why? (F1)", "¿Por qué? (F1)"),
    "derived": ("Already follows from: {touchpoints}. The answer there: {value}.",
                "Ya se sabe por: {touchpoints}. La respuesta de ahí: {value}."),
    "conflict": ("This differs from what follows from: {touchpoints}. Both are kept; it counts as unknown.",
                 "No coincide con lo que se sabe por: {touchpoints}. Se guardan las dos; cuenta como desconocido."),
    "keys": (
        "Y yes · N no · D don't know · X declined · 1–9 choice · Backspace clears · Enter next · F1 why",
        "S sí · N no · D no sé · X no contestó · 1–9 opción · Retroceso borra · Intro sigue · F1 por qué",
    ),
    "source": ("Who says so: {question}", "Quién lo dice: {question}"),
    "source-client": ("client said", "la persona"),
    "source-paper": ("paper shows", "un papel"),
    "source-attorney": ("attorney", "abogado/a"),
    "source-clinic": ("clinic knows", "la clínica"),
    "source-ends": ("nobody here knows", "aquí nadie lo sabe"),
    "paper": ("Which paper: {question}", "Qué papel: {question}"),
    "paper-hint": ("Which paper? Such as: booking slip", "¿Qué papel? Por ejemplo: papel del arresto"),
    "since": ("Since about when? (optional)", "¿Más o menos desde cuándo? (opcional)"),
    "session-only": ("For this session only – not stored", "Solo para esta sesión: no se guarda"),
    "session-only-name": ("For this session only, not stored: {question}", "Solo para esta sesión: {question}"),
    "from-paper": ("Read it from the paper.", "Léalo en el papel."),
    "other-value": (
        "The file holds an answer this catalog does not know: “{value}”. It is kept.",
        "El archivo tiene una respuesta que este catálogo no conoce: «{value}». Se conserva.",
    ),
    # dates
    "when": ("When", "Cuándo"),
    "form": ("Kind of date: {question}", "Tipo de fecha: {question}"),
    "form-day": ("day", "día"),
    "form-month": ("month", "mes"),
    "form-year": ("year", "año"),
    "form-season": ("season", "época del año"),
    "form-about": ("about", "más o menos"),
    "form-before": ("before", "antes de"),
    "form-after": ("after", "después de"),
    "form-between": ("between", "entre"),
    "form-unknown": ("unknown", "no se sabe"),
    "hint-day": ("May 14, 2012", "14 de mayo de 2012"),
    "hint-month": ("May 2012", "mayo de 2012"),
    "hint-year": ("2012", "2012"),
    "hint-season": ("spring 2012", "primavera de 2012"),
    "hint-about": ("2012", "2012"),
    "hint-before": ("2012", "2012"),
    "hint-after": ("2012", "2012"),
    "hint-between": ("2011", "2011"),
    "hint-second": ("2013", "2013"),
    "hint-unknown": ("such as 2012, May 2012, spring 2012", "por ejemplo 2012, mayo de 2012"),
    "and": ("and", "y"),
    "second-date": ("The later date: {question}", "La fecha posterior: {question}"),
    "understood": ("Understood: {date}.", "Se entiende: {date}."),
    "not-known": ("If it is not known – {question}", "Si no se sabe – {question}"),
    "not-known-none": ("Not known?", "¿No se sabe?"),
    "not-known-client": ("Client doesn't know", "La persona no sabe"),
    "not-known-paper": ("Papers don't say", "Los papeles no lo dicen"),
    "not-known-clinic": ("Nobody here knows", "Aquí nadie lo sabe"),
    "not-known-declined": ("Declined", "Prefirió no contestar"),
    "date-open": ("Not known yet. A year is enough.", "Todavía no se sabe. Basta con el año."),
    "date-unread": (
        "This cannot be read as a date yet. A year is enough, such as 2012.",
        "Esto todavía no se lee como fecha. Basta con el año, por ejemplo 2012.",
    ),
    "date-order": ("The second date is before the first.", "La segunda fecha es anterior a la primera."),
    "date-second": ("Add the second date as well.", "Ponga también la segunda fecha."),
    # places
    "where": ("Where", "Dónde"),
    "state": ("State", "Estado"),
    "county": ("County", "Condado"),
    "city": ("City (optional)", "Ciudad (opcional)"),
    "unknown-state": ("state unknown", "no se sabe"),
    "unknown-county": ("county unknown", "no se sabe"),
    "state-not-listed": (
        "“{typed}” is not a state, district or territory on the list. It counts as unknown.",
        "«{typed}» no está en la lista de estados y territorios. Cuenta como desconocido.",
    ),
    "county-not-listed": (
        "“{typed}” is not on the list of counties of {state}. It counts as unknown.",
        "«{typed}» no está en la lista de condados de {state}. Cuenta como desconocido.",
    ),
    "county-needs-state": (
        "Choose the state first. Until then the county counts as unknown.",
        "Elija primero el estado. Mientras tanto, el condado cuenta como desconocido.",
    ),
    # agency
    "agency": ("Which agency", "Qué oficina"),
    "agency-kind": ("Kind of agency", "Tipo de oficina"),
    "agency-name": ("Name", "Nombre"),
    "unknown-agency": ("agency unknown", "oficina desconocida"),
    "agency-hint": ("Optional", "Opcional"),
    # a touchpoint
    "questions": ("Questions", "Preguntas"),
    "private": ("More private", "Más privado"),
    "permission": (
        "May I ask something more private? You can say no.",
        "¿Le puedo preguntar algo más privado? Puede decir que no.",
    ),
    "attorney": ("For the attorney", "Para el abogado o la abogada"),
    "attorney-note": (
        "Only the attorney answers these, from the papers.",
        "Solo el abogado o la abogada contesta, con los papeles.",
    ),
    "hint": ("Lists and notes name: {named}{more}.", "Listas y notas nombran: {named}{more}."),
    "hint-more": ("; and {number} more", "; y {number} más"),
    "practices": ("What the clinic knows about this office", "Lo que la clínica sabe de esta oficina"),
    "practices-note": (
        "Not for the client. Leave what nobody here knows.",
        "No es para la persona. Deje lo que nadie sepa aquí.",
    ),
    "note": ("Note", "Nota"),
    "note-below": ("Only the supervisor's copy prints it.", "Solo sale en la copia de supervisión."),
    "remove": ("Remove", "Quitar"),
    "remove-name": ("Remove this touchpoint: {touchpoint}", "Quitar este contacto: {touchpoint}"),
    "removed": ("Removed: {touchpoint}.", "Se quitó: {touchpoint}."),
    "undo": ("Undo", "Deshacer"),
    "kind-not-known": (
        "This catalog does not know this kind of touchpoint (“{kind}”). It is kept as it is.",
        "Este catálogo no conoce este tipo de contacto («{kind}»). Se conserva tal cual.",
    ),
    "about-relative": (
        "This is about a relative. This map covers the client only; the relative needs their own consultation.",
        "Esto es sobre un familiar. Este mapa trata solo de la persona que consulta; el familiar necesita su propia "
        "consulta.",
    ),
    "kept": ("Kept, although this catalog does not know it", "Se conserva, aunque este catálogo no lo conoce"),
    # the client
    "before-all": ("First of all", "Antes que nada"),
    "dhs-holds": ("What immigration may already have", "Lo que inmigración ya puede tener"),
    "also": ("What else would settle a line", "Qué más resolvería una línea"),
    "go-to-pick": (
        "What has happened? Pick all that fit (Ctrl+T)",
        "¿Qué ha pasado? Marque todo lo que corresponda (Ctrl+T)",
    ),
    # custody now
    "custody-title": ("In custody now: these have a limit of hours", "En la cárcel ahora: esto tiene plazo de horas"),
    "custody-tell": (
        "Tell the supervising attorney now, before any other question.",
        "Avise ahora a la abogada o al abogado que supervisa, antes de otra pregunta.",
    ),
    "custody-where": (
        "Ask the caller which jail or office it is, and the day and hour of release, if anybody knows it.",
        "Pregunte a quien llama en qué cárcel u oficina está, y el día y la hora de salida, si alguien los sabe.",
    ),
    "custody-paper": (
        "Ask whether there is a paper from ICE (a hold, or detainer), and keep it. The attorney decides who asks the "
        "jail.",
        "Pregunte si hay un papel de ICE (un «hold») y guárdelo. La abogada o el abogado decide quién pregunta en la "
        "cárcel.",
    ),
    "custody-remedies": ("What counsel can do now", "Qué se puede hacer ahora"),
    "custody-deadline": ("Time: {deadline}.", "Plazo: {deadline}."),
    "custody-learns": ("Who learns what: {learns}", "Quién se entera de qué: {learns}"),
    "custody-as-of": ("As of {date}.", "Al {date}."),
    "custody-go-on": ("This is in hand – go on with the questions", "Ya se atiende: seguir con las preguntas"),
    # picking
    "pick": ("What has happened? Pick all that fit.", "¿Qué ha pasado? Marque todo lo que corresponda."),
    "pick-filter": ("Type a word, such as: jail, license, gang", "Escriba una palabra, por ejemplo: cárcel, licencia"),
    "pick-keys": (
        "Enter adds the marked one · ↑ ↓ move · Esc goes on",
        "Intro agrega lo marcado · ↑ ↓ mueven · Esc sigue",
    ),
    "pick-add": ("Add the marked one", "Agregar lo marcado"),
    "pick-done": ("Go on", "Seguir"),
    "pick-list": ("Kinds of touchpoints", "Tipos de contacto"),
    "pick-none": ("Nothing on the list has this word.", "Nada en la lista tiene esta palabra."),
    "picked": ("added", "agregado"),
    "pick-added": ("Added: {touchpoints}", "Agregado: {touchpoints}"),
    "pick-private": ("Only if the client brings it up", "Solo si la persona lo menciona"),
    # sectors, as headings of the picking list
    "sector-police": ("Police", "Policía"),
    "sector-jail": ("Jail and prison", "Cárcel y prisión"),
    "sector-court": ("Court", "Corte"),
    "sector-supervision": ("Probation and parole", "Probation y parole"),
    "sector-dmv": ("License, ID and car", "Licencia, identificación y carro"),
    "sector-gang": ("Gang questions", "Preguntas sobre pandillas"),
    "sector-immigration": ("Immigration", "Inmigración"),
    "sector-ice": ("ICE", "ICE"),
    "sector-border": ("Border and visas", "Frontera y visas"),
    "sector-biometric": ("Fingerprints and photos", "Huellas y fotos"),
    "sector-surveillance": ("Cameras and plate readers", "Cámaras y lectores de placas"),
    "sector-broker": ("Companies and accounts", "Compañías y cuentas"),
    "sector-utility": ("Utilities and phone", "Servicios y teléfono"),
    "sector-travel": ("Travel", "Viajes"),
    "sector-benefits": ("Benefits and housing", "Ayudas y vivienda"),
    "sector-tax": ("Taxes", "Impuestos"),
    "sector-school": ("School and children", "Escuela y niños"),
    "sector-work": ("Work", "Trabajo"),
    "sector-other": ("Other", "Otros"),
}  # fmt: skip


def say(key: str, language: Language, **names: object) -> str:
    """The words for a key, with the names filled in. An unknown key is a bug and raises KeyError."""
    english, spanish = _WORDS[key]
    return (spanish if language == "es" else english).format(**names)


def has_words(key: str) -> bool:
    """Whether there are words for this key."""
    return key in _WORDS


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
