package io.github.spirabr.cli;

import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The features that commands know by name, with the settings of the published models. */
enum FeatureKind {
    SPECTROGRAM(() -> Spectrogram.builder().build()),
    MEL(() -> MelSpectrogram.builder().build()),
    MFCC(() -> Mfcc.builder().build());

    private final Supplier<FeatureExtractor> extractor;

    FeatureKind(Supplier<FeatureExtractor> extractor) {
        this.extractor = extractor;
    }

    FeatureExtractor extractor() {
        return extractor.get();
    }

    /** Returns the word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name in lower case. */
    static final class Converter implements CommandLine.ITypeConverter<FeatureKind> {

        @Override
        public FeatureKind convert(String value) {
            return Arrays.stream(values())
                    .filter(kind -> kind.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException("it must be one of "
                            + Arrays.stream(values()).map(FeatureKind::toString).collect(Collectors.joining(", "))
                            + ", but was '" + value + "'"));
        }
    }
}
