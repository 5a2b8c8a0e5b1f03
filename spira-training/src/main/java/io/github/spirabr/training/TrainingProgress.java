package io.github.spirabr.training;

import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.TrainingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The complete state of a training between two steps. It holds no random generator: each draw has its own stream, named
 * by epoch and recording.
 */
final class TrainingProgress {

    private static final int FORMAT = 2;
    private static final String STATE = "progress.bin";

    final float[] weights;
    final float[] best;
    /** Running statistics of the current weights and of the best ones. */
    final float[] statistics;
    final float[] bestStatistics;
    final Optimizer.Updates updates;
    final List<EpochSummary> epochs = new ArrayList<>();
    /** Metric of early stopping after each epoch. */
    final List<Double> watched = new ArrayList<>();
    int bestEpoch;
    /** Number of updates before the best validation; 0 if there was none. */
    long bestStep;
    double lowest = Double.POSITIVE_INFINITY;

    /** Current epoch, counted from 1, and its completed steps. */
    int epoch = 1;
    int stepInEpoch;
    double lossSum;
    long windows;
    /** Completed steps of all epochs. */
    long steps;

    TrainingProgress(float[] weights, float[] statistics, Optimizer.Updates updates) {
        this.weights = weights;
        this.best = weights.clone();
        this.statistics = statistics;
        this.bestStatistics = statistics.clone();
        this.updates = updates;
    }

    /** Keeps the weights if this validation loss is the lowest so far, and returns true if it is. */
    boolean validated(double loss) {
        boolean lower = loss < lowest;
        if (lower) {
            lowest = loss;
            bestEpoch = epoch;
            bestStep = steps;
            System.arraycopy(weights, 0, best, 0, best.length);
            System.arraycopy(statistics, 0, bestStatistics, 0, statistics.length);
        }
        return lower;
    }

    Checkpoint toCheckpoint(String identity) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("weights.f32", WeightsFile.bytes(weights));
        files.put("best.f32", WeightsFile.bytes(best));
        if (statistics.length > 0) {
            files.put("statistics.f32", WeightsFile.bytes(statistics));
            files.put("best-statistics.f32", WeightsFile.bytes(bestStatistics));
        }
        float[][] memory = updates.memory();
        for (int i = 0; i < memory.length; i++) {
            files.put("optimizer-" + i + ".f32", WeightsFile.bytes(memory[i]));
        }
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(state)) {
            out.writeInt(FORMAT);
            out.writeUTF(identity);
            out.writeInt(epoch);
            out.writeInt(stepInEpoch);
            out.writeDouble(lossSum);
            out.writeLong(windows);
            out.writeLong(steps);
            out.writeInt(bestEpoch);
            out.writeLong(bestStep);
            out.writeDouble(lowest);
            out.writeInt(epochs.size());
            for (EpochSummary one : epochs) {
                out.writeInt(one.epoch());
                out.writeDouble(one.trainingLoss());
                out.writeDouble(one.validationLoss());
                out.writeDouble(one.validationAccuracy());
            }
            out.writeInt(watched.size());
            for (double value : watched) {
                out.writeDouble(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.put(STATE, state.toByteArray());
        return new Checkpoint(steps, steps == bestStep, files);
    }

    /**
     * Restores the state of a checkpoint.
     *
     * @throws TrainingException if the checkpoint is of another run or another version
     */
    void restore(Checkpoint checkpoint, String identity) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file(checkpoint, STATE)))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new TrainingException("the format of the checkpoint of step " + checkpoint.step() + " must be " + FORMAT
                        + ", but was " + format + "; remove the checkpoints to start anew");
            }
            if (!in.readUTF().equals(identity)) {
                throw new TrainingException("the checkpoint of step " + checkpoint.step() + " is of another run: seed,"
                        + " recordings, preprocessing, network or training settings differ; name another place for this"
                        + " run's checkpoints, or remove those that are there");
            }
            epoch = in.readInt();
            stepInEpoch = in.readInt();
            lossSum = in.readDouble();
            windows = in.readLong();
            steps = in.readLong();
            bestEpoch = in.readInt();
            bestStep = in.readLong();
            lowest = in.readDouble();
            epochs.clear();
            for (int i = in.readInt(); i > 0; i--) {
                epochs.add(new EpochSummary(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble()));
            }
            watched.clear();
            for (int i = in.readInt(); i > 0; i--) {
                watched.add(in.readDouble());
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoint of step " + checkpoint.step() + " is damaged: "
                    + STATE + " is too short; remove it", e);
        }
        read(checkpoint, "weights.f32", weights);
        read(checkpoint, "best.f32", best);
        if (statistics.length > 0) {
            read(checkpoint, "statistics.f32", statistics);
            read(checkpoint, "best-statistics.f32", bestStatistics);
        }
        float[][] memory = updates.memory();
        for (int i = 0; i < memory.length; i++) {
            read(checkpoint, "optimizer-" + i + ".f32", memory[i]);
        }
    }

    private static void read(Checkpoint checkpoint, String name, float[] target) {
        byte[] bytes = file(checkpoint, name);
        if (bytes.length != target.length * Float.BYTES) {
            throw new TrainingException("the checkpoint of step " + checkpoint.step() + " is of another network: " + name
                    + " must have " + (long) target.length * Float.BYTES + " bytes, but has " + bytes.length
                    + "; remove the checkpoints to start anew");
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target);
    }

    private static byte[] file(Checkpoint checkpoint, String name) {
        byte[] bytes = checkpoint.files().get(name);
        if (bytes == null) {
            throw new TrainingException("the checkpoint of step " + checkpoint.step() + " must have a file " + name
                    + ", but has none; it was written by another trainer or optimizer: remove the checkpoints to start anew");
        }
        return bytes;
    }
}
