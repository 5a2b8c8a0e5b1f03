package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import java.util.List;

/**
 * Port: a change to the features of every recording, in training, evaluation and prediction alike, such as a normalisation
 * or differences over time. It draws nothing at random and does not depend on the label; a change that does is a {@link
 * FeatureAugmentation}, which comes after it. It is stored with the model. Implementations are immutable, give the same bits
 * for the same features and are safe for any number of threads.
 */
public interface FeatureTransform extends Component {

    /**
     * Returns the shape of a window's features after this transform.
     *
     * @param input shape before it
     */
    InputShape shape(InputShape input);

    /**
     * Returns the features of a recording's windows after this transform, as many windows as before.
     *
     * @param windows all windows of a recording in time order, from the extractor or the transform before this one; in training
     *     with windows drawn at random they are those that were drawn
     * @throws PreprocessingException if the features are not those that the transform is for
     */
    List<FeatureMatrix> apply(List<FeatureMatrix> windows);

    /** Returns whether the transform must be fitted on the training set before it is applied; by default not. */
    default boolean needsFitting() {
        return false;
    }

    /** Returns the transform fitted on the training set, which needs no fitting; {@code this} by default. */
    default FeatureTransform fit(TrainingFrames frames) {
        return this;
    }

    /**
     * Returns the name of each feature after this transform, with its unit in parentheses.
     *
     * @param names names before it, one for each feature; by default they stay as they are
     */
    default List<String> featureNames(List<String> names) {
        return names;
    }
}
