package io.github.spirabr.audio.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.audio.augment.Noises;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.probe.Robustness.Bounds;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SignalProbesTest {

    private static final Bounds BOUNDS = new Bounds(0.1, 0.1, true);

    /** The level of the quietest tenth. */
    private static double background(Waveform waveform) {
        return rms(QuietParts.of(waveform, 0.1, 800));
    }

    private static double rms(Waveform waveform) {
        double sum = 0;
        for (int i = 0; i < waveform.length(); i++) {
            sum += (double) waveform.sample(i) * waveform.sample(i);
        }
        return Math.sqrt(sum / waveform.length());
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Tells classes by the level of the background, which is ten times higher in patients. */
    private static final ProbedSounds BY_BACKGROUND =
            ProbedSounds.of(50, true, waveform -> sigmoid(200 * (background(waveform) - 0.006)));

    /** Tells classes by the share of loud samples, which patients have fewer of. */
    private static final ProbedSounds BY_SPEECH = ProbedSounds.of(50, false, waveform -> {
        int loud = 0;
        for (int i = 0; i < waveform.length(); i++) {
            loud += Math.abs(waveform.sample(i)) > 0.1 ? 1 : 0;
        }
        return sigmoid(40 * (0.44 - (double) loud / waveform.length()));
    });

    private static double figure(ProbeResult result, String name) {
        return result.measurements().stream().filter(one -> one.name().equals(name)).mapToDouble(Measurement::value).findFirst()
                .orElseThrow();
    }

    @Test
    void theBackgroundIsCalledOutWhereItTellsTheClass() {
        ProbeResult result = NoiseOnly.standard().examine(BY_BACKGROUND);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(figure(result, "AUROC, background only")).isGreaterThan(0.95);
    }

    /** The recordings as tools leave them that pad with zeros, or with nothing but zeros in those of patients. */
    private static ProbedModel padded(ProbedSounds sounds, boolean patientsSilent) {
        return new ProbedModel() {
            @Override
            public Waveform read(Recording recording) {
                Waveform waveform = sounds.read(recording);
                int pad = waveform.length();
                boolean silent = patientsSilent && recording.label() == Label.PATIENT;
                float[] samples = new float[3 * pad];
                for (int i = 0; i < pad && !silent; i++) {
                    samples[pad + i] = waveform.sample(i);
                }
                return Waveform.of(samples, waveform.sampleRate());
            }

            @Override
            public Evaluation test() {
                return sounds.test((waveform, recording) -> read(recording));
            }

            @Override
            public Evaluation test(WaveformChange change) {
                return sounds.test((waveform, recording) -> change.apply(read(recording), recording));
            }

            @Override
            public DatasetSplit split() {
                return sounds.split();
            }

            @Override
            public DecisionRule decision() {
                return sounds.decision();
            }

            @Override
            public <R> List<R> map(List<Recording> recordings, Function<Recording, R> work) {
                return recordings.stream().map(work).toList();
            }

            @Override
            public Evaluation testTrainedOn(Map<String, Label> labels, long seed) {
                return sounds.testTrainedOn(labels, seed);
            }

            @Override
            public RandomStreams random() {
                return sounds.random();
            }
        };
    }

    @Test
    void paddingWithZerosDoesNotHideTheBackground() {
        ProbeResult result = NoiseOnly.standard().examine(padded(BY_BACKGROUND, false));
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void digitalSilenceIsNoBackground() {
        ProbeResult result = NoiseOnly.standard().examine(padded(BY_BACKGROUND, true));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.finding()).isEqualTo("50 of 50 test recordings of the class PATIENT hold nothing but digital silence,"
                + " which is no background.");
    }

    @Test
    void aModelThatListensToSpeechPasses() {
        ProbeResult result = NoiseOnly.standard().examine(BY_SPEECH);
        assertThat(figure(result, "AUROC, unchanged")).isGreaterThan(0.95);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASSED);
        assertThat(result.finding()).endsWith("without speech it does not know the class.");
    }

    @Test
    void levelChangesTheAnswerOfAModelThatHearsLevels() {
        ProbeResult result = Level.of(List.of(-10.0, 10.0), BOUNDS).examine(BY_BACKGROUND);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(figure(result, "flipped calls, -10.0 dB")).isEqualTo(0.5);
        assertThat(Level.of(List.of(0.1), BOUNDS).examine(BY_SPEECH).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void bandAndCodecAreTriedOneByOne() {
        ProbeResult band = BandWidth.of(List.of(3000.0), true, BOUNDS).examine(BY_SPEECH);
        assertThat(band.measurements()).extracting(Measurement::name)
                .contains("flipped calls, telephone, 300 to 3400 Hz", "AUROC change, nothing above 3000 Hz");
        ProbeResult codec = Codec.all(BOUNDS).examine(BY_SPEECH);
        assertThat(codec.verdict()).as(codec.toString()).isEqualTo(Verdict.PASSED);
        assertThat(codec.measurements()).extracting(Measurement::name)
                .contains("flipped calls, mu-law", "flipped calls, 8-bit", "flipped calls, 8khz");
        ProbeResult nothing = BandWidth.of(List.of(4000.0), false, BOUNDS).examine(BY_SPEECH);
        assertThat(nothing.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(nothing.finding()).contains("no frequencies above 4000 Hz");
    }

    private static Noises noises() {
        RandomGenerator random = new RandomStreams(1).stream("noise");
        float[] samples = new float[16_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return Noises.of("ward/evaluation", List.of(new Noises.Noise("hiss", Waveform.of(samples, 8000))));
    }

    @Test
    void theTableOfNoiseShowsWhatHospitalNoiseInControlsDoes() {
        NoiseLevels table = NoiseLevels.of(noises(), List.of(0.01, 0.2), 1, BOUNDS);
        ProbeResult result = table.examine(BY_BACKGROUND);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(figure(result, "AUROC, unchanged")).isGreaterThan(0.95);
        assertThat(figure(result, "AUROC, noise of 0.2000 in controls only")).isLessThan(0.2);
        assertThat(figure(result, "balanced accuracy, noise of 0.2000 in every recording")).isEqualTo(0.5);
        assertThat(figure(table.examine(BY_SPEECH), "AUROC, noise of 0.0100 in controls only")).isGreaterThan(0.95);
        assertThat(table.protocols()).hasSize(4);
    }

    @Test
    void whatIsDescribedIsMadeAgain() {
        Components components = Components.discover().bind(Noises.class, "ward/evaluation", noises());
        for (Probe probe : List.of(NoiseOnly.standard().share(0.2).bound(0.8), Level.of(List.of(3.0), BOUNDS),
                BandWidth.of(List.of(2000.0, 1000.0), false, BOUNDS), Codec.of(List.of("mu-law"), BOUNDS),
                NoiseLevels.of(noises(), List.of(0.1), 2, BOUNDS).seed(5).shareNoises(true),
                AudioMetadataOnly.probe().without(List.of("age")).bound(0.8))) {
            Probe again = components.create(Probe.class, "probes[0]", probe.description());
            assertThat(again.description()).isEqualTo(probe.description());
            assertThat(again.getClass()).isEqualTo(probe.getClass());
        }
        assertThat(components.types(Probe.class)).containsExactly("ambient", "band-width", "codec", "level", "matched-subjects",
                "metadata-only", "noise-levels", "noise-only",
                "permuted-labels");
    }

    private static void refused(String type, Map<String, Object> settings, String message) {
        assertThatThrownBy(() -> Components.discover().create(Probe.class, "probes[0]", new ComponentDescription(type, settings)))
                .isInstanceOf(ComponentException.class).hasMessage(message);
    }

    @Test
    void wrongSettingsAreTold() {
        refused("noise-only", Map.of("share", 0), "probes[0].share must be above 0 and at most 1, but was 0; the default is 0.1");
        refused("noise-only", Map.of("bound", 0.5),
                "probes[0].bound must be above 0.5 and at most 1, but was 0.5; the default is 0.7");
        refused("level", Map.of("decibels", List.of("loud")), "probes[0].decibels[0] must be a finite number, but was loud");
        refused("level", Map.of("decibels", List.of(90)),
                "probes[0].decibels[0] must be between -60 and 60 dB, but was 90 dB; the default is [-10.0, 10.0]");
        refused("codec", Map.of("codecs", List.of("mp3")),
                "probes[0].codecs: 'mp3' is not known; known are [mu-law, 8-bit, 8khz]");
        refused("band-width", Map.of("lowPass", List.of(), "telephone", false),
                "probes[0].lowPass: must have at least one cutoff if telephone is false, but has none");
        refused("codec", Map.of("largestFlips", 2), "probes[0].largestFlips must be between 0 and 1, but was 2; the default is 0.1");
    }
}
