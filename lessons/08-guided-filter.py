"""The guided filter in twenty lines.

Question: How can a photo tell a blurred matte where its edge is? (K. He, J. Sun, X. Tang, "Guided
Image Filtering", 2013.)

Task: Complete guided(guide, matte, radius, epsilon) by He's formula. In every window the matte is
a * guide + b, with a = (mean(guide * matte) - mean(guide) * mean(matte)) / (var(guide) + epsilon)
and b = mean(matte) - a * mean(guide). The result is mean(a) * guide + mean(b). box_mean is given.

Hint: The variance of the guide is box_mean(guide * guide) - box_mean(guide) ** 2. Average a and b
with box_mean, too, before you use them.
"""


# --- start
def box_mean(plane, radius):
    side = 2 * radius + 1
    padded = np.pad(plane, radius, mode="edge").astype(np.float64)
    total = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    sums = total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]
    return sums / side**2


def guided(guide, matte, radius, epsilon):
    return box_mean(matte, radius)


grey = photo.mean(axis=2) / 255
picture = np.clip(guided(grey, box_mean(matte, 4), 4, 1e-3), 0, 1)
# --- check
edge = np.zeros((24, 24))
edge[:, 12:] = 1
blurred = box_mean(edge, 3)
made = guided(edge, blurred, 4, 1e-6)
assert made.shape == edge.shape, "The shape must stay the same."
flat = guided(np.full((24, 24), 0.5), blurred, 4, 1e-3)
assert np.abs(flat - box_mean(box_mean(blurred, 4), 4)).max() < 1e-6, (
    "Where the guide is flat, a is 0 and the result is the mean of the means."
)
assert made[12, 12] - made[12, 11] > 0.5, (
    "The guide has a hard edge between columns 11 and 12, and the result still has none."
)
itself = guided(edge, edge, 4, 1e-9)
assert np.abs(itself - edge).max() < 1e-3, "A matte that is its own guide must come back unchanged."


# --- solution
def box_mean(plane, radius):
    side = 2 * radius + 1
    padded = np.pad(plane, radius, mode="edge").astype(np.float64)
    total = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    sums = total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]
    return sums / side**2


def guided(guide, matte, radius, epsilon):
    mean_guide, mean_matte = box_mean(guide, radius), box_mean(matte, radius)
    variance = box_mean(guide * guide, radius) - mean_guide**2
    covariance = box_mean(guide * matte, radius) - mean_guide * mean_matte
    a = covariance / (variance + epsilon)
    b = mean_matte - a * mean_guide
    return box_mean(a, radius) * guide + box_mean(b, radius)


grey = photo.mean(axis=2) / 255
picture = np.clip(guided(grey, box_mean(matte, 4), 4, 1e-3), 0, 1)
