"""The report for people: what it is made of."""
