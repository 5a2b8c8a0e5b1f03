package io.github.spirabr.core.component;

/**
 * The base of all providers: a provider gives a component a name, declares its settings, and builds it from them. Providers
 * are found by {@link java.util.ServiceLoader}: a jar lists its own in {@code
 * META-INF/services/io.github.spirabr.core.component.ComponentProvider}, and each has a public constructor without
 * parameters. The built-in parts use the same door. Implementations are immutable.
 *
 * <pre>{@code
 * public static final class Provider extends ComponentProvider<WaveformTransform> {
 *
 *     public Provider() {
 *         super(WaveformTransform.class, "pre-emphasis",
 *                 Setting.number("coefficient", "Share of the preceding sample.").between(0, 1).byDefault(0.97));
 *     }
 *
 *     @Override
 *     protected WaveformTransform create(Settings settings) {
 *         return PreEmphasis.of(settings.number("coefficient"));
 *     }
 * }
 * }</pre>
 *
 * @param <T> the port that the component implements
 */
public abstract class ComponentProvider<T extends Component> {

    private final Class<T> port;
    private final String type;
    private final SettingsDeclaration settings;

    /**
     * Names the component and declares its settings.
     *
     * @param port the interface that the component implements, such as {@code FeatureExtractor.class}
     * @param type the name, lower case with hyphens, unique for its port
     * @param settings all that {@link #create} reads
     */
    protected ComponentProvider(Class<T> port, String type, Setting... settings) {
        this(port, type, SettingsDeclaration.of(settings));
    }

    /**
     * Names the component and declares its settings.
     *
     * @param port the interface that the component implements, such as {@code FeatureExtractor.class}
     * @param type the name, lower case with hyphens, unique for its port
     * @param settings all that {@link #create} reads
     */
    protected ComponentProvider(Class<T> port, String type, SettingsDeclaration settings) {
        this.port = port;
        this.type = type;
        this.settings = settings;
    }

    /**
     * Builds the component. Values are of the declared kinds and ranges already, and defaults stand in for those that are not
     * given; every declared setting must be read.
     *
     * @throws IllegalArgumentException if settings do not fit each other; {@link InvalidSettingException} names one of them
     */
    protected abstract T create(Settings settings);

    /** Returns the port. */
    public final Class<T> port() {
        return port;
    }

    /** Returns the name of the type. */
    public final String type() {
        return type;
    }

    /** Returns the declared settings. */
    public final SettingsDeclaration settings() {
        return settings;
    }
}
