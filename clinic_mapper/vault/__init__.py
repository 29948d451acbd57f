"""Where it is kept: a folder with an encrypted database and a manifest."""
