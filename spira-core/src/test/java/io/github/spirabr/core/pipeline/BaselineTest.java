package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.WholeRecording;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTest {

    private static final Dataset DATASET = Recordings.dataset(20, 20, 2);

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    /** A feature of one sample, which says nothing of the class, or fails. */
    private record OneSample(int index) implements FeatureExtractor {

        @Override
        public int features() {
            return 1;
        }

        @Override
        public int frames(int samples) {
            return 1;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            if (index >= waveform.length()) {
                throw new IllegalArgumentException("sample " + index + " must be one of " + waveform.length());
            }
            return FeatureMatrix.of(1, 1, new float[] {Math.signum(waveform.sample(index))});
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("one-sample", Map.of("index", index));
        }
    }

    private TrainingPipeline.Builder pipeline(FeatureExtractor ofNetwork) {
        return TestParts.pipeline(DATASET, models).preprocessing(
                Preprocessing.builder().window(WholeRecording.of(Duration.ofSeconds(1))).extract(ofNetwork).build());
    }

    private static ProbeResult baseline(TrainingPipeline.Builder pipeline) {
        List<ProbeResult> probes = pipeline.build().run().probes();
        assertThat(probes).extracting(ProbeResult::name).containsExactly(ProbeResult.BASELINE);
        return probes.get(0);
    }

    @Test
    void aNetworkThatIsBetterPasses() {
        ProbeResult result = baseline(pipeline(new Loudness()).baseline(new OneSample(7)));
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.finding()).startsWith("The AUROC of the network is 1.000, that of the baseline 0.")
                .contains(": the network is better by 0.").endsWith(", which is beyond chance (95 % interval).");
        assertThat(result.measurements()).extracting(ProbeResult.Measurement::name).containsExactly(
                "AUROC, network less baseline", "AUROC, network", "AUROC, baseline",
                "ACCURACY, network less baseline", "ACCURACY, network", "ACCURACY, baseline");
        ProbeResult.Measurement gain = result.measurements().get(0);
        assertThat(gain.value())
                .isEqualTo(result.measurements().get(1).value() - result.measurements().get(2).value());
        assertThat(gain.lower()).isPositive().isLessThan(gain.value());
        assertThat(gain.recordings()).isEqualTo(20);
        assertThat(gain.subjects()).isEqualTo(10);
    }

    @Test
    void aNetworkThatIsWorseIsWarnedOf() {
        ProbeResult result = baseline(pipeline(new OneSample(7)).baseline(new Loudness()));
        assertThat(result.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(result.finding()).contains(", that of the baseline 1.000: the baseline is better by 0.")
                .endsWith(", which is beyond chance (95 % interval).");
        assertThat(result.measurements().get(0).upper()).isNegative();
    }

    @Test
    void equalOnesMayBeSoByChance() {
        ProbeResult result = baseline(pipeline(new Loudness()).baseline(new Loudness()));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.finding())
                .isEqualTo("The AUROC of the network is 1.000, that of the baseline 1.000: neither is better.");
    }

    @Test
    void fourTestSubjectsHaveNoInterval() {
        Dataset few = Recordings.dataset(8, 8, 4);
        ProbeResult result = baseline(TestParts.pipeline(few, models).baseline(new OneSample(7)));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.measurements().get(0).lower()).isNaN();
    }

    @Test
    void theNetworkIsTheSameWithAndWithoutIt() {
        TrainingRun with = pipeline(new Loudness()).baseline(new OneSample(7)).build().run();
        TrainingRun without = pipeline(new Loudness()).baseline(false).build().run();
        assertThat(without.probes()).isEmpty();
        assertThat(without.test()).isEqualTo(with.test());
        assertThat(without.epochs()).isEqualTo(with.epochs());
        assertThat(models.load(without.model()).file("level")).isEqualTo(models.load(with.model()).file("level"));
        assertThat(without.identity()).as("its report differs").isNotEqualTo(with.identity());
    }

    @Test
    void featuresThatFailDoNotFailTheRun() {
        ProbeResult result = baseline(pipeline(new Loudness()).baseline(new OneSample(999)));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.finding()).isEqualTo("The baseline could not be trained: sample 999 must be one of 250");
        assertThat(result.measurements()).isEmpty();
    }

    @Test
    void aLinearModelOfTheSameFeaturesNeedsNone() {
        ModelFactory linear = new ModelFactory() {
            @Override
            public UntrainedModel create(InputShape input, RandomStreams random) {
                return new ThresholdFactory().create(input, random);
            }

            @Override
            public ComponentDescription description() {
                return new ComponentDescription("logistic", Map.of());
            }
        };
        assertThat(pipeline(new Loudness()).model(linear).baseline(new Loudness()).build().run().probes()).isEmpty();
        assertThat(baseline(pipeline(new Loudness()).model(linear).baseline(new OneSample(3))).measurements()).isNotEmpty();
    }

    @Test
    void aStoredComparisonIsNotMadeAgain() {
        InMemoryModelRepository outcomes = new InMemoryModelRepository();
        IdReader reader = new IdReader();
        TrainingPipeline.Builder pipeline =
                pipeline(new Loudness()).reader(reader).cacheBytes(0).workStore(outcomes).baseline(new OneSample(7));
        TrainingRun first = pipeline.build().run();
        int reads = reader.reads.get();
        TrainingRun again = pipeline.build().run();
        assertThat(again.probes()).isEqualTo(first.probes());
        assertThat(again.probes()).hasSize(1);
        assertThat(reader.reads.get()).isEqualTo(reads);
        assertThat(pipeline.baseline(new OneSample(8)).build().run().probes()).isNotEqualTo(first.probes());
    }
}
