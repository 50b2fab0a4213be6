import os
import random
from pathlib import Path

import pytest

from dataset.checksum import has_its_checksum, write_checksum


@pytest.mark.parametrize("size", [64, 100, 4096, (1 << 20) + 65])
def test_any_flipped_bit_is_noticed(tmp_path: Path, size: int) -> None:
    path, chance = tmp_path / "file", random.Random(size)  # noqa: S311 - places, not secrets
    path.write_bytes(chance.randbytes(size))
    write_checksum(path)
    whole = path.read_bytes()
    assert has_its_checksum(path)
    for place in (0, 59, 60, 63, size - 1, *(chance.randrange(size) for _ in range(20))):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        assert not has_its_checksum(path), place


@pytest.mark.parametrize("size", [0, 10, 62, 198, 200, 4096])
def test_a_shortened_or_lengthened_file_is_noticed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(range(1, 200)))
    write_checksum(path)
    os.truncate(path, size)
    assert not has_its_checksum(path)
