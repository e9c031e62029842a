"""Photos of delegates: found in a folder or ZIP, matched by name, cropped once, kept in the event folder."""
