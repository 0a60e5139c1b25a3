"""The report a decision-maker reads: its content, and its forms (HTML, PDF, workbook, CSV)."""
