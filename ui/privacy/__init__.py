"""What lets a visitor check the promise: ledger, self-audit, probe, details."""
