package io.github.spirabr.core.parts;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.util.function.Function;

/** Makes a part of its settings. */
public record PartProvider<T extends Component>(Class<T> port, String type, Function<Settings, T> maker)
        implements ComponentProvider<T> {

    @Override
    public T create(Settings settings) {
        return maker.apply(settings);
    }
}
