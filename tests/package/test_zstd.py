"""What unpacks layers in the reader's browser, and where it comes from."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
import zstandard

from asgi_docs.package.assets import assets_folder
from asgi_docs.package.node import node_command

from .. import decoder

SCRIPT = Path(__file__).with_name("unpack.mjs")


@pytest.mark.node
@pytest.mark.parametrize("level", [9, 19])
def test_what_is_larger_than_the_window(level: int, tmp_path: Path) -> None:
    numbers = random.Random(1)
    plain = b" ".join(b"%d" % numbers.randrange(at + 1) for at in range(400_000))
    repeated = plain + plain[-1_500_000:-500_000]
    packed, unpacked = tmp_path / "packed", tmp_path / "unpacked"
    compression = zstandard.ZstdCompressionParameters.from_level(
        level, window_log=21, write_checksum=True
    )
    packed.write_bytes(zstandard.ZstdCompressor(compression_params=compression).compress(repeated))
    subprocess.run([*node_command(), SCRIPT, packed, unpacked], check=True)
    assert unpacked.read_bytes() == repeated


@pytest.mark.node
def test_damage_is_noticed(tmp_path: Path) -> None:
    packed = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(b"some text" * 9))
    packed[20] ^= 1
    (tmp_path / "packed").write_bytes(packed)
    command = [*node_command(), SCRIPT, tmp_path / "packed", tmp_path / "unpacked"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Zstandard: error" in run.stderr


@pytest.mark.network
@pytest.mark.node
def test_vendored_files_are_those_of_npm() -> None:
    folder = assets_folder() / "vendor"
    for name, content in decoder.contents().items():
        assert (folder / name).read_bytes() == content, "python -m tests.decoder"
