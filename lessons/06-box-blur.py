"""A blur that does not get slower.

Question: A blur over 3 pixels adds 3 numbers, one over 101 pixels adds 101. Can a wide blur cost no
more than a narrow one?

Task: Write the function box_sum(row, radius) for one row of numbers. It returns the sums of all
complete windows of 2 * radius + 1 numbers, len(row) - 2 * radius of them, and uses np.cumsum instead
of adding every window anew.

Hint: With total = np.concatenate([[0.0], np.cumsum(row)]) the sum of row[a:b] is total[b] -
total[a].
"""


# --- start
def box_sum(row, radius):
    side = 2 * radius + 1
    sums = []
    for start in range(len(row) - side + 1):
        added = 0.0
        for value in row[start : start + side]:
            added += float(value)
        sums.append(added)
    return np.array(sums)


print(box_sum(matte[matte.shape[0] // 2], 2)[:5])
# --- check
import time

given = np.arange(10.0)
assert box_sum(given, 1).tolist() == [3, 6, 9, 12, 15, 18, 21, 24], "The sums of three are wrong."
assert len(box_sum(given, 3)) == 4, "There are len(row) - 2 * radius complete windows."
long = np.linspace(0, 1, 20_000)


def seconds(radius):
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        box_sum(long, radius)
        best = min(best, time.perf_counter() - started)
    return best


narrow, wide = seconds(1), seconds(200)
assert wide < 5 * narrow + 0.005, (
    f"The wide window takes {wide / narrow:.0f} times as long as the narrow one: "
    "it still adds every window anew."
)


# --- solution
def box_sum(row, radius):
    side = 2 * radius + 1
    total = np.concatenate([[0.0], np.cumsum(row)])
    return total[side:] - total[:-side]


print(box_sum(matte[matte.shape[0] // 2], 2)[:5])
