"""A file that others have open, save, copy and synchronise: never a write in place, nothing of theirs lost.

replacing.py is the door; owner_files says who has a workbook open, refusals why it cannot be read or written.
"""
