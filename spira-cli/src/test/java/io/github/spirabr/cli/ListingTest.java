package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
class ListingTest {

    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private Path link(String name, String target) throws IOException {
        return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    private List<String> names(Listing listing) {
        return listing.files().stream().map(file -> folder.relativize(file).toString()).toList();
    }

    @Test
    void takesFilesOfAllEndings() throws IOException {
        for (String name : List.of("a.wav", "b.wave", "c.awb", "d.mpeg", "e", "sub/f.3g2")) {
            file(name);
        }
        assertThat(names(Listing.of(List.of(folder)))).containsExactly("a.wav", "b.wave", "c.awb", "d.mpeg", "e", "sub/f.3g2");
    }

    @Test
    void followsLinksOnce() throws IOException {
        file("real/a.wav");
        file("rec/b.wav");
        link("rec/set", "../real");
        link("rec/again", "../real");
        link("rec/back", "..");
        link("rec/c.wav", "b.wav");
        Listing listing = Listing.of(List.of(folder.resolve("rec")));
        assertThat(names(listing)).containsExactly("rec/again/a.wav", "rec/b.wav");
        assertThat(listing.faults()).isEmpty();
        assertThat(listing.leftOut()).singleElement().asString()
                .startsWith("left out, listed already under another name: ")
                .contains("rec/c.wav", "rec/set");
        assertThat(names(Listing.of(List.of(link("link", "real"))))).containsExactly("link/a.wav");
    }

    @Test
    void aMountedVolumeIsListedOnceAndADanglingLinkIsAFault() throws IOException {
        file("rec/..2026/a.wav");
        link("rec/..data", "..2026");
        link("rec/a.wav", "..data/a.wav");
        link("rec/gone.wav", "/nowhere/gone.wav");
        Listing listing = Listing.of(List.of(folder.resolve("rec")));
        assertThat(names(listing)).containsExactly("rec/a.wav");
        assertThat(listing.faults()).singleElement().extracting(Listing.Fault::message).asString()
                .contains("gone.wav does not exist");
        assertThat(listing.leftOut()).singleElement().asString().startsWith("left out, hidden: 2 (");
    }

    @Test
    void anUnreadableFolderIsOneFault() throws IOException {
        file("rec/a.wav");
        Path hidden = file("rec/private/b.wav").getParent();
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(hidden), "root reads every folder");
            Listing listing = Listing.of(List.of(folder.resolve("rec")));
            assertThat(names(listing)).containsExactly("rec/a.wav");
            assertThat(listing.faults()).singleElement().extracting(Listing.Fault::path).isEqualTo(hidden);
        } finally {
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void onlyWhatClaimsNoSoundIsLeftOutForHoldingNone() throws IOException {
        Path text = file("rec/notes.txt");
        Path sound = file("rec/a.wav");
        Listing listing = Listing.of(List.of(folder.resolve("rec"), text));
        AudioException none = new AudioException("one", Reason.NOT_AUDIO, "this is no audio file", null);
        assertThat(listing.leavesOut(sound, none)).isFalse();
        assertThat(listing.leavesOut(text, none)).as("it is named itself").isFalse();
        Listing found = Listing.of(List.of(folder.resolve("rec")));
        assertThat(found.leavesOut(text, new AudioException("one", Reason.CORRUPT, "broken", null))).isFalse();
        assertThat(found.leavesOut(text, none)).isTrue();
        assertThat(found.leftOut()).containsExactly("left out, without audio: 1 (" + text + ")");
    }

    @Test
    void aFolderWithoutFilesIsRefused() throws IOException {
        file("rec/.hidden");
        assertThatThrownBy(() -> Listing.of(List.of(folder.resolve("rec"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("holds no audio file");
    }
}
