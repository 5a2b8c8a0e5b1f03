"""Makes the graphs of the tests of spira-encoder, and what ONNX Runtime computes with them.

python encoder_golden.py  (in this folder; Python 3.11, torch 2.15.0, onnx 1.23.2, onnxscript, onnxruntime 1.32.0, numpy)

Weights are drawn by torch from seed 0. A graph that is made anew has other bytes, so the golden values are made with it.
"""

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper

RATE = 16000


def samples(count, shift):
    """The waveform of the tests: whole numbers, so that Java has the same bits."""
    i = np.arange(count, dtype=np.int64) + shift
    return ((i * i * 31 + i * 17) % 2001 - 1000).astype(np.float32) / np.float32(2000)


class Attention(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.query, self.key, self.value = (torch.nn.Linear(width, width) for _ in range(3))
        self.norm = torch.nn.LayerNorm(width)

    def forward(self, x):
        weights = torch.softmax(self.query(x) @ self.key(x).transpose(1, 2) / x.shape[2] ** 0.5, dim=2)
        return self.norm(x + weights @ self.value(x))


class Raw(torch.nn.Module):
    """Raw waveforms, as wav2vec 2.0: convolutions, then attention."""

    def __init__(self):
        super().__init__()
        self.first, self.second = torch.nn.Conv1d(1, 8, 20, 10), torch.nn.Conv1d(8, 12, 16, 8)
        self.attention = Attention(12)

    def forward(self, waveform):
        x = torch.nn.functional.gelu(self.first(waveform[:, None, :]))
        x = self.attention(torch.nn.functional.gelu(self.second(x)).transpose(1, 2))
        return x, x.mean(dim=1)


class Image(torch.nn.Module):
    """Images of 20 bands and any number of frames, as PANNs."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(1, 4, 3, padding=1)
        self.head = torch.nn.Linear(4 * 10, 10)

    def forward(self, features):
        x = torch.nn.functional.max_pool2d(torch.relu(self.first(features)), 2)
        return self.head(x.transpose(1, 2).flatten(2))


class Patches(torch.nn.Module):
    """24 frames of 20 bands in patches of 4 frames, and a token of the whole before them, as an AST."""

    def __init__(self):
        super().__init__()
        self.patch = torch.nn.Linear(80, 8)
        self.token = torch.nn.Parameter(torch.randn(1, 1, 8))
        self.attention = Attention(8)

    def forward(self, features):
        return self.attention(torch.cat([self.token, self.patch(features.reshape(1, 6, 80))], dim=1))


def export(network, name, example, sizes, outputs):
    program = torch.onnx.export(network.eval(), (example,), input_names=["audio"], output_names=outputs,
                                dynamic_shapes=(sizes,), dynamo=True)
    model = program.model_proto
    for node in model.graph.node:  # stack traces and paths of the machine
        del node.metadata_props[:]
        node.doc_string = ""
    for value in list(model.graph.value_info) + list(model.graph.input) + list(model.graph.output):
        del value.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    onnx.save(model, name)


def small(name, nodes, inputs, outputs):
    graph = helper.make_graph(nodes, "small", inputs, outputs)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), name)


def tensor(name, sizes, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, sizes)


def graphs():
    torch.manual_seed(0)
    export(Raw(), "raw.onnx", torch.zeros(1, 4000), {1: torch.export.Dim("samples", min=400, max=1 << 20)},
           ["frames", "summary"])
    export(Image(), "image.onnx", torch.zeros(1, 1, 40, 20), {2: torch.export.Dim("time", min=4, max=1 << 16)}, ["frames"])
    export(Patches(), "patches.onnx", torch.zeros(1, 24, 20), None, ["tokens"])
    one = [tensor("audio", ["batch", "samples"])]
    small("two-inputs.onnx", [helper.make_node("Add", ["audio", "mask"], ["sum"])],
          one + [tensor("mask", ["batch", "samples"])], [tensor("sum", ["batch", "samples"])])
    small("whole-numbers.onnx", [helper.make_node("Identity", ["audio"], ["same"])],
          [tensor("audio", [1, "samples"], TensorProto.INT64)], [tensor("same", [1, "samples"], TensorProto.INT64)])
    small("any-size.onnx", [helper.make_node("Identity", ["audio"], ["same"])], one, [tensor("same", ["batch", "samples"])])
    small("no-embedding.onnx", [helper.make_node("ReduceMean", ["audio"], ["mean"], axes=[1], keepdims=0)], one,
          [tensor("mean", ["batch"])])
    small("infinite.onnx", [helper.make_node("ReduceMean", ["audio"], ["mean"], axes=[1], keepdims=1),
                            helper.make_node("Log", ["mean"], ["log"])], one, [tensor("log", ["batch", 1])])
    small("any-layout.onnx", [helper.make_node("ReduceMean", ["audio"], ["mean"], axes=[1, 2], keepdims=1)],
          [tensor("audio", ["batch", "a", "b"])], [tensor("mean", ["batch", 1, 1])])


def pooled(values, pooling):
    values = values.astype(np.float64)
    return {"mean": lambda: values.mean(axis=0, keepdims=True),
            "mean-deviation": lambda: np.concatenate([values.mean(axis=0), values.std(axis=0)])[None],
            "first": lambda: values[:1],
            "none": lambda: values}[pooling]()


def normalized(x):
    x = x.astype(np.float64)
    return ((x - x.mean()) / np.sqrt(x.var() + 1e-7)).astype(np.float32)


def raw(x, pooling="mean", normalize=False, output="frames"):
    session = onnxruntime.InferenceSession("raw.onnx")
    values = session.run([output], {"audio": (normalized(x) if normalize else x)[None]})[0][0]
    return pooled(np.atleast_2d(values), pooling)


def windowed(x, length, hop, **how):
    starts = range(0, len(x) - length + 1, hop)
    return np.concatenate([raw(x[start:start + length], **how) for start in starts])


def framed(x):
    """The front end of the tests: each 20 samples are the features of a frame."""
    return x[:len(x) // 20 * 20].reshape(-1, 20)


def image(x, pooling):
    session = onnxruntime.InferenceSession("image.onnx")
    return pooled(session.run(None, {"audio": framed(x)[None, None]})[0][0], pooling)


def patches(x, pooling, fill):
    session = onnxruntime.InferenceSession("patches.onnx")
    frames = np.full((24, 20), fill, dtype=np.float32)
    frames[:len(framed(x))] = framed(x)
    return pooled(session.run(None, {"audio": frames[None]})[0][0], pooling)


def cases():
    x = samples(8000, 5)
    yield "raw mean", raw(x)
    yield "raw mean-deviation", raw(x, "mean-deviation")
    yield "raw first", raw(x, "first")
    yield "raw none", raw(x[:1600], "none")
    yield "raw normalized", raw(x + np.float32(0.25), normalize=True)
    yield "raw summary", raw(x, output="summary")
    yield "raw windows", windowed(x, 3200, 1600)
    yield "raw windows none", windowed(x[:4000], 1600, 1200, pooling="none")
    yield "raw short window", raw(np.concatenate([x[:1000], np.zeros(600, dtype=np.float32)]))
    yield "image none", image(x[:800], "none")
    yield "image mean-deviation", image(x, "mean-deviation")
    yield "patches first", patches(x[:480], "first", 0)
    yield "patches filled", patches(x[:300], "mean", -0.5)


if __name__ == "__main__":
    graphs()
    with open("encoder.txt", "w") as file:
        file.write(f"# encoder_golden.py: torch {torch.__version__}, onnx {onnx.__version__}, onnxruntime"
                   f" {onnxruntime.__version__}\n")
        for name, values in cases():
            file.write(f"{name}\t{values.shape[0]}\t{values.shape[1]}\t" + " ".join(f"{v:.9g}" for v in values.flatten()) + "\n")
