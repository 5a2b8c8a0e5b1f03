package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
@Tag("slow")
class AudioReaderContractBitesTest {

    /** WAV files of 16 bits and one channel, by the JDK; takes the nearest sample where rates differ. */
    private static class Part implements AudioReader, Verdicts.Faulty {

        double scale = 1.0 / 32768;

        @Override
        public int sampleRate() {
            return 16_000;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            byte[] bytes = bytes(recording, source);
            if (bytes.length == 0) {
                throw new AudioException(recording, AudioException.Reason.EMPTY, "there are no bytes", null);
            }
            try (AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
                ByteBuffer samples = ByteBuffer.wrap(audio.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
                float[] amplitudes = resampled(samples.asShortBuffer(), audio.getFormat().getSampleRate());
                return waveform(slice(recording, amplitudes, source.part()));
            } catch (UnsupportedAudioFileException | IOException | IllegalArgumentException e) {
                return refused(recording, e);
            }
        }

        byte[] bytes(String recording, AudioSource source) {
            try (InputStream in = source.open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "it could not be read", e);
            }
        }

        Waveform refused(String recording, Exception e) {
            throw new AudioException(recording, AudioException.Reason.NOT_AUDIO, "it is no WAV file", e);
        }

        float[] slice(String recording, float[] amplitudes, AudioPart part) {
            int end = (int) Math.min(amplitudes.length, part.endSample(sampleRate()));
            if (part.firstSample(sampleRate()) >= end) {
                throw new AudioException(recording, AudioException.Reason.CORRUPT, "it begins beyond the end", null);
            }
            return Arrays.copyOfRange(amplitudes, (int) part.firstSample(sampleRate()), end);
        }

        private float[] resampled(ShortBuffer samples, double rate) {
            float[] amplitudes = new float[(int) Math.round(samples.limit() * sampleRate() / rate)];
            for (int i = 0; i < amplitudes.length; i++) {
                amplitudes[i] = (float) (samples.get((int) (i * rate / sampleRate())) * scale);
            }
            return amplitudes;
        }

        Waveform waveform(float[] amplitudes) {
            return Waveform.of(amplitudes, sampleRate());
        }
    }

    private abstract static class Contract extends AudioReaderContract {

        @Override
        protected Components components() {
            return Verdicts.registered(AudioReader.class, this::create);
        }
    }

    static class Faultless extends Contract {
        @Override
        protected AudioReader create() {
            return new Part();
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class SilenceForGarbage extends Contract {
        @Override
        protected AudioReader create() {
            return new Part() {
                @Override
                Waveform refused(String recording, Exception e) {
                    return Waveform.of(new float[1], sampleRate());
                }
            };
        }
    }

    @Test
    void silenceInPlaceOfARefusal() {
        assertThat(Verdicts.failures(SilenceForGarbage.class))
                .containsExactlyInAnyOrder("textIsRefused", "everyOpenedStreamIsClosed");
    }

    static class AnyException extends Contract {
        @Override
        protected AudioReader create() {
            return new Part() {
                @Override
                Waveform refused(String recording, Exception e) {
                    throw new IllegalStateException(e);
                }
            };
        }
    }

    @Test
    void anotherException() {
        assertThat(Verdicts.failures(AnyException.class)).contains("textIsRefused",
                "anyBytesGiveAWaveformOrAnAudioException", "aFileCutOffGivesAWaveformOrAnAudioException");
    }

    static class HalfAsLoud extends Contract {
        @Override
        protected AudioReader create() {
            Part part = new Part();
            part.scale /= 2;
            return part;
        }
    }

    @Test
    void otherAmplitudes() {
        assertThat(Verdicts.failures(HalfAsLoud.class)).containsExactly("theEncodedAmplitudesAreHeard");
    }

    static class RateOfTheFile extends Contract {
        @Override
        protected AudioReader create() {
            return new Part() {
                @Override
                Waveform waveform(float[] amplitudes) {
                    return Waveform.of(amplitudes, 22_050);
                }
            };
        }
    }

    @Test
    void anotherRateThanAnnounced() {
        assertThat(Verdicts.failures(RateOfTheFile.class)).containsExactly("everyWaveformHasTheReadersRate");
    }

    static class IgnoresParts extends Contract {
        @Override
        protected AudioReader create() {
            return new Part() {
                @Override
                float[] slice(String recording, float[] amplitudes, AudioPart part) {
                    return amplitudes;
                }
            };
        }
    }

    @Test
    void theWholeFileInPlaceOfAPart() {
        assertThat(Verdicts.failures(IgnoresParts.class)).containsExactly("aPartIsTheSliceOfTheWhole");
    }

    static class LeavesStreamsOpen extends Contract {
        @Override
        protected AudioReader create() {
            return new Part() {
                @Override
                byte[] bytes(String recording, AudioSource source) {
                    try {
                        return source.open().readAllBytes();
                    } catch (IOException e) {
                        throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "it could not be read", e);
                    }
                }
            };
        }
    }

    @Test
    void aStreamLeftOpen() {
        assertThat(Verdicts.failures(LeavesStreamsOpen.class)).containsExactly("everyOpenedStreamIsClosed");
    }
}
