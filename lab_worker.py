"""The lab's own pixel worker: stages, changed code and lessons, apart from the page's workers."""

from pixelwork.answers import hold_lock
from pixelwork.workshop import (
    lab_accept,
    lab_accept_light,
    lab_begin,
    lab_change,
    lab_check,
    lab_close_up,
    lab_input,
    lab_layer,
    lab_lesson,
    lab_lessons,
    lab_load,
    lab_pixels,
    lab_restore,
    lab_run,
    lab_saved,
    lab_source,
    lab_stages,
)

__export__ = [
    "hold_lock",
    "lab_accept",
    "lab_accept_light",
    "lab_begin",
    "lab_change",
    "lab_check",
    "lab_close_up",
    "lab_input",
    "lab_layer",
    "lab_lesson",
    "lab_lessons",
    "lab_load",
    "lab_pixels",
    "lab_restore",
    "lab_run",
    "lab_saved",
    "lab_source",
    "lab_stages",
]
