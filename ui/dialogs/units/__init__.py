"""Categories and units: colours, names, and which spellings are one."""
