package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

/**
 * The contract of every {@link Component}. Its provider reads every setting that it declares, and the declared defaults are those
 * of the part. A description makes an equal part, whether its settings are values or texts, as in a stored model. The contracts of
 * the ports include this one; extend it directly for a port without a contract.
 *
 * @param <C> the port
 */
public abstract class ComponentContract<C extends Component> {

    private final Class<C> port;

    /**
     * Creates an instance.
     *
     * @param port the interface under which the provider is registered
     */
    protected ComponentContract(Class<C> port) {
        this.port = port;
    }

    /** A new part, every time with the same settings; best with settings that are not the defaults. */
    protected abstract C create();

    /**
     * The providers by which the part is made again; those of the class path by default. Override it where settings
     * name a value, and {@link Components#bind} that value.
     */
    protected Components components() {
        return Components.discover();
    }

    @Example
    void descriptionsOfEqualPartsAreEqual() {
        C part = create();
        assertThat(part.description()).isEqualTo(part.description()).isEqualTo(create().description());
    }

    @Example
    void settingsAreOfTheTypesThatCanBeStored() {
        create().description().settings().forEach((name, value) -> {
            for (Object item : value instanceof List<?> list ? list : List.of(value)) {
                assertThat(item).as("setting " + name)
                        .isInstanceOfAny(String.class, Boolean.class, Integer.class, Long.class, Double.class);
            }
        });
    }

    @Example
    void settingsMakeAnEqualPart() {
        ComponentDescription description = create().description();
        assertThat(recreate().description()).isEqualTo(description);
    }

    @Example
    void settingsAsTextMakeAnEqualPart() {
        ComponentDescription description = create().description();
        Map<String, Object> texts = new LinkedHashMap<>();
        description.settings().forEach((name, value) -> texts.put(name, text(value)));
        ComponentDescription asText = new ComponentDescription(description.type(), texts);
        assertThat(components().create(port, "contract", asText).description()).isEqualTo(description);
    }

    @Example
    void everySettingIsDeclaredAndRead() {
        ComponentDescription description = create().description();
        assertThatCode(this::recreate)
                .as("the settings " + description.settings().keySet() + " of a provider that declares "
                        + components().settings(port, description.type()))
                .doesNotThrowAnyException();
    }

    @Example
    void declaredDefaultsAreThoseOfThePart() {
        ComponentDescription description = create().description();
        List<Setting> declared = components().settings(port, description.type()).settings();
        Map<String, Object> given = new LinkedHashMap<>(description.settings());
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Setting setting : declared) {
            boolean decides = declared.stream().anyMatch(one ->
                    one.conditions().containsKey(setting.name()) && description.settings().containsKey(one.name()));
            boolean everywhere = setting.conditions().isEmpty() && setting.group().isEmpty();
            if (setting.byDefault().isPresent() && (everywhere || given.containsKey(setting.name())) && !decides) {
                given.remove(setting.name());
                defaults.put(setting.name(), text(setting.byDefault().get()));
            }
        }
        Map<String, Object> made = components().create(port, "contract", new ComponentDescription(description.type(), given))
                .description().settings();
        defaults.forEach((name, byDefault) -> assertThat(made)
                .as("the part that is made without the setting " + name)
                .hasEntrySatisfying(name, value -> assertThat(text(value)).as("its " + name).isEqualTo(byDefault)));
    }

    /** The part that the provider makes from the description. */
    final C recreate() {
        return components().create(port, "contract", create().description());
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
