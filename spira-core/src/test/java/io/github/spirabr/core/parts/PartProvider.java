package io.github.spirabr.core.parts;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.function.Function;

/** Makes a part of its settings. */
public final class PartProvider<T extends Component> extends ComponentProvider<T> {

    private final Function<Settings, T> maker;

    public PartProvider(Class<T> port, String type, Function<Settings, T> maker, Setting... settings) {
        super(port, type, settings);
        this.maker = maker;
    }

    @Override
    protected T create(Settings settings) {
        return maker.apply(settings);
    }
}
