"""From a camera, a video or a picture to codes: sources, threads, decoder passes and repeat suppression."""
