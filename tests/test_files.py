"""A file is replaced whole or not at all."""

import pytest

from depesje.files import write_atomically


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "a.txt"
    write_atomically(path, b"good")
    with pytest.raises(TypeError):
        write_atomically(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]
