package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * The contract of every {@link AudioReader}. Waveforms have the reader's sample rate, and the amplitudes and the duration that were
 * encoded. The same bytes give the same bits, on any thread, and a part of a file gives the samples of that slice of the whole file.
 * Where there is no audio, the reader throws an {@link AudioException} that names the recording, and nothing else. It closes every
 * stream that it opens, and is made again from its settings.
 */
public abstract class AudioReaderContract extends ComponentContract<AudioReader> {

    private static final String ID = "recording-7";
    /** Largest difference between the samples of a part and those of the whole file, where rates differ. */
    private static final double RESAMPLED = 1e-4;

    /** Called by the test that extends this. */
    protected AudioReaderContract() {
        super(AudioReader.class);
    }

    /** The waveform in a format that the reader reads; by default WAV with 16 bits. */
    protected byte[] encode(Waveform waveform) {
        byte[] samples = new byte[2 * waveform.length()];
        for (int i = 0; i < waveform.length(); i++) {
            int value = Math.max(-32768, Math.min(32767, Math.round(waveform.sample(i) * 32768)));
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(waveform.sampleRate(), 16, 1, true, false);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(samples), format, waveform.length()),
                    AudioFileFormat.Type.WAVE, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** Returns the largest difference of a decoded amplitude from the encoded one; by default one step of 16 bits. */
    protected double tolerance() {
        return 1.0 / 32768;
    }

    @Provide
    Arbitrary<Waveform> ofItsRate() {
        return SpiraArbitraries.waveforms(1, 4_000, create().sampleRate());
    }

    @Provide
    Arbitrary<Waveform> ofAnyRate() {
        return SpiraArbitraries.waveforms(400, 4_000, 8_000, 16_000, 44_100, 48_000);
    }

    @Property(tries = 30)
    void theEncodedAmplitudesAreHeard(@ForAll("ofItsRate") Waveform waveform) {
        float[] read = read(create(), encode(waveform)).toArray();
        assertThat(read.length).as("samples of %s", waveform).isEqualTo(waveform.length());
        for (int i = 0; i < read.length; i++) {
            assertThat((double) read[i]).as("sample %d", i).isCloseTo(waveform.sample(i), within(tolerance()));
        }
    }

    @Property(tries = 30)
    void everyWaveformHasTheReadersRate(@ForAll("ofAnyRate") Waveform waveform) {
        AudioReader reader = create();
        Waveform read = read(reader, encode(waveform));
        assertThat(read.sampleRate()).isEqualTo(reader.sampleRate());
        double wanted = waveform.length() / (double) waveform.sampleRate();
        // Up to a sample at each end may be lost or gained where rates differ.
        double ends = 2.0 / Math.min(read.sampleRate(), waveform.sampleRate());
        assertThat(read.length() / (double) read.sampleRate()).as("seconds of %s", waveform)
                .isCloseTo(wanted, within(ends));
    }

    @Property(tries = 20)
    void theSameBytesGiveTheSameBits(@ForAll("ofAnyRate") Waveform waveform, @ForAll("ofAnyRate") Waveform other) {
        AudioReader reader = create();
        Waveform first = read(reader, encode(waveform));
        read(reader, encode(other));
        Bits.assertSame(read(reader, encode(waveform)), first);
        Bits.assertSame(read(recreate(), encode(waveform)), first);
    }

    /** Offset and length are thousandths of the whole. */
    @Property(tries = 30)
    void aPartIsTheSliceOfTheWhole(@ForAll("ofAnyRate") Waveform waveform, @ForAll @IntRange(max = 900) int offset,
            @ForAll @IntRange(min = 50, max = 1000) int length, @ForAll boolean toTheEnd) {
        AudioReader reader = create();
        byte[] file = encode(waveform);
        float[] whole = read(reader, file).toArray();
        Duration thousandth = Duration.ofNanos(whole.length * 1_000_000L / reader.sampleRate());
        Duration from = thousandth.multipliedBy(offset);
        AudioPart part = toTheEnd
                ? AudioPart.from(from) : AudioPart.of(from, thousandth.multipliedBy(Math.min(length, 1000 - offset)));
        float[] read = reader.read(ID, AudioSource.partOf(AudioSource.ofBytes("bytes", file), part)).toArray();
        int first = (int) part.firstSample(reader.sampleRate());
        int end = (int) Math.min(whole.length, part.endSample(reader.sampleRate()));
        assertThat(read.length).as("samples of part %s of %s", part, waveform).isEqualTo(end - first);
        for (int i = 0; i < read.length; i++) {
            assertThat((double) read[i]).as("sample %d of part %s", i, part)
                    .isCloseTo(whole[first + i], within(RESAMPLED));
        }
    }

    @Property(tries = 3)
    void eightThreadsGetTheBitsOfOne(@ForAll("severalOfAnyRate") List<Waveform> waveforms) {
        AudioReader reader = create();
        List<byte[]> files = waveforms.stream().map(this::encode).toList();
        List<List<Waveform>> together = Together.work(files.size(), i -> read(reader, files.get(i)));
        for (int i = 0; i < files.size(); i++) {
            Waveform alone = read(reader, files.get(i));
            for (List<Waveform> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone);
            }
        }
    }

    @Provide
    Arbitrary<List<Waveform>> severalOfAnyRate() {
        return ofAnyRate().list().ofSize(Together.THREADS);
    }

    @Property(tries = 50)
    void anyBytesGiveAWaveformOrAnAudioException(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 50)
    void aFileCutOffGivesAWaveformOrAnAudioException(@ForAll("ofItsRate") Waveform waveform, @ForAll long seed) {
        byte[] whole = encode(waveform);
        readOrRefuse(Arrays.copyOf(whole, Math.floorMod(seed, whole.length)));
    }

    private void readOrRefuse(byte[] bytes) {
        try {
            assertThat(read(create(), bytes).length()).isPositive();
        } catch (AudioException e) {
            assertThat(e.recording()).isEqualTo(ID);
        }
    }

    @Example
    void textIsRefused() {
        byte[] text = "subject,label,file\n1,0,recording.wav\n".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> read(create(), text))
                .satisfies(e -> assertThat(e.recording()).isEqualTo(ID))
                .withMessageContaining(ID);
    }

    @Example
    void nothingIsRefusedAsEmpty() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> read(create(), new byte[0]))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AudioException.Reason.EMPTY));
    }

    @Example
    void bytesThatCannotBeReachedAreTold() {
        AudioSource broken = AudioSource.of("broken", () -> {
            throw new IOException("the disk is gone");
        });
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> create().read(ID, broken))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AudioException.Reason.UNREACHABLE))
                .withRootCauseInstanceOf(IOException.class);
    }

    @Example
    void everyOpenedStreamIsClosed() {
        AtomicInteger open = new AtomicInteger();
        create().read(ID, counted(encode(Waveform.of(new float[500], 16_000)), open));
        assertThat(open).as("streams left open after reading").hasValue(0);
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> create().read(ID, counted(new byte[] {1, 2, 3}, open)));
        assertThat(open).as("streams left open after refusing").hasValue(0);
    }

    private static AudioSource counted(byte[] bytes, AtomicInteger open) {
        return AudioSource.of("counted", () -> {
            open.incrementAndGet();
            return new ByteArrayInputStream(bytes) {
                private boolean closed;

                @Override
                public void close() {
                    if (!closed) {
                        closed = true;
                        open.decrementAndGet();
                    }
                }
            };
        });
    }

    private static Waveform read(AudioReader reader, byte[] bytes) {
        return reader.read(ID, AudioSource.ofBytes("bytes", bytes));
    }
}
