package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;

/**
 * Contract of every {@link ModelTrainer}, together with the networks that it trains: the same bits for the same seed,
 * whatever other threads do; a resumed run ends as an uninterrupted one; a state that restores the same
 * network again, and is refused where it is damaged; probabilities that depend on their window alone; and it is made
 * again from its settings.
 */
public abstract class ModelTrainerContract extends ComponentContract<ModelTrainer> {

    private static final int RECORDINGS = 10;

    /** All that a training gave, as values that can be compared. */
    private record Outcome(Map<String, String> state, List<EpochSummary> epochs, int bestEpoch) {}

    /** Keeps every checkpoint, in memory. */
    private static final class Memory implements CheckpointStore {

        private final List<Checkpoint> saved = new ArrayList<>();

        @Override
        public void save(Checkpoint checkpoint) {
            Map<String, byte[]> copy = new TreeMap<>();
            checkpoint.files().forEach((name, bytes) -> copy.put(name, bytes.clone()));
            saved.add(new Checkpoint(checkpoint.step(), copy));
        }

        @Override
        public Optional<Found> latest() {
            return saved.isEmpty() ? Optional.empty() : Optional.of(new Found(saved.get(saved.size() - 1), List.of()));
        }

        @Override
        public void clear() {
            saved.clear();
        }
    }

    /** A network of no trainer. */
    private record Foreign(InputShape input) implements UntrainedModel {

        @Override
        public long parameterCount() {
            return 1;
        }

        @Override
        public TrainedModel restore(Map<String, byte[]> state) {
            throw new TrainingException("there is no such network");
        }
    }

    /** Called by the test that extends this. */
    protected ModelTrainerContract() {
        super(ModelTrainer.class);
    }

    /** Returns a factory of networks that the trainer can train. */
    protected abstract ModelFactory factory();

    /** An input that the network takes; by default 128 frames of 8 features. */
    protected InputShape input() {
        return new InputShape(128, 8);
    }

    @Example
    void theSameSeedGivesTheSameBits() {
        ModelTrainer trainer = create();
        Outcome first = train(trainer, 1);
        train(trainer, 2);
        assertThat(train(trainer, 1)).isEqualTo(first);
        assertThat(train(recreate(), 1)).isEqualTo(first);
    }

    @Example
    void eightTrainingsAtOnceGiveTheBitsOfOne() {
        ModelTrainer trainer = create();
        List<Outcome> alone = List.of(train(trainer, 3));
        assertThat(Together.work(1, i -> train(trainer, 3))).containsOnly(alone);
    }

    @Example
    void epochsAreCountedFromOneAndTheBestIsOneOfThem() {
        Outcome outcome = train(create(), 1);
        assertThat(outcome.epochs()).isNotEmpty();
        assertThat(outcome.epochs()).extracting(EpochSummary::epoch)
                .isEqualTo(IntStream.rangeClosed(1, outcome.epochs().size()).boxed().toList());
        assertThat(outcome.bestEpoch()).isBetween(1, outcome.epochs().size());
        assertThat(outcome.epochs()).allSatisfy(epoch -> {
            assertThat(epoch.validationLoss()).isFinite().isNotNegative();
            assertThat(epoch.validationAccuracy()).isBetween(0.0, 1.0);
        });
    }

    @Example
    void aRunThatWasBrokenOffEndsAsIfItHadNotBeen() {
        ModelTrainer trainer = create();
        Memory all = new Memory();
        Memory kept = new Memory();
        Outcome whole = train(trainer, context(4, new CheckpointStore() {
            @Override
            public void save(Checkpoint checkpoint) {
                all.save(checkpoint);
                kept.save(checkpoint);
            }

            @Override
            public Optional<Found> latest() {
                return all.latest();
            }

            @Override
            public void clear() {
                all.clear();
            }
        }));
        for (Checkpoint checkpoint : kept.saved) {
            Memory left = new Memory();
            left.save(checkpoint);
            assertThat(train(trainer, context(4, left)))
                    .as("resumed after step %d", checkpoint.step())
                    .isEqualTo(whole);
        }
    }

