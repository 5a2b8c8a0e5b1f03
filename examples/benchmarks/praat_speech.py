"""Times Praat's measures of speech on the signal of BenchmarkSignal, through parselmouth.

Prints a line for each case: its name and the median of its times, in milliseconds. `statistics` are the quantities of
speech-statistics: pauses, F0, pulses with jitter and shimmer, harmonicity, intensity, and a spectrum with centroid and slope.
`without-harmonicity` leaves Praat's own harmonicity out, which is another analysis than that of the pitch.
Praat analyses pitch on all processors: bind the script to one, as compare.sh does. Made for praat-parselmouth 0.4.7 (Praat 6.1.38).
"""
import parselmouth
from benchmark_signal import RATE, median, signal
from parselmouth.praat import call


def measure(samples, harmonicity):
    sound = parselmouth.Sound(samples, RATE)
    pitch = sound.to_pitch_ac(pitch_floor=75, pitch_ceiling=600)
    call(pitch, "Get mean", 0, 0, "Hertz")
    call(pitch, "Get standard deviation", 0, 0, "Hertz")
    pulses = call([sound, pitch], "To PointProcess (cc)")
    call(pulses, "Get jitter (local)", 0, 0, 1e-4, 0.02, 1.3)
    call([sound, pulses], "Get shimmer (local)", 0, 0, 1e-4, 0.02, 1.3, 1.6)
    if harmonicity:
        call(call(sound, "To Harmonicity (cc)", 0.01, 75, 0.1, 1.0), "Get mean", 0, 0)
    intensity = call(sound, "To Intensity", 50, 0.005, "yes")
    call(intensity, "To TextGrid (silences)", -25, 0.2, 0.1, "silent", "sounding")
    spectrum = sound.to_spectrum()
    spectrum.get_center_of_gravity(2)
    call(call(spectrum, "To Ltas (1-to-1)"), "Get slope", 0, 1000, 1000, 4000, "energy")


if __name__ == "__main__":
    samples = signal()
    print(f"statistics {median(lambda: measure(samples, True)):.3f}")
    print(f"without-harmonicity {median(lambda: measure(samples, False)):.3f}")
