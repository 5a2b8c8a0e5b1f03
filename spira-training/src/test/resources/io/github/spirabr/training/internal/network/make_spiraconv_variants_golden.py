#!/usr/bin/env python3
"""Writes spiraconv_v1_golden.f32, spiraconv_v4_golden.f32 and spiraconv_v4_pooled_golden.f32: SpiraConv V1, V4 with two
dense layers and three outputs, and V4 with averaging over time on windows of different lengths. All without dropout, on
small inputs, computed by PyTorch 1.13 in double precision.

Each file is little-endian 32-bit floats, one array after the other:
weights, windows one after the other, targets (one for each window), probabilities in training mode (window by window,
each with all outputs), loss [1], gradient, running statistics after that step (V1: for each normalisation its means,
then its variances), probabilities in evaluation mode after that step,
and for Adam, AdamW and RAdam the losses of 50 steps with weight decay 0.02 and a Noam schedule (rate 3e-3, warm-up 10).
Weights are in the order of the layers: for each convolution weight, bias, gain, offset; then the dense layers.
Usage: make_spiraconv_variants_golden.py FOLDER
"""
import os
import sys

import numpy as np
import torch
from torch import nn

FEATURES = 4


class SpiraConv(nn.Module):
    def __init__(self, kernels, dilation, dense, outputs, norm, frames, pooled=0):
        super().__init__()
        layers, inputs = [], 1
        for n, (channels, groups, kernel) in enumerate(zip((32, 16, 8, 4), (16, 8, 4, 2), kernels)):
            layers += [nn.Conv2d(inputs, channels, (kernel, 1), dilation=(dilation if n < 3 else 1, 1)),
                       nn.BatchNorm2d(channels) if norm == "batch" else nn.GroupNorm(groups, channels), nn.Mish()]
            if n < 3:
                layers.append(nn.MaxPool2d((2, 1)))
            inputs = channels
        self.conv = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d((pooled, FEATURES)) if pooled else None
        self.eval()
        flat = self.features(torch.zeros(1, frames, FEATURES)).numel()
        self.train()
        sizes = [flat] + dense
        self.dense = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.output = nn.Linear(sizes[-1], outputs)

    def features(self, x):
        x = self.conv(x.unsqueeze(1))
        x = self.pool(x) if self.pool is not None else x.transpose(1, 2)
        return x.reshape(x.shape[0], -1)

    def forward(self, x):
        x = self.features(x)
        for layer in self.dense:
            x = nn.functional.mish(layer(x))
        return torch.sigmoid(self.output(x))


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors])


def answers(model, windows):
    if all(w.shape == windows[0].shape for w in windows):
        return model(torch.stack(windows))
    return torch.cat([model(w.unsqueeze(0)) for w in windows])


def write(path, model, lengths):
    with torch.no_grad():  # gains of 1 and offsets of 0 would hide mistakes
        for module in model.modules():
            if isinstance(module, (nn.GroupNorm, nn.BatchNorm2d)):
                module.weight.add_(0.2 * torch.randn_like(module.weight))
                module.bias.add_(0.2 * torch.randn_like(module.bias))
    model = model.double()
    fresh = {name: value.clone() for name, value in model.state_dict().items()}
    windows = [torch.randn(length, FEATURES).double() for length in lengths]
    targets = torch.tensor([n % 2 for n in range(len(lengths))]).double()
    wanted = targets.unsqueeze(1)
    if model.output.out_features > 1:
        wanted = torch.zeros(len(lengths), model.output.out_features).double()
        wanted[:, 0], wanted[:, 1] = 1 - targets, targets
    arrays = [flat(model.parameters()), flat(windows), targets]
    probabilities = answers(model, windows)
    loss = nn.functional.binary_cross_entropy(probabilities, wanted)
    loss.backward()
    arrays += [flat([probabilities]), flat([loss]), flat(p.grad for p in model.parameters())]
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            arrays += [module.running_mean.clone(), module.running_var.clone()]
    model.eval()
    arrays.append(flat([answers(model, windows)]))
    for kind in (torch.optim.Adam, torch.optim.AdamW, torch.optim.RAdam):
        model.load_state_dict(fresh)
        model.train()
        optimizer, losses = kind(model.parameters(), lr=3e-3, weight_decay=0.02), []
        for step in range(1, 51):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy(answers(model, windows), wanted)
            loss.backward()
            losses.append(loss.item())
            for group in optimizer.param_groups:
                group["lr"] = 3e-3 * 10 ** 0.5 * min(step * 10 ** -1.5, step ** -0.5)
            optimizer.step()
        arrays.append(torch.tensor(losses).double())
    np.concatenate([a.numpy() for a in arrays]).astype("<f4").tofile(path)
    print(path, "parameters", arrays[0].numel(), "losses", losses[0], losses[-1])


torch.manual_seed(20260902)
write(os.path.join(sys.argv[1], "spiraconv_v1_golden.f32"),
      SpiraConv((7, 5, 3, 2), 2, [100], 1, "batch", 64), [64] * 6)
write(os.path.join(sys.argv[1], "spiraconv_v4_golden.f32"),
      SpiraConv((2, 3, 2, 5), 1, [24, 12], 3, "group", 70), [70] * 6)
write(os.path.join(sys.argv[1], "spiraconv_v4_pooled_golden.f32"),
      SpiraConv((7, 5, 3, 2), 2, [20], 1, "group", 64, pooled=5), [64, 97, 64, 83, 150, 70])
