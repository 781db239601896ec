"""What the user sees and touches: MicroPython on the page.

No pixel is computed here. Photos stay JavaScript objects (files, buffers, canvases) that are
handed on to the workers through :mod:`ui.browser.worker_link`, the only caller of the other actors.
"""
