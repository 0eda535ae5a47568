"""What a page prints, put into lines in reading order."""
