package io.github.spirabr.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FingerprintSearchTest {

    /** Neighbouring frames differ in few bits, as those of real sounds do. */
    private static int[] words(Random random, int frames) {
        int[] words = new int[frames];
        int word = random.nextInt();
        for (int t = 0; t < frames; t++) {
            for (int flips = 0; flips < 3; flips++) {
                word ^= 1 << random.nextInt(32);
            }
            words[t] = word;
        }
        return words;
    }

    private static Fingerprint heard(int[] words) {
        boolean[] heard = new boolean[words.length];
        Arrays.fill(heard, true);
        return Fingerprint.of(words, heard);
    }

    private static int[] withErrors(int[] words, double share, Random random) {
        int[] changed = words.clone();
        for (int t = 0; t < changed.length; t++) {
            for (int bit = 0; bit < 32; bit++) {
                changed[t] ^= random.nextDouble() < share ? 1 << bit : 0;
            }
        }
        return changed;
    }

    private static List<FingerprintSearch.Match> search(Fingerprint... prints) {
        return new FingerprintSearch(List.of(prints), i -> i).run();
    }

    @Property(tries = 60)
    void aCopyWithWrongBitsAndAShiftIsFoundAmongOthers(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 0.12) double errors,
            @ForAll @IntRange(min = 0, max = 40) int shift) {
        Random random = new Random(seed);
        int[] original = words(random, 300);
        List<Fingerprint> prints = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            prints.add(heard(words(random, 200 + random.nextInt(200))));
        }
        prints.set(3, heard(original));
        prints.set(7, heard(withErrors(Arrays.copyOfRange(original, shift, 300), errors, random)));
        assertThat(new FingerprintSearch(prints, i -> i).run())
                .containsExactly(new FingerprintSearch.Match(3, 7, true));
    }

    @Property(tries = 30)
    void differentSoundsAreNotFound(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fingerprint> prints = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            prints.add(heard(words(random, 300)));
        }
        assertThat(new FingerprintSearch(prints, i -> i).run()).isEmpty();
    }

    @Test
    void aPartIsFoundAsAPartInEitherOrder() {
        Random random = new Random(1);
        int[] whole = words(random, 900);
        Fingerprint part = heard(Arrays.copyOfRange(whole, 500, 700));
        assertThat(search(heard(whole), part)).containsExactly(new FingerprintSearch.Match(0, 1, false));
        assertThat(search(part, heard(whole))).containsExactly(new FingerprintSearch.Match(0, 1, false));
    }

    @Test
    void thoseOfOneGroupAreNotCompared() {
        Fingerprint one = heard(words(new Random(1), 300));
        assertThat(new FingerprintSearch(List.of(one, one, one), i -> i == 2 ? 1 : 0).run())
                .containsExactly(new FingerprintSearch.Match(0, 2, true), new FingerprintSearch.Match(1, 2, true));
    }

    @Test
    void whatIsNotHeardIsNotCompared() {
        int[] words = words(new Random(1), 300);
        Fingerprint silent = Fingerprint.of(words, new boolean[300]);
        assertThat(search(silent, silent)).isEmpty();
        assertThat(FingerprintSearch.isComparable(silent)).isFalse();
        // The half that is not heard differs in every bit, and does not count.
        int[] other = words.clone();
        boolean[] half = new boolean[300];
        for (int t = 0; t < 300; t++) {
            half[t] = t < 150;
            other[t] ^= t < 150 ? 0 : -1;
        }
        assertThat(search(Fingerprint.of(words, half), Fingerprint.of(other, half)))
                .containsExactly(new FingerprintSearch.Match(0, 1, true));
    }

    /** Many recordings may begin with one signal; each is found with some other. */
    @Test
    @Tag("slow")
    void manyCopiesAreFound() {
        Fingerprint one = heard(words(new Random(1), 300));
        List<Fingerprint> prints = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            prints.add(one);
        }
        assertThat(new FingerprintSearch(prints, i -> i).run().stream().flatMap(match ->
                Stream.of(match.first(), match.second())).distinct()).hasSize(100);
    }

    @Test
    void asManyFramesHeardAsWords() {
        assertThatThrownBy(() -> Fingerprint.of(new int[3], new boolean[2]))
                .hasMessage("heard must have one value for each of the 3 words, but had 2");
    }
}
