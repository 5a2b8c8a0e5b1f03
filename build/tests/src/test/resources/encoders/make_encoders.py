"""Makes a small graph for each encoder of examples/experiments/encoders: its input and the kind of its output, nothing learned.

python make_encoders.py  (in this folder; Python 3.11, onnx 1.23.2)
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def tensor(name, sizes):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, sizes)


def save(name, nodes, sizes, output, constants=()):
    graph = helper.make_graph(nodes, "encoder", [tensor("audio", sizes)], [tensor("embeddings", output)],
                              initializer=[numpy_helper.from_array(value, key) for key, value in constants])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), name)


def mean(axes):
    return [helper.make_node("ReduceMean", ["audio"], ["embeddings"], axes=axes, keepdims=0)]


kernel = np.array([np.hanning(400) * np.sin(0.05 * (i + 1) * np.arange(400)) for i in range(6)], dtype=np.float32)[:, None]
waves = [helper.make_node("Conv", ["audio3", "kernel"], ["bands"], strides=[320], kernel_shape=[400]),
         helper.make_node("Transpose", ["bands"], ["embeddings"], perm=[0, 2, 1])]
save("cnn14.onnx", mean([1, 2]), [1, 1, "frames", 64], [1, 64])
save("ast.onnx", [helper.make_node("Identity", ["audio"], ["embeddings"])], [1, 1024, 128], [1, 1024, 128])
save("wav2vec2.onnx", [helper.make_node("Unsqueeze", ["audio", "axis"], ["audio3"])] + waves, [1, "samples"], [1, "frames", 6],
     [("kernel", kernel), ("axis", np.array([1]))])
save("hear.onnx", [helper.make_node("Reshape", ["audio", "sizes"], ["audio3"])] + waves, [1, 32000], [1, 99, 6],
     [("kernel", kernel), ("sizes", np.array([1, 1, 32000]))])
save("opera.onnx", mean([1]), [1, "frames", 64], [1, 64])
