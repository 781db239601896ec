"""What all actors must agree on of the languages: English is the key, a catalogue has the rest."""
