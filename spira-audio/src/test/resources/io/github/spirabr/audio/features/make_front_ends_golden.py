"""Writes front-ends-golden.csv: log-mel, kaldi-fbank and kaldi-mfcc by the libraries that define them; FrontEndsGoldenTest compares.

A line has the part, the signal, its length and rate, the part's settings, the library, the numbers of frames and features, and
then every STEP-th value of the matrix [frames x features], STEP = frames * features // VALUES + 1. Needs torchaudio, librosa,
torchlibrosa and transformers (their versions stand in the file); run it in this folder. The signals are those of
make_features_golden.py and a chirp. The libraries compute in double precision where they can (all but torchlibrosa); the file
tells how far their own single precision is from that. YAMNet's front end is that of transformers.audio_utils with YAMNet's
settings.
"""
import librosa
import numpy as np
import torch
import torchaudio
import torchaudio.compliance.kaldi as kaldi
import torchlibrosa
import transformers
from torchlibrosa.stft import LogmelFilterBank, Spectrogram
from transformers import ASTFeatureExtractor, WhisperFeatureExtractor
from transformers.audio_utils import mel_filter_bank, spectrogram, window_function

from make_features_golden import noise, signal, speech

VALUES = 60
KALDI_WINDOWS = {"povey": "povey", "hann": "hanning", "hamming": "hamming", "rectangular": "rectangular", "blackman": "blackman"}
SIGNALS = [("speech", 16000), ("noise", 8000), ("chirp", 12000), ("clipped", 8000), ("pause", 8000), ("silence", 3200),
           ("quiet", 8000), ("offset", 6000), ("speech", 700)]


