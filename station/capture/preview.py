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
    # Area is as quick as linear when shrinking to about a third, and small codes do not flicker.
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
    return cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)
