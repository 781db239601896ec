"""The page of the lab: what a pupil sees and touches in ``lab.html``.

:mod:`ui.lab.course` decides and knows no browser; the others draw.
"""
