package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The steps that Kaldi's features share: energies of mel bands, and of the frame. */
abstract class KaldiExtractor extends SpectralExtractor {

    final MelScale mel;
    private final boolean useEnergy;
    private final float leastEnergy;
    private final Map<Integer, MelFilters> filters = new ConcurrentHashMap<>();

    KaldiExtractor(KaldiBuilder<?> settings) {
        super(settings.frameSettings());
        this.mel = settings.mel();
        this.useEnergy = settings.usesEnergy();
        this.leastEnergy = settings.leastEnergy();
    }

    @Override
    final FrameEngine.Reduction reduction(int sampleRate) {
        MelFilters ofRate = filters.computeIfAbsent(sampleRate,
                rate -> mel.filters(framing.bins(), rate, LogMel.Scale.KALDI, false));
        return new Energies(ofRate, new float[mel.bands()][FramePower.LANES], new float[features()][FramePower.LANES]);
    }

    /**
     * Turns mel energies to features, row by row.
     *
     * @param power spectra, which may be changed
     * @param energies scratch for the energies of the bands
     * @param logEnergy logarithms of the frames' energies; only where they are used
     * @param features receives the features
     */
    abstract void reduce(
            MelFilters filters, float[][] power, float[][] energies, float[] logEnergy, float[][] features, int lanes);

    final boolean usesEnergy() {
        return useEnergy;
    }

    static void logarithms(float[] row, float least, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            row[lane] = Logarithm.natural(Math.max(row[lane], least));
        }
    }

    private final class Energies implements FrameEngine.Reduction {

        private final MelFilters ofRate;
        private final float[][] energies;
        private final float[][] features;

        Energies(MelFilters ofRate, float[][] energies, float[][] features) {
            this.ofRate = ofRate;
            this.energies = energies;
            this.features = features;
        }

        @Override
        public int width() {
            return features.length;
        }

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            float[] logEnergy = power[framing.bins()];
            if (useEnergy) {
                logarithms(logEnergy, leastEnergy, lanes);
            }
            KaldiExtractor.this.reduce(ofRate, power, energies, logEnergy, features, lanes);
            Rows.transpose(features, width(), lanes, values, first * width(), width());
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            return Rows.matrix(values, width(), width(), slots);
        }
    }
}
