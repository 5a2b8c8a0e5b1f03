package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.Map;

/**
 * The settings that Kaldi's features share. The defaults are those of {@code torchaudio.compliance.kaldi} at 16 kHz, without
 * dithering.
 *
 * @param <B> the builder itself
 */
abstract class KaldiBuilder<B extends KaldiBuilder<B>> extends MelBuilder<B> {

    /** The least energy before a logarithm: the distance from 1 to the next number in single precision. */
    static final double EPSILON = Math.ulp(1f);

    private static final Setting PRE_EMPHASIS =
            Setting.number("preEmphasis", "Share of the preceding sample that is subtracted in each frame.").between(0, 1)
                    .byDefault(0.97);
    private static final Setting ENERGY_FLOOR = Setting.number("energyFloor", "Least energy of a frame; 0 stands for 1.2e-7.")
            .atLeast(0).byDefault(1);

    static final SettingsDeclaration KALDI = SettingsDeclaration.of(
            BANDS.byDefault(23),
            FFT.byDefault(512),
            WINDOW.byDefault(WINDOW_LENGTH),
            HOP.byDefault(HOP_LENGTH),
            MelScale.F_MIN.byDefault(20),
            MelScale.F_MAX,
            Setting.choice("window", FrameWindow.class, "Window of each frame, symmetric; hann is Kaldi's hanning.")
                    .byDefault(FrameWindow.POVEY),
            Setting.truth("int16Scale",
                    "True if samples are scaled to ±32768, as Kaldi reads them; false for ±1, as torchaudio loads them.")
                    .byDefault(false),
            Setting.truth("snipEdges",
                    "True if only frames within the input are taken; false if its ends are reflected.").byDefault(true),
            Setting.truth("removeDc", "True if the mean of each frame is subtracted from it.").byDefault(true),
            PRE_EMPHASIS,
            Setting.truth("useEnergy", "True if the logarithm of the frame's energy is a feature, too.").byDefault(false),
            Setting.truth("rawEnergy", "True for the energy before pre-emphasis and window, false for that after them.")
                    .byDefault(true),
            ENERGY_FLOOR);

    private FrameWindow window = FrameWindow.POVEY;
    private boolean int16Scale = false;
    private boolean snipEdges = true;
    private boolean removeDc = true;
    private double preEmphasis = 0.97;
    private boolean useEnergy = false;
    private boolean rawEnergy = true;
    private double energyFloor = 1;

    KaldiBuilder() {
        super(512, 23, 20);
    }

    /** Sets the window, which is symmetric; by default Povey's. */
    public B window(FrameWindow shape) {
        this.window = shape;
        return self();
    }

    /**
     * Sets whether samples are scaled to ±32768, as Kaldi reads them, or stay within ±1, as torchaudio loads them and the recipe
     * of AST takes them; by default they stay.
     */
    public B int16Scale(boolean scaled) {
        this.int16Scale = scaled;
        return self();
    }

    /** Sets whether only frames within the input are taken, and its ends are not reflected; by default so. */
    public B snipEdges(boolean snip) {
        this.snipEdges = snip;
        return self();
    }

    /** Sets whether the mean of each frame is subtracted from it; by default so. */
    public B removeDc(boolean remove) {
        this.removeDc = remove;
        return self();
    }

    /** Sets the share of the preceding sample that is subtracted in each frame, 0 to 1; by default 0.97. */
    public B preEmphasis(double share) {
        this.preEmphasis = PRE_EMPHASIS.check(share);
        return self();
    }

    /** Sets whether the logarithm of the frame's energy is a feature, too; by default not. */
    public B useEnergy(boolean use) {
        this.useEnergy = use;
        return self();
    }

    /** Sets whether this energy is that before pre-emphasis and window, and not that after them; by default so. */
    public B rawEnergy(boolean raw) {
        this.rawEnergy = raw;
        return self();
    }

    /** Sets the least energy of a frame, 0 or more; 0 stands for 1.2e-7; by default 1. */
    public B energyFloor(double energy) {
        this.energyFloor = ENERGY_FLOOR.check(energy);
        return self();
    }

    @Override
    void read(Settings settings) {
        super.read(settings);
        window = settings.choice("window", FrameWindow.class);
        int16Scale = settings.bool("int16Scale");
        snipEdges = settings.bool("snipEdges");
        removeDc = settings.bool("removeDc");
        preEmphasis = settings.number("preEmphasis");
        useEnergy = settings.bool("useEnergy");
        rawEnergy = settings.bool("rawEnergy");
        energyFloor = settings.number("energyFloor");
    }

    final void describe(Map<String, Object> values) {
        values.put("melBands", mel().bands());
        frameSettings().describe(values);
        mel().describe(values);
        values.put("window", Settings.nameOf(window));
        values.put("int16Scale", int16Scale);
        values.put("snipEdges", snipEdges);
        values.put("removeDc", removeDc);
        values.put("preEmphasis", preEmphasis);
        values.put("useEnergy", useEnergy);
        values.put("rawEnergy", rawEnergy);
        values.put("energyFloor", energyFloor);
    }

    final void copyKaldi(KaldiBuilder<?> other) {
        copy(other.frameSettings());
        copy(other.mel());
        window = other.window;
        int16Scale = other.int16Scale;
        snipEdges = other.snipEdges;
        removeDc = other.removeDc;
        preEmphasis = other.preEmphasis;
        useEnergy = other.useEnergy;
        rawEnergy = other.rawEnergy;
        energyFloor = other.energyFloor;
    }

    final Framing frameSettings() {
        Conditioning.Energy energy = rawEnergy ? Conditioning.Energy.RAW : Conditioning.Energy.WINDOWED;
        return framing(snipEdges ? FramePadding.NONE : FramePadding.MIRROR, false, window, false,
                new Conditioning(int16Scale ? 32_768 : 1, removeDc, (float) preEmphasis,
                        useEnergy ? energy : Conditioning.Energy.NONE));
    }

    final boolean usesEnergy() {
        return useEnergy;
    }

    /** Returns the least energy of a frame, above 0. */
    final float leastEnergy() {
        return (float) Math.max(energyFloor, EPSILON);
    }
}
