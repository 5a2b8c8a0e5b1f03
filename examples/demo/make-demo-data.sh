#!/usr/bin/env bash
#
# Makes the demo data set: everything below audio/ and noise/, metadata.csv
# and noises.csv, next to this script. Existing output is replaced.
#
# Needs:   bash, espeak-ng, ffmpeg (with libopus and libmp3lame), python3 with
#          numpy. On Debian: espeak-ng ffmpeg python3-numpy
# Makes:   audio/subject-NN-K.{ogg,wav,flac,mp3}
#                           24 subjects x 4 recordings, 16 kHz mono, 5 to 7 s
#          metadata.csv     file_path,class,subject,sex (0 control, 1 patient)
#          noise/*.ogg      3 background noises of 6 s
#          noises.csv       their paths, one a line, no header
# Licence: the output is under the project's own licence, Apache-2.0.
#
# All of it is SYNTHETIC: a speech synthesiser reads Brazilian Portuguese
# text, and "patients" differ from "controls" only in the pauses put between
# the words. It has no clinical meaning.
#
# Deterministic: with the same versions of the tools the same bytes come out.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for tool in espeak-ng ffmpeg python3; do
  command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
python3 -c 'import numpy' || { echo "missing: numpy for python3" >&2; exit 1; }

rm -rf audio noise metadata.csv noises.csv
mkdir audio noise

python3 - <<'PYTHON'
import subprocess
import numpy as np

RATE = 16000
ESPEAK_RATE = 22050
SEED = 20240
NOISE_FLOOR_DB = -60.0         # white noise under everything, dB full scale
SPEECH_DB = -24.0              # RMS over the spoken parts, +- LEVEL_SPREAD_DB
LEVEL_SPREAD_DB = 2.0
PAUSE_SHORTEST, PAUSE_LONGEST = 0.4, 1.0            # patients, at every bar
SHORT_PAUSE_SHORTEST, SHORT_PAUSE_LONGEST = 0.05, 0.15   # controls

# Four prompts of several lines. Bars part the chunks which are synthesised on
# their own, in both classes alike, so that the melody does not tell the class.
PROMPTS = [
    ["o amor|ao próximo|ajuda a|enfrentar|essa fase",
     "com a força|que a gente|precisa",
     "hoje o céu|está claro|e o vento|sopra leve|no quintal"],
    ["batatinha|quando nasce|espalha|a rama|pelo chão",
     "menininha|quando dorme|põe a mão|no coração"],
    ["um|dois|três|quatro|cinco", "seis|sete|oito|nove|dez",
     "onze|doze|treze|quatorze|quinze",
     "dezesseis|dezessete|dezoito|dezenove|vinte"],
    ["domingo|segunda-feira|terça-feira|quarta-feira",
     "quinta-feira|sexta-feira|sábado",
     "os dias|da semana|são sete"],
]

# One pair of neighbouring voices a row: variant, sex, and (pitch, speed) of
# its first and its second subject, then the class of the first; the second has
# the other class. The patient has the higher pitch in half of the rows of a
# sex, and the higher speed in half of them.
PAIRS = [
    ("m1",    "M", (42, 150), (47, 156), 0),
    ("f1",    "F", (48, 158), (53, 152), 1),
    ("m2",    "M", (50, 166), (45, 160), 1),
    ("f2",    "F", (45, 150), (50, 156), 0),
    ("m3",    "M", (38, 154), (43, 148), 1),
    ("f3",    "F", (57, 162), (52, 168), 1),
    ("m4",    "M", (52, 158), (47, 152), 0),
    ("f4",    "F", (44, 164), (49, 158), 0),
    ("m6",    "M", (40, 160), (45, 166), 1),
    ("f5",    "F", (54, 148), (49, 154), 0),
    ("m7",    "M", (44, 156), (49, 150), 0),
    ("linda", "F", (50, 166), (45, 160), 0),
]

# Rows and recordings (both from 0) in another format than Ogg Opus: always
# for both subjects of the row, thus for both classes.
FORMATS = {(0, 0): "wav", (1, 2): "flac", (4, 1): "flac",
           (3, 3): "mp3", (6, 0): "mp3", (8, 2): "mp3"}
CODECS = {
    "ogg": ["-c:a", "libopus", "-b:a", "24k", "-f", "ogg", "-serial_offset", "0"],
    "wav": ["-c:a", "pcm_s16le", "-f", "wav"],
    "flac": ["-c:a", "flac", "-compression_level", "8", "-f", "flac"],
    "mp3": ["-c:a", "libmp3lame", "-b:a", "32k", "-f", "mp3"],
}


def db(value):
    return 10.0 ** (value / 20.0)


def rms(x):
    return float(np.sqrt(np.mean(np.square(x))))


def encode(samples, path):
    """Writes floating-point samples, in the format of the path's ending."""
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "s16le",
         "-ar", str(RATE), "-ac", "1", "-i", "pipe:0", "-map_metadata", "-1",
         "-threads", "1", "-ar", str(RATE), "-ac", "1",
         "-fflags", "+bitexact", "-flags", "+bitexact"]
        + CODECS[path.rsplit(".", 1)[1]] + [path],
        input=pcm.tobytes(), check=True)


