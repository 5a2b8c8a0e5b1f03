#!/usr/bin/env python3
"""The other side of TrainingBenchmark: SpiraConv V2 in PyTorch, one training step of 16 windows of 401 x 40 with dropout
and Adam, and inference, both as one batch of 16 and window by window, of which the faster counts. Each is measured in the
forms that PyTorch has: eager, with the memory format channels-last, and compiled where torch.compile and a C++ compiler are
there; the fastest counts and is named. Prints one line for each case, with the median of its times per window in
milliseconds: "step 18.3" and "predict 7.3"; all forms go to standard error.

usage: pytorch_step.py [THREADS]
"""
import statistics
import sys
import time

import torch
from torch import nn

WINDOWS, FRAMES, FEATURES = 16, 401, 40
if len(sys.argv) > 1:
    torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)


class SpiraConvV2(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inputs = [], 1
        for channels, groups, kernel, dilation, pooled in (
                (32, 16, 7, 2, True), (16, 8, 5, 2, True), (8, 4, 3, 2, True), (4, 2, 2, 1, False)):
            layers += [nn.Conv2d(inputs, channels, (kernel, 1), dilation=(dilation, 1)), nn.GroupNorm(groups, channels),
                       nn.Mish()] + ([nn.MaxPool2d((2, 1))] if pooled else []) + [nn.Dropout(0.7)]
            inputs = channels
        self.conv = nn.Sequential(*layers)
        flat = self.conv(torch.zeros(1, 1, FRAMES, FEATURES)).numel()
        self.dense = nn.Sequential(nn.Linear(flat, 100), nn.Mish(), nn.Dropout(0.7), nn.Linear(100, 1), nn.Sigmoid())

    def forward(self, x):
        x = self.conv(x.unsqueeze(1))
        return self.dense(x.transpose(1, 2).reshape(x.shape[0], -1))[:, 0]


def median(work, warm_up=5, times=15):
    for _ in range(warm_up):
        work()
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        measured.append((time.perf_counter() - start) * 1e3 / WINDOWS)
    return statistics.median(measured)


x = torch.randn(WINDOWS, FRAMES, FEATURES)
labels = torch.tensor([n % 2 for n in range(WINDOWS)], dtype=torch.float32)


def measured(form):
    """Returns the times of a step and of a prediction of the network in one form."""
    model = SpiraConvV2()
    if form == "channels-last":
        model = model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    run = torch.compile(model) if form == "compiled" else model

    def step():
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(run(x), labels).backward()
        optimizer.step()

    def together():
        with torch.no_grad():
            run(x)

    def one_by_one():
        with torch.no_grad():
            for window in x.split(1):
                run(window)

    model.train()
    times = [median(step)]
    model.eval()
    return times + [min(median(together), median(one_by_one))]


forms = ["eager", "channels-last"] + (["compiled"] if hasattr(torch, "compile") else [])
best = {"step": float("inf"), "predict": float("inf")}
for form in forms:
    try:
        found = dict(zip(best, measured(form)))
    except Exception as failure:  # torch.compile needs a C++ compiler
        print(form, "not measured:", str(failure).splitlines()[0], file=sys.stderr)
        continue
    print(form, *(f"{case} {time:.2f}" for case, time in found.items()), file=sys.stderr)
    best = {case: min(best[case], found[case]) for case in best}
for case, milliseconds in best.items():
    print(case, milliseconds)
