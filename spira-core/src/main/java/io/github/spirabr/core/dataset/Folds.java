package io.github.spirabr.core.dataset;

import java.util.List;

/**
 * Port: several splits of one data set: each subject is in the test set once, or, {@link #within} a split, in the validation
 * set. Implementations are immutable and
 * thread-safe.
 */
public interface Folds {

    /**
     * Returns k folds by subject, stratified by class: each fold is the test set once, the fold after it is the validation
     * set, the others are the training set.
     *
     * @param count number of folds, at least 3: one for testing, one for validation, the others for training
     */
    static Folds bySubject(int count) {
        return SubjectFolds.of(count);
    }

    /**
     * Returns folds that leave one group out at a time, such as a hospital or a device: the group is the test set, a share
     * of the other subjects is the validation set, and the rest is the training set. They measure whether a model
     * generalises to a group not seen in training.
     *
     * @param column column of the manifest whose values are the groups
     * @param validation share of the other groups' subjects in the validation set, in (0, 1)
     */
    static Folds leaveOneOut(String column, double validation) {
        return GroupFolds.leaveOneOut(column, validation);
    }

    /**
     * Returns folds within a split, stratified by class: the test set stays as it is in all of them, and each of the other
     * subjects is in the validation set once. They choose settings without the test set.
     *
     * @param outer split whose test set is kept apart; with the seed of the folds
     * @param count number of folds, at least 2
     */
    static Folds within(Splitter outer, int count) {
        return InnerFolds.of(outer, count);
    }

    /**
     * Returns one splitter for each fold; it is valid for this data set and seed.
     *
     * @throws InvalidDatasetException if the data set cannot be split in this way
     */
    List<Splitter> of(Dataset dataset, long seed);
}
