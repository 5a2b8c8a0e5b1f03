package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state that rounds pass on to each other: a document of the journal, which only the lease's holder writes.
 * Acquiring the lease writes it anew, so that a suspended holder whose lease has expired cannot write it any more. For
 * one thread.
 */
final class TrainingState {

    static final String NAME = "state";
    private static final String SUBJECT = "the state of training";

    private final Journal journal;
    private final Lease lease;
    private Optional<String> version;
    private long revision;

    /** The number of the last round in the history. */
    int rounds;
    /** The hash of all recordings listed in the last round. */
    String listed = "";
    /** The snapshot of the last round. */
    String latest = "";
    /** The snapshot of the last round that trained; empty if none did. */
    String trained = "";
    Optional<Instant> trainedAt = Optional.empty();
    SortedMap<String, Side> sides = new TreeMap<>();
    /** By id, the recordings whose labels were found suspect, as they were then. */
    SortedMap<String, String> suspects = new TreeMap<>();
    Optional<String> reference = Optional.empty();
    /** The challengers that were compared on the reference set. */
    final TreeSet<Integer> looks = new TreeSet<>();
    /** The champion's metrics at its promotion. */
    final Map<Metric, Double> held = new EnumMap<>(Metric.class);
    /** A round that is decided, but perhaps not carried out. */
    Optional<Round> pending = Optional.empty();

    private TrainingState(Journal journal, Lease lease) {
        this.journal = journal;
        this.lease = lease;
        this.version = Optional.empty();
    }

    /**
     * Reads the state, and makes the lease's holder its only writer.
     *
     * @throws LeaseLostException if another process did so
     */
    static TrainingState claim(Journal journal, Lease lease) {
        TrainingState state = new TrainingState(journal, lease);
        Optional<Journal.Document> document = journal.read(NAME);
        state.version = document.map(Journal.Document::version);
        document.ifPresent(there -> RoundDocument.read(journal, SUBJECT, NAME, there, state::read));
        state.save();
        return state;
    }

    /**
     * A read-only summary of the state.
     *
     * @param rounds number of the last round in the history
     * @param trained the snapshot of the last round that trained; empty if none did
     * @param pending a round that is decided, but perhaps not carried out
     */
    record Summary(int rounds, String trained, Optional<Round> pending) {}

    static Summary summary(Journal journal, Journal.Document document) {
        return RoundDocument.read(journal, SUBJECT, NAME, document,
                fields -> new Summary(fields.integer("rounds"), fields.text("trained"), pending(fields)));
    }

    private static Optional<Round> pending(Document fields) {
        return fields.hasGroup("pending") ? Optional.of(Round.read(fields.group("pending"))) : Optional.empty();
    }

    private TrainingState read(Document fields) {
        RoundDocument.requireModel(journal, SUBJECT, fields.find("model").orElse(""), lease.model());
        revision = fields.longInteger("revision");
        rounds = fields.integer("rounds");
        listed = fields.text("listed");
        latest = fields.text("latest");
        trained = fields.text("trained");
        trainedAt = fields.find("trainedAt").map(Instant::parse);
        fields.map("side").forEach((subject, side) -> sides.put(PlainText.of(subject), Side.valueOf(side)));
        suspects.putAll(fields.map("suspect"));
        reference = fields.find("reference");
        fields.map("look").forEach((number, any) -> looks.add(Integer.valueOf(number)));
        fields.map("held").forEach((metric, value) -> held.put(Metric.valueOf(metric), Double.valueOf(value)));
        pending = pending(fields);
        return this;
    }

    /**
     * Writes the state.
     *
     * @throws LeaseLostException if another process has acquired the lease
     */
    void save() {
        lease.require();
        revision++;
        Document fields = RoundDocument.about(lease.model()).put("revision", revision).put("token", lease.token())
                .put("rounds", rounds).put("listed", listed).put("latest", latest).put("trained", trained).put("trainedAt", trainedAt)
                .putAll("side", sides).putAll("suspect", suspects).put("reference", reference);
        Document look = fields.group("look");
        looks.forEach(number -> look.put(Integer.toString(number), true));
        Document figures = fields.group("held");
        held.forEach((metric, value) -> figures.put(metric.name(), value));
        pending.ifPresent(round -> round.write(fields.group("pending")));
        version = Optional.of(journal.replace(NAME, version, fields.toSealedBytes(NAME))
                .orElseThrow(() -> new LeaseLostException("another process has acquired the lease and changed the state of"
                        + " training in " + journal.location() + "; this process makes no further changes"))
                .version());
    }

    void hold(MetricEstimates metrics) {
        held.clear();
        metrics.forEach(one -> held.put(one.metric(), one.value()));
    }

    /** Returns the snapshot of a version; an empty one if there is none yet. */
    DataSnapshot snapshot(String of) {
        return of.isEmpty() ? DataSnapshot.EMPTY : snapshot(journal, of);
    }

    /** Stores a snapshot, unless it is stored already. */
    void keep(DataSnapshot snapshot) {
        lease.require();
        String name = DataSnapshot.documentName(snapshot.version());
        if (journal.read(name).isEmpty()) {
            journal.replace(name, Optional.empty(), snapshot.toBytes());
        }
    }

    static DataSnapshot snapshot(Journal journal, String version) {
        String name = DataSnapshot.documentName(version);
        String what = "data version " + version + " in " + journal.location();
        return DataSnapshot.read(journal, version, journal.read(name)
                .orElseThrow(() -> new JournalException(what + " is missing; restore it from a backup")));
    }
}
