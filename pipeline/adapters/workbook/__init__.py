"""The Excel world: the tracker and the laureates. Only this folder knows openpyxl, calamine and the format's parts.

openpyxl makes new workbooks (`making`); one that staff have touched is only ever patched (`writing`), and only when
nobody has it open (`sharing`). tracker.py and laureates.py are the doors, light as long as there is nothing to do;
tracker_file.py, reading.py, extents.py, error_values.py and sheet_reading.py know what a file holds.
"""
