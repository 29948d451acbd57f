"""What is known: systems, flows, mechanisms, restrictions, remedies, sources. Read-only, cited, dated."""
