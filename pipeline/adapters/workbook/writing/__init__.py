"""Writing into a workbook that staff have touched: bytes are spliced in, all else stays as it was.

patching.py is the door, result_check.py looks at what came out. The package: zip_members, package, relations, stamp; a
sheet: sheet_bytes, splicing, cell_xml, sheet_tail, fixed; new rows: placing, tables, totals, calculated, ranges,
references, recalculation; the check: row_changes, row_check.
"""
