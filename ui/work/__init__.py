"""What decides: which photo is next, which passes it gets, what happens when something breaks."""
