"""The packaged model on OpenVINO: converted once, then neither torch nor transformers is loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedder import packaged
from index.embedder.base import Progress, Vectors
from index.embedder.batching import Batcher
from index.errors import ModelError

_FORMAT = "1"
"""Part of the converted model's folder name: raise it when `convert.py` changes."""


class OpenVinoEmbedder:
    """all-MiniLM-L6-v2: bf16 where the CPU computes in it, else fp32. Thread-safe."""

    name = packaged.NAME
    dimension = packaged.DIMENSION

    def __init__(self, cache: Path) -> None:
        """Load the model, converting it into `cache` the first time (3 to 10 s).

        Raises ModelError, ModelHashMismatch.
        """
        import openvino
        from tokenizers import Tokenizer

        source = packaged.verify()
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(packaged.MAX_TOKENS)
        core = openvino.Core()
        can_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.precision = "bf16" if can_bf16 else "f32"
        self._model = core.compile_model(
            core.read_model(_converted(source, cache)),
            "CPU",
            {"INFERENCE_PRECISION_HINT": self.precision, "NUM_STREAMS": 1},
        )
        self._request = self._model.create_infer_request()
        self._batcher = Batcher(self._run, self.dimension)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: Progress | None = None
    ) -> Vectors:
        """Return (len(texts), 384) unit vectors, in order."""
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        token_ids = [encoding.ids for encoding in encodings]
        return self._batcher.embed(token_ids, urgent=urgent, progress=progress)

    def _run(self, token_ids: Sequence[list[int]]) -> Vectors:
        shape = (len(token_ids), max(map(len, token_ids)))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, tokens in enumerate(token_ids):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        self._request.infer({"input_ids": ids, "attention_mask": mask})
        return np.array(self._request.get_output_tensor(0).data, dtype=np.float32)


def _converted(source: Path, cache: Path) -> Path:
    """Return the converted model's file, making it first where it is missing or was altered."""
    folder = cache / f"{packaged.NAME}-{packaged.WEIGHTS_SHA256[:8]}-{_FORMAT}"
    xml, weights, digest = folder / "model.xml", folder / "model.bin", folder / "sha256"
    if not (digest.is_file() and weights.is_file() and xml.is_file()) or (
        digest.read_text() != packaged.digest(weights)
    ):
        shutil.rmtree(folder, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as made:
            _convert(source, Path(made) / "model.xml")
            (Path(made) / "sha256").write_text(packaged.digest(Path(made) / "model.bin"))
            _move(Path(made), folder)
    return xml


def _move(made: Path, folder: Path) -> None:
    """Rename the finished files into place; another process may have been first, which is fine."""
    folder.mkdir(exist_ok=True)
    for name in ("model.xml", "model.bin", "sha256"):  # the digest last: it declares the rest whole
        os.replace(made / name, folder / name)


def _convert(source: Path, target: Path) -> None:
    """Convert in a child process, so that torch's 400 MB do not stay with us."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "index.embedder.convert", str(source), str(target)],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it was killed"])[-1]
        raise ModelError(f"the model cannot be converted: {reason}")
