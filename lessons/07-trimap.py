"""Known, known, unknown.

Question: Where is the matte to be believed, and where must the photo be asked?

Task: Write the function trimap(matte). It returns uint8 (h, w): 255 where the matte is above 0.9 and
so are its four neighbours, 0 where the matte is below 0.1 and so are its four neighbours, and 128
everywhere else. At the picture's border only the neighbours that exist count.

Hint: np.pad(matte, 1, mode="edge") adds a border; padded[:-2, 1:-1] is then the neighbour above of
every pixel. np.minimum.reduce([...]) is the smallest of several arrays.
"""


# --- start
def trimap(matte):
    result = np.full(matte.shape, 128, np.uint8)
    result[matte > 0.9] = 255
    result[matte < 0.1] = 0
    return result


picture = trimap(matte)
# --- check
step = np.zeros((5, 6), np.float32)
step[:, 3:] = 1
made = trimap(step)
assert made.shape == step.shape and made.dtype == np.uint8, "It must be uint8 of the same shape."
assert made[2, 0] == 0 and made[2, 5] == 255, "Far from the edge it is known."
assert made[2, 2] == 128 and made[2, 3] == 128, "On both sides of the edge it is unknown."
assert made[0, 0] == 0 and made[4, 5] == 255, "The border of the picture is no edge."
half = trimap(np.full((3, 3), 0.5, np.float32))
assert (half == 128).all(), "What is neither near 0 nor near 1 is unknown."


# --- solution
def trimap(matte):
    padded = np.pad(matte, 1, mode="edge")
    around = [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:], matte]
    result = np.full(matte.shape, 128, np.uint8)
    result[np.minimum.reduce(around) > 0.9] = 255
    result[np.maximum.reduce(around) < 0.1] = 0
    return result


picture = trimap(matte)
