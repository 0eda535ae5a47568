"""The reading room: `reader.Reader` turns Documents into Readings; `components` holds the spaCy factories for other pipelines."""
