package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import java.util.List;

/**
 * Port: a look behind a model's figures, such as whether it tells the classes apart where nobody speaks. Asked after
 * evaluation; changes neither model nor measurements. Implementations are immutable and safe for any number of threads.
 */
public interface Probe extends Component {

    /**
     * Looks.
     *
     * @param model that was trained, with the recordings that it was trained and tested on
     * @return what was found; the same for the same model, recordings and seed on any number of threads
     */
    ProbeResult examine(ProbedModel model);

    /** The protocols that it evaluates under, so that none of them mixes in what training hears; by default none. */
    default List<EvaluationProtocol> protocols() {
        return List.of();
    }
}
