package io.github.spirabr.storage.s3;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.internal.store.DatasetIndex;
import io.github.spirabr.core.internal.store.FeatureBlock;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A prepared data set whose features are fetched by ranges. A reader of the recording after the last
 * that was fetched reads them in order, and gets those that follow with it.
 */
final class RangedDataset implements PreparedDataset {

    private static final int READ_AHEAD_BYTES = 8 << 20;

    private final String name;
    private final String address;
    private final String featuresKey;
    private final DatasetIndex index;
    private final BucketRequests requests;
    private final Bucket bucket;
    private final List<Entry> entries;
    private volatile Run run = new Run(-1, -1, 0, new byte[0]);
    private volatile boolean closed;

    /**
     * Recordings that were fetched together.
     *
     * @param offset offset of the first one's features
     */
    private record Run(int first, int last, long offset, byte[] bytes) {}

    RangedDataset(
            String name, String address, String folder, DatasetIndex index, BucketRequests requests, Bucket bucket) {
        this.name = name;
        this.address = address;
        this.featuresKey = folder + S3PreparedDatasets.features(index);
        this.index = index;
        this.requests = requests;
        this.bucket = bucket;
        this.entries = index.recordings().stream().map(DatasetIndex.Item::entry).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return index.fingerprint();
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public PreparedRecording read(int position) {
        if (closed) {
            throw new IllegalStateException("the data set was closed");
        }
        DatasetIndex.Item item = index.recordings().get(position);
        try {
            Entry entry = item.entry();
            return new PreparedRecording(entry.id(), entry.subject(), entry.label(), entry.metadata(),
                    FeatureBlock.read(block(position, item)));
        } catch (IllegalArgumentException e) {
            throw damaged("recording " + item.id() + " could not be read: " + e.getMessage(), e);
        } catch (NoSuchKeyException e) {
            throw damaged("its features are missing", e);
        } catch (SdkException e) {
            throw new PreparedDatasetException(
                    bucket.sentence("recording " + item.id() + " of data set " + name + " could not be read", e), e);
        }
    }

    private ByteBuffer block(int position, DatasetIndex.Item item) {
        Run current = run;
        if (position < current.first || position > current.last) {
            current = fetch(position, position == current.last + 1);
            run = current;
        }
        ByteBuffer block = slice(current, item);
        if (!isSound(block, item)) {
            // Altered on the way, or where it is stored: that shows when it is fetched again.
            block = requests.policy().fetch(() -> slice(fetch(position, false), item),
                    found -> isSound(found, item), RangedDataset::bytes);
        }
        if (!isSound(block, item)) {
            throw damaged("the checksum of recording " + item.id() + " is " + FeatureBlock.crc32c(block)
                    + ", but its index says " + item.crc32c(), null);
        }
        return block;
    }

    private static boolean isSound(ByteBuffer block, DatasetIndex.Item item) {
        return block.remaining() == item.length() && FeatureBlock.crc32c(block).equals(item.crc32c());
    }

    private static byte[] bytes(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        return bytes;
    }

    private Run fetch(int position, boolean ahead) {
        List<DatasetIndex.Item> items = index.recordings();
        long offset = items.get(position).offset();
        int last = position;
        while (ahead && last + 1 < items.size() && end(last + 1) - offset <= READ_AHEAD_BYTES) {
            last++;
        }
        byte[] bytes = requests.range(featuresKey, offset, Math.toIntExact(end(last) - offset));
        return new Run(position, last, offset, bytes);
    }

    private long end(int position) {
        DatasetIndex.Item item = index.recordings().get(position);
        return item.offset() + item.length();
    }

    /** Returns the features of a recording; fewer if the answer was shorter. */
    private static ByteBuffer slice(Run run, DatasetIndex.Item item) {
        int start = Math.min(run.bytes.length, Math.toIntExact(item.offset() - run.offset));
        int length = Math.min(run.bytes.length - start, Math.toIntExact(item.length()));
        return ByteBuffer.wrap(run.bytes, start, length).slice();
    }

    private PreparedDatasetException damaged(String what, @Nullable Throwable cause) {
        return new PreparedDatasetException("data set " + name + " is damaged at " + address + S3PreparedDatasets.features(index) + ": "
                + what + "; delete it, and prepare it again", cause);
    }

    @Override
    public void close() {
        closed = true;
        run = new Run(-1, -1, 0, new byte[0]);
    }

    @Override
    public String toString() {
        return "PreparedDataset[" + name + " in " + address + "]";
    }
}
