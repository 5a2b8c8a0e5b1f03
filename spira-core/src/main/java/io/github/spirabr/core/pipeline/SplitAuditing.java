package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The audit of all recordings of a split, and of the noises that they are mixed with. Used by one thread. */
final class SplitAuditing {

    private static final String FILE = "audit.properties";
    private static final String OWN = "io.github.spirabr.core.";

    /** A receiver of the number of fingerprinted recordings. */
    interface Progress {
        void heard(int done, int total);
    }

    private final SplitAudit audit;
    private final PipelineParts parts;
    private final WorkThreads threads;
    private final Waveforms waveforms;
    private final Progress progress;

    SplitAuditing(SplitAudit audit, PipelineParts parts, WorkThreads threads, Waveforms waveforms, Progress progress) {
        this.audit = audit;
        this.parts = parts;
        this.threads = threads;
        this.waveforms = waveforms;
        this.progress = progress;
    }

    /**
     * The outcome of an audit.
     *
     * @param sounds sounds of the training and validation set; empty if an older version of the library stored the outcome
     */
    record Outcome(SplitAudit.Result result, Optional<KnownSounds> sounds) {}

    /**
     * Fingerprints all recordings and searches for leaks.
     *
     * @throws io.github.spirabr.core.audit.LeakException if the split leaks
     */
    Outcome search(String dataset, DatasetSplit split) {
        int training = split.training().recordings().size();
        int total = training + split.validation().recordings().size() + split.test().recordings().size();
        // What cannot be read is told, or refused, by whoever prepares the features.
        Preparation visits = new Preparation(threads, done -> progress.heard(done, total));
        Map<String, SoundPrint> prints = new HashMap<>();
        boolean heardAgain = !parts.preprocessing().augmentations().isEmpty();
        hear(visits, split.training().recordings(),
                one -> audit.print(heardAgain ? waveforms.keep(one) : waveforms.read(one)), prints);
        hear(visits, split.validation().recordings(), one -> audit.print(waveforms.read(one)), prints);
        hear(visits, split.test().recordings(), one -> audit.print(waveforms.read(one)), prints);
        SplitAudit.Result result = audit.search(dataset, split, prints, noises());
        List<SoundPrint> learned = Stream.of(split.training().recordings(), split.validation().recordings())
                .flatMap(List::stream).flatMap(one -> Stream.ofNullable(prints.get(one.id()))).toList();
        return new Outcome(result, Optional.of(KnownSounds.of(audit.method(), learned)));
    }

    private record Heard(String recording, SoundPrint print) {}

    private static void hear(
            Preparation visits, List<Recording> side, Function<Recording, SoundPrint> print, Map<String, SoundPrint> prints) {
        visits.visit(side, one -> new Heard(one.id(), print.apply(one)))
                .forEach(heard -> prints.put(heard.recording, heard.print));
    }

    private List<SplitAudit.Noise> noises() {
        Set<SplitAudit.Noise> noises = new LinkedHashSet<>();
        for (Augmentation augmentation : parts.preprocessing().augmentations()) {
            augmentation.sounds().forEach((name, sound) ->
                    noises.add(new SplitAudit.Noise(name, false, false, audit.print(sound))));
        }
        for (EvaluationProtocol protocol : parts.protocols()) {
            protocol.sounds().forEach((name, sound) ->
                    noises.add(new SplitAudit.Noise(name, true, protocol.mayShareMaterial(), audit.print(sound))));
        }
        return new ArrayList<>(noises);
    }

    /** Returns a name of the splitter that does not change from run to run. */
    static String name(Splitter splitter) {
        return splitter.getClass().getPackageName().startsWith(OWN) ? splitter.toString() : Descriptions.sorted(splitter);
    }

    static Map<String, byte[]> files(Outcome outcome) {
        Map<String, byte[]> files = new HashMap<>();
        files.put(FILE, Document.of(outcome.result.describe()).toBytes());
        outcome.sounds.ifPresent(sounds -> files.put(KnownSounds.FILE, sounds.toBytes()));
        return files;
    }

    static Optional<Outcome> read(ModelArtifact artifact) {
        return SplitAudit.Result.read(Document.read(FILE, artifact.file(FILE)).toMap()).map(result -> new Outcome(result,
                artifact.has(KnownSounds.FILE)
                        ? Optional.of(KnownSounds.read(artifact.file(KnownSounds.FILE))) : Optional.empty()));
    }
}
