package io.github.spirabr.core.prediction;

/** A predictor that is closed when it is retired and the last who took it has given it back. Thread-safe. */
final class SharedPredictor {

    private final Predictor predictor;
    private int users;
    private boolean retired;

    SharedPredictor(Predictor predictor) {
        this.predictor = predictor;
    }

    Predictor predictor() {
        return predictor;
    }

    synchronized void take() {
        users++;
    }

    void giveBack() {
        boolean last;
        synchronized (this) {
            users--;
            last = retired && users == 0;
        }
        if (last) {
            predictor.close();
        }
    }

    /** Stops further use of the predictor; may be called twice. */
    void retire() {
        boolean unused;
        synchronized (this) {
            unused = !retired && users == 0;
            retired = true;
        }
        if (unused) {
            predictor.close();
        }
    }
}
