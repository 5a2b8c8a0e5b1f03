package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;

/**
 * The framing settings of every builder of this package. Its methods are not final, so that the compiler gives each public
 * builder its own, by which reflection and other packages reach them.
 *
 * @param <B> the builder itself
 */
abstract class FramingBuilder<B extends FramingBuilder<B>> {

    private static final int FFT_SIZE = 1200;
    static final int WINDOW_LENGTH = 400;
    static final int HOP_LENGTH = 160;

    static final Setting FFT = Setting.integer("fftSize", "Length of the Fourier transform.")
            .between(2, Framing.MAX_FFT_SIZE).unit("samples");
    /** The length of a window of any shape. */
    static final Setting WINDOW = Setting.integer("windowLength", "Length of the window, at most fftSize.")
            .between(1, Framing.MAX_FFT_SIZE).unit("samples");
    static final Setting HOP = Setting.integer("hopLength", "Distance from one frame to the next, at most windowLength.")
            .between(1, Framing.MAX_FFT_SIZE).unit("samples");

    static final SettingsDeclaration FRAMING = SettingsDeclaration.of(
            FFT.byDefault(FFT_SIZE),
            Setting.integer("windowLength", "Length of the Hann window, at most fftSize.")
                    .between(1, Framing.MAX_FFT_SIZE).unit("samples").byDefault(WINDOW_LENGTH),
            HOP.byDefault(HOP_LENGTH));

    private int fftSize;
    private int windowLength = WINDOW_LENGTH;
    private int hopLength = HOP_LENGTH;

    FramingBuilder() {
        this(FFT_SIZE);
    }

    FramingBuilder(int fftSize) {
        this.fftSize = fftSize;
    }

    abstract B self();

    /** Sets the size of the Fourier transform, in samples: 2 to 1048576; by default 1200 (75 ms at 16 kHz), or 512 for log-mel and Kaldi's. */
    public B fftSize(int samples) {
        this.fftSize = samples;
        return self();
    }

    /** Sets the length of the window, in samples: 1 to fftSize; by default 400 (25 ms at 16 kHz). */
    public B windowLength(int samples) {
        this.windowLength = samples;
        return self();
    }

    /** Sets the distance from one frame to the next, in samples: 1 to windowLength; by default 160 (10 ms at 16 kHz). */
    public B hopLength(int samples) {
        this.hopLength = samples;
        return self();
    }

    final void copy(Framing framing) {
        fftSize = framing.fftSize();
        windowLength = framing.windowLength();
        hopLength = framing.hopLength();
    }

    void read(Settings settings) {
        fftSize = settings.integer("fftSize");
        windowLength = settings.integer("windowLength");
        hopLength = settings.integer("hopLength");
    }

    final Framing framing() {
        return new Framing(fftSize, windowLength, hopLength);
    }

    final Framing framing(
            FramePadding padding, boolean dropLast, FrameWindow window, boolean periodic, Conditioning conditioning) {
        return new Framing(fftSize, windowLength, hopLength, padding, dropLast, window, periodic, conditioning);
    }
}
