"""Python that a test runs inside the page, beside the page's own, to ask a room directly."""

import base64
import json
import textwrap
from typing import Any

from playwright.sync_api import Page

RUN = """([text, values]) => new Promise((resolve, reject) => {
  const decode = (value) => value?.base64 === undefined ? value
    : Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0));
  globalThis.asked = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, decode(value)]));
  globalThis.answered = (answer) =>
    answer.error ? reject(new Error(answer.error)) : resolve(answer);
  const script = document.createElement("script");
  script.type = "mpy";
  script.textContent = text;
  document.body.append(script);
})"""

PROGRAM = """
import asyncio as _asyncio
import js as _js

async def _test():
    import js
    from js import asked
{body}

async def _run():
    answer = _js.Object.new()
    try:
        value = await _test()
        answer.value = value
    except Exception as error:
        answer.error = getattr(error, "code", "") or repr(error)
    _js.answered(answer)

_asyncio.create_task(_run())
"""


def run_in_page(page: Page, body: str, **values: Any) -> Any:
    """Run the body of an ``async`` function in the page's MicroPython; return its result.

    ``values`` are attributes of ``asked`` there: JSON values, or bytes, which become Uint8Array. An
    exception comes back as Playwright's error with the code of a refusal in it.
    """
    sent = {
        name: {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in values.items()
    }
    text = PROGRAM.format(body=textwrap.indent(textwrap.dedent(body), "    "))
    return page.evaluate(RUN, [text, json.loads(json.dumps(sent))])["value"]
