"""A hard decision.

Question: Scissors know no half. What happens to hair when every pixel must be either in or out?

Task: Write the function decide(matte, threshold). It returns an array of the same shape and dtype
float32 with 1 where the matte is at least the threshold, and 0 elsewhere. Then look at the picture.

Hint: (matte >= threshold) is an array of True and False; .astype(np.float32) makes numbers of it.
"""


# --- start
def decide(matte, threshold):
    return matte


picture = decide(matte, 0.5)
# --- check
given = np.array([[0.2, 0.5, 0.9]], np.float32)
made = decide(given, 0.5)
assert isinstance(made, np.ndarray) and made.shape == given.shape, "The shape must stay the same."
assert made.dtype == np.float32, f"The dtype must be float32, yours is {made.dtype}."
assert set(np.unique(made)) <= {0, 1}, "There may be nothing but 0 and 1."
assert made.tolist() == [[0, 1, 1]], "0.5 is at least 0.5, so it belongs to the subject."
assert given[0, 0] == np.float32(0.2), "The matte that is handed in must stay as it is: make a new array."
assert decide(given, 0.95).sum() == 0, "With a threshold of 0.95 nothing is left here."


# --- solution
def decide(matte, threshold):
    return (matte >= threshold).astype(np.float32)


picture = decide(matte, 0.5)
