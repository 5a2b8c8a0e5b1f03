package io.github.spirabr.core.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.pipeline.TestParts;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowingPredictorTest {

    private static final byte[] PATIENT = "p-new".getBytes(StandardCharsets.UTF_8);

    private final InMemoryModelRepository models = new InMemoryModelRepository();
    private ModelVersion first = new ModelVersion("loud", 1);
    private ModelVersion second = first;
    private int openBefore;

    @BeforeEach
    void trains() {
        first = train(1);
        second = train(2);
        models.promote("champion", first, "test");
        openBefore = TestParts.OPEN.get();
    }

    private ModelVersion train(long seed) {
        return TestParts.pipeline(Recordings.dataset(8, 8, 1), models)
                .seed(seed)
                .build()
                .run()
                .model();
    }

    private FollowingPredictor.Builder follow() {
        return FollowingPredictor.builder(models, "loud", "champion").components(TestParts.components()).every(Duration.ZERO);
    }

    @Test
    void theNextChampionAnswersWithoutARestartAndTheOldOneIsClosed() {
        try (FollowingPredictor predictor = follow().open()) {
            assertThat(predictor.predict("p-new", PATIENT).model()).isEqualTo(first);
            models.promote("champion", second, "test");
            assertThat(predictor.version()).isEqualTo(first);
            assertThat(predictor.refresh()).isEqualTo(second);
            assertThat(predictor.predict("p-new", PATIENT).model()).isEqualTo(second);
            assertThat(TestParts.OPEN.get()).isEqualTo(openBefore + 1);
        }
        assertThat(TestParts.OPEN.get()).isEqualTo(openBefore);
    }

    @Test
    void anAnswerThatWasBegunIsFinishedByTheModelThatBeganIt() {
        try (FollowingPredictor predictor = follow().open()) {
            models.promote("champion", second, "test");
            List<ModelVersion> answered = predictor.ask(asked -> {
                ModelVersion before = asked.predict("p-new", PATIENT).model();
                assertThat(predictor.refresh()).isEqualTo(second);
                assertThat(TestParts.OPEN.get()).isEqualTo(openBefore + 2);
                return List.of(before, asked.predict("p-new", PATIENT).model());
            });
            assertThat(answered).containsExactly(first, first);
            assertThat(TestParts.OPEN.get()).isEqualTo(openBefore + 1);
            assertThat(predictor.version()).isEqualTo(second);
        }
    }

    @Test
    void whenTheNewOneCannotBeOpenedTheOldOneGoesOnAndSaysSo() {
        List<String> heard = new ArrayList<>();
        FollowingPredictor.Listener listener = new FollowingPredictor.Listener() {
            @Override
            public void moved(ModelVersion from, ModelVersion to) {
                heard.add(from.number() + " to " + to.number());
            }

            @Override
            public void failed(ModelVersion answering, Exception failure) {
                heard.add(answering.number() + " goes on: " + failure.getMessage());
            }
        };
        ModelVersion broken = models.save("loud",
                ModelArtifact.of(Map.of("model.properties", "format=9\n".getBytes(StandardCharsets.UTF_8))));
        try (FollowingPredictor predictor = follow().listener(listener).open()) {
            models.promote("champion", broken, "test");
            assertThat(predictor.refresh()).isEqualTo(first);
            assertThat(predictor.failure()).get().asString().contains("format 9");
            assertThat(predictor.predict("p-new", PATIENT).model()).isEqualTo(first);
            models.promote("champion", second, "test");
            assertThat(predictor.refresh()).isEqualTo(second);
            assertThat(predictor.failure()).isEmpty();
        }
        assertThat(heard).hasSize(2).last().isEqualTo("1 to 2");
        assertThat(heard.get(0)).startsWith("1 goes on: model.properties has format 9");
    }

    @Test
    void theAliasIsLookedAtByItself() throws InterruptedException {
        BlockingQueue<ModelVersion> moves = new LinkedBlockingQueue<>();
        FollowingPredictor.Listener listener = new FollowingPredictor.Listener() {
            @Override
            public void moved(ModelVersion from, ModelVersion to) {
                moves.add(to);
            }
        };
        try (FollowingPredictor predictor = follow().every(Duration.ofMillis(5)).listener(listener).open()) {
            models.promote("champion", second, "test");
            assertThat(moves.poll(30, TimeUnit.SECONDS)).isEqualTo(second);
            assertThat(predictor.version()).isEqualTo(second);
        }
    }

    @Test
    void manyThreadsGetWholeAnswersWhileTheChampionMoves() throws Exception {
        Map<String, AudioSource> recordings =
                Map.of("a", AudioSource.ofBytes("a", PATIENT), "b", AudioSource.ofBytes("b", PATIENT));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FollowingPredictor predictor = follow().open()) {
            List<Future<Integer>> answers = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(8);
            for (int t = 0; t < 8; t++) {
                answers.add(threads.submit(() -> {
                    int asked = 0;
                    do {
                        SubjectPrediction answer = predictor.predictSubject("p", recordings);
                        assertThat(answer.recordings()).extracting(Prediction::model).containsOnly(answer.model());
                        asked++;
                        begun.countDown();
                    } while (!stop.get());
                    return asked;
                }));
            }
            begun.await();
            for (int move = 0; move < 50; move++) {
                models.promote("champion", move % 2 == 0 ? second : first, "test");
                predictor.refresh();
            }
            stop.set(true);
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isPositive();
            }
            assertThat(TestParts.OPEN.get()).isEqualTo(openBefore + 1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(TestParts.OPEN.get()).isEqualTo(openBefore);
    }

    @Test
    void closedItAnswersNoMoreAndMayBeClosedTwice() {
        FollowingPredictor predictor = follow().open();
        predictor.close();
        predictor.close();
        assertThat(TestParts.OPEN.get()).isEqualTo(openBefore);
        assertThatThrownBy(() -> predictor.predict("p-new", PATIENT)).hasMessageContaining("closed");
        models.promote("champion", second, "test");
        predictor.refresh();
        assertThat(TestParts.OPEN.get()).isEqualTo(openBefore);
        assertThatThrownBy(() -> follow().every(Duration.ofMillis(-1))).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> FollowingPredictor.builder(models, "loud", "other").components(TestParts.components()).open())
                .isInstanceOf(ModelRepositoryException.class).hasMessageContaining("has the alias 'other'");
    }
}
