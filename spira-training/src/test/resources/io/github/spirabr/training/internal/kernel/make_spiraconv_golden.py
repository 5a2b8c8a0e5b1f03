#!/usr/bin/env python3
"""Writes spiraconv_golden.txt: forward and backward of four chained blocks, computed by PyTorch in double precision
from values that are exact in float. Usage: make_spiraconv_golden.py [output]. Licence: Apache-2.0."""
import sys
import torch
import torch.nn.functional as F

torch.manual_seed(20240917)
TIME, FEATURES = 61, 5
#         in  out  k  d  G  pool
BLOCKS = [(1, 32, 7, 2, 16, True), (32, 16, 5, 2, 8, True), (16, 8, 3, 1, 4, True), (8, 4, 2, 1, 2, False)]


def exact(t):
    return t.float().double()


out = open(sys.argv[1] if len(sys.argv) > 1 else "spiraconv_golden.txt", "w")


def write(name, tensor):
    values = tensor.detach().reshape(-1).tolist()
    out.write(name + " " + str(len(values)) + " " + " ".join("%.9g" % v for v in values) + "\n")


x = exact(torch.randn(1, 1, TIME, FEATURES))
write("input", x)
x.requires_grad_()
h = x
leaves = []
time = TIME
for n, (c_in, c_out, k, d, groups, pool) in enumerate(BLOCKS):
    w = exact(torch.randn(c_out, c_in, k, 1) / (c_in * k) ** 0.5)
    b, beta = exact(0.1 * torch.randn(c_out)), exact(0.5 * torch.randn(c_out))
    gamma = exact(1 + 0.2 * torch.randn(c_out))
    parameters = [w, b, gamma, beta]
    for p in parameters:
        p.requires_grad_()
    h = F.mish(F.group_norm(F.conv2d(h, w, b, dilation=(d, 1)), groups, gamma, beta, 1e-5))
    if pool:
        h = F.max_pool2d(h, (2, 1))
    # Keep 70 % in the small test so that enough signal gets through; the last block keeps everything.
    mask = exact((torch.rand(h.shape) < 0.7).double() / 0.7) if n < 3 else torch.ones(h.shape).double()
    write("geometry%d" % n, torch.tensor([c_in, c_out, k, d, groups, int(pool), time, FEATURES]))
    write("params%d" % n, torch.cat([p.reshape(-1) for p in parameters]))
    write("mask%d" % n, (mask > 0).double())
    write("keep%d" % n, mask.max())
    h = h * mask
    h.retain_grad()
    write("output%d" % n, h)
    leaves.append((parameters, h))
    time = h.shape[2]
g = exact(torch.randn(h.shape))
write("gradOutput", g)
h.backward(g)
for n, (parameters, _) in enumerate(leaves):
    write("gradParams%d" % n, torch.cat([p.grad.reshape(-1) for p in parameters]))
write("gradInput", x.grad)
out.close()
