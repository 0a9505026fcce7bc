"""Files that CMS publishes and a practice downloads: recognised, checked row by row, and made rows of tables.

A file is what its content says it is. Codes, numbers and dates are kept, of the text nothing.
"""
