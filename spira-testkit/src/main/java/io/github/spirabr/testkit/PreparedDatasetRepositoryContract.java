package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of every {@link PreparedDatasetRepository}. An adapter's test extends this class and says how
 * its repository is opened.
 */
@Timeout(120)
public abstract class PreparedDatasetRepositoryContract {

    /** The name of the data set in most tests. */
    protected static final String NAME = "spira-v2-mfcc";

    /** A fingerprint. */
    protected static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    /**
     * Opens one more handle to the repository of the running test, as another process would. The
     * repository holds nothing when a test begins.
     */
    protected abstract PreparedDatasetRepository open();

    /** Recordings of one to three windows; equal seeds give equal recordings. */
    protected static List<PreparedRecording> recordings(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(number -> {
            List<FeatureMatrix> windows = IntStream.rangeClosed(0, number % 3).mapToObj(window -> {
                float[] values = new float[(20 + window) * 13];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                return FeatureMatrix.of(20 + window, 13, values);
            }).toList();
            return new PreparedRecording("áudio/" + number + ".wav", "subject-" + number / 2,
                    Label.values()[number / 2 % 2], Map.of("sexo", "F", "idade", "" + (20 + number)), windows);
        }).toList();
    }

    @Test
    void whatIsSavedIsRead() {
        List<PreparedRecording> recordings = recordings(7, 1);

        open().save(NAME, FINGERPRINT, recordings.iterator());

        try (PreparedDataset dataset = open().open(NAME)) {
            assertThat(dataset.name()).isEqualTo(NAME);
            assertThat(dataset.fingerprint()).isEqualTo(FINGERPRINT);
            assertThat(dataset.entries()).hasSize(7);
            for (int i : new int[] {3, 0, 6, 1, 2, 5, 4, 3}) {
                PreparedRecording expected = recordings.get(i);
                PreparedDataset.Entry entry = dataset.entries().get(i);
                assertThat(entry.id()).isEqualTo(expected.id());
                assertThat(entry.subject()).isEqualTo(expected.subject());
                assertThat(entry.label()).isEqualTo(expected.label());
                assertThat(entry.metadata()).isEqualTo(expected.metadata());
                assertThat(entry.windows()).isEqualTo(expected.windows().size());
                assertThat(dataset.read(i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void recordingsArePulledOneByOne() {
        List<PreparedRecording> recordings = recordings(3, 2);
        List<String> pulled = new ArrayList<>();
        Iterator<PreparedRecording> source = recordings.iterator();

        open().save(NAME, FINGERPRINT, new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public PreparedRecording next() {
                PreparedRecording next = source.next();
                pulled.add(next.id());
                return next;
            }
        });

        assertThat(pulled).containsExactlyElementsOf(recordings.stream().map(PreparedRecording::id).toList());
    }

    @Test
    void whenARecordingCannotBeMadeNothingIsVisible() {
        Iterator<PreparedRecording> two = recordings(2, 3).iterator();
        Iterator<PreparedRecording> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public PreparedRecording next() {
                if (!two.hasNext()) {
                    throw new NoSuchElementException("the decoder failed");
                }
                return two.next();
            }
        };

        assertThatThrownBy(() -> open().save(NAME, FINGERPRINT, broken)).hasMessage("the decoder failed");

        assertThat(open().names()).isEmpty();
        open().save(NAME, FINGERPRINT, recordings(2, 3).iterator());
        assertThat(open().names()).containsExactly(NAME);
    }

    @Test
    void aNameIsTakenOnce() {
        open().save(NAME, FINGERPRINT, recordings(2, 1).iterator());

        assertThatThrownBy(() -> open().save(NAME, FINGERPRINT, recordings(2, 2).iterator()))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessageStartingWith("data set " + NAME + " is in ")
                .hasMessageEndingWith(" already; choose another name, or delete it first");
        try (PreparedDataset dataset = open().open(NAME)) {
            assertThat(dataset.read(1)).isEqualTo(recordings(2, 1).get(1));
        }
    }

    @Test
    void ofManyWhoSaveUnderOneNameOneWins() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Integer> won = new ArrayList<>();
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                List<PreparedRecording> own = recordings(5, seed);
                PreparedDatasetRepository repository = open();
                running.add(threads.submit(() -> {
                    start.await();
                    try {
                        repository.save(NAME, FINGERPRINT, own.iterator());
                        return true;
                    } catch (PreparedDatasetException e) {
                        assertThat(e).hasMessageContaining("already; choose another name");
                        return false;
                    }
                }));
            }
            start.countDown();
            for (int seed = 0; seed < 8; seed++) {
                if (running.get(seed).get()) {
                    won.add(seed);
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(won).hasSize(1);
        try (PreparedDataset dataset = open().open(NAME)) {
            for (int i = 0; i < 5; i++) {
                assertThat(dataset.read(i)).isEqualTo(recordings(5, won.get(0)).get(i));
            }
        }
    }

    @Test
    void manyThreadsReadOneDataset() throws Exception {
        List<PreparedRecording> recordings = recordings(40, 5);
        open().save(NAME, FINGERPRINT, recordings.iterator());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (PreparedDataset dataset = open().open(NAME)) {
            List<Future<PreparedRecording>> read = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> dataset.read(i))).toList();
            for (int i = 0; i < 40; i++) {
                assertThat(read.get(i).get()).isEqualTo(recordings.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void namesAreListedAndDeleted() {
        PreparedDatasetRepository repository = open();
        assertThat(repository.names()).isEmpty();
        repository.save("b", FINGERPRINT, recordings(1, 1).iterator());
        repository.save("a", FINGERPRINT, recordings(1, 2).iterator());
        assertThat(open().names()).containsExactly("a", "b");

        repository.delete("b");
        repository.delete("b");

        assertThat(open().names()).containsExactly("a");
        repository.save("b", FINGERPRINT, recordings(1, 3).iterator());
        try (PreparedDataset dataset = open().open("b")) {
            assertThat(dataset.read(0)).isEqualTo(recordings(1, 3).get(0));
        }
    }

    @Test
    void anUnknownNameIsToldWithThoseThatAre() {
        open().save("a", FINGERPRINT, recordings(1, 1).iterator());

        assertThatThrownBy(() -> open().open(NAME))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessageStartingWith("there is no data set " + NAME + " in ")
                .hasMessageEndingWith("; existing data sets: [a]");
    }

    @Test
    void whatIsNoDatasetIsRefused() {
        assertThatThrownBy(() -> open().save(NAME, FINGERPRINT, List.<PreparedRecording>of().iterator()))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessage("data set " + NAME + " could not be saved: it has no recordings");
        PreparedRecording twice = recordings(1, 1).get(0);
        assertThatThrownBy(() -> open().save(NAME, FINGERPRINT, List.of(twice, twice).iterator()))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessage("data set " + NAME + " could not be saved: recording " + twice.id()
                        + " is listed twice; remove one");
        assertThatThrownBy(() -> open().save(NAME, "spira", recordings(1, 1).iterator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fingerprint must be 64 lower-case hexadecimal digits, but was 'spira'");
        assertThatThrownBy(() -> open().clean(Duration.ofMinutes(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("abandoned must be at least 1 hour, but was PT59M");
        assertThat(open().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "..", "../other", "a/b", "a\\b", "Upper", ".hidden", "a b", "ação", "con", "ѕpira"
    })
    void namesThatCouldLeaveTheRepositoryAreRefused(String name) {
        assertThatThrownBy(() -> open().save(name, FINGERPRINT, recordings(1, 1).iterator()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().delete(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedDatasetSaysSo() {
        open().save(NAME, FINGERPRINT, recordings(1, 1).iterator());
        PreparedDataset dataset = open().open(NAME);
        dataset.close();
        dataset.close();

        assertThatThrownBy(() -> dataset.read(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the data set was closed");
    }

    @Test
    void cleaningHarmsNoDataset() {
        open().save(NAME, FINGERPRINT, recordings(3, 1).iterator());

        assertThat(open().clean(Duration.ofHours(1))).isZero();

        try (PreparedDataset dataset = open().open(NAME)) {
            assertThat(dataset.read(2)).isEqualTo(recordings(3, 1).get(2));
        }
    }
}
