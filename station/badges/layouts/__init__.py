"""Badge layouts as readable files in millimetres: their values, parser, folder, drawing and warnings."""
