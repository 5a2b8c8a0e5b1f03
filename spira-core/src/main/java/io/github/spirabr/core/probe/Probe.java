package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import java.util.List;

/**
 * Port: examines what a model's metrics depend on, such as whether it separates the classes without speech. Runs after
 * evaluation; changes neither model nor measurements. Implementations are immutable and safe for any number of threads.
 */
public interface Probe extends Component {

    /**
     * Examines a model.
     *
     * @param model the trained model, with its training and test recordings
     * @return the finding; the same for the same model, recordings and seed on any number of threads
     */
    ProbeResult examine(ProbedModel model);

    /**
     * Returns the protocols that it evaluates under, so that none of them mixes in material used in training; by
     * default none.
     */
    default List<EvaluationProtocol> protocols() {
        return List.of();
    }
}
