"""The hall's screen: numbers and counters for everybody, legible from the last row, and a voice. Never a name."""
