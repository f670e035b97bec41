"""From the bytes of a spreadsheet to typed rows with their problems and offered mendings.

Pure: bytes in, values out; knows no database, no clock and no file system. `book` judges a file by
its bytes and reads its sheets, `headers` finds out which column is what, `extraction` turns a line
into the raw fields of a person, `judging` reads the fields and says what is wrong and what would
mend it. Left out: whatever needs other rows or the roll itself (the same NIK twice, a person who
is on the roll already); the import's services add that.
"""
