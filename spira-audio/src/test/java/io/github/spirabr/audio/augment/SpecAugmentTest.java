package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpecAugmentTest {

    private static final SpecAugment NONE = SpecAugment.compare2021().timeStripes(0, 1).featureStripes(0, 1);

    /** Counts from 1 on, so that only what is blanked is 0. */
    private static FeatureMatrix counting(int frames, int features) {
        float[] values = new float[frames * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return FeatureMatrix.of(frames, features, values);
    }

    private static FeatureMatrix augmented(SpecAugment augment, FeatureMatrix window, long seed) {
        return augment.augment(window, Sounds.control("c"), Sounds.stream(seed));
    }

    private static boolean[] blankFrames(FeatureMatrix window) {
        boolean[] blank = new boolean[window.frames()];
        for (int frame = 0; frame < blank.length; frame++) {
            blank[frame] = true;
            for (int feature = 0; feature < window.features(); feature++) {
                blank[frame] &= window.value(frame, feature) == 0;
            }
        }
        return blank;
    }

    private static boolean[] blankFeatures(FeatureMatrix window) {
        boolean[] blank = new boolean[window.features()];
        for (int feature = 0; feature < blank.length; feature++) {
            blank[feature] = true;
            for (int frame = 0; frame < window.frames(); frame++) {
                blank[feature] &= window.value(frame, feature) == 0;
            }
        }
        return blank;
    }

    private static int count(boolean[] blank) {
        int count = 0;
        for (boolean one : blank) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static int stripes(boolean[] blank) {
        int stripes = 0;
        for (int i = 0; i < blank.length; i++) {
            stripes += blank[i] && (i == 0 || !blank[i - 1]) ? 1 : 0;
        }
        return stripes;
    }

    @Test
    void stripesLieWhereTheyAreDrawn() {
        SpecAugment augment = NONE.timeStripes(1, 3).featureStripes(1, 2);
        // Two frames from frame 1 on, of the 3 places that are left; one feature from feature 2 on.
        Sounds.Draws draws = Sounds.Draws.of(0.0, 2, 1, 1, 2);
        FeatureMatrix out = augment.augment(counting(5, 4), Sounds.control("c"), draws);
        assertThat(out.toArray()).containsExactly(
                1, 2, 0, 4,
                0, 0, 0, 0,
                0, 0, 0, 0,
                13, 14, 0, 16,
                17, 18, 0, 20);
        assertThat(draws.used()).isTrue();
    }

    @Property(tries = 200)
    void asPublishedThereAreTwoStripesEachWayOfTheWidthsAtMost(@ForAll long seed) {
        FeatureMatrix window = counting(401, 40);
        FeatureMatrix out = augmented(SpecAugment.compare2021(), window, seed);
        boolean[] frames = blankFrames(out);
        boolean[] features = blankFeatures(out);
        assertThat(stripes(frames)).isLessThanOrEqualTo(2);
        assertThat(count(frames)).isLessThanOrEqualTo(2 * 63);
        assertThat(stripes(features)).isLessThanOrEqualTo(2);
        assertThat(count(features)).isLessThanOrEqualTo(2 * 7);
        for (int frame = 0; frame < 401; frame++) {
            for (int feature = 0; feature < 40; feature++) {
                assertThat(out.value(frame, feature))
                        .isEqualTo(frames[frame] || features[feature] ? 0 : window.value(frame, feature));
            }
        }
    }

    @Test
    void widthsAndPlacesAreUniform() {
        SpecAugment augment = NONE.timeStripes(1, 4);
        int[] widths = new int[4];
        int[] places = new int[7];
        for (int seed = 0; seed < 4000; seed++) {
            boolean[] blank = blankFrames(augmented(augment, counting(10, 2), seed));
            int width = count(blank);
            widths[width]++;
            for (int first = 0; width == 3 && first < blank.length; first++) {
                if (blank[first]) {
                    places[first]++;
                    break;
                }
            }
        }
        // Expected 1000 each; five standard deviations of a binomial are 137.
        for (int count : widths) {
            assertThat(count).isBetween(863, 1137);
        }
        // A seventh of 4000 / 4; five standard deviations of a binomial are 58.
        for (int count : places) {
            assertThat(count).isBetween(84, 201);
        }
    }

    @Test
    void aStripeLeavesARowOfASmallWindow() {
        SpecAugment wide = NONE.timeStripes(1, 1000).featureStripes(1, 1000);
        for (int seed = 0; seed < 200; seed++) {
            FeatureMatrix out = augmented(wide, counting(3, 2), seed);
            assertThat(count(blankFrames(out))).isLessThan(3);
            assertThat(count(blankFeatures(out))).isLessThan(2);
        }
        assertThat(augmented(wide, counting(1, 1), 1)).isEqualTo(counting(1, 1));
    }

    @Test
    void theMeanIsThatOfTheWindowBeforeAnyStripe() {
        SpecAugment mean = NONE.timeStripes(2, 3).fill(SpecAugment.Fill.MEAN);
        // One frame from 0 on, and one from 2 on.
        Sounds.Draws draws = Sounds.Draws.of(0.0, 1, 0, 1, 2);
        FeatureMatrix out = mean.augment(counting(4, 2), Sounds.control("c"), draws);
        assertThat(out.toArray()).containsExactly(4.5f, 4.5f, 3, 4, 4.5f, 4.5f, 7, 8);
    }

    @Test
    void itComesAsOftenAsItsProbabilitySays() {
        SpecAugment always = SpecAugment.compare2021();
        int changed = 0;
        for (int seed = 0; seed < 2000; seed++) {
            FeatureMatrix window = counting(401, 40);
            assertThat(augmented(always.probability(0), window, seed)).isEqualTo(window);
            changed += augmented(always.timeStripes(40, 64).probability(0.3), window, seed).equals(window) ? 0 : 1;
        }
        // Five standard deviations of a binomial are 103.
        assertThat(changed).isBetween(497, 703);
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        SpecAugment augment = SpecAugment.compare2021().timeStripes(1, 20).featureStripes(3, 5)
                .fill(SpecAugment.Fill.MEAN).probability(0.5);
        assertThat(augment.description()).isEqualTo(new ComponentDescription("spec-augment", Map.of(
                "timeStripes", 1, "timeWidth", 20, "featureStripes", 3, "featureWidth", 5, "fill", "mean",
                "probability", 0.5)));
        Components components = Components.discover();
        FeatureAugmentation again = components.create(FeatureAugmentation.class, "features", augment.description());
        assertThat(again.description()).isEqualTo(augment.description());
        FeatureMatrix window = counting(30, 10);
        assertThat(again.augment(window, Sounds.control("c"), Sounds.stream(3))).isEqualTo(augmented(augment, window, 3));
        assertThat(components.create(FeatureAugmentation.class, "features",
                        new ComponentDescription("spec-augment", Map.of())).description())
                .isEqualTo(SpecAugment.compare2021().description());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> NONE.timeStripes(-1, 5)).hasMessage("timeStripes must be between 0 and 100000, but was -1; the default is 2");
        assertThatThrownBy(() -> NONE.timeStripes(1, 0)).hasMessage("timeWidth must be between 1 and 100000, but was 0; the default is 64");
        assertThatThrownBy(() -> NONE.featureStripes(100_001, 5))
                .hasMessage("featureStripes must be between 0 and 100000, but was 100001; the default is 2");
        assertThatThrownBy(() -> NONE.featureStripes(1, -2)).hasMessage("featureWidth must be between 1 and 100000, but was -2; the default is 8");
        assertThatThrownBy(() -> NONE.probability(2))
                .hasMessage("probability must be between 0 and 1, but was 2; the default is 1");
    }
}
