package io.github.spirabr.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What builders inherit from classes of their package, used from another package as from another jar. */
class FeatureBuildersTest {

    @Test
    void settingsComeInAnyOrder() {
        Mfcc one = Mfcc.builder().fftSize(512).coefficients(13).hopLength(128).melBands(26).windowLength(256).fMax(4000)
                .logMels(true).fMin(50).topDb(60).build();
        Mfcc other = Mfcc.builder().topDb(60).fMin(50).logMels(true).fMax(4000).windowLength(256).melBands(26).hopLength(128)
                .coefficients(13).fftSize(512).build();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.description().settings()).containsExactly(
                Map.entry("coefficients", 13), Map.entry("melBands", 26), Map.entry("fftSize", 512),
                Map.entry("windowLength", 256), Map.entry("hopLength", 128), Map.entry("fMin", 50.0),
                Map.entry("fMax", 4000.0), Map.entry("logMels", true), Map.entry("topDb", 60.0));
        assertThat(one.toBuilder().build()).isEqualTo(one);
    }

    @Test
    void defaultsAreThoseOfThePages() {
        assertThat(Mfcc.builder().build()).hasToString("Mfcc{coefficients=40, melBands=40, fftSize=1200, windowLength=400, "
                + "hopLength=160, fMin=0.0, fMax=nyquist, logMels=false, topDb=80.0}");
        assertThat(MelSpectrogram.builder().build()).hasToString("MelSpectrogram{melBands=40, fftSize=1200, "
                + "windowLength=400, hopLength=160, fMin=0.0, fMax=nyquist}");
        assertThat(Spectrogram.builder().build())
                .hasToString("Spectrogram{fftSize=1200, windowLength=400, hopLength=160}");
    }

    @Test
    void extractorsOfOtherTypesOrSettingsAreNotEqual() {
        Spectrogram plain = Spectrogram.builder().build();
        assertThat(plain).isNotEqualTo(MelSpectrogram.builder().build());
        assertThat(plain).isNotEqualTo(plain.toBuilder().hopLength(161).build());
        MelSpectrogram mel = MelSpectrogram.builder().melBands(8).fMin(20).fMax(3000).build();
        assertThat(mel.toBuilder().build()).isEqualTo(mel);
        assertThat(mel.toBuilder().fMin(21).build()).isNotEqualTo(mel);
    }

    @Test
    void methodReferencesReachInheritedSettings() {
        Mfcc.Builder builder = Mfcc.builder();
        IntFunction<Mfcc.Builder> hop = builder::hopLength;
        BiFunction<Mfcc.Builder, Double, Mfcc.Builder> lowest = Mfcc.Builder::fMin;
        Mfcc made = lowest.apply(hop.apply(100), 30.0).coefficients(12).build();
        assertThat(made).isEqualTo(Mfcc.builder().hopLength(100).fMin(30).coefficients(12).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fftSize", "windowLength", "hopLength", "melBands"})
    void reflectionReachesInheritedSettings(String name) throws ReflectiveOperationException {
        Mfcc.Builder builder = Mfcc.builder();
        Method setting = Mfcc.Builder.class.getMethod(name, int.class);
        assertThat(setting.invoke(builder, 300)).isSameAs(builder);
        assertThat(Stream.of(Mfcc.Builder.class.getMethods()).filter(one -> one.getName().equals(name))).hasSize(1);
    }
}
