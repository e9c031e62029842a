"""From a roster file to delegates: reading sheets, headings, validation, differences, application."""
