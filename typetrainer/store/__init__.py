"""What is kept: attempt folders (the truth), the history made from them, settings and profiles."""
