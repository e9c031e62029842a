"""The layout editor: the list of layouts, the canvas, what stands beside it, and the small questions."""
