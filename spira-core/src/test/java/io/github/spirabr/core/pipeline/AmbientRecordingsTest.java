package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.LeakException;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.dataset.InMemoryPreparedDatasets;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectLeakingSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.AmbientOnly;
import io.github.spirabr.core.probe.MatchedSubjects;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patients speak louder, and what is loud in the room is told by each test: the parts call loud what loud speakers are like. */
class AmbientRecordingsTest {

    private static final int SUBJECTS = 40;

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    /** Tells whether the room of a subject is loud. */
    private interface Loud extends BiFunction<Label, String, Boolean> {}

    private static final Loud TELLS = (label, subject) -> label == Label.PATIENT;

    /** A coin for each subject, whatever the class. */
    private static Loud equal(long seed) {
        return (label, subject) -> new RandomStreams(seed).stream("room", 0, subject).nextBoolean();
    }

    private static Recording room(String subject, Label label, boolean loud, String task) {
        String sound = (loud ? "p" : "c") + "-room-of-" + subject;
        return new Recording(subject + "-room", subject, label, Map.of("task", task),
                AudioSource.ofBytes(subject, sound.getBytes(StandardCharsets.UTF_8)));
    }

    /** Two recordings of speech and one of the room for each subject. */
    private static Dataset dataset(int subjects, Loud loud) {
        List<Recording> all = new ArrayList<>(Recordings.dataset(subjects, subjects, 2).recordings());
        all.stream().collect(Collectors.toMap(Recording::subject, Recording::label, (one, same) -> one)).forEach(
                (subject, label) -> all.add(room(subject, label, loud.apply(label, subject), "ambient-noise")));
        return Dataset.of("rooms", all);
    }

    private TrainingRun run(Dataset dataset, long seed) {
        return TestParts.pipeline(dataset, models).addProbe(AmbientOnly.standard()).seed(seed).build().run();
    }

    private static ProbeResult probe(TrainingRun run) {
        return run.probes().stream().filter(one -> one.name().equals(AmbientOnly.TYPE)).findFirst().orElseThrow();
    }

