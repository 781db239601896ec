"""The form of what travels between the actors.

A worker's answer is either a result or a refusal, each with a small JSON text; pixels travel
beside it as one binary buffer, never inside the JSON.
"""

import json

from common.errors import SENTENCES, Refusal

OUT_OF_MEMORY = ("bad_alloc", "out of memory", "Out of memory", "OOM", "allocation failed")
"""What runtimes say when they get no more memory; none of them has an error type for it."""


def result(values: dict[str, object]) -> str:
    """Return the JSON text of a successful answer; ``values`` is a dict of JSON values."""
    return json.dumps(values)


def refusal(error: BaseException) -> str:
    """Return the JSON text that carries an exception to another actor.

    A :class:`~common.errors.Refusal` keeps its code; a lack of memory becomes ``out_of_memory``;
    anything else becomes ``internal`` with its own words as the reason.
    """
    if isinstance(error, Refusal):
        return json.dumps({"code": error.code, "details": error.details})
    reason = type(error).__name__ + ": " + str(error)
    if isinstance(error, MemoryError) or any(words in reason for words in OUT_OF_MEMORY):
        return json.dumps({"code": "out_of_memory", "details": {}})
    return json.dumps({"code": "internal", "details": {"reason": reason[:200]}})


def open_answer(ok: bool, text: str) -> dict[str, object]:
    """Return the dict of a successful answer, or raise the :class:`Refusal` that it carries."""
    values = json.loads(text)
    if ok:
        return dict(values)
    if values["code"] not in SENTENCES:
        raise Refusal("internal", reason=values["code"])
    raise Refusal(values["code"], **values["details"])
