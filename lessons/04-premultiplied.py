"""Subject on a new ground.

Question: A cutout on a new background is a mixture. What does a pixel look like that is 30 % subject?

Task: Write the function compose(photo, matte, colour). photo is uint8 (h, w, 3), matte float32
(h, w) in 0..1, colour three numbers 0..255. It returns uint8 (h, w, 3): alpha times the photo plus
(1 - alpha) times the colour, rounded.

Hint: matte[..., np.newaxis] has shape (h, w, 1) and multiplies all three channels. Compute in
float32, and use np.rint before .astype(np.uint8).
"""


# --- start
def compose(photo, matte, colour):
    return photo


picture = compose(photo, matte, (255, 214, 10))
# --- check
grey = np.full((1, 3, 3), 100, np.uint8)
made = compose(grey, np.array([[0, 0.5, 1]], np.float32), (200, 200, 200))
assert made.shape == (1, 3, 3) and made.dtype == np.uint8, "It must be uint8 (h, w, 3)."
assert made[0, 0].tolist() == [200, 200, 200], "Where the matte is 0, only the colour is seen."
assert made[0, 2].tolist() == [100, 100, 100], "Where the matte is 1, only the photo is seen."
assert made[0, 1].tolist() == [150, 150, 150], "Half and half of 100 and 200 is 150."
rounded = compose(grey, np.full((1, 3), 0.25, np.float32), (0, 0, 2))
assert rounded[0, 0, 2] == 26, "25 + 1.5 is 26.5: round, do not cut off (rint gives 26)."


# --- solution
def compose(photo, matte, colour):
    alpha = matte[..., np.newaxis]
    mixed = alpha * photo.astype(np.float32) + (1 - alpha) * np.asarray(colour, np.float32)
    return np.rint(mixed).astype(np.uint8)


picture = compose(photo, matte, (255, 214, 10))
