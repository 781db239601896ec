"""Where the network may run, best first, and why it runs lower than it could.

A code travels between the actors; the Details panel shows its sentence.
"""

from common.language.words import say

AUTOMATIC = "auto"
"""The user leaves the choice to the page."""

WEBGPU = "webgpu"
THREADS = "threads"
SINGLE = "single"

RUNGS = (WEBGPU, THREADS, SINGLE)
"""The graphics card, the processor with several threads, the processor with one."""

WORDS = {
    WEBGPU: say("Graphics card (WebGPU)"),
    THREADS: say("Processor, several threads (WebAssembly)"),
    SINGLE: say("Processor, one thread (WebAssembly)"),
}

REASONS = {
    "no_webgpu": say("This browser gives no access to a graphics card (WebGPU)."),
    "no_suspending": say(
        "This browser lacks JavaScript Promise Integration, which the graphics card needs."
    ),
    "no_adapter": say("The browser found no graphics card that it can use."),
    "software_adapter": say(
        "The graphics card is only imitated in software, slower than the processor."
    ),
    "by_hand": say("You chose the processor."),
    "small_network": say("This model is so small that the processor is quick enough."),
    "threads_failed": say("Several threads did not start in this browser, so one is used."),
    "canary_disagreed": say(
        "The graphics card got a test picture wrong, so the processor is used."
    ),
    "canary_slow": say(
        "The graphics card took too long for a test picture, so the processor is used."
    ),
    "gpu_failed": say("The graphics card's driver reported an error, so the processor is used."),
    "gpu_hung": say("The graphics card stopped answering, so the processor is used."),
}
"""Why the graphics card is not used; the last four are remembered for this version of the page."""

REMEMBERED = ("canary_disagreed", "canary_slow", "gpu_failed", "gpu_hung")


def rung_below(rung: str, shares_memory: bool) -> str:
    """Return the rung to step down to; the lowest one stays.

    ``shares_memory`` tells whether this browser gives WebAssembly several threads at all.
    """
    return THREADS if rung == WEBGPU and shares_memory else SINGLE
