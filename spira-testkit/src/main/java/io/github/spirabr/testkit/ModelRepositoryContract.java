package io.github.spirabr.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.AliasMovedException;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract tests of every {@link ModelRepository}. An adapter's test extends this class and implements how its
 * registry is opened, and how a version is removed without the registry. {@code -Dspira.operations=1000} makes the test of
 * many writers and readers long.
 */
@Timeout(600)
public abstract class ModelRepositoryContract {

    /** The name of the model in most tests. */
    protected static final String NAME = "respiratory-insufficiency";

    private static final int THREADS = 8;
    private static final int PUBLISHERS = 50;
    private static final int OPERATIONS = Integer.getInteger("spira.operations", 80);

    /**
     * Opens one more handle to the registry of the running test, as another process would. The
     * registry is empty when a test begins.
     *
     * @param clock the clock of the handle
     */
    protected abstract ModelRepository open(Clock clock);

    /**
     * Removes everything that is stored under a version's number, as if its folder or object were deleted by hand. The
     * catalog stays.
     */
    protected abstract void removeByHand(ModelVersion version);

    /** Opens a handle with the system's clock. */
    protected final ModelRepository open() {
        return open(Clock.systemUTC());
    }

    /** Returns an artifact of three files, one of them empty; equal seeds give equal artifacts. */
    protected static ModelArtifact artifact(long seed) {
        return artifact(seed, 20_000);
    }

    private static ModelArtifact artifact(long seed, int size) {
        byte[] weights = new byte[size];
        new Random(seed).nextBytes(weights);
        return ModelArtifact.of(Map.of(
                "weights.bin", weights,
                "notes.txt", new byte[0],
                "settings.json", ("{\"seed\": " + seed + ", \"note\": \"gravação\"}\n").getBytes(UTF_8)));
    }

    @Test
    void whatIsSavedIsLoaded() {
        ModelArtifact saved = artifact(1);

        ModelVersion version = open().save(NAME, saved);

        assertThat(version).isEqualTo(new ModelVersion(NAME, 1));
        assertThat(open().load(version)).isEqualTo(saved);
    }

    @Test
    void everyLegalFileNameIsKept() {
        byte[] content = {1, 2, 3};
        ModelArtifact saved = ModelArtifact.of(Map.of(
                "manifest.json", content, "files", content, "0", content, "a-b_c.d", content,
                "x".repeat(100), content));
        ModelRepository repository = open();

        assertThat(repository.load(repository.save(NAME, saved))).isEqualTo(saved);
    }

    @Test
    void filesOfEqualContentAreKeptApart() {
        ModelArtifact saved = ModelArtifact.of(Map.of("a", new byte[] {7}, "b", new byte[] {7}));
        ModelRepository repository = open();

        assertThat(repository.load(repository.save(NAME, saved))).isEqualTo(saved);
    }

    @Test
    void versionsAreCountedFromOne() {
        ModelRepository repository = open();

        for (int number = 1; number <= 12; number++) {
            assertThat(repository.save(NAME, artifact(number))).isEqualTo(new ModelVersion(NAME, number));
        }

        assertThat(repository.versions(NAME)).isEqualTo(versionsUpTo(12));
    }

    @Test
    void theLatestVersionIsTheNewest() {
        ModelRepository repository = open();
        assertThat(repository.latest(NAME)).isEmpty();

        repository.save(NAME, artifact(1));
        repository.save(NAME, artifact(2));

        assertThat(repository.latest(NAME)).contains(new ModelVersion(NAME, 2));
        assertThat(repository.load(repository.latest(NAME).orElseThrow())).isEqualTo(artifact(2));
    }

    @Test
    void aSecondSaveLeavesTheFirstVersionAlone() {
        ModelRepository repository = open();
        ModelVersion first = repository.save(NAME, artifact(1));

        repository.save(NAME, artifact(2));
        repository.save(NAME, artifact(1));

        assertThat(repository.load(first)).isEqualTo(artifact(1));
        assertThat(repository.versions(NAME)).hasSize(3);
    }

    @Test
    void aLoadedArtifactIsACopy() {
        ModelRepository repository = open();
        ModelVersion version = repository.save(NAME, artifact(1));

        repository.load(version).file("weights.bin")[0]++;

        assertThat(repository.load(version)).isEqualTo(artifact(1));
    }

