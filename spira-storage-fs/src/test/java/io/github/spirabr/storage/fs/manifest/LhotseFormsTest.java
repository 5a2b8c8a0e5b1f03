package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LhotseFormsTest {

    private static final String RECORDING = "{'id':'r','sources':[{'type':'file','channels':[0],'source':'a.wav'}],"
            + "'sampling_rate':8000,'num_samples':16000,'duration':2.0,'channel_ids':[0]}";
    private static final String CUT = "{'id':'c','start':0.5,'duration':1,'channel':0,'supervisions':["
            + "{'id':'s','recording_id':'r','start':0,'duration':1,'channel':0,'speaker':'ana','custom':{'class':'1'}}],"
            + "'recording':" + RECORDING
            + ",'type':'MonoCut'}";

    private final FaultList notices = new FaultList();

    private ReadRows read(String lines) {
        return ReadRows.of(new LhotseCuts(AudioSource.ofBytes("cuts", json(lines).getBytes(StandardCharsets.UTF_8)), notices));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void supervisionsAndCustomFieldsBecomeColumns() {
        ReadRows read = read(CUT.replace("'speaker':'ana'",
                "'speaker':'ana','gender':'F','language':'pt','text':'oi','alignment':{}")
                .replace("'type'", "'custom':{'age':30,'smoker':true,'mean':[1,2],'array':{}},'type'"));
        assertThat(read.faults()).isEmpty();
        assertThat(read.values().get(0)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("file_path", "a.wav"), Map.entry("offset", "0.5"), Map.entry("duration", "1"), Map.entry("cut", "c"),
                Map.entry("subject", "ana"), Map.entry("gender", "F"), Map.entry("language", "pt"), Map.entry("text", "oi"),
                Map.entry("class", "1"), Map.entry("age", "30"), Map.entry("smoker", "true")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0.0|2.0|no",
        "0|2.00001|no",
        "0|1.9999|0+1.9999",
        "1.2e-3|1.0000000000000002|0.0012+1",
        "1.0|1.0|1+1"
    })
    void theWholeFileIsNoPart(String start, String duration, String part) {
        ReadRows read = read(CUT.replace("'start':0.5,'duration':1", "'start':" + start + ",'duration':" + duration));
        assertThat(read.faults()).isEmpty();
        Map<String, String> row = read.values().get(0);
        assertThat(row.containsKey("offset") ? row.get("offset") + "+" + row.get("duration") : "no").isEqualTo(part);
    }

    @Test
    void aFileForEachChannelIsOneChannelOfAFile() {
        String both = CUT.replace("'channels':[0],'source':'a.wav'}",
                "'channels':[0],'source':'a.wav'},{'type':'file','channels':[3,1],"
                + "'source':'b.wav'}");
        assertThat(read(both.replace("'channel':0,'superv", "'channel':1,'superv")).values().get(0))
                .containsEntry("file_path", "b.wav").containsEntry("channel", "2");
        assertThat(read(both).values().get(0)).containsEntry("file_path", "a.wav").doesNotContainKey("channel");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'type':'MonoCut'|'kind':'MonoCut'|the cut 'c' must have 'type', but has none",
        "'type':'MonoCut'|'type':'MixedCut'|the cut 'c' must be a part of a file, but is mixed of 0 tracks",
        "'type':'MonoCut'|'type':'TextCut'|the cut 'c' must be a part of a file, but is of the type 'TextCut'",
        "'recording':|'features':|the cut 'c' must have a recording, but has none",
        "'type':'file'|'type':'command'|the recording 'r' must be a file, but is of the type 'command'",
        "'type':'file'|'type':'url'|the recording 'r' must be a file, but is of the type 'url'",
        "'type':'file'|'type':'memory'|the recording 'r' must be a file, but is of the type 'memory'",
        "'channel_ids'|'transforms':[{'name':'Speed'}],'channel_ids'|the recording 'r' must be its file's own audio, but is"
                + " changed by Speed",
        "'start':0.5|'start':-0.5|must be a part of the recording 'r' of 2 s, but is 1 s from -0.5 s on",
        "'start':0.5|'start':1.5|must be a part of the recording 'r' of 2 s, but is 1 s from 1.5 s on",
        "'start':0.5,'duration':1|'start':0.5,'duration':0|must be a part of the recording 'r' of 2 s, but is 0 s from 0.5 s on",
        "'start':0.5|'start':1e999999999|start must be a decimal number of seconds, but was '1e999999999'",
        "'start':0.5|'start':'1,5'|start must be a decimal number of seconds, but was '1,5'",
        "'channel':0,'superv|'channel':1,'superv|must be one channel or all channels of a file of the recording 'r', but is"
                + " channels [1] of [a.wav [0]]",
        "'channel':0,'superv|'channel':'left','superv|a channel must be a number from 0 on, but was 'left'",
        "'num_samples':16000|'num_samples':0|num_samples of the recording 'r' must be a positive whole number, but was '0'",
        "'sources':[|'sources':[null],'s':[|the recording 'r' must have sources, but has none",
        "'class':'1'|'offset':'1'|the custom field 'offset' must have another name, as this one is of the part itself",
        "'type':'MonoCut'|'custom':{'class':'0'},'type':'MonoCut'|'class' must have one value, but has '0' and '1'",
        "'supervisions':[|'supervisions':[{'speaker':'bia'},|'subject' must have one value, but has 'bia' and 'ana'",
        "'supervisions':[|'supervisions':['x',|supervisions must be objects, but one was 'x'"
    })
    void faultyCutsAreRefusedByName(String from, String to, String finding) {
        assertThat(CUT).contains(from);
        ReadRows read = read(CUT + "\n" + CUT.replace(from, to) + "\n" + CUT);
        assertThat(read.faults()).singleElement().asString().startsWith("line 2: " + finding + "; ");
        assertThat(read.rows()).hasSize(2);
        assertThat(read.complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0.5+1 channel 1|0.5+1 channel 1",
        "0.5+end|0.5+1",
        "0.4+1|0.5+1",
        "0.5+1 channel 2|0.5+1",
        "0.5.5+1|0.5+1",
        "5+end|0.5+1",
        "1.5+1|0.5+1",
        "anything|0.5+1"
    })
    void anExactPartCountsWhileItIsThatOfTheCut(String exact, String part) {
        Map<String, String> row = read(CUT.replace("'class'", "'spira_part':'" + exact + "','class'")).values().get(0);
        assertThat(row.get("offset") + "+" + row.get("duration") + (row.containsKey("channel") ? " channel "
                + row.get("channel") : ""))
                .isEqualTo(part);
        assertThat(row).doesNotContainKey("spira_part");
    }

    @Test
    void whatIsNoSingleValueIsLeftOutAndTold() {
        ReadRows read = read(CUT.replace("'class':'1'", "'class':'1','vector':[1],'array':{'storage_key':'k'}"));
        assertThat(read.complete()).isTrue();
        assertThat(notices.sentences()).containsExactly("line 1: the custom field 'vector' is an array and is left out",
                "line 1: the custom field 'array' is an object and is left out");
    }

    @Test
    void recordingsAndSupervisionsMustFit(@TempDir Path folder) throws IOException {
        Path recordings = Files.writeString(folder.resolve("x_recordings.jsonl"), json(RECORDING + "\n"
                + RECORDING.replace("'id':'r'", "'id':'silent'") + "\n" + RECORDING + "\n"));
        Path supervisions = Files.writeString(folder.resolve("x_supervisions.jsonl"), json("""
                {'id':'s','recording_id':'r','start':0,'duration':2,'channel':0,'speaker':'ana'}
                {'id':'t','recording_id':'gone','start':0,'duration':2,'channel':0}
                {'id':'u','start':0,'duration':2,'channel':0}
                """));
        assertThat(ReadRows.of(new LhotseFiles(folder, notices)).faults()).containsExactly("x_recordings.jsonl line 3: the"
                + " recording 'r' must be listed once, but is already in x_recordings.jsonl line 1; remove one");
        Files.writeString(recordings, json(RECORDING + "\n" + RECORDING.replace("'id':'r'", "'id':'silent'") + "\n"));
        ReadRows read = ReadRows.of(new LhotseFiles(supervisions, notices));
        assertThat(read.values()).containsExactly(Map.of("file_path", "a.wav", "cut", "s", "subject", "ana"));
        assertThat(read.faults()).containsExactly(
                "x_supervisions.jsonl line 2: the recording 'gone' must be listed, but x_recordings.jsonl has none of this id;"
                        + " add it, or remove the supervision",
                "x_supervisions.jsonl line 3: the supervision 'u' must have 'recording_id', but has none; correct it");
        Files.writeString(supervisions, json("{'id':'s','recording_id':'r','start':0,'duration':2,'channel':0}"));
        assertThat(ReadRows.of(new LhotseFiles(supervisions, notices)).faults()).containsExactly("x_recordings.jsonl line 2: the"
                + " recording 'silent' must have a supervision, but x_supervisions.jsonl has none of it; add one, or remove the"
                + " recording");
        Files.delete(supervisions);
        assertThat(ReadRows.of(new LhotseFiles(folder, notices)).faults()).containsExactly("x_recordings.jsonl must have one list"
                + " x_supervisions.jsonl or x_supervisions.jsonl.gz beside it, but has none; put it there, or remove one");
        Files.delete(recordings);
        assertThat(ReadRows.of(new LhotseFiles(folder, notices)).faults()).containsExactly("the folder " + folder
                + " must have one list"
                + " cuts.jsonl, or recordings.jsonl and supervisions.jsonl, each perhaps with .gz, but has none; name the file");
    }
}
