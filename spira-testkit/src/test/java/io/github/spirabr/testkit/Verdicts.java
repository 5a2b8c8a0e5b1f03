package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs contracts on parts with a known fault, and tells which checks found it. */
final class Verdicts {

    private Verdicts() {}

    /** The contract's checks that fail, by name; refuses a contract of which nothing ran. */
    static List<String> failures(Class<?> contract) {
        Events tests = EngineTestKit.engine("jqwik")
                .selectors(selectClass(contract))
                // Failures are expected here, and need not be printed.
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .execute()
                .testEvents();
        assertThat(tests.started().count()).as("checks of " + contract.getSimpleName()).isGreaterThanOrEqualTo(4);
        return tests.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** A part of a test: type {@code faulty}, one setting. */
    interface Faulty extends Component {

        @Override
        default ComponentDescription description() {
            return new ComponentDescription("faulty", Map.of("strength", 0.5));
        }
    }

    /** The one provider, of type {@code faulty}. */
    static <C extends Component> Components registered(Class<C> port, Supplier<C> factory) {
        ComponentProvider<C> provider = new ComponentProvider<>(port, "faulty", Setting.number("strength", "Strength.")) {
            @Override
            protected C create(Settings settings) {
                settings.number("strength");
                return factory.get();
            }
        };
        return Components.of(List.of(provider));
    }
}