    @Test
    void anUnknownNameHasNoVersions() {
        assertThat(open().versions("nobody-saved-this")).isEmpty();
        assertThat(open().latest("nobody-saved-this")).isEmpty();
    }

    @Test
    void loadingAnUnknownVersionSaysWhatThereIs() {
        ModelRepository repository = open();
        repository.save(NAME, artifact(1));

        assertThatThrownBy(() -> repository.load(new ModelVersion(NAME, 2)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining(NAME + " version 2")
                .hasMessageContaining("1");
    }

    @Test
    void loadingAnUnknownNameNamesIt() {
        assertThatThrownBy(() -> open().load(new ModelVersion("nobody-saved-this", 1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("nobody-saved-this version 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "..", "../other", "a/b", "a\\b", "Upper", "-a", ".hidden", "a b", "ação", "a\nb",
        "/etc", "c:", "con", "nul", "com1", "ѕpira", "spira\u0000", "\uff53pira", "~", "a.b"
    })
    void namesThatCouldLeaveTheRegistryAreRefused(String name) {
        ModelRepository repository = open();

        assertThatThrownBy(() -> repository.save(name, artifact(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.versions(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.latest(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.find(name, "champion")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.find(NAME, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.history(NAME, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.rollBack(name, "champion", "ana"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.rollBack(NAME, name, "ana")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.promote(name, new ModelVersion(NAME, 1), "ana"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.tag(new ModelVersion(NAME, 1), name, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.prune(name, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.clean(name, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void modelsOfDifferentNamesAreIndependent() {
        ModelRepository repository = open();

        repository.save("a", artifact(1));
        repository.save("a", artifact(2));
        ModelVersion other = repository.save("a-b", artifact(3));

        assertThat(other).isEqualTo(new ModelVersion("a-b", 1));
        assertThat(repository.versions("a")).containsExactly(new ModelVersion("a", 1), new ModelVersion("a", 2));
        assertThat(repository.versions("a-b")).containsExactly(other);
        assertThat(repository.load(other)).isEqualTo(artifact(3));
    }

    @Test
    void theLocationNamesModelAndVersion() {
        ModelRepository repository = open();
        ModelVersion version = repository.save(NAME, artifact(1));

        assertThat(repository.location(version)).contains(NAME).contains("000001");
    }

    @Test
    void namesAreThoseOfModelsWithVersions() {
        ModelRepository repository = open();
        assertThat(repository.names()).isEmpty();

        repository.save("b", artifact(1));
        repository.save("a", artifact(1));
        repository.delete(repository.save("c", artifact(1)));

        assertThat(open().names()).containsExactly("a", "b");
    }

    @Test
    void aVersionIsShownWithoutBeingLoaded() {
        ModelRepository repository = open();
        ModelVersion version = repository.save(NAME, ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8))));
        repository.tag(version, "hospital", "Hospital das Clínicas");
        repository.tag(version, "reviewed", "no");
        repository.tag(version, "reviewed", "yes");
        repository.promote("champion", version, "ana");
        repository.promote("newest", version, "ana");

        ModelRepository.Details details = open().show(version);

        assertThat(details.version()).isEqualTo(version);
        assertThat(details.files()).containsExactly(Map.entry("b.txt",
                new FileDigest(1, "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d")));
        assertThat(details.tags()).containsExactly(
                Map.entry("hospital", "Hospital das Clínicas"), Map.entry("reviewed", "yes"));
        assertThat(details.aliases()).containsExactly("champion", "newest");
    }

    @Test
    void anAliasMovesAndKeepsItsHistory() {
        saveVersions(2);

        AliasChange first = open(at("2026-03-01T10:00:00.123456Z")).promote("champion", version(1), "ana");
        AliasChange second = open(at("2026-03-02T10:00:00Z"))
                .promote("champion", version(2), Optional.of(version(1)), "joão (retraining)");

        ModelRepository repository = open();
        assertThat(repository.find(NAME, "champion")).contains(version(2));
        assertThat(repository.find(NAME, "challenger")).isEmpty();
        assertThat(repository.aliases(NAME)).containsExactly(Map.entry("champion", version(2)));
        assertThat(repository.history(NAME, "champion")).containsExactly(first, second);
        assertThat(repository.history(NAME, "challenger")).isEmpty();
        assertThat(first.at()).isEqualTo("2026-03-01T10:00:00.123Z");
        assertThat(first.from()).isEmpty();
        assertThat(second).isEqualTo(new AliasChange(
                second.id(), Instant.parse("2026-03-02T10:00:00Z"), "joão (retraining)", Optional.of(1), 2, false,
                Optional.of(repository.show(version(2)).digest())));
    }

    @Test
    void anAliasThatSomebodyElseMovedIsNotMoved() {
        ModelRepository repository = saveVersions(3);
        repository.promote("champion", version(1), Optional.empty(), "ana");
        repository.promote("champion", version(2), Optional.of(version(1)), "ana");

        assertThatThrownBy(() -> repository.promote("champion", version(3), Optional.of(version(1)), "bia"))
                .isInstanceOfSatisfying(AliasMovedException.class, moved ->
                        assertThat(moved.current()).contains(version(2)))
                .hasMessage("alias champion of model " + NAME + " is at version 2, but at version 1 was expected;"
                        + " compare with the version that has it now, and promote again if that still holds");
        assertThatThrownBy(() -> repository.promote("champion", version(3), Optional.empty(), "bia"))
                .isInstanceOf(AliasMovedException.class)
                .hasMessageContaining("is at version 2, but at no version was expected");
        assertThatThrownBy(() -> repository.promote("challenger", version(3), Optional.of(version(1)), "bia"))
                .isInstanceOf(AliasMovedException.class)
                .hasMessageContaining("is at no version, but at version 1 was expected");
        assertThat(open().history(NAME, "champion")).hasSize(2);
        assertThat(open().aliases(NAME)).containsExactly(Map.entry("champion", version(2)));
    }

    @Test
    void promotingTheChampionAgainChangesNothing() {
        ModelRepository repository = saveVersions(1);
        AliasChange first = repository.promote("champion", version(1), "ana");

        assertThat(repository.promote("champion", version(1), "bia")).isEqualTo(first);
        assertThat(repository.history(NAME, "champion")).containsExactly(first);
    }

    @Test
    void onlyAVersionThatIsThereIsPromotedOrTagged() {
        ModelRepository repository = saveVersions(1);

        for (ModelVersion missing : List.of(version(2), new ModelVersion("nobody-saved-this", 1))) {
            assertThatThrownBy(() -> repository.promote("champion", missing, "ana"))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining("there is no " + missing);
            assertThatThrownBy(() -> repository.tag(missing, "a", "b"))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining("there is no " + missing);
            assertThatThrownBy(() -> repository.show(missing))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining("there is no " + missing);
            assertThatThrownBy(() -> repository.delete(missing))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining("there is no " + missing);
        }
        assertThat(repository.aliases(NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ana\nbia", "\u0000"})
    void whoPromotesHasAName(String by) {
        ModelRepository repository = saveVersions(1);

        assertThatThrownBy(() -> repository.promote("champion", version(1), by))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was '" + by + "'");
        assertThat(repository.aliases(NAME)).isEmpty();
    }

    @Test
    void eachRollBackTakesBackOneMoveMore() {
        ModelRepository repository = saveVersions(3);
        for (int number = 1; number <= 3; number++) {
            repository.promote("champion", version(number), "ana");
        }

        AliasChange back = open(at("2026-04-01T00:00:00Z")).rollBack(NAME, "champion", "bia");
        assertThat(back).isEqualTo(new AliasChange(
                back.id(), Instant.parse("2026-04-01T00:00:00Z"), "bia", Optional.of(3), 2, true,
                Optional.of(repository.show(version(2)).digest())));
        assertThat(repository.find(NAME, "champion")).contains(version(2));

        repository.rollBack(NAME, "champion", "bia");
        assertThat(repository.find(NAME, "champion")).contains(version(1));
        assertThatThrownBy(() -> repository.rollBack(NAME, "champion", "bia"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("alias champion of model " + NAME + " could not be rolled back: no version had it before");
        assertThat(repository.history(NAME, "champion")).extracting(AliasChange::to).containsExactly(1, 2, 3, 2, 1);

        repository.promote("champion", version(3), "ana");
        repository.rollBack(NAME, "champion", "bia");
        assertThat(repository.find(NAME, "champion")).contains(version(1));
    }

    @Test
    void anAliasThatIsNotCannotBeRolledBack() {
        for (String name : List.of(NAME, "nobody-saved-this")) {
            assertThatThrownBy(() -> open().rollBack(name, "champion", "bia"))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage("alias champion of model " + name + " could not be rolled back: no version has it");
        }
    }

    @Test
    void anAliasIsNotRolledBackToADeletedVersion() {
        ModelRepository repository = saveVersions(3);
        for (int number = 1; number <= 3; number++) {
            repository.promote("champion", version(number), "ana");
        }
        repository.delete(version(1));
        repository.rollBack(NAME, "champion", "ana");

        assertThatThrownBy(() -> repository.rollBack(NAME, "champion", "ana"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("alias champion of model " + NAME + " could not be rolled back: " + version(1)
                        + ", which had it before, was deleted; promote another version");
    }

    @Test
    void aDeletedVersionIsGoneAndItsNumberIsNotGivenAgain() {
        ModelRepository repository = saveVersions(3);

        repository.delete(version(3));
        repository.delete(version(1));

        assertThat(open().versions(NAME)).containsExactly(version(2));
        assertThat(open().load(version(2))).isEqualTo(artifact(2));
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> open().load(version(3)),
                () -> open().show(version(3)),
                () -> open().tag(version(3), "a", "b"),
                () -> open().delete(version(3)),
                () -> open().promote("champion", version(3), "ana"))) {
            assertThatThrownBy(use)
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage(version(3) + " was deleted; use another version");
        }
        assertThat(open().save(NAME, artifact(4))).isEqualTo(version(4));
        assertThat(open().versions(NAME)).containsExactly(version(2), version(4));
    }

    @Test
    void theNumberOfAVersionThatWasRemovedByHandIsNotGivenAgain() {
        ModelRepository repository = saveVersions(3);

        removeByHand(version(3));
        assertThat(repository.save(NAME, artifact(4))).isEqualTo(version(4));
        removeByHand(version(4));
        removeByHand(version(1));
        removeByHand(version(2));

        assertThat(open().versions(NAME)).isEmpty();
        assertThat(open().save(NAME, artifact(5))).isEqualTo(version(5));
        assertThat(open().load(version(5))).isEqualTo(artifact(5));
    }

    @Test
    void anAliasAnswersWithNoOtherVersionThanTheOneThatItWasGivenTo() {
        ModelRepository repository = saveVersions(2);
        repository.promote("champion", version(1), "ana");
        repository.promote("champion", version(2), "ana");

        removeByHand(version(2));
        repository.save(NAME, artifact(3));

        assertThatThrownBy(() -> open().find(NAME, "champion"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith(
                        "alias champion is at " + version(2) + ", which could not be read: there is no " + version(2));
        assertThat(open().aliases(NAME)).containsExactly(Map.entry("champion", version(2)));
        open().rollBack(NAME, "champion", "ana");
        assertThat(open().find(NAME, "champion")).contains(version(1));
        open().promote("champion", version(3), "ana");
        assertThat(open().find(NAME, "champion")).contains(version(3));
    }

    @Test
    void aSoundModelHasNoFault() {
        ModelRepository repository = saveVersions(3);
        repository.promote("champion", version(2), "ana");
        repository.delete(version(1));

        assertThat(open().verify(NAME)).isEqualTo(new ModelRepository.Check(NAME, 2, List.of()));
        assertThat(open().mend(NAME).isSound()).isTrue();
        assertThat(open().find(NAME, "champion")).contains(version(2));
    }

    @Test
    void anAliasOfAVersionThatWasRemovedByHandIsAFault() {
        ModelRepository repository = saveVersions(2);
        repository.promote("champion", version(2), "ana");
        removeByHand(version(2));

        ModelRepository.Check check = open().verify(NAME);
        assertThat(check.versions()).isEqualTo(1);
        assertThat(check.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).startsWith("alias champion of model " + NAME + " is at version 2, which is missing");
            assertThat(fault.mendable()).isFalse();
        });
    }

    @Test
    void anAliasIsNotRolledBackToAVersionThatWasRemovedByHand() {
        ModelRepository repository = saveVersions(2);
        repository.promote("champion", version(1), "ana");
        repository.promote("champion", version(2), "ana");
        removeByHand(version(1));

        assertThatThrownBy(() -> repository.rollBack(NAME, "champion", "ana"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("there is no " + version(1));
        assertThat(repository.find(NAME, "champion")).contains(version(2));
    }

    @Test
    void aVersionThatWasRemovedByHandIsDeletedAndNamedNoMore() {
        ModelRepository repository = saveVersions(2);
        repository.tag(version(1), "hospital", "hc");
        removeByHand(version(1));

        repository.delete(version(1));

        assertThat(open().versions(NAME)).containsExactly(version(2));
        assertThatThrownBy(() -> open().show(version(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(version(1) + " was deleted; use another version");
        assertThat(open(Clock.offset(Clock.systemUTC(), Duration.ofDays(2))).clean(NAME, Duration.ofDays(1))).isNotNegative();
        assertThat(open().load(version(2))).isEqualTo(artifact(2));
    }

    @Test
    void equalArtifactsHaveEqualDigests() {
        ModelRepository repository = open();
        List<String> digests = new ArrayList<>();
        for (int seed : new int[] {1, 2, 1}) {
            digests.add(repository.show(repository.save(NAME, artifact(seed))).digest());
        }

        assertThat(digests.get(0)).isEqualTo(digests.get(2)).isNotEqualTo(digests.get(1)).matches("[0-9a-f]{64}");
    }

    @Test
    void aVersionThatAnAliasHasOrWouldRollBackToIsNotDeleted() {
        ModelRepository repository = saveVersions(2);
        repository.promote("champion", version(1), "ana");
        repository.promote("champion", version(2), "ana");

        assertThatThrownBy(() -> repository.delete(version(2)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(version(2) + " could not be deleted: alias champion is at it; promote other versions first");
        assertThatThrownBy(() -> repository.delete(version(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(version(1)
                        + " could not be deleted: alias champion would roll back to it; promote other versions first");
        assertThat(open().load(version(1))).isEqualTo(artifact(1));
        assertThat(open().load(version(2))).isEqualTo(artifact(2));
    }

    @Test
    void pruningKeepsTheNewestAndThoseOfAliases() {
        ModelRepository repository = saveVersions(9);
        repository.promote("champion", version(2), "ana");
        repository.promote("champion", version(4), "ana");
        repository.promote("challenger", version(5), "ana");
        repository.delete(version(8));

        assertThat(repository.prune(NAME, 2)).containsExactly(version(1), version(3), version(6));

        assertThat(open().versions(NAME))
                .containsExactly(version(2), version(4), version(5), version(7), version(9));
        for (ModelVersion kept : open().versions(NAME)) {
            assertThat(open().load(kept)).isEqualTo(artifact(kept.number()));
        }
        assertThat(repository.prune(NAME, 2)).isEmpty();
        assertThat(repository.prune("nobody-saved-this", 1)).isEmpty();
        assertThatThrownBy(() -> repository.prune(NAME, 0))
                .hasMessage("the number of newest versions to keep must be at least 1, but was 0");
    }

    @Test
    void cleaningHarmsNothingThatIsNamed() {
        ModelRepository repository = saveVersions(4);
        repository.save(NAME, artifact(1));
        repository.promote("champion", version(2), "ana");
        repository.delete(version(1));
        repository.delete(version(3));
        Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

        open(inTwoDays).clean(NAME, Duration.ofDays(1));

        assertThat(repository.versions(NAME)).containsExactly(version(2), version(4), version(5));
        assertThat(repository.load(version(2))).isEqualTo(artifact(2));
        assertThat(repository.load(version(4))).isEqualTo(artifact(4));
        assertThat(repository.load(version(5))).isEqualTo(artifact(1));
        assertThat(repository.find(NAME, "champion")).contains(version(2));
        assertThat(open(inTwoDays).clean(NAME, Duration.ofDays(1))).isZero();
        assertThat(open().clean("nobody-saved-this", Duration.ofDays(1))).isZero();
        assertThatThrownBy(() -> repository.clean(NAME, Duration.ofMinutes(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("abandoned must be at least 1 hour, but was PT59M");
    }

    @Test
    void ofManyThatExpectTheSameChampionOneWins() throws Exception {
        saveVersions(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<Boolean>> promotions = new ArrayList<>();
        for (int number = 1; number <= THREADS; number++) {
            ModelVersion version = version(number);
            ModelRepository repository = open();
            promotions.add(() -> {
                start.await();
                try {
                    repository.promote("champion", version, Optional.empty(), "process " + version.number());
                    return true;
                } catch (AliasMovedException e) {
                    return false;
                }
            });
        }

        List<Boolean> won = inParallel(promotions, start);

        assertThat(won).containsOnlyOnce(true);
        assertThat(open().find(NAME, "champion")).contains(version(won.indexOf(true) + 1));
        assertThat(open().history(NAME, "champion")).hasSize(1);
    }

    @Test
    void ofFiftyPublishersEachGetsAVersionOfItsOwn() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<ModelVersion>> saves = new ArrayList<>();
        for (int publisher = 1; publisher <= PUBLISHERS; publisher++) {
            ModelArtifact saved = artifact(publisher, 100);
            ModelRepository repository = open();
            saves.add(() -> {
                start.await();
                return repository.save(NAME, saved);
            });
        }

        List<ModelVersion> versions = inParallel(saves, start);

        assertThat(versions).containsExactlyInAnyOrderElementsOf(versionsUpTo(PUBLISHERS));
        assertThat(open().versions(NAME)).isEqualTo(versionsUpTo(PUBLISHERS));
        for (int publisher = 1; publisher <= PUBLISHERS; publisher++) {
            assertThat(open().load(versions.get(publisher - 1))).isEqualTo(artifact(publisher, 100));
        }
    }

    /** An operation of a writer, and when it ran. */
    private record Done<T>(T result, long seed, long begun, long ended) {}

    @Test
    void whatManyWritersDoIsOneSequence() throws Exception {
        saveVersions(1);
        AtomicInteger operations = new AtomicInteger();
        AtomicInteger writing = new AtomicInteger(THREADS);
        List<Done<ModelVersion>> saves = Collections.synchronizedList(new ArrayList<>());
        List<Done<AliasChange>> promotions = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<Boolean>> works = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            ModelRepository writer = open();
            ModelRepository reader = open();
            works.add(() -> {
                try {
                    start.await();
                    write(writer, operations, saves, promotions);
                } finally {
                    writing.decrementAndGet();
                }
                return true;
            });
            works.add(() -> {
                start.await();
                read(reader, operations, writing);
                return true;
            });
        }

        inParallel(works, start);

        ModelRepository repository = open();
        assertThat(repository.versions(NAME)).isEqualTo(versionsUpTo(1 + saves.size()));
        for (Done<ModelVersion> save : saves) {
            assertThat(repository.load(save.result)).isEqualTo(artifact(save.seed, 1000));
        }
        assertInOrder(saves.stream().sorted(Comparator.comparing(save -> save.result.number())).toList());
        List<AliasChange> history = repository.history(NAME, "champion");
        assertThat(promotions).extracting(Done::result).containsExactlyInAnyOrderElementsOf(history);
        assertInOrder(promotions.stream()
                .sorted(Comparator.comparing(promotion -> history.indexOf(promotion.result))).toList());
        assertThat(saves.size() + promotions.size()).isGreaterThanOrEqualTo(OPERATIONS);
    }

    /** Asserts that an operation that ended before another began comes before it. */
    private static void assertInOrder(List<? extends Done<?>> sequence) {
        long latestBegin = Long.MIN_VALUE;
        for (Done<?> each : sequence) {
            assertThat(each.ended).isGreaterThan(latestBegin);
            latestBegin = Math.max(latestBegin, each.begun);
        }
    }

    private static void write(
            ModelRepository repository,
            AtomicInteger operations,
            List<Done<ModelVersion>> saves,
            List<Done<AliasChange>> promotions) {
        for (int number = operations.incrementAndGet(); number <= OPERATIONS; number = operations.incrementAndGet()) {
            if (number % 2 == 0) {
                long begun = System.nanoTime();
                ModelVersion version = repository.save(NAME, artifact(number, 1000));
                saves.add(new Done<>(version, number, begun, System.nanoTime()));
            } else {
                promotions.add(promoteOther(repository));
            }
        }
    }

    private static Done<AliasChange> promoteOther(ModelRepository repository) {
        while (true) {
            Optional<ModelVersion> champion = repository.find(NAME, "champion");
            List<ModelVersion> others = new ArrayList<>(repository.versions(NAME));
            champion.ifPresent(others::remove);
            long begun = System.nanoTime();
            if (!others.isEmpty()) {
                try {
                    AliasChange change =
                            repository.promote("champion", others.get(others.size() - 1), champion, "writer");
                    return new Done<>(change, 0, begun, System.nanoTime());
                } catch (AliasMovedException e) {
                    // Another writer was faster; that is what the expected version is for.
                    continue;
                }
            }
        }
    }

    private static void read(ModelRepository repository, AtomicInteger operations, AtomicInteger writing) {
        int seenOperations = -1;
        int seenVersions = 0;
        List<AliasChange> seenHistory = List.of();
        boolean last;
        do {
            // Only when something has begun since, so that readers leave writers their share of the processors.
            while (operations.get() == seenOperations && writing.get() > 0) {
                LockSupport.parkNanos(100_000);
            }
            seenOperations = operations.get();
            last = writing.get() == 0;
            List<ModelVersion> versions = repository.versions(NAME);
            assertThat(versions).hasSizeGreaterThanOrEqualTo(seenVersions).isEqualTo(versionsUpTo(versions.size()));
            seenVersions = versions.size();
            List<AliasChange> history = repository.history(NAME, "champion");
            assertThat(history).hasSizeGreaterThanOrEqualTo(seenHistory.size());
            assertThat(history.subList(0, seenHistory.size())).isEqualTo(seenHistory);
            seenHistory = history;
            repository.find(NAME, "champion").ifPresent(champion ->
                    assertThat(repository.load(champion).fileNames()).hasSize(3));
        } while (!last);
    }

    private ModelRepository saveVersions(int count) {
        ModelRepository repository = open();
        for (int seed = 1; seed <= count; seed++) {
            repository.save(NAME, artifact(seed));
        }
        return repository;
    }

    private static ModelVersion version(int number) {
        return new ModelVersion(NAME, number);
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    @Test
    void concurrentSavesGetConsecutiveNumbers() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<ModelVersion>> saves = new ArrayList<>();
        for (int seed = 1; seed <= THREADS; seed++) {
            ModelArtifact saved = artifact(seed);
            ModelRepository repository = open();
            saves.add(() -> {
                start.await();
                ModelVersion version = repository.save(NAME, saved);
                assertThat(repository.load(version)).isEqualTo(saved);
                return version;
            });
        }

        List<ModelVersion> saved = inParallel(saves, start);

        assertThat(saved).containsExactlyInAnyOrderElementsOf(versionsUpTo(THREADS));
        assertThat(open().versions(NAME)).isEqualTo(versionsUpTo(THREADS));
        for (ModelVersion version : saved) {
            assertThat(open().load(version).fileNames()).hasSize(3);
        }
    }

    @Test
    void threadsShareOneHandle() throws Exception {
        ModelRepository repository = open();
        List<Callable<ModelVersion>> saves = new ArrayList<>();
        IntStream.range(0, THREADS).forEach(thread -> saves.add(() -> repository.save(NAME, artifact(1))));

        List<ModelVersion> saved = inParallel(saves, new CountDownLatch(1));

        assertThat(saved).containsExactlyInAnyOrderElementsOf(versionsUpTo(THREADS));
    }

    @Test
    void aReaderDuringSavesSeesWholeVersionsOnly() throws Exception {
        int saves = 25;
        int size = 500_000;
        AtomicBoolean done = new AtomicBoolean();
        ModelRepository writer = open();
        ModelRepository reader = open();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = thread.submit(() -> {
                try {
                    for (int seed = 1; seed <= saves; seed++) {
                        writer.save(NAME, artifact(seed, size));
                    }
                } finally {
                    done.set(true);
                }
            });
            int loaded = 0;
            boolean last;
            do {
                last = done.get();
                List<ModelVersion> seen = reader.versions(NAME);
                // A version is loaded in the instant in which it appears: that is when it might not be whole.
                if (seen.size() > loaded) {
                    loaded = seen.size();
                    assertThat(reader.load(seen.get(loaded - 1)).file("weights.bin")).hasSize(size);
                    assertThat(seen).isEqualTo(versionsUpTo(loaded));
                }
            } while (!last);
            writing.get();
        } finally {
            thread.shutdownNow();
        }

        assertThat(reader.versions(NAME)).hasSize(saves);
    }

    /** Returns the versions 1 to {@code number} of the model {@link #NAME}. */
    protected static List<ModelVersion> versionsUpTo(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(each -> new ModelVersion(NAME, each)).toList();
    }

    private static <T> List<T> inParallel(List<Callable<T>> works, CountDownLatch start)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<T>> running = works.stream().map(threads::submit).toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
