#!/usr/bin/env python3
"""Writes python.safetensors with safetensors 0.8.0 and torch 2.15.0: arrays of all types that the library decodes, one that it
does not, one number, an empty array, and names that are not ASCII.

SafetensorsGoldenTest repeats the numbers.
Usage: make_safetensors_golden.py python.safetensors
"""
import sys

import torch
from safetensors.torch import save_file

HALVES = [0.0, -0.0, 2.0 ** -24, 1023 * 2.0 ** -24, 2.0 ** -14, 1 / 3, -1.5, 65504.0]

save_file(
    {
        "conv1.weight": torch.arange(12, dtype=torch.float32).reshape(2, 3, 2) / 8,
        "conv1.bias": torch.tensor([-1e-45, 3.4028234663852886e38], dtype=torch.float32),
        "half": torch.tensor(HALVES, dtype=torch.float16),
        "brain": torch.tensor(HALVES[:7], dtype=torch.bfloat16),
        "double": torch.tensor([1 / 3, 1e-300], dtype=torch.float64),
        "norm1.num_batches_tracked": torch.tensor(7, dtype=torch.int64),
        "single": torch.tensor(0.5),
        "empty": torch.zeros(0, 4),
        "viés\u3042\U0001f600": torch.tensor([1.0]),
    },
    sys.argv[1],
    metadata={"format": "pt", "of": "SafetensorsGoldenTest"},
)
