"""One outside world each; a library's errors stop here and become `Unavailable` or `Misconfigured`."""
