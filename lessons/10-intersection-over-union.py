"""How good is a mask?

Question: Two people draw the same subject, and their masks differ a little. How does one say how
much?

Task: Write the function iou(one, other) for two masks of True and False. It returns the number of
pixels in both, divided by the number of pixels in at least one. Two empty masks are equal: 1.

Hint: one & other is true where both are, one | other where at least one is. .sum() counts.
"""


# --- start
def iou(one, other):
    return 0.0


print("against itself, moved:", iou(matte > 0.5, np.roll(matte > 0.5, 5, axis=1)))
# --- check
one = np.zeros((4, 4), bool)
other = np.zeros((4, 4), bool)
assert iou(one, other) == 1, "Two empty masks are equal, so the result is 1."
one[:2] = True
assert iou(one, other) == 0, "A full and an empty mask have nothing in common: 0."
assert iou(one, one) == 1, "A mask against itself is 1."
other[1:3] = True
assert abs(iou(one, other) - 4 / 12) < 1e-9, "4 pixels in both, 12 in at least one: 0.333."


# --- solution
def iou(one, other):
    both = int((one & other).sum())
    either = int((one | other).sum())
    return both / either if either else 1.0


print("against itself, moved:", iou(matte > 0.5, np.roll(matte > 0.5, 5, axis=1)))
