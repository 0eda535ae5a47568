"""Mails and zip files: which documents are in them."""
