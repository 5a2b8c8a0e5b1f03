package io.github.spirabr.storage.fs.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The files that were listed, with their places. It holds the ids that others hold as well and a hash of each file's full name;
 * the names are made again where hashes are equal, since a hundred thousand of them would fill the memory. Used by one thread.
 */
final class FilesSeen {

    private final BiFunction<String, Path, String> fullName;
    private final List<String> ids = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private int[] lines = new int[64];
    private int[] hashes = new int[64];
    /** Open addressing: the number of a file and 1; 0 is free. */
    private int[] slots = new int[256];

    /**
     * Creates an instance.
     *
     * @param fullName full name of a file, by which it is told from others, of its id and the folder
     */
    FilesSeen(BiFunction<String, Path, String> fullName) {
        this.fullName = fullName;
    }

    /** Returns the place where the file was listed before; if empty, it counts as listed from now on. */
    Optional<Place> list(String id, Path folder, Place place) {
        String name = fullName.apply(id, folder);
        int hash = name.hashCode();
        int slot = start(hash);
        for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int file = slots[slot] - 1;
            if (hashes[file] == hash && fullName.apply(ids.get(file), folders.get(file)).equals(name)) {
                return Optional.of(new Place(lists.get(file), lines[file]));
            }
        }
        if (ids.size() == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        lines[ids.size()] = Math.toIntExact(place.line());
        hashes[ids.size()] = hash;
        ids.add(id);
        folders.add(folder);
        lists.add(place.list());
        slots[slot] = ids.size();
        if (2 * ids.size() > slots.length) {
            spread();
        }
        return Optional.empty();
    }

    private int start(int hash) {
        return hash * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    private void spread() {
        slots = new int[2 * slots.length];
        for (int file = 0; file < ids.size(); file++) {
            int slot = start(hashes[file]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = file + 1;
        }
    }
}
