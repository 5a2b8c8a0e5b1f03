package io.github.spirabr.core.model;

import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The data that a trainer learns from. Created from a split's training set only. */
public interface TrainingData {

    /** Returns the number of recordings in every epoch. */
    int recordings();

    /**
     * Opens the recordings of one epoch, each once, in this epoch's random order and with this epoch's augmentation.
     *
     * @param epoch counted from 1
     * @param skip number of recordings to leave out at the beginning, at no cost: an interrupted run has learned from
     *     them already
     */
    FeatureStream epoch(int epoch, int skip);

    /**
     * Opens the recordings that a sampling draws for one epoch, drawn from this epoch's own stream, with this epoch's
     * augmentation. A recording that is drawn twice is augmented alike both times.
     *
     * @param epoch counted from 1
     * @param skip number of recordings to leave out at the beginning, at no cost
     * @param sampling the choice and order of the recordings
     * @throws TrainingException if this data cannot be drawn from in this way
     */
    default FeatureStream epoch(int epoch, int skip, Sampling sampling) {
        if (sampling == Sampling.SHUFFLED) {
            return epoch(epoch, skip);
        }
        throw new TrainingException("the sampling of this training data must be " + Sampling.SHUFFLED + ", but was " + sampling
                + "; choose " + Sampling.SHUFFLED);
    }

    /** The choice and order of the recordings that an epoch learns from. */
    enum Sampling {
        /** Each recording once, in random order. */
        SHUFFLED {
            @Override
            public int[] draw(List<Label> labels, RandomGenerator random) {
                int[] order = new int[labels.size()];
                for (int i = 0; i < order.length; i++) {
                    int j = random.nextInt(i + 1);
                    order[i] = order[j];
                    order[j] = i;
                }
                return order;
            }
        },
        /**
         * As many draws as there are recordings, with replacement: both classes are equally likely, and so are the
         * recordings within a class. Batches are balanced on average; some recordings are drawn several times, others not
         * at all. Equals a weighted sampler whose weights are one over the class's size.
         */
        BALANCED {
            @Override
            public int[] draw(List<Label> labels, RandomGenerator random) {
                Map<Label, List<Integer>> ofClass = new EnumMap<>(Label.class);
                for (Label label : Label.values()) {
                    ofClass.put(label, new ArrayList<>());
                }
                for (int i = 0; i < labels.size(); i++) {
                    ofClass.get(labels.get(i)).add(i);
                }
                ofClass.forEach((label, members) -> {
                    if (members.isEmpty()) {
                        throw new TrainingException("balanced sampling must have recordings of both classes, but there is no "
                                + label + " among the " + labels.size() + " training recordings");
                    }
                });
                int[] order = new int[labels.size()];
                for (int i = 0; i < order.length; i++) {
                    List<Integer> members = ofClass.get(Label.values()[random.nextInt(Label.values().length)]);
                    order[i] = members.get(random.nextInt(members.size()));
                }
                return order;
            }
        };

        /**
         * Draws the indices of the recordings that an epoch learns from, in order.
         *
         * @param labels labels of all recordings, in the data's own order
         * @param random the stream of this epoch
         * @throws TrainingException if a class that must be drawn from is empty
         */
        public abstract int[] draw(List<Label> labels, RandomGenerator random);
    }
}
