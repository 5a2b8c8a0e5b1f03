"""Writes panns_*.txt: outputs, losses, gradients and running means of PANNs in PyTorch, which PannsGoldenTest compares.

Weights and windows come from a formula of the array's name and the index, so that none is stored. In training, factors of
dropout are all 1 / (1 - p), so that the places of dropout count. Written with Python 3.11.7, torch 2.15.0, numpy 2.4.6.

Run: python panns_golden.py
"""
import zlib

import numpy as np
import torch
from torch import nn

# As in the test: the order of sums decides on which side of a ReLU's corner the last bits fall.
torch.set_num_threads(1)

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def uniform(name, count):
    z = (np.arange(1, count + 1, dtype=np.uint64) + np.uint64(zlib.crc32(name.encode()))) * GOLDEN
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


def values(name, shape):
    """Convolutions and dense layers by their fan-in; gains and variances in [0.5, 1.5), gains of a bn2 a quarter of that; the
    rest in ±0.1."""
    u = uniform(name, int(np.prod(shape)))
    if len(shape) > 1:
        out = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name.endswith("bn2.weight"):
        out = 0.25 * (0.5 + u)
    elif name.endswith("running_var") or name.endswith(".weight"):
        out = 0.5 + u
    else:
        out = 0.2 * (u - 0.5)
    return torch.from_numpy(out.astype(np.float32).reshape(shape))


class AllKept(nn.Module):
    """Dropout that drops nothing, and scales as if it did."""

    def __init__(self, p):
        super().__init__()
        self.factor = float(np.float32(1 / (1 - p)))

    def forward(self, x):
        return x * self.factor if self.training else x


def conv(i, o, k, groups=1):
    return nn.Conv2d(i, o, k, padding=k // 2, groups=groups, bias=False)


class Block(nn.Module):
    def __init__(self, i, o, pool, kernel=3):
        super().__init__()
        self.conv1, self.bn1 = conv(i, o, kernel), nn.BatchNorm2d(o)
        if kernel == 3:
            self.conv2, self.bn2 = conv(o, o, 3), nn.BatchNorm2d(o)
        self.pool, self.drop = nn.AvgPool2d(pool), AllKept(0.2)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        if hasattr(self, "conv2"):
            x = torch.relu(self.bn2(self.conv2(x)))
        return self.drop(self.pool(x))


class Residual(nn.Module):
    def __init__(self, i, o, halves):
        super().__init__()
        self.pool = nn.AvgPool2d(2) if halves else nn.Identity()
        self.conv1, self.bn1, self.drop = conv(i, o, 3), nn.BatchNorm2d(o), AllKept(0.1)
        self.conv2, self.bn2 = conv(o, o, 3), nn.BatchNorm2d(o)
        self.downsample = nn.Sequential(nn.AvgPool2d(2), conv(i, o, 1), nn.BatchNorm2d(o)) if halves else nn.Identity()

    def forward(self, x):
        y = self.drop(torch.relu(self.bn1(self.conv1(self.pool(x)))))
        return torch.relu(self.bn2(self.conv2(y)) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        i = 64
        for n, count in enumerate((3, 4, 6, 3)):
            blocks = []
            for b in range(count):
                blocks.append(Residual(i, 64 << n, n > 0 and b == 0))
                i = 64 << n
            setattr(self, f"layer{n + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


def separable(i, o, pool):
    return nn.Sequential(conv(i, i, 3, i), nn.AvgPool2d(pool), nn.BatchNorm2d(i), nn.ReLU(), conv(i, o, 1),
                         nn.BatchNorm2d(o), nn.ReLU())


class Panns(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.bn0 = nn.BatchNorm2d(64)
        self.body = []
        if name in ("cnn6", "cnn10", "cnn14"):
            count = 6 if name == "cnn14" else 4
            for b in range(1, count + 1):
                block = Block(1 if b == 1 else 16 << b, 32 << b, 1 if b == 6 else 2, 5 if name == "cnn6" else 3)
                setattr(self, f"conv_block{b}", block)
                self.body.append(block)
            width = 32 << count
        elif name == "resnet38":
            self.conv_block1, self.resnet, self.conv_block_after1 = Block(1, 64, 2), ResNet(), Block(512, 2048, 1)
            self.body = [self.conv_block1, self.resnet, nn.AvgPool2d(2), AllKept(0.2).train(), self.conv_block_after1]
            width = 2048
        else:
            layers = [nn.Sequential(conv(1, 32, 3), nn.AvgPool2d(2), nn.BatchNorm2d(32), nn.ReLU())]
            i = 32
            for o, pool in ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1),
                            (512, 1), (512, 1), (1024, 2), (1024, 1)):
                layers.append(separable(i, o, pool))
                i = o
            self.features = nn.Sequential(*layers)
            self.body = [self.features]
            width = 1024
        self.drop = AllKept(0.5)
        self.fc1, self.fc_transfer = nn.Linear(width, width), nn.Linear(width, 1)

    def forward(self, x):
        x = self.bn0(x.transpose(1, 3)).transpose(1, 3)
        for layer in self.body:
            layer.train(self.training)
            x = layer(x)
        x = x.mean(dim=3)
        x = self.drop(x.max(dim=2).values + x.mean(dim=2))
        return self.fc_transfer(self.drop(torch.relu(self.fc1(x))))[:, 0]


def windows(count, frames):
    u = uniform("windows", count * frames * 64).reshape(count, 1, frames, 64)
    return torch.from_numpy((60 * u - 50).astype(np.float32))


for name in ("cnn6", "cnn10", "cnn14", "resnet38", "mobilenet-v1"):
    model = Panns(name)
    state = model.state_dict()
    for key, array in state.items():
        if not key.endswith("num_batches_tracked"):
            array.copy_(values(key, tuple(array.shape)))
    x = windows(3, 70)
    lines = []
    model.eval()
    with torch.no_grad():
        lines.append("logits " + " ".join(f"{v:.9g}" for v in model(x).tolist()))
    model.train()
    targets, shares = torch.tensor([0.0, 1.0, 0.25]), torch.tensor([0.5, 0.25, 0.25])
    loss = (shares * nn.functional.binary_cross_entropy_with_logits(model(x), targets, reduction="none")).sum()
    loss.backward()
    lines.append(f"loss {loss.item():.9g}")
    for key, parameter in model.named_parameters():
        gradient = parameter.grad.flatten().double()
        samples = [gradient[len(gradient) * k // 4].item() for k in range(4)]
        lines.append(f"gradient {key} {gradient.norm().item():.9g} " + " ".join(f"{v:.9g}" for v in samples))
    for key, buffer in model.named_buffers():
        if not key.endswith("num_batches_tracked"):
            lines.append(f"running {key} {buffer.double().norm().item():.9g}")
    with open(f"panns_{name}.txt", "w") as file:
        file.write("\n".join(lines) + "\n")
