"""The whole job on an embedded mail server with sample mail: no account, no configuration, all on this machine."""
