"""Web pages, Markdown, and job posts that pages carry as data."""
