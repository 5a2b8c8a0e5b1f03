package io.github.spirabr.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetIndexTest {

    private static final String BUCKET = "features-00000000-0000-4000-8000-000000000001.bin";
    private static final List<PreparedRecording> RECORDINGS = List.of(
            new PreparedRecording("a\t1", "s \"1\"", Label.PATIENT, Map.of("sex", "F", "nota", "Não \\ \u0001\u001f\u007f/ \n"),
                    List.of(FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6.5f}))),
            new PreparedRecording("b", "s2", Label.CONTROL, Map.of(),
                    List.of(FeatureMatrix.of(1, 1, new float[] {-0.5f}), FeatureMatrix.of(1, 2, new float[] {7, 3}))));

    /** Written by release 0.1. */
    private static byte[] golden(String name) throws IOException {
        try (InputStream in = DatasetIndexTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static ByteBuffer block(PreparedRecording recording) {
        ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(FeatureBlock.size(recording.windows())));
        FeatureBlock.write(recording.windows(), block);
        return block.flip();
    }

    private static DatasetIndex index(Optional<String> features) {
        List<DatasetIndex.Item> items = new ArrayList<>();
        long offset = 0;
        for (PreparedRecording recording : RECORDINGS) {
            ByteBuffer block = block(recording);
            items.add(DatasetIndex.Item.of(recording, offset, block.remaining(), FeatureBlock.crc32c(block)));
            offset += block.remaining();
        }
        return new DatasetIndex("f".repeat(64), features, offset, items);
    }

    @ParameterizedTest
    @CsvSource({"index-folder.json,", "index-bucket.json," + BUCKET})
    void anIndexKeepsItsBytes(String golden, String features) throws IOException {
        DatasetIndex index = index(Optional.ofNullable(features));

        assertThat(index.toBytes()).isEqualTo(golden(golden));
        assertThat(DatasetIndex.read("the index", golden(golden))).isEqualTo(index);
    }

    @Test
    void featuresKeepTheirBytes() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(golden("features.bin"));
        for (PreparedRecording recording : RECORDINGS) {
            ByteBuffer expected = block(recording);
            ByteBuffer stored = all.slice(all.position(), expected.remaining());
            assertThat(stored).isEqualTo(expected);
            assertThat(FeatureBlock.read(stored)).isEqualTo(recording.windows());
            all.position(all.position() + expected.remaining());
        }
        assertThat(all.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"formatVersion\":1}", "{\"formatVersion\":1,\"fingerprint\":\"f\",\"size\":1,\"recordings\":[]}",
        "{\"formatVersion\":1,\"fingerprint\":\"f\",\"size\":0,\"recordings\":[],\"more\":0}",
        "{\"formatVersion\":1,\"fingerprint\":\"f\",\"size\":9,\"recordings\":[{\"id\":\"a\",\"subject\":\"s\",\"label\":2,"
                + "\"metadata\":{},\"windows\":1,\"offset\":0,\"length\":9,\"crc32c\":\"00000000\"}]}",
        "{\"formatVersion\":1,\"fingerprint\":\"f\",\"size\":9,\"recordings\":[{\"id\":\"a\",\"subject\":\"s\",\"label\":1,"
                + "\"metadata\":{},\"windows\":1,\"offset\":1,\"length\":8,\"crc32c\":\"00000000\"}]}",
    })
    void aDamagedIndexIsRefused(String text) {
        assertThatThrownBy(() -> DatasetIndex.read("the index", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessageStartingWith("the index is damaged: ");
    }

    @Test
    void aNewerFormatIsToldApart() {
        assertThatThrownBy(() -> DatasetIndex.read("the index", "{\"formatVersion\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessage("the index has format 2, newer than 1 that this version reads; use a newer version of the library");
    }
}
