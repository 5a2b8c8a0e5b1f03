package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Compares floats bit by bit; a failure tells the first difference, not thousands of numbers. */
final class Bits {

    private Bits() {}

    static void assertSame(Waveform actual, Waveform wanted) {
        assertThat(actual.sampleRate()).as("sample rate in hertz").isEqualTo(wanted.sampleRate());
        assertSame(actual.toArray(), wanted.toArray(), "sample");
    }

    static void assertSame(FeatureMatrix actual, FeatureMatrix wanted) {
        assertThat(actual.frames()).as("number of frames").isEqualTo(wanted.frames());
        assertThat(actual.features()).as("number of features").isEqualTo(wanted.features());
        assertSame(actual.toArray(), wanted.toArray(), "value");
    }

    static void assertSame(LabelledWindow actual, LabelledWindow wanted) {
        assertSame(actual.features(), wanted.features());
        assertThat(actual.target()).as("target").isEqualTo(wanted.target());
    }

    /** Compares lists of equal length, item by item. */
    static <T> void assertSame(List<T> actual, List<T> wanted, BiConsumer<T, T> assertSame) {
        assertThat(actual.size()).as("how many").isEqualTo(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertSame.accept(actual.get(i), wanted.get(i));
        }
    }

    static void assertSame(float[] actual, float[] wanted, String what) {
        assertThat(actual.length).as("number of %ss", what).isEqualTo(wanted.length);
        int first = Arrays.mismatch(actual, wanted);
        if (first >= 0) {
            throw new AssertionError(what + " " + first + " is " + actual[first] + " in place of " + wanted[first]);
        }
    }
}
