"""The checkerboard.

Question: Every image editor shows transparency as a checkerboard. How is one made without a loop?

Task: Write the function checkerboard(height, width, square). It returns uint8 (height, width): 240
where the number of a pixel's square's row plus that of its column is even, 200 where it is odd. Both
count from 0, so the square at the upper left is light.

Hint: np.indices((height, width)) gives the row and the column of every pixel. Divide by square with
// to get the number of the square.
"""


# --- start
def checkerboard(height, width, square):
    return np.full((height, width), 240, np.uint8)


picture = checkerboard(160, 240, 20)
# --- check
board = checkerboard(5, 6, 2)
assert board.shape == (5, 6), f"The shape must be (5, 6), yours is {board.shape}."
assert board.dtype == np.uint8, f"The dtype must be uint8, yours is {board.dtype}."
assert board[0, 0] == 240, "The square at the upper left is light: 240."
assert board[0, 2] == 200, "With squares of 2 pixels, column 2 is darker: 200."
assert board[2, 0] == 200, "The square below it is darker: 200."
assert board[2, 2] == 240, "And the one across the corner is light again."
assert board[1, 1] == 240, "A square is as large as asked for: here two by two pixels."


# --- solution
def checkerboard(height, width, square):
    rows, columns = np.indices((height, width)) // square
    return np.where((rows + columns) % 2, 200, 240).astype(np.uint8)


picture = checkerboard(160, 240, 20)
