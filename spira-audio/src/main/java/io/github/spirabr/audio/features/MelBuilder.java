package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;

/**
 * The settings of frames and of the mel filters after them.
 *
 * @param <B> the builder itself
 */
abstract class MelBuilder<B extends MelBuilder<B>> extends FramingBuilder<B> {

    private static final int MEL_BANDS = 40;

    static final Setting BANDS = Setting.integer("melBands", "Number of mel filters.").between(1, MelScale.MOST_BANDS);
    static final SettingsDeclaration MELS = SettingsDeclaration.of(BANDS.byDefault(MEL_BANDS))
            .and(FRAMING)
            .and(MelScale.F_MIN, MelScale.F_MAX);

    private int melBands;
    private double fMin;
    /** 0 stands for half the sample rate. */
    private double fMax = 0;

    MelBuilder() {
        this.melBands = MEL_BANDS;
    }

    MelBuilder(int fftSize, int melBands, double fMin) {
        super(fftSize);
        this.melBands = melBands;
        this.fMin = fMin;
    }

    /** Sets the number of mel filters, 1 to 2,048; by default 40, or 64 for log-mel and 23 for Kaldi's. */
    public B melBands(int bands) {
        this.melBands = bands;
        return self();
    }

    /** Sets the beginning of the first filter, in hertz: 0 or more, below fMax; by default 0, or 20 for Kaldi's. */
    public B fMin(double hertz) {
        this.fMin = hertz;
        return self();
    }

    /**
     * Sets the end of the last filter, in hertz: above fMin, at most half the sample rate of what is extracted
     * from; by default half that sample rate.
     */
    public B fMax(double hertz) {
        if (!(hertz > 0)) {
            throw new IllegalArgumentException("fMax must be above 0 Hz, but was " + hertz + " Hz");
        }
        this.fMax = hertz;
        return self();
    }

    final void copy(MelScale mel) {
        melBands = mel.bands();
        fMin = mel.fMin();
        fMax = mel.fMax();
    }

    @Override
    void read(Settings settings) {
        melBands = settings.integer("melBands");
        super.read(settings);
        fMin = settings.number("fMin");
        readFMax(settings);
    }

    final void readFMax(Settings settings) {
        fMax = MelScale.fMax(settings);
    }

    final MelScale mel() {
        return new MelScale(melBands, fMin, fMax);
    }
}
