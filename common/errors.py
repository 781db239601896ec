"""Error codes and the one human sentence that each of them shows.

Code that finds something wrong raises :class:`Refusal` with a code; only the place that shows it
turns the code into words. So an error crosses a worker boundary as data, the wording lives in one
file, and a test can hold every code against a sentence.

A sentence says what happened and what the user can do about it.
"""

from common.language.words import phrases, say

SENTENCES = {
    "empty_file": "This file is empty. Choose the photo again from where it is stored.",
    "not_an_image": "This is not a picture that can be read here. Use a JPEG, PNG, WebP, GIF, TIFF or BMP file.",
    "is_svg": "SVG drawings have no pixels to cut out. Save it as PNG under Convert and drop that.",
    "too_intricate": "This drawing is too intricate: it has too many parts, or parts that use each other too often. Export it as PNG and drop that.",
    "too_many_parts": "This picture is cut into more parts than any program writes, and would take minutes to read. Try another copy of it.",
    "is_heic": "A HEIC photo cannot be used here. Save it as JPEG and use that.",
    "is_avif": "This browser has no decoder for AVIF pictures. Save it as JPEG or PNG and drop that.",
    "is_pdf": "This is a PDF document. Export the page as PNG or JPEG and drop that.",
    "is_raw": "This is a camera's raw file without a JPEG of full size inside. Save it as JPEG or TIFF in a raw converter and drop that.",
    "duplicate": "This photo is already in the list and is shown now. Choose others to add more.",
    "no_decoder": "There is no decoder for {format} pictures here. Save it as JPEG or PNG and drop that.",
    "is_address": "Only files can be dropped here: this page fetches nothing from other addresses. Save the picture and drop its file.",
    "is_words": "These are words without a picture. Copy or drag the picture itself, or drop its file.",
    "is_folder": "This is a folder without pictures. Drop a folder that contains photos.",
    "damaged": "This picture is damaged or incomplete, so it cannot be read to the end. Try another copy of it.",
    "nothing_found": "No subject was found in this photo. Show what you mean with Only this: draw a box around it.",
    "too_small": "This picture is only {width} x {height} pixels. To be cut out, each side needs at least {limit}.",
    "too_large": "This picture has {megapixels} megapixels, more than the {limit} that fit into memory here. Make it smaller first.",
    "file_too_large": "This file has {megabytes} MB, more than the {limit} that can be opened here. Save a smaller copy first.",
    "out_of_memory": "The browser ran out of memory on this picture. Close other tabs or try a smaller copy.",
    "gpu_unusable": "The graphics card gave up on this picture. Press Retry, and the processor does it.",
    "worker_died": "The work on this picture was interrupted twice. Press Retry, or reload the page.",
    "timed_out": "This picture took much longer than expected and was stopped. Press Retry, or try a smaller copy.",
    "model_unavailable": "The model could not be downloaded. Check the connection and press Retry.",
    "model_damaged": "The model arrived damaged ({path}) and was not used. Reload the page to fetch it again.",
    "runtime_failed": "A part of the page could not start. Reload the page; if that does not help, update the browser.",
    "insecure_page": "This address is not secure, so the browser hides what the page needs. Open it through https or localhost.",
    "cancelled": "Cancelled. Press Retry to start it again.",
    "copy_failed": "The browser did not allow copying the picture. Use Download instead.",
    "side_too_long": "Longer sides than {limit} pixels do not fit into a {format} file. Save it as PNG.",
    "size_refused": "This size was refused. {words} Ask for a smaller one.",
    "no_encoder": "This browser could not write a file of the kind {format}. Choose another format under Save as.",
    "codec_unavailable": "The program for {codec} could not be fetched. Connect to the network once, or choose another format.",
    "codec_failed": "This picture could not be written as {codec}. Choose another format or a smaller size.",
    "folder_failed": "The files could not be written into that folder ({reason}). Choose another one, or save them as one ZIP.",
    "zip_failed": "The ZIP could not be written ({reason}). Save fewer files at a time.",
    "internal": "Something unexpected went wrong ({reason}). Press Retry; the other photos are not affected.",
}


class Refusal(Exception):
    """An expected failure with a code from :data:`SENTENCES`.

    ``code`` is a key of :data:`SENTENCES`; ``details`` fills the sentence's placeholders and
    holds only JSON values. Raises ``KeyError`` for an unknown code, so that a misspelt one fails
    where it is written.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(sentence(code, details))
        self.code = code
        self.details = details


def sentence(code: str, details: dict[str, object] | None = None) -> str:
    """Return the sentence for ``code`` with ``details`` (a dict) filled in.

    Raises ``KeyError`` when the code or one of its placeholders is unknown.
    """
    english = phrases(SENTENCES)[code]
    return say(english, **details) if details else say(english).format()
