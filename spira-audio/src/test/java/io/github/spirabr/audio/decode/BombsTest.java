package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.Waveform;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that would take much memory or time. */
class BombsTest {

    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().build();

    private static byte[] wav(int rate, int length) {
        double[] samples = new double[length];
        Arrays.fill(samples, 0.25);
        return new WavBytes(rate, Width.U8).of(samples);
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void ffmpegAllocatesNoMoreThanItsBoundAtOnce() {
        FfmpegLibrary.prepare();
        Pointer most = avutil.av_malloc(FfmpegLibrary.MOST_BYTES_AT_ONCE + 1);
        assertThat(most == null || most.isNull()).isTrue();
        Pointer less = avutil.av_malloc(1 << 20);
        assertThat(less.isNull()).isFalse();
        avutil.av_free(less);
    }

    /** Titles whose sizes are lies of 2 GB, before the samples, behind them, in RF64, and in RIFX. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "behind", "RF64", "RIFX"})
    void titlesThatLieDoNotReachFfmpeg(String place) {
        WavBytes format = new WavBytes(16_000, Width.S16);
        byte[] plain = (place.equals("RF64") ? format.rf64() : format).of(new double[100]);
        ByteBuffer titles = ByteBuffer.allocate(12 + 16 * 20).order(ByteOrder.LITTLE_ENDIAN);
        titles.put(ascii("LIST")).putInt(titles.capacity() - 8).put(ascii("INFO"));
        while (titles.hasRemaining()) {
            titles.put(ascii("INAM")).putInt(0x7ffffff0).put(new byte[8]);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int at = place.equals("before") ? 12 : plain.length;
        file.write(plain, 0, at);
        file.writeBytes(titles.array());
        file.write(plain, at, plain.length - at);
        byte[] bytes = place.equals("RIFX") ? WavBytes.bigEndian(file.toByteArray()) : file.toByteArray();
        assertThat(READER.read("r", Sources.of(bytes)).length()).isEqualTo(100);
        Tags.hideChunks(bytes);
        assertThat(new String(bytes, at, 4, StandardCharsets.US_ASCII)).isEqualTo("JUNK");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Compressed frames behind which 16 MB each stand: nothing is unpacked, as FFmpeg does not see the tag. */
    @Test
    void compressedTagsAreNotUnpacked() {
        byte[] tag = Id3.bomb(150);
        byte[] mp3 = Sources.fixture("tones.mp3");
        byte[] file = Arrays.copyOf(tag, tag.length + mp3.length);
        System.arraycopy(mp3, 0, file, tag.length, mp3.length);
        assertThat(Tags.id3Length(file, 0)).isEqualTo(tag.length + Tags.id3Length(mp3, 0));
        assertThat(READER.read("r", Sources.of(file)).toArray()).isEqualTo(READER.read("r", Sources.of(mp3)).toArray());
        AudioException refusal =
                catchThrowableOfType(AudioException.class, () -> READER.read("r", Sources.of(Arrays.copyOf(tag, 9000))));
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal).hasMessageContaining("ID3 tag").hasMessageContaining("no audio");
    }

    /** 1000 Hz become 16 times as many samples: they are refused before they are made. */
    @Test
    void samplesAreBoundedBeforeResampling() {
        byte[] file = wav(1000, 400_000);
        FfmpegAudioReader reader = FfmpegAudioReader.builder().maxSamples(1_000_000).build();
        long allocated = allocatedBy(() -> {
            AudioException refusal = catchThrowableOfType(AudioException.class, () -> reader.read("r", Sources.of(file)));
            assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(refusal).hasMessageContaining("maxSamples").hasMessageContaining("1000000 samples");
        });
        assertThat(allocated).isLessThan(20L << 20);
    }

    /** The samples as they come, those of the result, and those of the waveform; no copies made by growing. */
    @Test
    void resamplingTakesThreeTimesItsResult() {
        byte[] file = wav(1000, 400_000);
        long allocated = allocatedBy(() -> {
            Waveform waveform = READER.read("r", Sources.of(file));
            assertThat(waveform.length()).isEqualTo(6_400_000);
        });
        assertThat(allocated).isLessThan(3 * 4 * 6_400_000L + (8L << 20));
    }

    /** A hole of many hours in the time stamps would be filled with as much silence. */
    @Test
    void aHoleIsBoundedByTheLongestRecording() {
        FfmpegAudioReader reader = FfmpegAudioReader.builder().maxDuration(Duration.ofMillis(2500)).build();
        byte[] file = Sources.fixture("muted.webm");
        AudioException refusal = catchThrowableOfType(AudioException.class, () -> reader.read("r", Sources.of(file)));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessageContaining("maxDuration");
    }
}
