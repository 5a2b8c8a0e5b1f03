package io.github.spirabr.config;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.WeightsLoader;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.NoiseLoader;
import io.github.spirabr.core.preprocessing.NoiseLoader.NoiseSet;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.storage.StorageProvider;
import java.io.FileNotFoundException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Parts of the type {@code any} for every port, which do nothing but take settings of each kind. */
public final class AnyParts {

    static final String TYPE = "any";

    private AnyParts() {}

    static Components components() {
        List<ComponentProvider<?>> all = new ArrayList<>(List.of(
                provider(AudioReader.class), provider(WaveformTransform.class), provider(Augmentation.class),
                provider(Windowing.class),
                provider(FeatureExtractor.class), provider(FeatureTransform.class),
                provider(FeatureAugmentation.class), provider(EvaluationProtocol.class),
                provider(Probe.class), provider(Splitter.class), provider(Aggregation.class),
                provider(ModelFactory.class), provider(ModelTrainer.class)));
        for (ComponentProvider<?> each : ServiceLoader.load(ComponentProvider.class)) {
            if (each.port() == Aggregation.class && each.type().equals("mean")) {
                all.add(each);
            }
        }
        return Components.of(all);
    }

    private static <T extends Component> ComponentProvider<T> provider(Class<T> port) {
        return new ComponentProvider<>(port, TYPE,
                Setting.text("text", "A text.").byDefault(""),
                Setting.number("number", "A number.").byDefault(0),
                Setting.number("group.deep.number", "A number in groups.").byDefault(0),
                Setting.text("group.text", "A text in a group.").byDefault(""),
                Setting.truth("flag", "A truth value.").byDefault(false),
                Setting.texts("list", "Texts.").byDefault(List.of()),
                Setting.longInteger("whole", "An integer.").optional("none"),
                Setting.file("file", "A file.").optional("none"),
                Setting.component("inner", port, "A part.").optional("none"),
                Setting.text("parts.*.type", "A type."),
                Setting.number("parts.*.number", "A number of a part.").byDefault(0)) {
            @Override
            protected T create(Settings settings) {
                Map<String, Object> read = new LinkedHashMap<>();
                settings.string("text");
                settings.number("number");
                settings.number("group.deep.number");
                settings.string("group.text");
                settings.bool("flag");
                settings.strings("list");
                if (settings.has("whole")) {
                    read.put("whole", settings.longInteger("whole"));
                }
                if (settings.has("file")) {
                    read.put("file", Path.of(settings.string("file")).getFileName().toString());
                }
                if (settings.has("inner")) {
                    settings.component("inner", port).description().settings()
                            .forEach((name, value) -> read.put("inner." + name, value));
                    read.put("inner.type", TYPE);
                }
                for (String part : settings.names("parts")) {
                    settings.string("parts." + part + ".type");
                    settings.number("parts." + part + ".number");
                }
                return part(port, new ComponentDescription(TYPE, read));
            }
        };
    }

    private static <T> T part(Class<T> port, ComponentDescription description) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
            if (method.getName().equals("description")) {
                return description;
            }
            if (method.getReturnType() == List.class) {
                return List.of();
            }
            return method.getReturnType() == int.class ? 1 : null;
        }));
    }

    /** Knows addresses, and keeps nothing there. */
    public static final class AnyStorage implements StorageProvider {

        static final String SCHEME = "any";

        /** Called by {@link java.util.ServiceLoader}. */
        public AnyStorage() {}

        @Override
        public String scheme() {
            return SCHEME;
        }

        @Override
        public void check(String address) {
            if (!address.startsWith(SCHEME + "://bucket")) {
                throw new IllegalArgumentException("'" + address + "' names no bucket");
            }
        }

        @Override
        public AudioSource file(String address) {
            return AudioSource.of(address, () -> {
                throw new FileNotFoundException(address);
            });
        }

        @Override
        public RecordingSource listing(String address, Pattern names, Optional<Pattern> ignored) {
            return () -> {
                throw new UnsupportedOperationException(address);
            };
        }

        @Override
        public ModelRepository models(String address) {
            throw new UnsupportedOperationException(address);
        }

        @Override
        public PreparedDatasetRepository datasets(String address) {
            throw new UnsupportedOperationException(address);
        }

        @Override
        public Journal journal(String address) {
            throw new UnsupportedOperationException(address);
        }
    }

    /** Knows no weights. */
    public static final class AnyWeights implements WeightsLoader {

        /** Called by {@link java.util.ServiceLoader}. */
        public AnyWeights() {}

        @Override
        public Components load(Components components, String name, Map<String, byte[]> files) {
            return components;
        }

        @Override
        public Components standIn(Components components, String name) {
            return components;
        }
    }

    /** Knows no noises. */
    public static final class AnyNoises implements NoiseLoader {

        /** Called by {@link java.util.ServiceLoader}. */
        public AnyNoises() {}

        @Override
        public Components load(Components components, NoiseSet set, AudioReader reader) {
            return components;
        }

        @Override
        public Components standIn(Components components, NoiseSet set, int sampleRate) {
            return components;
        }
    }
}
