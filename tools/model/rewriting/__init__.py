"""What changes the network's graph and weights before they are shipped."""
