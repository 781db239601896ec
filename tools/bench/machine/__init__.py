"""What the machine itself tells of a measurement: its memory, its threads, its speed."""
