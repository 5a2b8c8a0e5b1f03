package io.github.spirabr.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MetadataTest {

    @Property(tries = 200)
    void itIsTheSameMapWithSortedNames(@ForAll Map<String, String> texts, @ForAll String other) {
        Map<String, String> map = new HashMap<>();
        texts.forEach((name, value) -> map.put(PlainText.of(name), PlainText.of(value)));
        Map<String, String> metadata = Metadata.copyOf(map);
        assertThat(metadata).isEqualTo(map).hasSameHashCodeAs(map);
        assertThat(map).isEqualTo(metadata);
        assertThat(metadata.keySet()).containsExactlyElementsOf(new TreeMap<>(map).keySet());
        map.forEach((name, value) -> assertThat(metadata.get(name)).isEqualTo(value));
        assertThat(metadata.get(other)).isEqualTo(map.get(PlainText.of(other)));
        assertThat(metadata.containsKey(other)).isEqualTo(map.containsKey(PlainText.of(other)));
        assertThat(Metadata.copyOf(metadata)).isSameAs(metadata);
    }

    @Test
    void namesAndValuesAreCanonical() {
        Map<String, String> metadata = Metadata.copyOf(Map.of("regia\u0303o\u00a0", " Sa\u0303o Paulo\u200b"));
        assertThat(metadata).isEqualTo(Map.of("região", "São Paulo"));
        assertThat(metadata.get("\ufeffregia\u0303o")).isEqualTo("São Paulo");
    }

    @Test
    void namesThatDifferInSpacesOnlyMustAgree() {
        assertThat(Metadata.copyOf(Map.of("sexo", "F", "sexo ", "F"))).isEqualTo(Map.of("sexo", "F"));
        assertThatThrownBy(() -> Metadata.copyOf(Map.of("sexo", "F", "sexo ", "M")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("column 'sexo' must have one value");
    }

    @Test
    void itIsACopyThatCannotBeChanged() {
        Map<String, String> map = new HashMap<>(Map.of("sexo", "F"));
        Map<String, String> metadata = Metadata.copyOf(map);
        map.put("sexo", "M");
        assertThat(metadata).isEqualTo(Map.of("sexo", "F"));
        assertThatThrownBy(() -> metadata.put("idade", "50")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metadata.remove("sexo")).isInstanceOf(UnsupportedOperationException.class);
        map.put("sexo", null);
        assertThatNullPointerException().isThrownBy(() -> Metadata.copyOf(map)).withMessage("sexo");
    }
}
