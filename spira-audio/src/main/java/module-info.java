/** Decoding, features, augmentations, transforms and signal probes of recordings. */
module io.github.spirabr.audio {

    requires transitive io.github.spirabr.core;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.ffmpeg;
    requires static transitive org.jspecify;

    exports io.github.spirabr.audio.augment;
    exports io.github.spirabr.audio.decode;
    exports io.github.spirabr.audio.features;
    exports io.github.spirabr.audio.fingerprint;
    exports io.github.spirabr.audio.probe;
    exports io.github.spirabr.audio.quality;
    exports io.github.spirabr.audio.speech;
    exports io.github.spirabr.audio.transform;

    provides io.github.spirabr.core.component.ComponentProvider with
            io.github.spirabr.audio.features.KaldiFbank.Provider,
            io.github.spirabr.audio.features.KaldiMfcc.Provider,
            io.github.spirabr.audio.features.LogMel.Provider,
            io.github.spirabr.audio.features.Mfcc.Provider,
            io.github.spirabr.audio.features.MelSpectrogram.Provider,
            io.github.spirabr.audio.features.Spectrogram.Provider,
            io.github.spirabr.audio.speech.SpeechStatistics.Provider,
            io.github.spirabr.audio.decode.FfmpegAudioReader.Provider,
            io.github.spirabr.audio.augment.NoiseInsertion.Provider,
            io.github.spirabr.audio.augment.SnrNoise.Provider,
            io.github.spirabr.audio.augment.EvaluationNoise.InControlsProvider,
            io.github.spirabr.audio.augment.EvaluationNoise.InEveryRecordingProvider,
            io.github.spirabr.audio.augment.Gain.Provider,
            io.github.spirabr.audio.augment.TimeShift.Provider,
            io.github.spirabr.audio.augment.BandPass.Provider,
            io.github.spirabr.audio.augment.SpeedChange.Provider,
            io.github.spirabr.audio.augment.SpecAugment.Provider,
            io.github.spirabr.audio.transform.ButterworthFilter.HighPassProvider,
            io.github.spirabr.audio.transform.ButterworthFilter.LowPassProvider,
            io.github.spirabr.audio.transform.ButterworthFilter.BandLimitProvider,
            io.github.spirabr.audio.transform.DcRemoval.Provider,
            io.github.spirabr.audio.transform.LevelNormalization.Provider,
            io.github.spirabr.audio.transform.PreEmphasis.Provider,
            io.github.spirabr.audio.transform.RateLimit.Provider,
            io.github.spirabr.audio.probe.NoiseOnly.Provider,
            io.github.spirabr.audio.probe.NoiseLevels.Provider,
            io.github.spirabr.audio.probe.Level.Provider,
            io.github.spirabr.audio.probe.BandWidth.Provider,
            io.github.spirabr.audio.probe.Codec.Provider,
            io.github.spirabr.audio.probe.AudioMetadataOnly.Provider;

    provides io.github.spirabr.core.preprocessing.NoiseLoader with
            io.github.spirabr.audio.augment.NoisesLoader;
}