    @Test
    void roomsAreInNoSetAndToldOf() {
        Dataset dataset = dataset(SUBJECTS, TELLS);
        TrainingRun run = run(dataset, 1);
        assertThat(run.ambient()).hasSize(2 * SUBJECTS);
        assertThat(List.of(run.split().training().recordings(), run.split().validation().recordings(),
                run.split().test().recordings())).allSatisfy(set -> assertThat(set).noneMatch(Recording::isAmbient));
        assertThat(run.test().scores()).noneMatch(score -> score.recording().endsWith("-room"));
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8))
                .contains("ambient.recordings=80\n", "probe.ambient=FAILED\n");
    }

    @Test
    void aRoomThatTellsTheClassFailsAndEqualRoomsDoNot() {
        ProbeResult told = probe(run(dataset(SUBJECTS, TELLS), 1));
        assertThat(told.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(told.finding()).startsWith("By the room alone the model has an AUROC of 1.000")
                .endsWith("it has learned the room in place of speech.");
        ProbeResult equal = probe(run(dataset(SUBJECTS, equal(1)), 1));
        assertThat(equal.verdict()).isIn(Verdict.PASSED, Verdict.INCONCLUSIVE);
        assertThat(equal.measurements().get(0).recordings()).isEqualTo(20);
        ProbeResult many = probe(run(dataset(240, equal(2)), 1));
        assertThat(many.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(many.finding()).endsWith("without a speaker it does not know the class.");
    }

    @Test
    @Tag("campaign")
    void fiftyCorporaOfEachKind() {
        int alarmsOfTelling = 0;
        int alarmsOfEqual = 0;
        int passed = 0;
        for (long seed = 1; seed <= 50; seed++) {
            alarmsOfTelling += alarms(probe(run(dataset(SUBJECTS, TELLS), seed)));
            ProbeResult equal = probe(run(dataset(SUBJECTS, equal(seed)), seed));
            alarmsOfEqual += alarms(equal);
            passed += equal.verdict() == Verdict.PASSED ? 1 : 0;
        }
        System.getLogger("campaign").log(System.Logger.Level.INFO,
                "room tells: {0} of 50, equal rooms: {1} of 50 ({2} passed)", alarmsOfTelling, alarmsOfEqual, passed);
        assertThat(alarmsOfTelling).isEqualTo(50);
        assertThat(alarmsOfEqual).isLessThanOrEqualTo(3);
    }

    private static int alarms(ProbeResult result) {
        return result.verdict() == Verdict.FAILED || result.verdict() == Verdict.WARNING ? 1 : 0;
    }

    @Test
    void withoutRoomsTheProbeIsNotApplicable() {
        ProbeResult result = probe(run(Recordings.dataset(8, 8, 2), 1));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.finding()).isEqualTo("Not applicable: the test subjects have no ambient recordings that can be used.");
    }

    @Test
    void theProbeJoinsTheOthersWhereThereAreRoomsAndNowhereElse() {
        Dataset rooms = dataset(8, TELLS);
        TrainingRun asked = TestParts.pipeline(rooms, models).addProbe(MatchedSubjects.onAllColumns()).build().run();
        assertThat(asked.probes()).extracting(ProbeResult::name).containsExactly("matched-subjects", "ambient");
        assertThat(TestParts.pipeline(rooms, models).build().run().probes()).isEmpty();
        assertThat(TestParts.pipeline(Recordings.dataset(8, 8, 2), models).addProbe(MatchedSubjects.onAllColumns()).build().run()
                .probes()).extracting(ProbeResult::name).containsExactly("matched-subjects");
    }

    @Test
    void roomsThatCannotBeReadAreLeftOutAndStopNothing() {
        List<Recording> all = new ArrayList<>(dataset(8, TELLS).recordings());
        all.replaceAll(one -> one.isAmbient() && one.label() == Label.CONTROL ? new Recording(one.id(), one.subject(),
                one.label(), one.metadata(), AudioSource.ofBytes("bad", "bad".getBytes(StandardCharsets.UTF_8))) : one);
        ProbeResult result = probe(run(Dataset.of("bad rooms", all), 1));
        assertThat(result.finding()).isEqualTo("Not applicable: the test subjects of the class CONTROL have no ambient recordings"
                + " that can be used.");
    }

    @Test
    void weightsAndAnswersAreThoseWithoutTheRooms() {
        Dataset speech = Recordings.dataset(8, 8, 2);
        TrainingRun without = TestParts.pipeline(speech, models).build().run();
        TrainingRun with = TestParts.pipeline(dataset(8, TELLS), models).build().run();
        assertThat(with.split().training().recordings()).extracting(Recording::id)
                .isEqualTo(without.split().training().recordings().stream().map(Recording::id).toList());
        assertThat(with.test()).isEqualTo(without.test());
        assertThat(models.load(with.model()).file("level")).isEqualTo(models.load(without.model()).file("level"));
        assertThat(with.identity()).isNotEqualTo(without.identity());
    }

    @Test
    void otherRoomsAreAskedAboutAnewAndNothingIsTrainedAnew() {
        InMemoryModelRepository outcomes = new InMemoryModelRepository();
        InMemoryPreparedDatasets features = new InMemoryPreparedDatasets();
        List<PipelineEvent> events = new ArrayList<>();
        PipelineListener listener = new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                events.add(event);
            }
        };
        TrainingPipeline.Builder telling = TestParts.pipeline(dataset(SUBJECTS, TELLS), models).addProbe(AmbientOnly.standard())
                .workStore(outcomes, features).listener(listener);
        ProbeResult first = probe(telling.build().run());
        assertThat(probe(telling.build().run())).isEqualTo(first);
        assertThat(events).filteredOn(event -> event instanceof PipelineEvent.StageStarted).hasSize(4);
        events.clear();
        ProbeResult equal = probe(telling.recordings(() -> dataset(SUBJECTS, equal(1))).build().run());
        assertThat(equal.verdict()).isNotEqualTo(first.verdict());
        assertThat(events).filteredOn(event -> event instanceof PipelineEvent.StageStarted).containsExactly(
                new PipelineEvent.StageStarted(Stage.EVALUATE), new PipelineEvent.StageStarted(Stage.PUBLISH));
    }

    @Test
    void foldsAndSplitsByRecordingDoWithoutThem() {
        Dataset dataset = dataset(8, TELLS);
        RepeatedTraining.of("folds", training -> TestParts.pipeline(dataset, models))
                .folds(() -> dataset, Folds.bySubject(4), 1).run().runs()
                .forEach(run -> assertThat(run.test().scores()).noneMatch(score -> score.recording().endsWith("-room")));
        TrainingRun leaking = TestParts.pipeline(dataset, models)
                .split(SubjectLeakingSplit.of(0.5, 0.25, 0.25)).addProbe(AmbientOnly.standard()).build().run();
        Set<String> shared = leaking.split().sharedSubjects();
        assertThat(shared).isNotEmpty();
        assertThat(probe(leaking).measurements()).noneMatch(one -> one.recordings() > 16 - shared.size()
                && one.name().equals("AUROC, ambient recordings"));
    }

    @Test
    void aTaskIsFoundInAnyUsualSpelling() {
        for (String task : List.of("ambient-noise", "ambient_noise", "Ambient Noise")) {
            assertThat(room("c0", Label.CONTROL, true, task).isAmbient()).as(task).isTrue();
        }
        for (String task : List.of("phrase", "?", "", "noise")) {
            assertThat(room("c0", Label.CONTROL, true, task).isAmbient()).as(task).isFalse();
        }
    }

    @Test
    void aClassOfRoomsAloneIsRefused() {
        List<Recording> all = new ArrayList<>(Recordings.dataset(4, 4, 1).recordings().stream()
                .filter(one -> one.label() == Label.CONTROL).toList());
        for (int s = 0; s < 4; s++) {
            all.add(room("p" + s, Label.PATIENT, true, "ambient-noise"));
        }
        assertThatThrownBy(() -> run(Dataset.of("half", all), 1)).isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("no recording of class 1 (PATIENT)");
    }

    /** Writes down the rooms that it is given. */
    private record Rooms(Set<String> known) implements Augmentation {

        @Override
        public Augmentation inRooms(Supplier<Map<String, Waveform>> rooms) {
            known.addAll(rooms.get().keySet());
            return new Rooms(known);
        }

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return waveform;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("rooms", Map.of());
        }
    }

    @Test
    void theRoomsOfTrainingSubjectsAloneBecomeNoise() {
        for (long seed = 1; seed <= 20; seed++) {
            Set<String> known = new TreeSet<>();
            TrainingRun run = TestParts.pipeline(dataset(8, TELLS), models).seed(seed)
                    .preprocessing(Preprocessing.builder()
                            .augment(new Rooms(known))
                            .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                            .extract(new Loudness())
                            .build())
                    .build().run();
            assertThat(known).isEqualTo(run.split().training().subjects().stream().map(subject -> subject + "-room")
                    .collect(Collectors.toSet()));
        }
    }

    /** Has rooms as noises, which are not heard. */
    private record Quiet(boolean filled) implements Augmentation {

        @Override
        public Augmentation inRooms(Supplier<Map<String, Waveform>> rooms) {
            return new Quiet(true);
        }

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return waveform;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("quiet", Map.of());
        }
    }

    /** A run whose rooms of two subjects are of one file. */
    private TrainingRun shared(boolean noises, String subject, AudioPart part, String other, AudioPart otherPart) {
        AudioSource file = AudioSource.ofBytes("room", "c-room".getBytes(StandardCharsets.UTF_8));
        List<Recording> all = new ArrayList<>(dataset(6, equal(3)).recordings());
        all.replaceAll(one -> one.isAmbient() && Set.of(subject, other).contains(one.subject()) ? new Recording(one.id(),
                one.subject(), one.label(), one.metadata(),
                AudioSource.partOf(file, one.subject().equals(subject) ? part : otherPart)) : one);
        Preprocessing quiet = Preprocessing.builder().augment(new Quiet(false))
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500))).extract(new Loudness()).build();
        return TestParts.pipeline(Dataset.of("one room", all), models).audit(SplitAudit.of(new AuditedPipelineTest.Samples()))
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")))
                .preprocessing(noises ? quiet : quiet.withAugmentations(List.of())).build().run();
    }

    @Test
    void aRoomThatIsNoiseInTrainingIsNotAskedAboutInTheTest() {
        AudioPart whole = AudioPart.WHOLE;
        AudioPart begin = AudioPart.of(Duration.ZERO, Duration.ofSeconds(1));
        AudioPart later = AudioPart.of(Duration.ofMillis(900), Duration.ofSeconds(1));
        assertThatThrownBy(() -> shared(true, "c3", whole, "p1", whole)).isInstanceOf(LeakException.class)
                .hasMessageContaining("(1 leak)")
                .hasMessageContaining("c3-room (training) and p1-room (test): they sound the very same");
        assertThatThrownBy(() -> shared(true, "c3", begin, "p1", later)).isInstanceOf(LeakException.class)
                .hasMessageContaining("c3-room (training) and p1-room (test): they share 0.100 s of one file, from 0.900 s on");
        assertThat(shared(true, "c3", begin, "p1", AudioPart.from(Duration.ofSeconds(1))).certificate()).isPresent();
        assertThat(shared(true, "c3", whole, "p4", whole).certificate()).isPresent();
        assertThat(shared(false, "c3", whole, "p1", whole).certificate()).isPresent();
    }

    @Test
    void aRunWithoutRoomsIsWhatItWas() {
        Dataset tasks = Dataset.of("tasks", Recordings.dataset(8, 8, 2).recordings());
        ModelArtifact first = models.load(TestParts.pipeline(tasks, models).build().run().model());
        assertThat(new String(first.file("provenance.properties"), StandardCharsets.UTF_8)).doesNotContain("ambient");
    }
}
