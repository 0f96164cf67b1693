"""What a row does, read from its words: a small grammar of the verbs that the flows of such documents use.

A verb that is not understood is no action: a document that is worded otherwise is not judged, rather than wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from harness.spec.model import Actors, Row

FES, ENTITIES, EACH_OTHER = "impacted FEs", "impacted entities", "each other"
OLD, NEW, EITHER = "old", "new", ""
RESOURCES, POINT, LOGS = "resources", "restoration point", "special logs"
SOURCE, DESTINATION, BETWEEN = "source version", "destination version", "between the versions"

OBJECT = (
    r"(?:(?:a|an|the|two|both|all|new|selected|its|their|respective)\s+)*"
    r"(?P<object>[A-Za-z][\w-]*(?:\s+[A-Za-z][\w-]*){0,6}?)"
)
STOPS_HERE = (
    r"(?=\s+(?:with|in|if|and|instance|instances|which|that|on|to|by|when|so|is|are|via|for|of|from|towards|has|have"
    r"|according)\b|\s*[.,;()]|$)"
)
WHICH = r"(?:(?P<which>old|new)\s+)?"
SOME = r"(?:(?:certain|the|corresponding|its|their|all|any)\s+)*"
INTERFACES = rf"{SOME}{WHICH}{SOME}(?:NFV-MANO\s+)?service\s+interfaces?"
OF = (
    r"(?:\s+of\s+the\s+(?P<object>(?:selected\s+)?[^.;,(]*?(?:entit(?:y|ies)|units?)"
    r"(?=\s+(?:towards|to|between)\b|\s*[.(,;]|$)))?"
)
TOWARDS = OF + (
    r"(?:\s+(?:towards|to|between)\s+(?:the\s+|these\s+)?"
    r"(?P<towards>impacted\s+NFV-MANO\s+functional\s+entit\w+|impacted\s+entit\w+|two\b[^.]*|impacted[^.,]*))?"
)
STATE = r"(?P<state>[A-Z]{3,}(?:_[A-Z]{2,})+|LOCKED|UNLOCKED)"

GRAMMAR: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if kind != "wait" else 0))
    for kind, pattern in (
        ("instantiate", rf"\b(?:instantiates|instantiate)\s+{OBJECT}{STOPS_HERE}"),
        ("unlock", rf"\bunlocks\s+(?:the\s+functional\s+entity\s+application\s+of\s+)?{OBJECT}{STOPS_HERE}"),
        ("start", rf"\bstarts\s+{INTERFACES}{TOWARDS}"),
        ("stop", rf"\b(?:gracefully\s+stops|stops)\s+{INTERFACES}{TOWARDS}"),
        ("stop-unit", rf"\bgracefully\s+stops\s+{OBJECT}{STOPS_HERE}"),
        ("force-stop", rf"\bforcibly\s+stops\s+{OBJECT}{STOPS_HERE}"),
        ("wait", rf"(?:\b[Ww]aits?\s+(?:until|for)\b[^.]*?\b|\b[Ww]hen\s+the\s+){STATE}(?:\s+state)?"),
        ("restore", rf"\brestores\s+{OBJECT}{STOPS_HERE}"),
        ("terminate", rf"\b(?:terminates|terminate)\s+{OBJECT}{STOPS_HERE}"),
        (
            "transfer",
            r"\btransfers\s+.*?\bfrom\s+the\s+(?P<object>[^.]*?)\s+to\s+the\s+(?:respective\s+)?(?P<receiver>[^.(]*?)(?=\s*[(.]|$)",
        ),
        ("verify-locked", rf"\bverifies\s+the\s+LOCKED\s+state\s+of\s+{INTERFACES}"),
        ("add-path", r"\badding\s+a\s+(?:parallel\s+)?path\b[^.]*?\bincludes\s+the\s+(?P<object>\w+\s+VNF)"),
        ("remove-path", r"\bremoving\s+the\s+path\s+with\s+the\s+(?P<object>\w+\s+VNF)"),
        (
            "modify",
            r"\b(?:executes\s+the\s+(?:software\s+)?modifications?|(?P<begun>starts)\s+executing\s+the\s+(?:software\s+)?modification"
            r"|completes\s+(?:the\s+execution\s+of\s+)?the\s+(?:software\s+)?modification|undo\s+the\s+executed\s+changes)\b",
        ),
        ("check", r"\b(?:checks\s+if\s+adequate|looks\s+after)\s+(?P<object>resources)\b"),
        (
            "keep",
            r"\b(?:identif(?:ies|ying)|creat(?:es|ing)|mak(?:es|ing))\s+(?:a|an|the|their|its)\s+(?:new\s+)?(?P<object>restoration\s+point)",
        ),
        ("keep", r"\bstart(?:s|ing)\s+(?:the\s+)?(?P<object>special\s+logs)\b"),
        ("release", r"\breleas(?:es|ing)\s+(?:(?:the\s+)?resources\s+(?:that|which)\s+(?:\w+\s+){0,3}|what\s+)protect"),
        (
            "release-unneeded",
            r"\bnot\s+needed\s+(?P<object>resources)\s+are\s+released\b"
            r"|\breleases?\s+(?:the\s+)?resources\s+that\s+are\s+not\s+needed\b",
        ),
        ("replace", rf"\b(?:able\s+to\s+)?replaces?\s+{OBJECT}{STOPS_HERE}"),
    )
)
CONDITIONAL = re.compile(
    r"\bif\s+(?:applicable|needed|any|appropriate|it|not|a\s+new)\b|\botherwise\b|\bcan\s+be\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
BUSY = ("SMM", "TESTER", "IMPACTED")


@dataclass(frozen=True)
class Action:
    """One thing that a row does.

    `kind` is a word of the grammar; `what` the instance it is done to, in the words of the text; `towards` and `which`
    say whom an interface serves and whether it is an old or a new one; `state` is what is waited for or brought about;
    `maybe` is set where the text makes it depend on something; `words` is how the text says it.
    """

    kind: str
    what: str
    words: str
    towards: str = ""
    which: str = EITHER
    state: str = ""
    receiver: str = ""
    maybe: bool = False


def actions(row: Row) -> tuple[Action, ...]:
    """What a row does, in the order of its words."""
    return _read(row.text, row.actors)


@lru_cache(maxsize=65_536)
def _read(text: str, actors: Actors | None) -> tuple[Action, ...]:
    found: list[tuple[int, Action]] = []
    at = 0
    for sentence in SENTENCE.split(text):
        maybe = bool(CONDITIONAL.search(sentence))
        for kind, pattern in GRAMMAR:
            for match in pattern.finditer(sentence):
                if action := _action(actors, kind, match, sentence, maybe):
                    found.append((at + match.start(), action))
        at += len(sentence) + 1
    return tuple(_with_antecedents([action for _, action in sorted(found, key=lambda one: one[0])]))


def _with_antecedents(found: list[Action]) -> Iterator[Action]:
    """A row that stops something and then waits, waits for what it stopped."""
    stopped: Action | None = None
    for action in found:
        if action.kind == "wait" and stopped is not None and not action.towards:
            yield replace(action, towards=stopped.towards, which=stopped.which, maybe=action.maybe or stopped.maybe)
        else:
            yield action
        stopped = action if action.kind == "stop" else stopped


def _action(actors: Actors | None, kind: str, match: re.Match[str], sentence: str, maybe: bool) -> Action | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    what = groups.get("object", "").strip()
    if kind == "stop-unit":
        if re.search(r"interface", what):
            return None
        kind = "stop"
    acting = _acting(actors)
    if kind == "modify" and (actors is None or actors.form != "single" or not acting):
        return None  # somebody is asked to, which is not yet done
    if kind in ("start", "stop", "verify-locked", "wait", "modify") and (
        not what or acting.endswith(what.removeprefix("selected "))
    ):
        what = acting
    if kind == "instantiate" and re.search(r"\brequests?\b[^.]*$", sentence[: match.start()]):
        maybe = maybe or "if needed" in sentence
    if kind in ("instantiate", "terminate", "unlock", "replace", "restore") and not _instance(what):
        return None
    towards = _towards(groups.get("towards", ""))
    state = groups.get("state", "")
    if kind in ("instantiate", "restore"):
        told = re.search(rf"in\s+the\s+{STATE}\s+state", sentence)
        state = told["state"] if told else ""
    if kind == "modify":
        back = re.search(r"\bundo\b|\bsource\s+software\s+version\b", sentence)
        state = BETWEEN if "begun" in groups else SOURCE if back else DESTINATION
    return Action(
        kind,
        what,
        match[0].strip(),
        towards,
        groups.get("which", EITHER).lower(),
        state,
        groups.get("receiver", "").strip(),
        maybe,
    )


def _acting(actors: Actors | None) -> str:
    """Whose interfaces are meant where the text does not say: who is named beside the SMM, and is not impacted."""
    for name in actors.to + actors.sources if actors else ():
        if not name.upper().startswith(BUSY):
            return name
    return ""


def _towards(words: str) -> str:
    if not words.casefold().startswith("impacted"):
        return EACH_OTHER if words else ""
    return FES if "functional" in words.casefold() else ENTITIES


def _instance(what: str) -> bool:
    """Whether these words name an instance of something that is run, and not a network, a test or a path."""
    return bool(re.search(r"(entit(?:y|ies)|units?|VNFs?|VNF-?M|VIM|NFVO|manager)$", what, re.IGNORECASE))


def phrases(rows: Iterator[Row]) -> Iterator[tuple[Row, Action]]:
    """Every action of some rows."""
    for row in rows:
        for action in actions(row):
            yield row, action
