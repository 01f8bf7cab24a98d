"""All that a cycle loads late, loaded at once. A worker lives for months, and an update may replace the files under it:
half of it from before and half from after would be no version at all.
"""

import icalendar
import rapidfuzz.fuzz
import rapidfuzz.process

import pipeline.adapters.documents
import pipeline.adapters.gazetteer
import pipeline.adapters.letterhead
import pipeline.adapters.postman
import pipeline.adapters.workbook.making.laureate_book
import pipeline.adapters.workbook.tracker_file
import pipeline.core.invitations
import pipeline.core.person
import pipeline.reading

__all__ = ["icalendar", "pipeline", "rapidfuzz"]
