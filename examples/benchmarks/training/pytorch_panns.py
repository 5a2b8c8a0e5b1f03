#!/usr/bin/env python3
"""The other side of PannsStep: one training step of CNN10 of PANNs in PyTorch, on 8 windows of 401 x 64 (4 s) with dropout and
Adam. Prints "step" and the median of its times in milliseconds.

usage: pytorch_panns.py [THREADS]
"""
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

WINDOWS, FRAMES, BANDS = 8, 401, 64
WARM_UP, STEPS = 3, 9
if len(sys.argv) > 1:
    torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs)

    def forward(self, x):
        x = functional.relu_(self.bn1(self.conv1(x)))
        x = functional.relu_(self.bn2(self.conv2(x)))
        return functional.dropout(functional.avg_pool2d(x, 2), 0.2, self.training)


class Cnn10(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn0 = nn.BatchNorm2d(BANDS)
        self.blocks = nn.Sequential(Block(1, 64), Block(64, 128), Block(128, 256), Block(256, 512))
        self.fc1, self.head = nn.Linear(512, 512), nn.Linear(512, 1)

    def forward(self, x):
        x = self.blocks(self.bn0(x.transpose(1, 3)).transpose(1, 3)).mean(dim=3)
        x = functional.dropout(x.max(dim=2).values + x.mean(dim=2), 0.5, self.training)
        return self.head(functional.dropout(functional.relu_(self.fc1(x)), 0.5, self.training))[:, 0]


model = Cnn10().train()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
x = torch.randn(WINDOWS, 1, FRAMES, BANDS)
labels = torch.tensor([n % 2 for n in range(WINDOWS)], dtype=torch.float32)
times = []
for _ in range(WARM_UP + STEPS):
    start = time.perf_counter()
    optimizer.zero_grad()
    functional.binary_cross_entropy_with_logits(model(x), labels).backward()
    optimizer.step()
    times.append((time.perf_counter() - start) * 1e3)
print("step", statistics.median(times[WARM_UP:]))
