"""The usual role of a speaker: the role that most documents give, in one form or another."""

from collections import Counter

from scripts.attribution.role_nouns import is_office, role_head
from scripts.maths.ranking import by_frequency

# The usual role is chosen among this many most frequent ones; of a thousand roles, most occur once.
_ROLES = 100
# Most other roles of a speaker in the table.
_OTHER_ROLES = 3
_IN_FULL = {
    "gov.": "governor", "pres.": "president", "prof.": "professor", "rep.": "representative", "sen.": "senator",
}  # fmt: skip
# Words before an office that make it a deputy's, and words that say that it is over.
_DEPUTIES = frozenset(("acting", "assistant", "deputy", "interim", "lieutenant", "vice"))
_PAST = frozenset(("former", "ex", "late", "retired", "then"))


def _key(role: str) -> str:
    """Return a role in lower case between spaces, without possessives, with titles in full: " texas senator "."""
    words = (word.replace("’", "'").removesuffix("'s").removesuffix("'") for word in role.lower().split())
    return f" {' '.join(_IN_FULL.get(word, word) for word in words)} "


def _as_told(form: str) -> str:
    """Return a role with its abbreviated titles in full, and with "former" for "Former".

    >>> _as_told("Former Texas Gov."), _as_told("U.S. Sen.")
    ('former Texas Governor', 'U.S. Senator')
    """
    words = [_IN_FULL[word.lower()].capitalize() if word.lower() in _IN_FULL else word for word in form.split()]
    opening = words[0].lower()
    return " ".join([opening, *words[1:]] if opening in _PAST else words)


def _keeps_office(key: str, longer: str, *, changes: frozenset[str] = _DEPUTIES | _PAST) -> bool:
    """Return True if none of the words that a longer role adds to another changes the office."""
    return changes.isdisjoint({*longer.split()} - {*key.split()})


def _roles(counts: dict[str, int]) -> tuple[dict[str, int], dict[str, str]]:
    """Return the number of documents for each role of a speaker, most first, and each role's commonest form."""
    forms: dict[str, str] = {}
    documents: Counter[str] = Counter()
    for role in by_frequency(counts):
        forms.setdefault(_key(role), role)
        documents[_key(role)] += counts[role]
    return {key: documents[key] for key in by_frequency(documents)}, forms


def usual_role(counts: dict[str, int]) -> str:
    """Return the usual one of the roles that texts give a speaker; `counts` has the number of documents for each.

    The usual role is an office, if there is one, with the noun that most documents give; among its wordings it is the
    one that most give, however spelled, extended to the fullest wording that at least a third of its supporters, and at
    least two, support. A role supports shorter ones within it: "Vermont Sen." supports "Senator", but "former Senator"
    and "Vice President" do not. In a tie, the role with more support from longer and shorter forms wins, then the
    shorter.

    >>> usual_role({"Sen.": 5, "Senator": 3, "candidate": 4})
    'Senator'
    >>> usual_role({"Secretary": 9, "Former Secretary of State": 3, "former secretary of state": 1, "friend": 2})
    'former Secretary of State'
    """
    documents, forms = _roles(counts)
    likely = [*documents][:_ROLES]
    heads = Counter[str]()
    for key in likely:
        heads[role_head(key)] += documents[key]
    same = {key: {longer for longer in documents if key in longer and _keeps_office(key, longer)} for key in likely}
    support = {key: sum(map(documents.__getitem__, longer)) for key, longer in same.items()}
    # Breaks ties between equally frequent roles: support by longer forms plus the documents of shorter forms.
    beside = {
        key: support[key] + sum(documents[shorter] for shorter in likely if key in same[shorter]) for key in likely
    }
    usual = min(
        likely,
        key=lambda key: (not is_office(key), -heads[role_head(key)], -documents[key], -beside[key], len(key)),
    )
    enough = max(2, support[usual] / 3)
    fuller = [
        key
        for key in likely
        if usual in key and support[key] >= enough and _keeps_office(usual, key, changes=_DEPUTIES)
    ]
    return _as_told(forms[max([usual, *fuller], key=len)])


def other_roles(counts: dict[str, int]) -> str:
    """Return a speaker's most frequent other roles, joined by "; ": neither the usual one nor a longer or shorter form.

    >>> other_roles({"Senator": 5, "former Senator": 1, "nominee": 3, "author": 1})
    'nominee; author'
    """
    documents, forms = _roles(counts)
    listed = [_key(usual_role(counts))]
    others = []
    for key in [*documents][:_ROLES]:
        if not any(key in earlier or earlier in key for earlier in listed):
            listed.append(key)
            others.append(_as_told(forms[key]))
    return "; ".join(others[:_OTHER_ROLES])
