"""What a document states that is no concept: jobs, degrees, languages, numbers, contact data."""
