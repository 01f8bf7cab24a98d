"""Reads the mailbox of a public call, keeps the staff's tracker, writes the letters, compiles the laureates.

commands/   one file a command: the only place where the outside worlds are built and joined
cycle.py    one pass of the worker; the five steps (intake, tracking, correspondence, dispatch, compilation) in order
core/       decisions: no I/O, no clock
adapters/   one outside world each: IMAP, SMTP, SQL, the workbook, the templates, the disk
demo/       the embedded mail server, the sample mail, the scripted staff member
"""
