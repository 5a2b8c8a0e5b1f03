#!/usr/bin/env python3
"""Writes tensorboard_golden.tfevents: what TensorBoardEvents must write for the events of its test, made with Google's
protocol buffers and an independent CRC-32C (Debian packages python3-protobuf and python3-crc32c).

The message is declared as in TensorFlow's event.proto and summary.proto; records are framed as in its TFRecord format.
Usage: make_tensorboard_golden.py tensorboard_golden.tfevents
"""
import struct
import sys

import crc32c
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto
file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="tensorflow", syntax="proto3")


def message(name, *fields):
    made = file.message_type.add(name=name)
    for number, field, kind, label, of in fields:
        made.field.add(name=field, number=number, type=kind, label=label, type_name=of)


message("Value", (1, "tag", F.TYPE_STRING, F.LABEL_OPTIONAL, None),
        (2, "simple_value", F.TYPE_FLOAT, F.LABEL_OPTIONAL, None))
message("Summary", (1, "value", F.TYPE_MESSAGE, F.LABEL_REPEATED, ".tensorflow.Value"))
message("Event", (1, "wall_time", F.TYPE_DOUBLE, F.LABEL_OPTIONAL, None),
        (2, "step", F.TYPE_INT64, F.LABEL_OPTIONAL, None),
        (3, "file_version", F.TYPE_STRING, F.LABEL_OPTIONAL, None),
        (5, "summary", F.TYPE_MESSAGE, F.LABEL_OPTIONAL, ".tensorflow.Summary"))
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
descriptor = pool.FindMessageTypeByName("tensorflow.Event")
Event = (message_factory.GetMessageClass(descriptor) if hasattr(message_factory, "GetMessageClass")
         else message_factory.MessageFactory(pool).GetPrototype(descriptor))


def masked(data):
    crc = crc32c.crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


def scalars(step, values):
    event = Event(wall_time=1788264000.25, step=step)
    for tag, value in values:
        event.summary.value.add(tag=tag, simple_value=value)
    return event


events = [
    Event(wall_time=1788264000.25, file_version="brain.Event:2"),
    scalars(300, [("train/loss", 0.625), ("train/learning_rate", 1e-3), ("train/windows_per_second", 250.5)]),
    scalars(300, [("validation/loss", 0.5), ("validation/accuracy", 0.75)]),
    scalars(300, [("epoch/train_loss", 0.6), ("epoch/validation_loss", 0.4), ("epoch/validation_accuracy", 0.875)]),
]
with open(sys.argv[1], "wb") as out:
    for event in events:
        out.write(record(event.SerializeToString(deterministic=True)))
