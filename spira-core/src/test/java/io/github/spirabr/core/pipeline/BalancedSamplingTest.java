package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.pipeline.TestParts.MeanTrainer;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pipeline's training set can be drawn from with balanced classes, as the published ComParE experiments do. */
class BalancedSamplingTest {

    /** Notes what it is given of three epochs, and of the second once more from its fifth recording on. */
    private static final class NotingTrainer implements ModelTrainer {

        private final MeanTrainer trainer = new MeanTrainer();
        private final List<List<String>> epochs = new ArrayList<>();

        @Override
        public ComponentDescription description() {
            return trainer.description();
        }

        @Override
        public ModelTrainer.Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                epochs.add(ids(training.epoch(epoch, 0, Sampling.BALANCED)));
            }
            epochs.add(ids(training.epoch(2, 4, Sampling.BALANCED)));
            return trainer.train(model, training, validation, context);
        }

        private static List<String> ids(FeatureStream stream) {
            List<String> ids = new ArrayList<>();
            try (stream) {
                stream.forEachRemaining(one -> ids.add(one.recording().id()));
            }
            return ids;
        }
    }

    private static List<List<String>> epochs(int threads) {
        Dataset dataset = Recordings.dataset(40, 8, 1);
        NotingTrainer trainer = new NotingTrainer();
        TestParts.pipeline(dataset, new InMemoryModelRepository())
                .trainer(trainer)
                .parallelism(Parallelism.of(threads))
                .build()
                .run();
        return trainer.epochs;
    }

    @Test
    void anEpochHasAsManyRecordingsAndBothClassesAlike() {
        List<List<String>> epochs = epochs(2);
        assertThat(epochs.get(0)).hasSize(24);
        long patients = epochs.subList(0, 3).stream().flatMap(List::stream).filter(id -> id.startsWith("p")).count();
        long controls = epochs.subList(0, 3).stream().flatMap(List::stream).filter(id -> id.startsWith("c")).count();
        assertThat(patients + controls).isEqualTo(72);
        // Drawn alike there would be 12; balanced, 36 of 72 with a standard deviation of 4.2.
        assertThat(patients).isBetween(24L, 48L);
        assertThat(new HashSet<>(epochs.get(0))).hasSizeLessThan(24);
    }

    @Test
    void eachEpochDrawsAnewAndCanBeTakenUpInTheMiddle() {
        List<List<String>> epochs = epochs(2);
        assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1));
        assertThat(epochs.get(3)).isEqualTo(epochs.get(1).subList(4, 24));
        assertThat(epochs(5)).isEqualTo(epochs);
    }
}
