"""Assessment of a text: language findings and readability, made in a worker process."""
