"""The sheets of the shortlist workbook, each by itself; `matcher.report.sheet` fills them, `decided` reads one back."""