def resample(x):
    """From the rate of the synthesiser to RATE, by cutting the spectrum."""
    block = 441                      # 441 samples become 320
    padded = np.zeros((len(x) // block + 3) * block)
    padded[block:block + len(x)] = x
    n = len(padded) // block * 320
    spectrum = np.fft.rfft(padded)[:n // 2 + 1]
    return np.fft.irfft(spectrum, n) * (n / len(padded))


def speak(text, variant, pitch, speed):
    """One chunk, at RATE, without the silence around it."""
    wav = subprocess.run(
        ["espeak-ng", "-v", "pt-br+" + variant, "-p", str(pitch), "-s", str(speed),
         "--stdout", text + ","],
        stdout=subprocess.PIPE, check=True).stdout
    x = np.frombuffer(wav[44:len(wav) // 2 * 2], dtype="<i2") / 32768.0
    x = resample(x)
    loud = np.flatnonzero(np.abs(x) > 0.01 * np.max(np.abs(x)))
    x = x[loud[0]:loud[-1] + 1].copy()
    ramp = np.linspace(0.0, 1.0, RATE // 200)
    x[:len(ramp)] *= ramp
    x[-len(ramp):] *= ramp[::-1]
    return x


def strata(rng, count):
    """Numbers in [0, 1), one in each of count equal parts, shuffled."""
    return (rng.permutation(count) + rng.random_sample(count)) / count


def recording(rng, patient, lines, voice, seconds, level_db):
    """One recording: as many whole chunks as fit into the given length."""
    total = int(round(seconds * RATE))
    lead = int(rng.uniform(0.05, 0.15) * RATE)
    tail = int(rng.uniform(0.05, 0.15) * RATE)
    room = total - lead - tail
    chunks, gaps, used = [], [], 0
    texts = [c for line in lines for c in line.split("|")]
    while True:
        if patient:
            gap = rng.uniform(PAUSE_SHORTEST, PAUSE_LONGEST)
        else:
            gap = rng.uniform(SHORT_PAUSE_SHORTEST, SHORT_PAUSE_LONGEST)
            if rng.random_sample() < 0.5:
                gap = 0.0
        gap = int(gap * RATE) if chunks else 0
        chunk = speak(texts[len(chunks) % len(texts)], *voice)
        if used + gap + len(chunk) > room:
            break
        chunks.append(chunk)
        gaps.append(gap)
        used += gap + len(chunk)
    # What is left over at the end goes into the pauses, within their bounds;
    # if it is much, so does one more chunk where shorter pauses make it fit.
    shortest = int(PAUSE_SHORTEST * RATE) if patient else 0
    longest = int((PAUSE_LONGEST if patient else SHORT_PAUSE_LONGEST) * RATE)
    with_one_more = sum(map(len, chunks)) + len(chunk) + len(chunks) * shortest
    if room - used > RATE // 5 and with_one_more <= room:
        chunks.append(chunk)
        gaps = [0] + [shortest] * (len(chunks) - 1)
        used = with_one_more
    spare = room - used
    free = [0] + [longest - g for g in gaps[1:]]
    weights = [f * rng.random_sample() for f in free]
    scale = spare / max(1.0, sum(weights))
    gaps = [g + min(f, int(w * scale)) for g, f, w in zip(gaps, free, weights)]

    x = np.zeros(total)
    at = lead
    for gap, chunk in zip(gaps, chunks):
        at += gap
        x[at:at + len(chunk)] = chunk
        at += len(chunk)
    x *= db(level_db) / rms(np.concatenate(chunks))
    return x + rng.standard_normal(total) * db(NOISE_FLOOR_DB)


rows = []
for p, (variant, sex, first, second, first_class) in enumerate(PAIRS):
    for member, (pitch, speed) in enumerate((first, second)):
        number = 2 * p + member + 1
        label = first_class if member == 0 else 1 - first_class
        subject = "subject-%02d" % number
        rng = np.random.RandomState(SEED + number)
        lengths = 5.0 + 2.0 * strata(rng, len(PROMPTS))
        levels = SPEECH_DB + LEVEL_SPREAD_DB * (2.0 * strata(rng, len(PROMPTS)) - 1.0)
        for k, prompt in enumerate(PROMPTS):
            start = p % len(prompt)  # both subjects of a row begin alike
            lines = prompt[start:] + prompt[:start]
            x = recording(rng, label == 1, lines, (variant, pitch, speed),
                          lengths[k], levels[k])
            path = "audio/%s-%d.%s" % (subject, k + 1, FORMATS.get((p, k), "ogg"))
            encode(x, path)
            rows.append("%s,%d,%s,%s" % (path, label, subject, sex))

with open("metadata.csv", "w", newline="") as f:
    f.write("file_path,class,subject,sex\n" + "".join(r + "\n" for r in rows))

# The background noises.
rng = np.random.RandomState(SEED)
t = np.arange(6 * RATE) / RATE
hum = sum(np.sin(2 * np.pi * 60 * h * t + h) / h for h in range(1, 9))
hum = hum + 0.05 * rng.standard_normal(len(t))
hiss = rng.standard_normal(len(t))
air = np.fft.rfft(rng.standard_normal(len(t)))
frequency = np.fft.rfftfreq(len(t), 1.0 / RATE)
air = np.fft.irfft(air / (1.0 + (frequency / 600.0) ** 2), len(t))
ventilator = air * (0.15 + 0.85 * np.sin(np.pi * t / 3.0) ** 4)   # a breath each 3 s
paths = []
for name, x in (("hum", hum), ("hiss", hiss), ("ventilator", ventilator)):
    paths.append("noise/%s.ogg" % name)
    encode(x * db(-30.0) / rms(x), paths[-1])
with open("noises.csv", "w", newline="") as f:
    f.write("".join(q + "\n" for q in paths))
PYTHON

echo "made $(find audio noise -type f | wc -l) recordings"
