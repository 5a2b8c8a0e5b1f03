package io.github.spirabr.core.continuous;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a round, for some time: a document of the journal that says who has it and until when. Whoever dies
 * loses it when the time is over. Machines' clocks must agree to well within its duration; an end that lies twice its duration
 * ahead is not believed. Thread-safe.
 */
final class Lease implements AutoCloseable {

    static final String NAME = "lease";
    private static final String SECONDS = "seconds";
    private static final int RENEWALS = 3;
    /** An end further away than so many durations is that of a clock that is wrong, and is not believed. */
    private static final int BELIEVED_DURATIONS = 2;

    private final Journal journal;
    private final String model;
    private final Clock clock;
    private final String holder;
    private final Duration duration;
    private final String token = UUID.randomUUID().toString();
    private String version = "";
    private Instant until = Instant.EPOCH;
    private long renewals;
    private @Nullable ScheduledExecutorService keeper;

    private Lease(Journal journal, String model, Clock clock, String holder, Duration duration) {
        this.journal = journal;
        this.model = model;
        this.clock = clock;
        this.holder = holder;
        this.duration = duration;
    }

    /**
     * Takes the lease, and renews it in the background until it is closed.
     *
     * @throws LeaseHeldException if somebody has it
     */
    static Lease take(Journal journal, String model, Clock clock, String holder, Duration duration) {
        Lease lease = new Lease(journal, model, clock, holder, duration);
        Optional<Journal.Document> document = journal.read(NAME);
        document.ifPresent(there -> lease.requireFree(read(journal, there)));
        lease.until = clock.instant().plus(duration);
        Journal.Document written = journal.replace(NAME, document.map(Journal.Document::version), lease.content())
                .orElseThrow(() -> lease.held(journal.read(NAME).map(there -> read(journal, there))
                        .orElse(new Held(model, "somebody", lease.until, duration.toSeconds()))));
        lease.version = written.version();
        lease.keep();
        return lease;
    }

    /** Returns the current or last holder of the lease; empty if there never was one. */
    static Optional<Held> find(Journal journal) {
        return journal.read(NAME).map(there -> read(journal, there));
    }

    static Held read(Journal journal, Journal.Document document) {
        return RoundDocument.read(journal, "the lease", NAME, document, fields -> new Held(
                fields.find("model").orElse(""), fields.text("holder"), fields.instant("until"),
                        fields.find(SECONDS).map(Long::valueOf).orElse(0L)));
    }

    /**
     * A lease as it is written down.
     *
     * @param seconds its duration; 0 if an older version wrote it
     */
    record Held(String model, String holder, Instant until, long seconds) {

        /** Returns true if the lease is not over, and its end can be true. */
        boolean isHeld(Instant now, Duration duration) {
            Duration its = seconds == 0 ? duration : Duration.ofSeconds(seconds);
            return now.isBefore(until) && !until.isAfter(now.plus(its.multipliedBy(BELIEVED_DURATIONS)));
        }
    }

    /**
     * Ends the lease, whoever has it; the holder finds out before it changes anything.
     *
     * @return the holder; empty if nobody had the lease
     */
    static Optional<Held> release(Journal journal, Instant now) {
        Optional<Journal.Document> document = journal.read(NAME);
        Optional<Held> held = document.map(there -> read(journal, there)).filter(one -> now.isBefore(one.until));
        if (held.isPresent()) {
            byte[] over = RoundDocument.about(held.get().model).put("holder", held.get().holder)
                    .put("token", UUID.randomUUID().toString()).put("renewals", 0).put("until", now)
                    .put(SECONDS, held.get().seconds).toSealedBytes(NAME);
            journal.replace(NAME, document.map(Journal.Document::version), over).orElseThrow(() -> new JournalException(
                    "the lease was renewed by " + held.get().holder + " at this very moment; nothing was changed, try again"));
        }
        return held;
    }

    private void requireFree(Held held) {
        if (held.isHeld(clock.instant(), duration)) {
            throw held(held);
        }
    }

    private LeaseHeldException held(Held other) {
        return new LeaseHeldException("a round is running: " + other.holder + " has the lease until " + other.until
                + " and may renew it; wait until then, or until it is done, or release it"
                + " with 'spira retrain release' if that process is gone", other.holder, other.until);
    }

    private byte[] content() {
        return RoundDocument.about(model).put("holder", holder).put("token", token).put("renewals", renewals)
                .put("until", until).put(SECONDS, duration.toSeconds()).toSealedBytes(NAME);
    }

    private void keep() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "spira-lease");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, duration.toMillis() / RENEWALS);
        executor.scheduleWithFixedDelay(this::renewQuietly, pause, pause, TimeUnit.MILLISECONDS);
        keeper = executor;
    }

    private void renewQuietly() {
        try {
            renew();
        } catch (RuntimeException e) {
            // Told when the round next asks whether it still has the lease.
            return;
        }
    }

    /** Has the lease for its whole duration from now on; does nothing if it is lost. */
    synchronized void renew() {
        if (version.isEmpty()) {
            return;
        }
        Instant before = until;
        until = clock.instant().plus(duration);
        renewals++;
        Optional<Journal.Document> written = journal.replace(NAME, Optional.of(version), content());
        if (written.isPresent()) {
            version = written.get().version();
        } else {
            until = before;
            version = "";
        }
    }

    /**
     * Makes sure that this is still the holder.
     *
     * @throws LeaseLostException if it is not
     */
    synchronized void require() {
        renew();
        if (version.isEmpty()) {
            throw new LeaseLostException("the lease of " + holder + " expired before the round ended, and another process took"
                    + " it; nothing more is changed. Give the lease a longer duration than " + duration
                    + ", or find out why this process was suspended");
        }
    }

    String model() {
        return model;
    }

    String token() {
        return token;
    }

    /** Gives the lease back, unless it is lost. */
    @Override
    public synchronized void close() {
        if (keeper != null) {
            keeper.shutdownNow();
        }
        if (version.isEmpty()) {
            return;
        }
        until = clock.instant();
        renewals++;
        // A thread that was asked to end cannot write, and the next round would wait until the lease is over.
        boolean interrupted = Thread.interrupted();
        try {
            journal.replace(NAME, Optional.of(version), content());
            version = "";
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
