"""Which of the annotated news texts are kept for measuring: every sixth."""

HELD_OUT_EVERY = 6


def is_held_out(text_id: str) -> bool:
    """Say whether the text named `news-012` or `hl-012` belongs to `news-dev`."""
    return int(text_id.rpartition("-")[2]) % HELD_OUT_EVERY == 5
