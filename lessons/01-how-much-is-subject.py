"""How much of the photo is subject?

Question: A matte holds a number for every pixel: 1 where the subject is, 0 where it is not. How
large a share of the photo is the subject?

Task: Write the function share(matte). It returns the share of the subject between 0 and 1. A pixel
that is half subject counts half.

Hint: The mean of all numbers of an array is array.mean().
"""


# --- start
def share(matte):
    return 0.0


print("subject:", share(matte))
# --- check
plain = np.zeros((4, 4), np.float32)
made = share(plain)
assert np.ndim(made) == 0, "The function must give one number back, and gives an array."
assert made == 0, f"In a test matte without subject the share is 0, yours is {made}."
plain[:2] = 1
made = share(plain)
assert abs(made - 0.5) < 1e-6, (
    f"In a test matte whose upper half is subject, the share is 0.5, yours is {made}."
)
plain[2] = 0.5
made = share(plain)
assert abs(made - 0.625) < 1e-6, (
    f"With one more row of 0.5 it is 0.625, since half subject counts half; yours is {made}."
)
assert abs(share(matte) - float(matte.mean())) < 1e-6, "On the photo's matte it is something else."


# --- solution
def share(matte):
    return matte.mean()


print("subject:", share(matte))
