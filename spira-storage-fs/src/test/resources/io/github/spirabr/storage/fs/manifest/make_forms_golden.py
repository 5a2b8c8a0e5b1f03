#!/usr/bin/env python3
"""Writes the folder forms: one corpus as lists that other tools write, for the tests of the forms of lists.

lhotse 1.33.0 writes the cuts, the recordings with supervisions and the data directory of Kaldi; datasets 5.2.0 writes the JSON
lines of Hugging Face and the metadata of an audio folder. NeMo's lines and Kaldi's utt2label are written by hand, as their
documentation has them. corpus.csv holds the rows that each of them must give.

Usage: make_forms_golden.py forms
"""
import csv
import io
import json
import sys
from pathlib import Path

from datasets import Dataset
from lhotse import CutSet, MonoCut, MultiCut, Recording, RecordingSet, SupervisionSegment, SupervisionSet
from lhotse.audio import AudioSource
from lhotse.cut import PaddingCut
from lhotse.kaldi import export_to_kaldi

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)

# Name of the file, sampling rate, samples, channels.
FILES = [("ana", 44100, 88201, 1), ("vítor é", 8000, 20000, 1), ("visits", 16000, 160000, 1)]
# Utterance, file, first sample, samples (None: all), speaker, class, session, task, age.
ROWS = [
    ("ana-1", "ana", 0, None, "ana", "1", "1", "phrase", "61"),
    ("vitor-1", "vítor é", 0, None, "vítor", "0", "1", "phrase", "48"),
    ("bia-1", "visits", 8000, 20000, "bia", "0", "1", "rhyme", "37"),
    ("bia-2", "visits", 40001, 15999, "bia", "0", "2", "rhyme", "37"),
    ("caio-1", "visits", 150000, 10000, "caio", "1", "1", "rhyme", "55"),
]


def recording(name, rate, samples, channels):
    source = AudioSource(type="file", channels=list(range(channels)), source=f"audio/{name}.wav")
    return Recording(id=name.replace(" ", "-"), sources=[source], sampling_rate=rate, num_samples=samples, duration=samples / rate)


def supervision(row):
    utterance, name, first, samples, speaker, label, session, task, age = row
    whole = files[name]
    start = first / whole.sampling_rate
    duration = whole.duration if samples is None else samples / whole.sampling_rate
    return SupervisionSegment(id=utterance, recording_id=whole.id, start=start, duration=duration, channel=0, speaker=speaker,
                              custom={"class": label, "session": session, "task": task, "age": int(age)})


files = {one[0]: recording(*one) for one in FILES}
recordings = RecordingSet.from_recordings(files.values())
supervisions = SupervisionSet.from_segments(map(supervision, ROWS))
recordings.to_file(out / "recordings.jsonl.gz")
supervisions.to_file(out / "supervisions.jsonl")
cuts = CutSet.from_manifests(recordings=recordings, supervisions=supervisions).trim_to_supervisions().to_eager()
cuts.to_file(out / "cuts.jsonl.gz")

stereo = recording("stereo", 16000, 32000, 2)
one = cuts["bia-1"]
CutSet.from_cuts([
    MultiCut(id="all-channels", start=0, duration=2.0, channel=[0, 1], supervisions=[], recording=stereo),
    MonoCut(id="second-channel", start=0.5, duration=1.0, channel=1, supervisions=[], recording=stereo),
    one.pad(duration=5).with_id("padded"),
    one.resample(8000).with_id("resampled"),
    one.perturb_speed(1.1).with_id("faster"),
    PaddingCut(id="padding", duration=1.0, sampling_rate=16000, feat_value=0.0, num_samples=16000),
    cuts["bia-1"].mix(cuts["caio-1"]).with_id("mixed"),
]).to_file(out / "odd-cuts.jsonl")

kaldi = out / "kaldi"
export_to_kaldi(recordings, supervisions, kaldi)
(kaldi / "text").unlink()
for column, value in [("label", 5), ("session", 6), ("task", 7)]:
    (kaldi / f"utt2{column}").write_text("".join(f"{row[0]} {row[value]}\n" for row in ROWS), encoding="utf-8")
(kaldi / "spk2age").write_text("".join(f"{speaker} {age}\n" for speaker, age in dict((r[4], r[8]) for r in ROWS).items()),
                               encoding="utf-8")


def values(row):
    utterance, name, first, samples, speaker, label, session, task, age = row
    rate = files[name].sampling_rate
    part = {} if samples is None else {"offset": first / rate, "duration": samples / rate}
    return {"file": f"audio/{name}.wav", **part, "label": label, "subject": speaker, "session": session, "task": task,
            "age": int(age)}


all_values = [values(row) for row in ROWS]
with open(out / "nemo.jsonl", "w", encoding="utf-8") as nemo:
    for row in all_values:
        nemo.write(json.dumps({"audio_filepath": row["file"], **{k: v for k, v in row.items() if k != "file"}}) + "\n")
# An empty cell is null in its column.
table = [{"file_name": row["file"], "offset": row.get("offset"), "duration": row.get("duration"),
          **{k: v for k, v in row.items() if k not in ("file", "offset", "duration")}} for row in all_values]
(out / "folder").mkdir(exist_ok=True)
Dataset.from_list(table).to_json(out / "folder" / "metadata.jsonl", force_ascii=False)
(out / "folder-csv").mkdir(exist_ok=True)
Dataset.from_list(table).to_csv(out / "folder-csv" / "metadata.csv")

with open(out / "corpus.csv", "w", encoding="utf-8", newline="") as corpus:
    writer = csv.DictWriter(corpus, ["file_path", "class", "subject", "offset", "duration", "session", "task", "age"],
                            lineterminator="\n")
    writer.writeheader()
    for row in all_values:
        row = {"file_path": row.pop("file"), "class": row.pop("label"), **row}
        writer.writerow(row)