def chirp(length):
    """A sweep over all frequencies, above noise 32 dB below it."""
    sine = [int(round(12000 * float(np.sin(2 * np.pi * k / 1024)))) for k in range(1024)]
    hiss, out, phase = noise(length, 300, 3), [], 0
    for i in range(length):
        phase = (phase + 1000 + i * 30000 // length) & 0xFFFF
        out.append(sine[phase >> 6] + hiss[i])
    return out


def wave(name, length):
    if name == "chirp":
        values = chirp(length)
    elif name == "quiet":
        values = [v >> 5 for v in speech(length)]
    elif name == "offset":
        values = [v // 2 + 6000 for v in speech(length)]
    else:
        values = signal(name, length)
    return np.array(values, dtype=np.float64) / 32768


def panns(x, rate):
    n, hop, f_max = (512, 160, 8000) if rate == 16000 else (1024, 320, 14000)
    stft = Spectrogram(n_fft=n, hop_length=hop, win_length=n, window="hann", center=True, pad_mode="reflect", freeze_parameters=True)
    mel = LogmelFilterBank(sr=rate, n_fft=n, n_mels=64, fmin=50, fmax=f_max, ref=1.0, amin=1e-10, top_db=None, freeze_parameters=True)
    return mel(stft(torch.from_numpy(x.astype(np.float32))[None]))[0, 0].numpy()


def librosa_panns(x, rate):
    n, hop, f_max = (512, 160, 8000) if rate == 16000 else (1024, 320, 14000)
    return log_mel(x, rate, n_fft=n, hop_length=hop, n_mels=64, fmin=50, fmax=f_max, pad_mode="reflect")


def ast(x):
    extractor = ASTFeatureExtractor()
    features = extractor._extract_fbank_features(x, extractor.max_length)
    return extractor.normalize(features)


def whisper(x, bands=80):
    return WhisperFeatureExtractor(feature_size=bands)._np_extract_fbank_features(x[None], "cpu")[0].T


def yamnet(x):
    filters = mel_filter_bank(257, 64, 125, 7500, 16000, norm=None, mel_scale="kaldi", triangularize_in_mel_space=True)
    mel = spectrogram(x, window_function(400, "hann"), 400, 160, fft_length=512, power=1.0, center=False, mel_filters=filters,
                      mel_floor=0.0, dtype=x.dtype)
    return np.log(mel + 0.001).T


def log_mel(x, rate, top_db=None, **settings):
    power = librosa.feature.melspectrogram(y=x, sr=rate, **settings)
    return librosa.power_to_db(power, amin=1e-10, top_db=top_db).T


def fbank(x, **settings):
    return kaldi.fbank(torch.from_numpy(x)[None], dither=0.0, **settings).numpy()


def mfcc(x, **settings):
    return kaldi.mfcc(torch.from_numpy(x)[None], dither=0.0, **settings).numpy()


def kaldi_case(settings, rate):
    """The names of torchaudio for settings of kaldi-fbank and kaldi-mfcc."""
    names = {"melBands": "num_mel_bins", "fMin": "low_freq", "fMax": "high_freq", "snipEdges": "snip_edges",
             "removeDc": "remove_dc_offset", "preEmphasis": "preemphasis_coefficient", "useEnergy": "use_energy",
             "rawEnergy": "raw_energy", "energyFloor": "energy_floor", "power": "use_power", "log": "use_log_fbank",
             "coefficients": "num_ceps", "cepstralLifter": "cepstral_lifter"}
    out = {names[key]: value for key, value in settings.items() if key in names}
    out["sample_frequency"] = float(rate)
    out["window_type"] = KALDI_WINDOWS[settings.get("window", "povey")]
    out["frame_length"] = settings.get("windowLength", 400) * 1000 / rate
    out["frame_shift"] = settings.get("hopLength", 160) * 1000 / rate
    return out


FBANK = [
    {}, {"melBands": 80}, {"melBands": 128, "window": "hann"}, {"window": "hamming"}, {"window": "rectangular"},
    {"window": "blackman"}, {"snipEdges": False}, {"removeDc": False}, {"preEmphasis": 0.0}, {"useEnergy": True},
    {"useEnergy": True, "rawEnergy": False, "energyFloor": 0.0}, {"fMin": 100.0, "fMax": 7000.0}, {"power": False},
    {"int16Scale": True, "melBands": 80}, {"int16Scale": True, "useEnergy": True},
    {"windowLength": 200, "hopLength": 80, "fftSize": 256, "rate": 8000},
    {"windowLength": 441, "hopLength": 220, "fftSize": 512, "rate": 22050, "snipEdges": False},
]
MFCC = [
    {}, {"coefficients": 20, "melBands": 40}, {"cepstralLifter": 0.0}, {"useEnergy": True},
    {"useEnergy": True, "rawEnergy": False, "energyFloor": 0.0}, {"int16Scale": True}, {"window": "hamming"},
    {"snipEdges": False}, {"preEmphasis": 0.9, "removeDc": False}, {"fMin": 50.0, "fMax": 4000.0},
    {"int16Scale": True, "useEnergy": True, "coefficients": 23}, {"windowLength": 200, "hopLength": 80, "fftSize": 256, "rate": 8000},
]


def torchaudio_log_mel(x, rate):
    mel = torchaudio.transforms.MelSpectrogram(rate, n_fft=512, win_length=400, hop_length=160, n_mels=64).double()
    return np.log(np.maximum(mel(torch.from_numpy(x)).numpy(), 1e-10)).T


def cases():
    """Part, signal, length, rate, settings, library, and the function of the samples."""
    for i, settings in enumerate(FBANK + FBANK[:9]):
        name, length = SIGNALS[i % len(SIGNALS)] if i < len(FBANK) else SIGNALS[(i * 2 + 1) % len(SIGNALS)]
        yield kaldi_line("kaldi-fbank", settings, name, length, fbank)
    for i, settings in enumerate(MFCC + MFCC):
        name, length = SIGNALS[(i * 4 + i // len(MFCC)) % len(SIGNALS)]
        yield kaldi_line("kaldi-mfcc", settings, name, length, mfcc)
    for name, length in SIGNALS:
        yield "log-mel", name, length, 16000, "preset=ast", "transformers", ast
        yield "log-mel", name, length, 16000, "preset=whisper", "transformers", whisper
        yield "log-mel", name, length, 16000, "preset=yamnet", "transformers", yamnet
        yield "log-mel", name, length, 16000, "preset=panns-16k", "librosa", lambda x: librosa_panns(x, 16000)
        yield "log-mel", name, length, 32000, "preset=panns-32k", "librosa", lambda x: librosa_panns(x, 32000)
        yield "log-mel", name, length, 16000, "", "torchaudio", lambda x: torchaudio_log_mel(x, 16000)
    for name, length in SIGNALS[:3]:
        yield "log-mel", name, length, 32000, "preset=panns-32k", "torchlibrosa", lambda x: panns(x, 32000)
        yield "log-mel", name, length, 16000, "preset=panns-16k", "torchlibrosa", lambda x: panns(x, 16000)
        yield "log-mel", name, length, 16000, "preset=whisper melBands=128", "transformers", lambda x: whisper(x, 128)
        yield ("log-mel", name, length, 22050, "fftSize=2048 windowLength=2048 hopLength=512 melBands=128 melScale=slaney slaneyNorm=true "
               "padding=constant logarithm=decibels topDb=80", "librosa", lambda x: log_mel(x, 22050, top_db=80.0))
        yield ("log-mel", name, length, 16000, "fftSize=400 melBands=40 padding=none window=hamming slaneyNorm=true "
               "logarithm=decibels", "librosa",
               lambda x: log_mel(x, 16000, n_fft=400, hop_length=160, n_mels=40, center=False, window="hamming", htk=True))


def kaldi_line(part, settings, name, length, function):
    settings = dict(settings)
    rate = settings.pop("rate", 16000)
    scale = 32768 if settings.get("int16Scale") else 1
    text = " ".join(f"{key}={str(value).lower()}" for key, value in settings.items())
    return part, name, length, rate, text, "torchaudio", lambda x: function(x * scale, **kaldi_case(settings, rate))


def main():
    torch.set_num_threads(1)
    lines, apart = [], 0.0
    for part, name, length, rate, settings, library, function in cases():
        x = wave(name, length)
        matrix = np.asarray(function(x))
        single = np.asarray(function(x.astype(np.float32)))
        apart = max(apart, float(np.abs(matrix - single).max()))
        step = matrix.size // VALUES + 1
        values = ",".join("%.7g" % value for value in matrix.ravel()[::step])
        lines.append(f"{part},{name},{length},{rate},{settings},{library},{matrix.shape[0]},{matrix.shape[1]},{values}")
    with open("front-ends-golden.csv", "w", encoding="ascii") as out:
        out.write(f"# torchaudio {torchaudio.__version__}, librosa {librosa.__version__}, torchlibrosa {torchlibrosa.__version__}, "
                  f"transformers {transformers.__version__}, by make_front_ends_golden.py\n")
        out.write(f"# single precision of the libraries is at most {apart:.2g} from their double precision\n")
        out.write("# part,signal,length,rate,settings,library,frames,features,every STEP-th value\n")
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
