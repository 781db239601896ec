"""What the page knows: the queue, the recipe, history, totals. Plain Python without a browser."""
