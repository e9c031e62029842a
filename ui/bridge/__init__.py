"""The only place that turns threads and callbacks into signals."""
