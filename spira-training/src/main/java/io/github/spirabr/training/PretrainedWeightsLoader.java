package io.github.spirabr.training;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.model.WeightsLoader;
import java.util.Map;

/** Binds {@link PretrainedWeights} to the names that settings use. Stateless. */
public final class PretrainedWeightsLoader implements WeightsLoader {

    /** Called by {@link java.util.ServiceLoader}. */
    public PretrainedWeightsLoader() {}

    @Override
    public Components load(Components components, String name, Map<String, byte[]> files) {
        return components.bind(PretrainedWeights.class, name, PretrainedWeights.of(name, files));
    }

    @Override
    public Components standIn(Components components, String name) {
        return components.bind(PretrainedWeights.class, name, PretrainedWeights.standIn(name));
    }
}
