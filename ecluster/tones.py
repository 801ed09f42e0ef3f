"""Which colour a status has: the same word looks the same wherever it appears (design, section 5).

A status that isn't listed is calm: it waits for nobody and ended neither well nor badly.
"""

GOOD = "good"
INFO = "info"
WARN = "warn"
BAD = "bad"

_BY_TONE = {
    GOOD: "active accepted approved published solved signed selected paid verified confirmed attended completed done"
    " held reported answered open eligible released in_force loaded working taken",
    INFO: "submitted triaged consulting under_review under_way in_evaluation proposed funded ranked sent reopened"
    " promoted referred decided offered running previewed loading mapped",
    WARN: "applied requested waiting in_review returned invited reserve suspended teaming expired",
    BAD: "declined rejected terminated missed absent ineligible dropped failed refused down",
}
STATUS_TONES = {status: tone for tone, statuses in _BY_TONE.items() for status in statuses.split()}


def tone_of(status: str) -> str:
    return STATUS_TONES.get(status, "")
