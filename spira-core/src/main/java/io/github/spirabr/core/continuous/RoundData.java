package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;

/**
 * The data of a round.
 *
 * @param listed a hash of all that was listed, readable or not
 * @param version of the {@link DataSnapshot} of all that may be used
 * @param listedRecordings how many were listed
 * @param recordings how many may be used
 * @param subjects of how many subjects
 * @param newRecordings how many are new or corrected since the last training
 * @param newSubjects how many subjects are new since then
 * @param withdrawnRecordings how many of the last training are gone
 * @param trainingSubjects subjects of the training side; 0 if the data were not split
 * @param validationSubjects subjects of the validation side
 * @param testSubjects held-out subjects
 */
public record RoundData(
        String listed,
        String version,
        int listedRecordings,
        int recordings,
        int subjects,
        int newRecordings,
        int newSubjects,
        int withdrawnRecordings,
        int trainingSubjects,
        int validationSubjects,
        int testSubjects) {

    static final RoundData NONE = new RoundData("", "", 0, 0, 0, 0, 0, 0, 0, 0, 0);

    void write(Document fields) {
        fields.put("listed", listed).put("version", version).put("listedRecordings", listedRecordings)
                .put("recordings", recordings).put("subjects", subjects).put("newRecordings", newRecordings)
                .put("newSubjects", newSubjects).put("withdrawnRecordings", withdrawnRecordings)
                .put("trainingSubjects", trainingSubjects).put("validationSubjects", validationSubjects)
                .put("testSubjects", testSubjects);
    }

    static RoundData read(Document fields) {
        return new RoundData(fields.text("listed"), fields.text("version"), fields.integer("listedRecordings"),
                fields.integer("recordings"), fields.integer("subjects"), fields.integer("newRecordings"),
                fields.integer("newSubjects"), fields.integer("withdrawnRecordings"), fields.integer("trainingSubjects"),
                fields.integer("validationSubjects"), fields.integer("testSubjects"));
    }
}
