"""The duplicate search: rows folded, blocked and scored by Splink in a DuckDB that lives in memory.

Nothing here knows the database of the installation or writes to disk. `search_people` is the way
in; `services.duplicates` gives it the roll's rows and keeps what people decide.
"""
