"""Whether two rows of a roll may be one person: comparators made for Indonesian names and papers.

Pure: values in, values out. Left out: the search over a million rows, which DuckDB and Splink do in
`roll.duplicates` with the same ladders written in SQL, and every decision, which people take.
"""
