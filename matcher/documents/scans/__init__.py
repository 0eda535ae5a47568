"""Pictures and scanned pages, read by OCR where it is installed."""
