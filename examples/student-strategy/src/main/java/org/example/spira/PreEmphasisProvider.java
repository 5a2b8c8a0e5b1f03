package org.example.spira;

import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;

/** Registers {@code pre-emphasis} with setting {@code coefficient}, by default 0.97. */
public final class PreEmphasisProvider implements ComponentProvider<WaveformTransform> {

    @Override
    public Class<WaveformTransform> port() {
        return WaveformTransform.class;
    }

    @Override
    public String type() {
        return PreEmphasis.TYPE;
    }

    @Override
    public WaveformTransform create(Settings settings) {
        return PreEmphasis.of(settings.number("coefficient", 0.97));
    }
}
