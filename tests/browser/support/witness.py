"""Sees what a page does that nobody should: uncaught errors, broken policies, foreign requests."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) => {
  console.error('CSP-VIOLATION ' + event.violatedDirective + ' ' + event.blockedURI);
});
"""
"""Runs in every document before the page's own scripts."""

PROVOKED = "foreign.invalid"
"""The host that tests ask for to see themselves refused; it exists nowhere (RFC 6761)."""


@dataclass
class Witness:
    """What was seen in one browser context, its pages, workers and service workers together."""

    errors: list[str] = field(default_factory=list)
    """Uncaught exceptions."""
    violations: list[str] = field(default_factory=list)
    """What the content security policy had to stop."""
    provoked: list[str] = field(default_factory=list)
    """The part of it that a test tried on purpose, by its name ``foreign.invalid``."""
    console: list[str] = field(default_factory=list)
    """Everything that was written to a console, as ``type: text``."""
    requests: list[tuple[str, str, bool]] = field(default_factory=list)
    """Method, URL and whether there was a body, of each request that was begun."""
    failed: list[str] = field(default_factory=list)
    """URLs of requests that failed or were blocked."""

    def watch(self, context: BrowserContext) -> "Witness":
        """Begin to listen; call it before the context's first page is opened."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self.hear)
        context.on(
            "request",
            lambda request: self.requests.append(
                (request.method, request.url, bool(request.post_data_buffer))
            ),
        )
        context.on("requestfailed", self.note_failure)
        return self

    def note_failure(self, request: Request) -> None:
        """Keep the URL of a request that failed.

        What the gate asks of the browser's own cache alone, and is not in it, went nowhere.
        """
        if request.failure != "net::ERR_CACHE_MISS":
            self.failed.append(request.url)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep a console message; policy violations come this way from documents and workers."""
        text = message.text
        self.console.append(f"{message.type}: {text}")
        if text.startswith("CSP-VIOLATION") or "Content Security Policy directive" in text:
            (self.provoked if PROVOKED in text else self.violations).append(text)
