package io.github.spirabr.core.audio;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.AudioSource;

/**
 * Port: decodes a recording to mono samples at one sample rate. Implementations are immutable and
 * safe for any number of threads; the same bytes always give the same samples.
 */
public interface AudioReader extends Component {

    /** Returns the rate of every waveform of this reader, in hertz. */
    int sampleRate();

    /**
     * Decodes a recording: the {@linkplain AudioSource#part part} of the source that it is. The samples of a part are the same
     * slice of those of the whole file, after resampling: from {@link io.github.spirabr.core.recording.AudioPart#firstSample
     * firstSample} to before {@code endSample}, or to the end of the file.
     *
     * @param recording the id that a failure names
     * @param source the encoded bytes, taken as untrusted
     * @throws AudioException if no samples can be decoded, or the part lies behind the end of the file; the reader never
     *     returns an empty waveform
     */
    Waveform read(String recording, AudioSource source);
}
