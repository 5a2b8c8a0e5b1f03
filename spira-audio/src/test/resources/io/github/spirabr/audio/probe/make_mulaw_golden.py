"""Golden values of G.711 mu-law: python3 make_mulaw_golden.py > mulaw-golden.csv

Every 37th 16-bit sample, and what FFmpeg's encoder and decoder pcm_mulaw make of it.
"""
import struct
import subprocess

samples = list(range(-32768, 32768, 37))
raw = struct.pack("<%dh" % len(samples), *samples)
run = lambda data, *arguments: subprocess.run(
    ["ffmpeg", "-v", "error", *arguments], input=data, capture_output=True, check=True).stdout
encoded = run(raw, "-f", "s16le", "-ar", "8000", "-ac", "1", "-i", "-", "-f", "mulaw", "-")
decoded = run(encoded, "-f", "mulaw", "-ar", "8000", "-ac", "1", "-i", "-", "-f", "s16le", "-")
for sample, value in zip(samples, struct.unpack("<%dh" % len(samples), decoded)):
    print("%d,%d" % (sample, value))
