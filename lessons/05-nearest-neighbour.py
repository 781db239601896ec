"""Why the nearest neighbour is not enough.

Question: The network's matte is a small square. Enlarged by repeating pixels it has stairs. How much
better is a mixture of the neighbours?

Task: Write the function enlarge(matte, size). It returns the matte at size = (width, height) as
float32 without stairs, by a bicubic filter, clipped to 0..1.

Hint: Image.fromarray(matte) makes an image of float32 numbers; .resize(size,
Image.Resampling.BICUBIC) enlarges it; np.asarray brings it back. A bicubic filter overshoots, so
np.clip is needed.
"""


# --- start
def enlarge(matte, size):
    image = Image.fromarray(matte).resize(size, Image.Resampling.NEAREST)
    return np.asarray(image)


small = matte[::8, ::8].copy()
picture = enlarge(small, (480, 320))
# --- check
step = np.array([[0, 0, 1, 1]], np.float32).repeat(4, 0)
made = enlarge(step, (64, 64))
assert made.shape == (64, 64), f"The shape must be (64, 64), yours is {made.shape}."
assert made.dtype == np.float32, f"The dtype must be float32, yours is {made.dtype}."
assert len(np.unique(made[0].round(4))) > 6, "There are still stairs: only a few different values."
assert made.min() >= 0 and made.max() <= 1, "The filter overshoots: values leave 0..1."
assert made[0, 0] < 0.01 and made[0, -1] > 0.99, "Far from the edge nothing should change."


# --- solution
def enlarge(matte, size):
    image = Image.fromarray(matte).resize(size, Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image), 0, 1)


small = matte[::8, ::8].copy()
picture = enlarge(small, (480, 320))
