package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChosenSettingsTest {

    private static SortedMap<String, String> settings(Map<String, String> settings) {
        return new TreeMap<>(settings);
    }

    @Test
    void whatFollowsFromOthersOrWasFittedIsLeftOut() {
        assertThat(ChosenSettings.of(settings(Map.of("format", "2", "input.frames", "5", "input.features", "40", "threshold",
                "0.4", "temperature", "1.2", "inconclusive.lower", "0.3", "inconclusive.upper", "0.5", "seed", "1"))))
                .containsOnly(Map.entry("seed", "1"), Map.entry("aggregation.type", "mean"));
        assertThat(ChosenSettings.of(settings(Map.of("aggregation.type", "median"))))
                .containsOnly(Map.entry("aggregation.type", "median"));
    }

    @Test
    void windowsAreComparedWhereThePipelineKnowsThemBeforeItIsRun() {
        SortedMap<String, String> model = settings(Map.of("aggregation.type", "mean", "preprocessing.window.type", "fixed-length",
                "preprocessing.window.length", "9.3"));
        assertThat(ChosenSettings.comparable(model, settings(Map.of("preprocessing.window.type", "sliding-window"))))
                .isEqualTo(model);
        assertThat(ChosenSettings.comparable(model, settings(Map.of("seed", "1")))).containsOnlyKeys("aggregation.type");
    }
}
