"""Makes utterance.flac, a synthetic voice, and copies of it by other codecs (ffmpeg 5 to 7, numpy 1.24 to 2)."""
import subprocess
import numpy as np

RATE = 16_000
random = np.random.default_rng(7)
samples = []
while sum(map(len, samples)) < 5 * RATE:
    n = int(RATE * random.uniform(0.12, 0.3))
    t = np.arange(n) / RATE
    f0 = random.uniform(100, 220) + random.uniform(-60, 60) * t
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    formants = [random.uniform(300, 800), random.uniform(900, 2000), random.uniform(2200, 3000)]
    voice = np.zeros(n)
    for k in range(1, 30):
        gain = sum(np.exp(-((k * f0 - f) / 120) ** 2) for f in formants)
        voice += gain * np.sin(k * phase) / k**0.3
    voice *= np.sin(np.pi * np.arange(n) / n) * random.uniform(0.4, 1)
    samples.append(voice + 0.003 * random.standard_normal(n))
    samples.append(0.003 * random.standard_normal(int(RATE * random.choice([0.03, 0.05, 0.3]))))
x = np.concatenate(samples)[: 5 * RATE]
x = 0.5 * x / np.abs(x).max()
subprocess.run(["ffmpeg", "-y", "-v", "error", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-", "utterance.flac"],
               input=np.round(x * 32767).astype("<i2").tobytes(), check=True)
for arguments in (
        "-c:a libopus -b:a 12k utterance-12k.opus",
        "-c:a libmp3lame -b:a 16k utterance-16k.mp3",
        "-c:a aac -b:a 24k utterance-24k.m4a",
        "-ar 8000 -c:a pcm_alaw utterance-telephone.wav",
        "-ar 11025 -c:a flac utterance-11025.flac"):
    subprocess.run(["ffmpeg", "-y", "-v", "error", "-i", "utterance.flac", *arguments.split()], check=True)
