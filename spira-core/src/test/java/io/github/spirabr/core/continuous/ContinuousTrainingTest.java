package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ContinuousTrainingTest {

    private final List<Recording> listed = new ArrayList<>();
    private final MemoryJournal journal = new MemoryJournal();
    private final ModelRepository models = new InMemoryModelRepository();
    private final SettableClock clock = new SettableClock();
    private int portions;

    /** Time stands still until it is moved. */
    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-01-05T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private RecordingSource source() {
        return new RecordingSource() {
            @Override
            public Dataset load() {
                return Dataset.of("the recordings", listed);
            }

            @Override
            public List<Recording> list() {
                return List.copyOf(listed);
            }
        };
    }

    private ContinuousTraining.Builder training() {
        return training(40, "");
    }

    private ContinuousTraining.Builder training(double steepness, String trouble) {
        return ContinuousTraining.builder()
                .addRecordings(source())
                .inspector(new LoudSpeech.Inspector())
                .pipeline(() -> LoudSpeech.pipeline(steepness, trouble))
                .plan(plan().build())
                .models(models)
                .components(LoudSpeech.components())
                .journal(journal)
                .clock(clock)
                .holder("ana")
                .parallelism(Parallelism.of(2));
    }

    private static PromotionGate.Builder gate() {
        return PromotionGate.builder().notWorse(Metric.AUROC, 0.05).subjects(2).replicates(200);
    }

    private static ChangePlan.Builder plan() {
        return ChangePlan.builder().gate(gate().build());
    }

    /** Six subjects of each class with two recordings each. */
    private void portion(double gain, boolean labelsRight) {
        portions++;
        for (Label label : Label.values()) {
            for (int subject = 0; subject < 6; subject++) {
                for (int i = 0; i < 2; i++) {
                    String name = (label == Label.PATIENT ? "p" : "c") + portions + subject;
                    Label told = labelsRight ? label : Label.values()[1 - label.ordinal()];
                    listed.add(LoudSpeech.of(name + "-" + i, name, told, Map.of("sex", subject % 2 == 0 ? "F" : "M"),
                            LoudSpeech.speech(label, name + i, gain)));
                }
            }
        }
    }

    private Optional<Integer> champion() {
        return models.find("spira", "champion").map(ModelVersion::number);
    }

    @Test
    void theFirstChallengerBecomesChampion() {
        portion(1, true);

        Round round = training().build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        assertThat(round.trigger()).contains("the first training");
        assertThat(round.explanation()).isEqualTo("there was no champion to compare with; no least value is set");
        assertThat(round.data().recordings()).isEqualTo(24);
        assertThat(round.data().trainingSubjects() + round.data().validationSubjects() + round.data().testSubjects())
                .isEqualTo(12);
        assertThat(champion()).contains(1);
        assertThat(models.show(new ModelVersion("spira", 1)).tags())
                .containsEntry("round", "1").containsEntry("gate", "FIRST_CHAMPION");
        assertThat(training().build().history().rounds()).containsExactly(round);
    }

    @Test
    void theSameDataDeliveredThreeTimesGivesOneModel() {
        portion(1, true);
        int before = LoudSpeech.TRAININGS.get();

        for (int i = 0; i < 3; i++) {
            training().build().round();
            clock.pass(Duration.ofDays(1));
        }
        listed.addAll(0, listed.stream().map(one -> LoudSpeech.of("again-" + one.id(), one.subject(), one.label(), Map.of(),
                LoudSpeech.speech(one.label(), one.id().replace("-", ""), 1))).toList());
        Round copies = training().build().round();

        assertThat(LoudSpeech.TRAININGS.get() - before).isEqualTo(1);
        assertThat(models.versions("spira")).hasSize(1);
        List<Round> rounds = RoundHistory.of(journal).rounds();
        assertThat(rounds).extracting(Round::outcome).containsExactly(
                Round.Outcome.FIRST_CHAMPION, Round.Outcome.NOTHING_NEW, Round.Outcome.ALL_QUARANTINED);
        assertThat(rounds.get(1).times()).isEqualTo(2);
        assertThat(copies.quarantined()).hasSize(24)
                .allSatisfy(one -> assertThat(one.reason()).isEqualTo(QuarantinedRecording.Reason.DUPLICATE));
    }

    @Test
    void onDemandTheSamePartsAreNotTrainedTwice() {
        portion(1, true);
        portion(1, true);
        training().build().round();

        Round again = training().build().roundNow();
        Round other = training(41, "").build().roundNow();

        assertThat(again.outcome()).isEqualTo(Round.Outcome.NOTHING_NEW);
        assertThat(other.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(other.trigger()).contains("on demand");
        assertThat(models.versions("spira")).hasSize(2);
    }

    @Test
    void heldOutSubjectsAreNeverTrainedOnAndNewcomersJoinEverySide() {
        for (int i = 0; i < 4; i++) {
            portion(1, true);
            Round round = training().build().round();
            assertThat(round.outcome().promoted()).isTrue();
            int subjects = round.data().subjects();
            assertThat(subjects).isEqualTo(12 * (i + 1));
            assertThat(round.data().testSubjects() / (double) subjects).isBetween(0.15, 0.25);
            assertThat(round.data().validationSubjects() / (double) subjects).isBetween(0.15, 0.25);
        }
        Map<Side, Set<String>> ever = models.versions("spira").stream()
                .flatMap(version -> StoredProvenance.of(models.load(version)).sides(Set.of()).entrySet().stream())
                .collect(Collectors.groupingBy(Map.Entry::getValue,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        Set<String> trained = new HashSet<>(ever.get(Side.TRAINING));
        trained.retainAll(ever.get(Side.TEST));
        assertThat(trained).isEmpty();
        assertThat(ever.get(Side.TRAINING)).hasSizeGreaterThan(20);
    }

    @Test
    void aChampionFromElsewhereKeepsItsSides() {
        portion(1, true);
        LoudSpeech.pipeline(40, "").recordings(source()).models(models).build().run();
        models.promote("champion", new ModelVersion("spira", 1), "bia");
        portion(1, true);

        Round round = training().build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        Map<String, Side> now = StoredProvenance.of(models.load(new ModelVersion("spira", 2))).sides(Set.of());
        assertThat(now).containsAllEntriesOf(StoredProvenance.of(models.load(new ModelVersion("spira", 1))).sides(Set.of()));
        assertThat(now).hasSize(24);
    }

    @Test
    void aCorrectedLabelIsANewDataVersion() {
        portion(1, true);
        Round first = training().build().round();
        for (int i = 0; i < 2; i++) {
            Recording one = listed.get(i);
            listed.set(i, LoudSpeech.of(one.id(), one.subject(), Label.PATIENT, one.metadata(),
                    LoudSpeech.speech(Label.CONTROL, one.subject() + i, 1)));
        }

        Round corrected = training().build().round();

        assertThat(corrected.outcome().judged()).isTrue();
        assertThat(corrected.data().version()).isNotEqualTo(first.data().version());
        assertThat(corrected.data().newRecordings()).isEqualTo(2);
        assertThat(corrected.data().newSubjects()).isZero();
        assertThat(corrected.trigger()).contains("2 new or corrected recordings, 0 gone");
    }

    @Test
    void poisonedArrivalsGoToQuarantineAndTheRoundGoesOn() {
        portion(1, true);
        training().build().round();
        portion(1, true);
        Recording known = listed.get(0);
        String sound = LoudSpeech.speech(Label.CONTROL, known.subject() + "0", 1);
        listed.add(LoudSpeech.of("copy", known.subject(), known.label(), Map.of(), sound));
        listed.add(LoudSpeech.of("other-label", known.subject(), Label.PATIENT, Map.of(), sound));
        listed.add(LoudSpeech.of("other-subject", "x2", known.label(), Map.of(), sound));
        listed.add(LoudSpeech.of("turned", known.subject(), Label.PATIENT, Map.of(), "0.4 turned wav"));
        listed.add(LoudSpeech.of("both-1", "x3", Label.PATIENT, Map.of(), "0.4 b1 wav"));
        listed.add(LoudSpeech.of("both-2", "x3", Label.CONTROL, Map.of(), "0.2 b2 wav"));
        listed.add(LoudSpeech.of("broken", "x1", Label.CONTROL, Map.of(), "not audio"));

        Round round = training().build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(round.data().recordings()).isEqualTo(48);
        assertThat(round.quarantined().stream().collect(Collectors.toMap(QuarantinedRecording::id,
                QuarantinedRecording::reason))).isEqualTo(Map.of(
                "broken", QuarantinedRecording.Reason.UNREADABLE,
                "copy", QuarantinedRecording.Reason.CONTRADICTING_AUDIO,
                "other-label", QuarantinedRecording.Reason.CONTRADICTING_AUDIO,
                "other-subject", QuarantinedRecording.Reason.CONTRADICTING_AUDIO,
                "turned", QuarantinedRecording.Reason.CONTRADICTING_SUBJECT,
                "both-1", QuarantinedRecording.Reason.CONTRADICTING_SUBJECT,
                "both-2", QuarantinedRecording.Reason.CONTRADICTING_SUBJECT));
        List<String> inOrder = listed.stream().map(Recording::id).toList();
        assertThat(round.quarantined()).extracting(one -> inOrder.indexOf(one.id())).isSorted();
        assertThat(round.quarantined()).filteredOn(one -> one.id().equals("turned")).singleElement()
                .extracting(QuarantinedRecording::detail)
                .isEqualTo("it is PATIENT, but subject c10 is CONTROL in c10-0");
    }

    @Test
    void aPortionWithTurnedLabelsIsSuspectUntilItIsCorrected() {
        portion(1, true);
        training().build().round();
        portion(1, false);

        Round suspect = training().build().round();
        portion(1, true);
        Round next = training().build().round();

        assertThat(suspect.outcome()).isEqualTo(Round.Outcome.ALL_QUARANTINED);
        assertThat(suspect.quarantined()).hasSize(24).allSatisfy(one -> {
            assertThat(one.reason()).isEqualTo(QuarantinedRecording.Reason.SUSPECT_LABELS);
            assertThat(one.detail()).startsWith("the champion ranks the 12 controls above the 12 patients that arrived (AUROC 0.0");
        });
        assertThat(next.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(next.data().recordings()).isEqualTo(48);
        assertThat(next.quarantined()).hasSize(24);

        listed.replaceAll(one -> one.subject().startsWith("p2") || one.subject().startsWith("c2")
                ? new Recording(one.id(), one.subject(), Label.values()[1 - one.label().ordinal()], one.metadata(), one.audio())
                : one);
        Round corrected = training().build().round();
        assertThat(corrected.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(corrected.data().recordings()).isEqualTo(72);
        assertThat(corrected.quarantined()).isEmpty();
    }

    @Test
    void aWorseChallengerIsRejectedByTheReferenceSet() {
        portion(1, true);
        Set<String> reference = Set.of("c10", "c11", "p10", "p11");
        ChangePlan careless = plan().labelCheck(false).reference(reference).build();
        training().plan(careless).build().round();
        for (int i = 0; i < 3; i++) {
            portion(1, false);
        }

        Round round = training().plan(careless).build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.REJECTED);
        assertThat(champion()).contains(1);
        assertThat(models.versions("spira")).hasSize(2);
        assertThat(round.verdict().orElseThrow().checks())
                .anySatisfy(check -> {
                    assertThat(check.name()).isEqualTo("reference AUROC");
                    assertThat(check.result()).isEqualTo(PromotionGate.Check.Result.FAILED);
                    assertThat(check.value()).isLessThan(-0.9);
                });
        assertThat(training().plan(careless).build().round().outcome()).isEqualTo(Round.Outcome.NOTHING_NEW);
    }

    @Test
    void theReferenceSetStaysAsItWasAndIsLookedAtSoOften() {
        portion(1, true);
        ChangePlan frugal = plan().reference(Set.of("c10", "p10")).looks(2).build();
        assertThat(training().plan(frugal).build().round().outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        portion(1, true);
        assertThat(training().plan(frugal).build().round().outcome()).isEqualTo(Round.Outcome.PROMOTED);
        portion(1, true);
        Round third = training().plan(frugal).build().round();
        assertThat(third.outcome()).isEqualTo(Round.Outcome.OUTSIDE_PLAN);
        assertThat(third.explanation()).contains("used for the 3. time, where 2 are allowed; name a new one");

        listed.removeIf(one -> one.id().equals("c10-1"));
        Round changed = training().plan(plan().reference(Set.of("c10", "p10")).build()).build().round();
        assertThat(changed.outcome()).isEqualTo(Round.Outcome.OUTSIDE_PLAN);
        assertThat(changed.explanation()).contains("have changed since it was frozen");
    }

    @Test
    void settingsChangeWithinTheirLimitsOnly() {
        portion(1, true);
        ChangePlan limited = plan().mayChange("trainer.steepness", new ChangePlan.Range(30, 50)).build();
        training().plan(limited).build().round();
        portion(1, true);
        assertThat(training(45, "").plan(limited).build().round().outcome()).isEqualTo(Round.Outcome.PROMOTED);
        portion(1, true);
        Round outside = training(60, "").plan(limited).build().round();

        assertThat(outside.outcome()).isEqualTo(Round.Outcome.CHANGE_NOT_ALLOWED);
        assertThat(outside.explanation()).isEqualTo("the change plan does not allow a change of trainer.steepness from 45.0 to"
                + " 60.0, where 30.0 to 50.0 is allowed; change it back, or the plan");
        assertThat(outside.challenger()).isEmpty();
        assertThat(models.versions("spira")).hasSize(2);
        assertThat(champion()).contains(2);
        assertThat(training(60, "").plan(limited).build().round().times()).isEqualTo(2);
        assertThat(training(45, "").plan(limited).build().round().outcome()).isEqualTo(Round.Outcome.PROMOTED);
    }

    @Test
    void aChallengerOfARoundThatWasBrokenOffIsJudgedByThePlanThatHoldsNow() {
        portion(1, true);
        training().build().round();
        portion(1, true);
        assertThatThrownBy(() -> training(45, "").listener((step, detail) -> {
            if (step == RoundListener.Step.TRAINED) {
                throw new IllegalStateException("interrupted");
            }
        }).build().round()).hasMessage("interrupted");
        Round round = training(45, "").plan(plan().settingsStay().build()).build().round();
        assertThat(round.outcome()).isEqualTo(Round.Outcome.OUTSIDE_PLAN);
        assertThat(round.explanation()).isEqualTo("the change plan does not allow a change of trainer.steepness from 40.0 to"
                + " 45.0; change it back, or the plan");
    }

    @Test
    void dataOutsideOfThePlanAreKeptOut() {
        portion(1, true);
        ChangePlan women = plan().column("sex", Set.of("F")).largestQuarantinedShare(0.4).build();

        Round round = training().plan(women).build().round();

        assertThat(round.data().recordings()).isEqualTo(12);
        assertThat(round.quarantined()).hasSize(12).allSatisfy(one ->
                assertThat(one.detail()).isEqualTo("sex is M, but the change plan takes F"));
        assertThat(round.outcome()).isEqualTo(Round.Outcome.OUTSIDE_PLAN);
        assertThat(round.explanation())
                .isEqualTo("12 of 24 recordings are in quarantine, where the change plan tolerates a share of 0.4");
        assertThat(champion()).isEmpty();
    }

    @Test
    void tooFewSubjectsAndNoThresholdsAreStatedOutcomes() {
        portion(1, true);
        training().build().round();
        portion(1, true);
        ChangePlan many = ChangePlan.builder().gate(gate().subjects(50).build()).build();
        Round few = training().plan(many).build().round();
        assertThat(few.outcome()).isEqualTo(Round.Outcome.TOO_FEW_SUBJECTS);
        assertThat(few.explanation()).isEqualTo("too few held-out subjects to compare; it takes 50 of each class");
        portion(1, true);
        Round none = training().gate(PromotionGate.builder().build()).build().round();
        assertThat(none.outcome()).isEqualTo(Round.Outcome.NO_THRESHOLDS);
        assertThat(champion()).contains(1);
    }

    @Test
    void triggersDecideWhenToTrain() {
        portion(1, true);
        ContinuousTraining patient = training()
                .addTrigger(RetrainingTrigger.newRecordings(30)).addTrigger(RetrainingTrigger.age(Duration.ofDays(30))).build();
        assertThat(patient.round().outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        portion(1, true);
        assertThat(patient.round().outcome()).isEqualTo(Round.Outcome.WAITING);
        assertThat(patient.round().outcome()).isEqualTo(Round.Outcome.WAITING);
        clock.pass(Duration.ofDays(30));
        Round old = patient.round();
        assertThat(old.outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(old.trigger()).contains("the last training is PT720H past, at least PT720H");
        portion(1, true);
        portion(1, true);
        assertThat(patient.round().trigger()).contains("48 new or corrected recordings, at least 30");
        assertThat(patient.history().rounds()).extracting(Round::number).containsExactly(1, 2, 3, 4);
    }

    @Test
    void louderArrivalsAreReportedAsDrift() {
        portion(1, true);
        training().build().round();
        portion(1, true);
        Round same = training().build().round();
        portion(3, true);
        Round louder = training().build().round();

        assertThat(same.drift().orElseThrow().verdict()).isEqualTo(InputDrift.Measure.Verdict.NONE);
        assertThat(louder.drift().orElseThrow().verdict()).isEqualTo(InputDrift.Measure.Verdict.MAJOR);
        assertThat(louder.drift().orElseThrow().measures()).filteredOn(one -> one.verdict() == InputDrift.Measure.Verdict.MAJOR)
                .extracting(InputDrift.Measure::name).contains("levelDb", "feature.0.mean");
        assertThat(louder.fresh()).extracting(one -> one.metric()).contains(Metric.AUROC);
    }

    @Test
    void aTrainingThatFailsLeavesTheChampion() {
        portion(1, true);
        training().build().round();
        portion(1, true);

        assertThatThrownBy(() -> training(40, "fails").build().round()).hasMessage("the training broke");

        assertThat(champion()).contains(1);
        Round failed = RoundHistory.of(journal).rounds().get(1);
        assertThat(failed.outcome()).isEqualTo(Round.Outcome.FAILED);
        assertThat(failed.explanation()).isEqualTo("the training broke");
        assertThat(training().build().round().outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(champion()).contains(2);
    }

    @Test
    void aStoredModelThatSaysSomethingElseIsNotPromoted() {
        portion(1, true);
        training().build().round();
        portion(1, true);

        assertThatThrownBy(() -> training(40, "lies").build().round())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("spira version 2 was opened again from the repository, and gives ")
                .hasMessageContaining("where the trainer gave ");

        assertThat(champion()).contains(1);
    }

    @Test
    void aNetworkThatIsExactOnOneMachineIsJudgedWithItsTolerance() {
        portion(1, true);

        Round round = training(40, "rounds").build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        assertThat(StoredProvenance.of(models.load(new ModelVersion("spira", 1))).machineTolerance()).isEqualTo(1e-4);
    }

    @Test
    void aChampionThatWasMovedStaysWhereItWasMovedTo() {
        portion(1, true);
        training().build().round();
        portion(1, true);
        training(41, "").build().round();
        portion(1, true);

        Round round = training().listener((step, detail) -> {
            if (step == RoundListener.Step.DECIDED) {
                models.promote("champion", new ModelVersion("spira", 1), "bia");
            }
        }).build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.CHAMPION_MOVED);
        assertThat(champion()).contains(1);
    }

    @Test
    void anIdThatIsListedTwiceIsRefused() {
        portion(1, true);
        listed.add(listed.get(0));

        assertThatThrownBy(() -> training().build().round()).hasMessage("the recordings of continuous training:"
                + " listed twice: c10-0; each id is listed once over all sources");
    }

    @Test
    void tooLittleToSplitIsAStatedOutcome() {
        portion(1, true);
        listed.removeIf(one -> one.label() == Label.PATIENT);

        Round round = training().build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.NOT_ENOUGH_DATA);
        assertThat(round.explanation()).contains("no recording of class 1 (PATIENT)");
        listed.clear();
        assertThat(training().build().round().outcome()).isEqualTo(Round.Outcome.NOTHING_NEW);
    }

    @Test
    void aSubjectsDataAndModelsAreTold() {
        portion(1, true);
        Round first = training().build().round();
        portion(1, true);
        training().build().round();
        listed.removeIf(one -> one.subject().equals("c10"));
        Round without = training().build().round();

        RoundHistory.SubjectHoldings holdings = RoundHistory.of(journal).holdings(models, "spira", "c10");

        assertThat(without.data().withdrawnRecordings()).isEqualTo(2);
        assertThat(holdings.rounds()).containsExactly(1, 2);
        assertThat(RoundHistory.of(journal).holdings(models, "spira", " c10\u00a0").rounds()).containsExactly(1, 2);
        assertThat(holdings.dataVersions()).hasSize(2).contains(first.data().version());
        assertThat(holdings.models().keySet()).containsExactly(1, 2);
        assertThat(holdings.models().get(1).side())
                .isEqualTo(StoredProvenance.of(models.load(new ModelVersion("spira", 1))).sides(Set.of()).get("c10"));
        assertThat(RoundHistory.of(journal).holdings(models, "spira", "nobody").none()).isTrue();
    }

    @Test
    void oneRoundRunsAtATime() {
        portion(1, true);

        training().listener((step, detail) -> {
            if (step == RoundListener.Step.EXAMINED) {
                assertThatThrownBy(() -> training().holder("bia").build().round())
                        .isInstanceOf(LeaseHeldException.class)
                        .hasMessage("a round is running: ana has the lease until 2026-01-05T08:10:00Z and may renew it;"
                                + " wait until then, or until it is done, or release it with 'spira retrain release' if that"
                                + " process is gone");
            }
        }).build().round();

        assertThat(RoundHistory.of(journal).holder(clock)).isEmpty();
        assertThat(RoundHistory.of(journal).rounds()).hasSize(1);
    }

    /** Loses the lease while it trains. */
    @Test
    void whoeverLosesTheLeaseInTrainingSavesNoModel() {
        portion(1, true);
        assertThatThrownBy(() -> training().pipeline(() -> LoudSpeech.pipeline(40, "").listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Split) {
                    clock.pass(Duration.ofMinutes(11));
                    RoundHistory.of(journal).releaseLease(clock);
                    journal.replace("lease", journal.read("lease").map(Journal.Document::version), new byte[] {1});
                }
            }
        })).build().round()).isInstanceOf(LeaseLostException.class);

        assertThat(models.versions("spira")).isEmpty();
        assertThat(RoundHistory.of(journal).rounds()).isEmpty();
    }

    @Test
    void anEndThatIsTooFarAwayIsNotBelieved() {
        portion(1, true);
        clock.pass(Duration.ofDays(365));
        Lease.take(journal, "spira", clock, "of tomorrow", Duration.ofMinutes(10));
        clock.pass(Duration.ofDays(-365));

        assertThat(RoundHistory.of(journal).holder(clock)).isEmpty();
        assertThat(training().build().round().outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
    }

    @Test
    void aLeaseCanBeGivenUpForAHolderThatIsGone() {
        portion(1, true);
        Lease gone = Lease.take(journal, "spira", clock, "gone", Duration.ofMinutes(10));
        assertThatThrownBy(() -> training().build().round()).isInstanceOf(LeaseHeldException.class);

        assertThat(RoundHistory.of(journal).releaseLease(clock)).contains("gone");
        assertThat(RoundHistory.of(journal).releaseLease(clock)).isEmpty();
        assertThat(training().build().round().outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        assertThatThrownBy(gone::require).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aRoundThatIsAskedToEndReleasesTheLeaseAndHasNotFailed() {
        portion(1, true);
        assertThatThrownBy(() -> training().listener((step, detail) -> {
            if (step == RoundListener.Step.TRIGGERED) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("asked to end");
            }
        }).build().round()).hasMessage("asked to end");
        assertThat(Thread.interrupted()).as("the flag is kept for whoever asked").isTrue();

        assertThat(RoundHistory.of(journal).holder(clock)).isEmpty();
        assertThat(RoundHistory.of(journal).rounds()).isEmpty();
        assertThat(training().build().round().outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
    }

    /** Stands still for longer than the lease, while somebody else runs the round; and changes nothing when it wakes up. */
    @ParameterizedTest
    @EnumSource(value = RoundListener.Step.class, names = {"LEASED", "LISTED", "SNAPSHOT_KEPT", "TRIGGERED", "TRAINED", "COMPARED",
        "DECIDED"})
    void whoeverLosesTheLeaseChangesNothing(RoundListener.Step asleep) {
        portion(1, true);
        training().build().round();
        portion(1, true);

        assertThatThrownBy(() -> training().listener((step, detail) -> {
            if (step == asleep) {
                clock.pass(Duration.ofMinutes(11));
                training().holder("bia").build().round();
            }
        }).build().round()).isInstanceOf(LeaseLostException.class);

        List<Round> rounds = RoundHistory.of(journal).rounds();
        assertThat(rounds).hasSize(2);
        assertThat(rounds.get(1).outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(rounds.get(1).holder()).isEqualTo(asleep == RoundListener.Step.DECIDED ? "ana" : "bia");
        assertThat(champion()).contains(2);
        assertThat(models.history("spira", "champion")).hasSize(2);
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The round is interrupted after each step; the next call completes it, and nothing is done twice. */
    @ParameterizedTest
    @EnumSource(RoundListener.Step.class)
    void aRoundThatWasBrokenOffIsCompleted(RoundListener.Step last) {
        portion(1, true);
        training().build().round();
        portion(3, true);
        int before = LoudSpeech.TRAININGS.get();
        assertThatThrownBy(() -> training().listener((step, detail) -> {
            assertThat(champion()).isPresent();
            if (step == last) {
                throw new Crash();
            }
        }).build().round()).isInstanceOf(Crash.class);
        assertThat(champion()).get().isIn(1, 2);

        Round round = training().build().round();

        boolean done = last == RoundListener.Step.RECORDED || last == RoundListener.Step.RELEASED;
        assertThat(round.outcome()).isEqualTo(done ? Round.Outcome.NOTHING_NEW : Round.Outcome.PROMOTED);
        List<Round> rounds = RoundHistory.of(journal).rounds();
        assertThat(rounds).extracting(Round::number).containsExactlyElementsOf(done ? List.of(1, 2, 3) : List.of(1, 2));
        assertThat(rounds.get(1).outcome()).isEqualTo(Round.Outcome.PROMOTED);
        assertThat(rounds.get(1).drift().orElseThrow().verdict()).isEqualTo(InputDrift.Measure.Verdict.MAJOR);
        assertThat(champion()).contains(2);
        assertThat(models.history("spira", "champion")).hasSize(2);
        assertThat(models.versions("spira")).hasSize(2);
        assertThat(LoudSpeech.TRAININGS.get() - before).isEqualTo(1);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThatThrownBy(() -> ContinuousTraining.builder().models(models).build())
                .hasMessage("ContinuousTraining needs recordings, an inspector, a pipeline and a journal; call"
                        + " addRecordings(…), inspector(…), pipeline(…) and journal(…)");
    }

    @Test
    void aDecidedRoundThatCannotBeRecordedIsRecordedByTheNext() {
        portion(1, true);
        AtomicBoolean failed = new AtomicBoolean();
        Journal full = new Journal() {
            @Override
            public Optional<Journal.Document> read(String name) {
                return journal.read(name);
            }

            @Override
            public Optional<Journal.Document> replace(String name, Optional<String> expected, byte[] content) {
                if (name.startsWith(Round.documentPrefix()) && !failed.getAndSet(true)) {
                    throw new JournalException("the disk is full");
                }
                return journal.replace(name, expected, content);
            }

            @Override
            public SortedSet<String> names(String prefix) {
                return journal.names(prefix);
            }

            @Override
            public String location() {
                return journal.location();
            }
        };
        assertThatThrownBy(() -> training().journal(full).build().round()).isInstanceOf(JournalException.class);

        Round round = training().build().round();

        assertThat(round.outcome()).isEqualTo(Round.Outcome.FIRST_CHAMPION);
        assertThat(training().build().history().rounds()).containsExactly(round);
    }

    @Test
    void theJournalOfAnotherModelIsRefused() {
        portion(1, true);
        training().build().round();
        assertThatThrownBy(() -> training().modelName("other").build().round())
                .isInstanceOf(JournalException.class)
                .hasMessage("the lease in memory must be of the model other, but is of spira; give each model a journal of its own");
        assertThat(training().build().history().verify().faults()).isEmpty();
    }
}
