"""Where was this photo taken?

Question: A phone writes the place into the photo's file. How is it taken out without touching a
pixel?

Task: Write the function without_exif(jpeg). It returns the bytes of a JPEG file without the segments
that begin with the marker 0xFFE1 (APP1), where EXIF and with it the position lies. Everything else
stays byte for byte.

Hint: After the first two bytes come segments: two bytes of marker, two bytes of length (most
significant first, counting itself but not the marker), content. From the marker 0xFFDA on, the rest
is the picture: copy it as it is. int.from_bytes(jpeg[at + 2 : at + 4], "big") reads a length.
"""


# --- start
def without_exif(jpeg):
    return jpeg


# --- check
from io import BytesIO

exif = Image.Exif()
exif[0x010E] = "a secret place"
file = BytesIO()
Image.new("RGB", (16, 16), (200, 90, 40)).save(file, "JPEG", exif=exif.tobytes(), comment=b"kept")
given = file.getvalue()
made = without_exif(given)
assert made[:2] == b"\xff\xd8", "A JPEG file begins with FF D8."
assert b"a secret place" not in made, "The text of the EXIF block is still in the file."
assert b"\xff\xe1" not in made[: made.index(b"\xff\xda")], "There is still an APP1 segment."
assert b"kept" in made, "Other segments, such as the comment, must stay."
before, after = Image.open(BytesIO(given)), Image.open(BytesIO(made))
assert before.tobytes() == after.tobytes(), "The pixels have changed."


# --- solution
def without_exif(jpeg):
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 2] != b"\xff\xda":
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at : at + 2] != b"\xff\xe1":
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join(kept) + jpeg[at:]
