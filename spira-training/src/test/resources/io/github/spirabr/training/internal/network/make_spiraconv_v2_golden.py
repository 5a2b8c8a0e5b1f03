#!/usr/bin/env python3
"""Writes spiraconv_v2_golden.f32: SpiraConv V2 without dropout on a small input, computed by PyTorch 1.13 in
double precision: probabilities, loss, gradient, and the weights after Adam steps with weight decay and warm-up.

The file is little-endian 32-bit floats, one array after the other:
weights, inputs [6 x 64 x 4], labels [6], probabilities [6], loss [1], gradient, weights after 5 steps,
and for Adam, AdamW and RAdam the losses of 50 steps with weight decay and warm-up.
Weights are in the order of the layers: for each convolution weight, bias, gain, offset; then dense and output layer.
Usage: make_spiraconv_v2_golden.py spiraconv_v2_golden.f32
"""
import sys

import numpy as np
import torch
from torch import nn

torch.manual_seed(20260901)
WINDOWS, FRAMES, FEATURES, STEPS, WARMUP = 6, 64, 4, 5, 3


class SpiraConvV2(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 32, kernel_size=(7, 1), dilation=(2, 1)), nn.GroupNorm(16, 32), nn.Mish(), nn.MaxPool2d((2, 1)),
            nn.Conv2d(32, 16, kernel_size=(5, 1), dilation=(2, 1)), nn.GroupNorm(8, 16), nn.Mish(), nn.MaxPool2d((2, 1)),
            nn.Conv2d(16, 8, kernel_size=(3, 1), dilation=(2, 1)), nn.GroupNorm(4, 8), nn.Mish(), nn.MaxPool2d((2, 1)),
            nn.Conv2d(8, 4, kernel_size=(2, 1), dilation=(1, 1)), nn.GroupNorm(2, 4), nn.Mish())
        flat = self.conv(torch.zeros(1, 1, FRAMES, FEATURES)).numel()
        self.dense = nn.Linear(flat, 100)
        self.output = nn.Linear(100, 1)

    def forward(self, x):
        x = self.conv(x.unsqueeze(1))
        x = x.transpose(1, 2).reshape(x.shape[0], -1)
        return torch.sigmoid(self.output(nn.functional.mish(self.dense(x))))[:, 0]


model = SpiraConvV2()
with torch.no_grad():  # gains of 1 and offsets of 0 would hide mistakes
    for module in model.modules():
        if isinstance(module, nn.GroupNorm):
            module.weight.add_(0.2 * torch.randn_like(module.weight))
            module.bias.add_(0.2 * torch.randn_like(module.bias))
model = model.double()
x = torch.randn(WINDOWS, FRAMES, FEATURES).double()
labels = torch.tensor([0, 1, 1, 0, 1, 0]).double()


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors])


arrays = [flat(model.parameters()), x.reshape(-1), labels]
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2, weight_decay=0.01)
for step in range(1, STEPS + 1):
    optimizer.zero_grad()
    probabilities = model(x)
    loss = nn.functional.binary_cross_entropy(probabilities, labels)
    loss.backward()
    if step == 1:
        arrays += [probabilities.detach(), loss.detach().reshape(1), flat(p.grad for p in model.parameters())]
    for group in optimizer.param_groups:
        group["lr"] = 1e-2 * WARMUP ** 0.5 * min(step * WARMUP ** -1.5, step ** -0.5)
    optimizer.step()
arrays.append(flat(model.parameters()))


def follow(make):
    with torch.no_grad():
        at = 0
        for p in model.parameters():
            p.copy_(arrays[0][at:at + p.numel()].reshape(p.shape))
            at += p.numel()
    optimizer, losses = make(model.parameters()), []
    for step in range(1, 51):
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy(model(x), labels)
        loss.backward()
        losses.append(loss.item())
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * 10 ** 0.5 * min(step * 10 ** -1.5, step ** -0.5)
        optimizer.step()
    return torch.tensor(losses).double()


for kind in (torch.optim.Adam, torch.optim.AdamW, torch.optim.RAdam):
    arrays.append(follow(lambda parameters: kind(parameters, lr=3e-3, weight_decay=0.02)))
    print(kind.__name__, arrays[-1][[0, 9, 24, 49]])
np.concatenate([a.numpy() for a in arrays]).astype("<f4").tofile(sys.argv[1])
print("parameters", sum(p.numel() for p in model.parameters()))
