"""What stands in staff's folder of a call, sheets/<call code>/ (contract, section 4), by its name."""

PIECES = "pieces"  # the documents received
ENCLOSED = "a-joindre"  # what staff want sent with a letter, a folder each
PREVIEW, PREVIEWED = "apercu.html", "apercu"  # what `preview` wrote: the page, and the letters as .eml files
