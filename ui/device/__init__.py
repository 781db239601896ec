"""What is kept on the device: journal, leftovers, updates, readiness, the report of it."""