    @Example
    void aStateMakesTheSameNetworkAgain() {
        List<FeatureMatrix> windows = data(6, 3).windows();
        try (TrainedModel model = result(create(), context(5, new Memory())).model();
                TrainedModel restored = untrained(6).restore(model.state())) {
            assertThat(restored.input()).isEqualTo(model.input());
            assertThat(restored.predict(windows)).isEqualTo(model.predict(windows));
            assertThat(hex(restored.state())).isEqualTo(hex(model.state()));
        }
    }

    @Example
    void aDamagedStateNeverMakesAnotherNetwork() {
        List<FeatureMatrix> windows = data(6, 3).windows();
        try (TrainedModel model = result(create(), context(5, new Memory())).model()) {
            Map<String, byte[]> state = model.state();
            int refused = 0;
            for (String name : state.keySet()) {
                Map<String, byte[]> without = new TreeMap<>(state);
                without.remove(name);
                Map<String, byte[]> cut = new TreeMap<>(state);
                cut.put(name, Arrays.copyOf(state.get(name), state.get(name).length / 2));
                for (Map<String, byte[]> damaged : List.of(without, cut)) {
                    // A file may be there for readers only, such as a list of layers.
                    try (TrainedModel restored = untrained(5).restore(damaged)) {
                        assertThat(restored.predict(windows))
                                .as("with damaged %s", name)
                                .isEqualTo(model.predict(windows));
                    } catch (TrainingException e) {
                        refused++;
                    }
                }
            }
            assertThat(refused).as("damaged states that are refused").isPositive();
        }
    }

    @Example
    void aProbabilityDependsOnItsWindowAlone() {
        List<FeatureMatrix> windows = data(6, 3).windows();
        try (TrainedModel model = result(create(), context(7, new Memory())).model()) {
            double[] probabilities = model.predict(windows);
            assertThat(probabilities).hasSameSizeAs(windows);
            for (int w = 0; w < probabilities.length; w++) {
                assertThat(probabilities[w]).isBetween(0.0, 1.0);
                assertThat(model.predict(List.of(windows.get(w))))
                        .as("window %d alone", w)
                        .containsExactly(probabilities[w]);
            }
            List<List<Double>> together = Together.work(windows.size(), w -> model.predict(List.of(windows.get(w)))[0]);
            assertThat(together).containsOnly(Arrays.stream(probabilities).boxed().toList());
        }
    }

    @Example
    void aWindowOfAnotherShapeIsRefused() {
        FeatureMatrix wider = FeatureMatrix.of(
                input().frames(), input().features() + 1, new float[input().frames() * (input().features() + 1)]);
        try (TrainedModel model = result(create(), context(7, new Memory())).model()) {
            assertThatIllegalArgumentException().isThrownBy(() -> model.predict(List.of(wider)));
        }
    }

    @Example
    void aNetworkOfAnotherKindIsRefused() {
        ModelTrainer trainer = create();
        TinyData data = data(RECORDINGS, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(new Foreign(input()), data, data, context(1, new Memory())));
    }

    @Example
    void aModelMayBeClosedTwice() {
        TrainedModel model = result(create(), context(1, new Memory())).model();
        model.close();
        model.close();
    }

    private Outcome train(ModelTrainer trainer, long seed) {
        return train(trainer, TrainingContext.of(new RandomStreams(seed), new TrainingListener() {}));
    }

    private Outcome train(ModelTrainer trainer, TrainingContext context) {
        ModelTrainer.Result result = result(trainer, context);
        try (TrainedModel model = result.model()) {
            return new Outcome(hex(model.state()), result.epochs(), result.bestEpoch());
        }
    }

    private ModelTrainer.Result result(ModelTrainer trainer, TrainingContext context) {
        UntrainedModel model = factory().create(input(), context.random());
        return trainer.train(model, data(RECORDINGS, 1), data(4, 2), context);
    }

    private TinyData data(int count, long seed) {
        return new TinyData(input(), count, seed);
    }

    private UntrainedModel untrained(long seed) {
        return factory().create(input(), new RandomStreams(seed));
    }

    private static TrainingContext context(long seed, CheckpointStore store) {
        return TrainingContext.of(new RandomStreams(seed), new TrainingListener() {}).withCheckpoints(store, "contract");
    }

    private static Map<String, String> hex(Map<String, byte[]> state) {
        Map<String, String> texts = new TreeMap<>();
        state.forEach((name, bytes) -> texts.put(name, HexFormat.of().formatHex(bytes)));
        return texts;
    }
}
