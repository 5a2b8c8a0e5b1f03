package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeShiftTest {

    /** 3 samples at the tests' 1000 Hz, so that the draws 0 to 6 are shifts of -3 to 3. */
    private static final TimeShift SHIFT = TimeShift.upTo(Duration.ofMillis(3));

    private static final Waveform SPEECH = Sounds.of(1, 2, 3, 4, 5);

    private static float[] shifted(TimeShift shift, Waveform waveform, int draw) {
        Sounds.Draws draws = Sounds.Draws.of(0.0, draw);
        float[] out = shift.augment(waveform, Sounds.control("c"), draws).toArray();
        assertThat(draws.used()).isTrue();
        return out;
    }

    @Test
    void silenceComesInWhereSpeechHasLeft() {
        assertThat(shifted(SHIFT, SPEECH, 5)).containsExactly(0, 0, 1, 2, 3);
        assertThat(shifted(SHIFT, SPEECH, 0)).containsExactly(4, 5, 0, 0, 0);
        assertThat(shifted(SHIFT, SPEECH, 3)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whatLeavesComesInAgainIfItWraps() {
        assertThat(shifted(SHIFT.wrap(true), SPEECH, 5)).containsExactly(4, 5, 1, 2, 3);
        assertThat(shifted(SHIFT.wrap(true), SPEECH, 0)).containsExactly(4, 5, 1, 2, 3);
        assertThat(shifted(SHIFT.wrap(true), SPEECH, 4)).containsExactly(5, 1, 2, 3, 4);
    }

    @Test
    void aRecordingIsShiftedByItsOwnLengthAtMost() {
        Waveform two = Sounds.of(7, 8);
        assertThat(shifted(SHIFT, two, 0)).containsExactly(0, 0);
        assertThat(shifted(SHIFT, two, 4)).containsExactly(0, 0);
        assertThat(shifted(SHIFT, two, 3)).containsExactly(0, 7);
        assertThat(TimeShift.upTo(Duration.ofDays(90000)).augment(two, Sounds.control("c"), Sounds.stream(3)).length())
                .isEqualTo(2);
    }

    @Test
    void allShiftsAreEquallyLikely() {
        int[] counts = new int[7];
        Waveform click = Sounds.of(0, 0, 0, 1, 0, 0, 0);
        for (int seed = 0; seed < 3500; seed++) {
            float[] out = SHIFT.augment(click, Sounds.control("c"), Sounds.stream(seed)).toArray();
            for (int i = 0; i < out.length; i++) {
                counts[i] += out[i] == 1 ? 1 : 0;
            }
        }
        // Expected 500 each; five standard deviations of a binomial are 104.
        for (int count : counts) {
            assertThat(count).isBetween(396, 604);
        }
    }

    @Test
    void itComesAsOftenAsItsProbabilitySays() {
        // Of 2 * 10^6 + 1 shifts, one changes nothing.
        TimeShift far = TimeShift.upTo(Duration.ofSeconds(1000));
        Waveform speech = Sounds.random("s", 1_000, 0.4);
        Chances.areKept(speech, probability -> far.probability(probability));
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        TimeShift shift = TimeShift.upTo(Duration.ofMillis(250)).wrap(true).probability(0.5);
        assertThat(shift.description()).isEqualTo(new ComponentDescription(
                "time-shift", Map.of("greatest", 0.25, "wrap", true, "probability", 0.5)));
        Waveform speech = Sounds.random("s", 100, 0.4);
        assertThat(Chances.remade(shift).augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray())
                .isEqualTo(shift.augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> TimeShift.upTo(Duration.ZERO)).hasMessage("greatest must be above 0 s, but was 0 s");
        assertThatThrownBy(() -> TimeShift.upTo(Duration.ofMillis(-5))).hasMessage("greatest must be above 0 s, but was -0.005 s");
        assertThatThrownBy(() -> SHIFT.probability(-0.1))
                .hasMessage("probability must be between 0 and 1, but was -0.1; the default is 1");
    }
}
