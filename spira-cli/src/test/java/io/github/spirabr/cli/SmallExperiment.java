package io.github.spirabr.cli;

/** Parts of an experiment whose training takes seconds. */
final class SmallExperiment {

    /** Sections of an experiment file: the reader, the preprocessing and the network. */
    static final String PARTS = """
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 4}
              extract: {type: mfcc, coefficients: 8, melBands: 20, fftSize: 512, windowLength: 400, hopLength: 400}
            model: {type: spiraconv-v2}
            """;

    private SmallExperiment() {}
}
