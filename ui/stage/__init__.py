"""What is drawn around the picture: stage, queue, tabs, intake, saving."""
