package io.github.spirabr.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AudioPartTest {

    private static final long HOUR = 3_600_000_000_000L;

    private static AudioPart part(long offsetMillis, long durationMillis) {
        return AudioPart.of(Duration.ofMillis(offsetMillis), Duration.ofMillis(durationMillis));
    }

    @Test
    void itsTextHasPlainSecondsAndTheChannelThatItNames() {
        assertThat(part(1500, 2250)).hasToString("1.5+2.25");
        assertThat(part(1500, 2250).ofChannel(2)).hasToString("1.5+2.25 channel 2");
        assertThat(part(0, 120_000)).hasToString("0+120");
        assertThat(AudioPart.from(Duration.ofMillis(500))).hasToString("0.5+end");
        assertThat(AudioPart.WHOLE).hasToString("0+end");
        assertThat(AudioPart.of(Duration.ofNanos(1), Duration.ofNanos(10))).hasToString("0.000000001+0.00000001");
    }

    @Test
    void onlyTheWholeFileAddsNothingToAnId() {
        assertThat("a.wav" + AudioPart.WHOLE.idSuffix()).isEqualTo("a.wav");
        assertThat("a.wav" + AudioPart.from(Duration.ZERO).idSuffix()).isEqualTo("a.wav");
        assertThat("a.wav" + part(1500, 2250).idSuffix()).isEqualTo("a.wav@1.5+2.25");
        assertThat("a.wav" + AudioPart.WHOLE.ofChannel(2).idSuffix()).isEqualTo("a.wav@0+end channel 2");
    }

    @Test
    void whatLiesOutsideTheRangesIsRefused() {
        assertThatThrownBy(() -> part(-1, 2000)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offset must be at least 0 s and at most 31536000 s, but was -0.001 s");
        assertThatThrownBy(() -> AudioPart.from(Duration.ofDays(366))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offset must be at least 0 s and at most 31536000 s, but was 31622400 s");
        assertThatThrownBy(() -> part(0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be above 0 s and at most 31536000 s, but was 0 s; leave it out for a part up to the"
                        + " end of its file");
        assertThatThrownBy(() -> part(0, -2500)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was -2.5 s");
        assertThatThrownBy(() -> AudioPart.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AudioPart.WHOLE.ofChannel(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channel must be at least 1, the number of the first channel, but was 0");
    }

    @Property
    void itIsComparedByItsComponents(@ForAll @LongRange(max = HOUR) long offset, @ForAll @LongRange(min = 1, max = HOUR)
            long duration, @ForAll @IntRange(min = 1, max = 32) int channel) {
        AudioPart part = AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration)).ofChannel(channel);
        assertThat(part).isEqualTo(AudioPart.of(part.offset(), part.duration().orElseThrow())
                .ofChannel(part.channel().orElseThrow())).hasSameHashCodeAs(
                AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration)).ofChannel(channel));
        assertThat(part).isNotEqualTo(AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration)))
                .isNotEqualTo(AudioPart.of(Duration.ofNanos(offset + 1), Duration.ofNanos(duration)).ofChannel(channel))
                .isNotEqualTo(AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration + 1)).ofChannel(channel))
                .isNotEqualTo(AudioPart.from(Duration.ofNanos(offset)).ofChannel(channel));
        String[] seconds = part.toString().replace(" channel " + channel, "").split("\\+");
        assertThat(new BigDecimal(seconds[0]).movePointRight(9).longValueExact()).isEqualTo(offset);
        assertThat(new BigDecimal(seconds[1]).movePointRight(9).longValueExact()).isEqualTo(duration);
        assertThat(seconds[0] + seconds[1]).doesNotContain("E");
    }

    @Property
    void itsSamplesAreRoundedExactlyAndNeighboursMeet(@ForAll @LongRange(max = HOUR) long offset,
            @ForAll @LongRange(min = 1, max = HOUR) long duration, @ForAll @IntRange(min = 1000, max = 384_000) int rate) {
        AudioPart part = AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration));
        assertThat(part.firstSample(rate)).isEqualTo(BigDecimal.valueOf(offset).multiply(BigDecimal.valueOf(rate))
                .movePointLeft(9).setScale(0, RoundingMode.HALF_UP).longValueExact());
        assertThat(part.endSample(rate)).isEqualTo(AudioPart.from(Duration.ofNanos(offset + duration)).firstSample(rate));
        assertThat(AudioPart.from(Duration.ofNanos(offset)).endSample(rate)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void partsShareTheTimeThatLiesInBoth() {
        assertThat(part(1000, 2000).intersection(part(2500, 5000))).contains(part(2500, 500));
        assertThat(part(1000, 2000).intersection(part(3000, 5000))).as("neighbours").isEmpty();
        assertThat(part(1000, 2000).intersection(AudioPart.WHOLE)).contains(part(1000, 2000));
        assertThat(AudioPart.from(Duration.ofSeconds(1)).intersection(AudioPart.from(Duration.ofSeconds(3))))
                .contains(AudioPart.from(Duration.ofSeconds(3)));
        assertThat(part(0, 2000).ofChannel(1).intersection(part(0, 2000).ofChannel(2))).as("two channels").isEmpty();
        assertThat(part(0, 2000).ofChannel(2).intersection(part(1000, 2000))).contains(part(1000, 1000).ofChannel(2));
    }

    @Property
    void sharingIsMutual(@ForAll @IntRange(max = 20) int from, @ForAll @IntRange(min = 1, max = 20) int length,
            @ForAll @IntRange(max = 20) int otherFrom, @ForAll @IntRange(min = 1, max = 20) int otherLength) {
        AudioPart one = part(from, length);
        AudioPart other = part(otherFrom, otherLength);
        Optional<AudioPart> shared = one.intersection(other);
        assertThat(shared).isEqualTo(other.intersection(one));
        assertThat(shared.isPresent()).isEqualTo(from < otherFrom + otherLength && otherFrom < from + length);
        assertThat(one.intersection(one)).contains(one);
        shared.ifPresent(both -> assertThat(both.intersection(one)).contains(both));
    }

    @Test
    void aSourceOfAPartReadsTheBytesOfItsFile() throws IOException {
        AudioSource file = AudioSource.ofBytes("a.wav", new byte[] {1, 2, 3});
        AudioPart part = part(1500, 2250).ofChannel(2);
        AudioSource source = AudioSource.partOf(file, part);
        try (InputStream in = source.open()) {
            assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
        }
        assertThat(source.name()).isEqualTo("a.wav@1.5+2.25 channel 2");
        assertThat(source.part()).isEqualTo(part);
        assertThat(source.whole()).isSameAs(file);
        assertThat(source.version()).isEmpty();
        assertThat(source).isEqualTo(AudioSource.partOf(file, part(1500, 2250).ofChannel(2))).hasToString(source.name())
                .isNotEqualTo(AudioSource.partOf(file, part(1500, 2250)))
                .isNotEqualTo(file);
    }

    @Test
    void aWholeFileIsItsOwnSourceAndAPartHasNoParts() {
        AudioSource file = AudioSource.ofBytes("a.wav", new byte[] {1});
        assertThat(file.part()).isEqualTo(AudioPart.WHOLE);
        assertThat(file.part().duration()).isEmpty();
        assertThat(file.part().channel()).isEqualTo(OptionalInt.empty());
        assertThat(file.whole()).isSameAs(file);
        assertThat(AudioSource.partOf(file, AudioPart.WHOLE)).isSameAs(file);
        AudioSource source = AudioSource.partOf(file, part(1000, 2000));
        assertThatThrownBy(() -> AudioSource.partOf(source, part(0, 500))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file must be the source of a whole file, but was the part a.wav@1+2; give the part of its whole()"
                        + " instead");
    }
}
