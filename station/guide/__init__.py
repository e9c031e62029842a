"""The operator's guide: its pages as Markdown, read for the help window and set for paper."""
