"""Reads the mailbox of a public call, keeps the staff's tracker, writes the letters, compiles the laureates.

commands/   one file a command: the only place where the outside worlds are built and joined
cycle.py    one pass of the worker: the steps beside it, in their order; report.py  what a pass did and could not do
schedule.py when the passes run: as mail comes, as something is due, every few minutes
core/       decisions: no I/O, no clock
adapters/   one outside world each: IMAP, SMTP, SQL, the workbook, the templates, the disk
demo/       the embedded mail server, the sample mail, the scripted staff member
"""
