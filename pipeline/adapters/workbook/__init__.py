"""The Excel world: the tracker and the laureates. Only this folder knows openpyxl, calamine and the format's parts.

openpyxl makes new workbooks; a workbook that staff have touched is only ever patched (see `patching`).
"""
