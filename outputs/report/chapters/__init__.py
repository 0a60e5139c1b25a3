"""The chapters of a report: each turns facts into a chapter in the report's language."""
