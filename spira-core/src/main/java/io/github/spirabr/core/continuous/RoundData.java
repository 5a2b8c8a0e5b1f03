package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counts of the data of a {@link Round}. Immutable. */
public final class RoundData {

    static final RoundData NONE = builder().build();

    private final Builder content;

    private RoundData(Builder content) {
        this.content = new Builder(content);
    }

    /** Returns a builder of counts that are 0, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these counts. */
    public Builder toBuilder() {
        return new Builder(content);
    }

    /** Returns a hash of all that was listed, readable or not. */
    public String listed() {
        return content.listed;
    }

    /** Returns the version of the {@link DataSnapshot} of all usable recordings. */
    public String version() {
        return content.version;
    }

    /** Returns the number of listed recordings. */
    public int listedRecordings() {
        return content.listedRecordings;
    }

    /** Returns the number of usable recordings. */
    public int recordings() {
        return content.recordings;
    }

    /** Returns the number of their subjects. */
    public int subjects() {
        return content.subjects;
    }

    /** Returns the number of recordings that are new or corrected since the last training. */
    public int newRecordings() {
        return content.newRecordings;
    }

    /** Returns the number of subjects that are new since then. */
    public int newSubjects() {
        return content.newSubjects;
    }

    /** Returns the number of recordings of the last training that are gone. */
    public int withdrawnRecordings() {
        return content.withdrawnRecordings;
    }

    /** Returns the number of subjects of the training set; 0 if the data were not split. */
    public int trainingSubjects() {
        return content.trainingSubjects;
    }

    /** Returns the number of subjects of the validation set. */
    public int validationSubjects() {
        return content.validationSubjects;
    }

    /** Returns the number of held-out subjects. */
    public int testSubjects() {
        return content.testSubjects;
    }

    void write(Document fields) {
        fields.put("listed", listed()).put("version", version()).put("listedRecordings", listedRecordings())
                .put("recordings", recordings()).put("subjects", subjects()).put("newRecordings", newRecordings())
                .put("newSubjects", newSubjects()).put("withdrawnRecordings", withdrawnRecordings())
                .put("trainingSubjects", trainingSubjects()).put("validationSubjects", validationSubjects())
                .put("testSubjects", testSubjects());
    }

    static RoundData read(Document fields) {
        return builder()
                .listed(fields.text("listed")).version(fields.text("version"))
                .listedRecordings(fields.integer("listedRecordings")).recordings(fields.integer("recordings"))
                .subjects(fields.integer("subjects")).newRecordings(fields.integer("newRecordings"))
                .newSubjects(fields.integer("newSubjects")).withdrawnRecordings(fields.integer("withdrawnRecordings"))
                .trainingSubjects(fields.integer("trainingSubjects"))
                .validationSubjects(fields.integer("validationSubjects")).testSubjects(fields.integer("testSubjects"))
                .build();
    }

    private List<Object> values() {
        return List.of(listed(), version(), listedRecordings(), recordings(), subjects(), newRecordings(), newSubjects(),
                withdrawnRecordings(), trainingSubjects(), validationSubjects(), testSubjects());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoundData that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "RoundData" + values();
    }

    /** A builder of {@link RoundData}; by default nothing was listed. Not thread-safe. */
    public static final class Builder {

        private String listed = "";
        private String version = "";
        private int listedRecordings = 0;
        private int recordings = 0;
        private int subjects = 0;
        private int newRecordings = 0;
        private int newSubjects = 0;
        private int withdrawnRecordings = 0;
        private int trainingSubjects = 0;
        private int validationSubjects = 0;
        private int testSubjects = 0;

        private Builder() {}

        private Builder(Builder other) {
            listed = other.listed;
            version = other.version;
            listedRecordings = other.listedRecordings;
            recordings = other.recordings;
            subjects = other.subjects;
            newRecordings = other.newRecordings;
            newSubjects = other.newSubjects;
            withdrawnRecordings = other.withdrawnRecordings;
            trainingSubjects = other.trainingSubjects;
            validationSubjects = other.validationSubjects;
            testSubjects = other.testSubjects;
        }

        /** Sets {@link RoundData#listed}. */
        public Builder listed(String value) {
            listed = value;
            return this;
        }

        /** Sets {@link RoundData#version}. */
        public Builder version(String value) {
            version = value;
            return this;
        }

        /** Sets {@link RoundData#listedRecordings}. */
        public Builder listedRecordings(int value) {
            listedRecordings = value;
            return this;
        }

        /** Sets {@link RoundData#recordings}. */
        public Builder recordings(int value) {
            recordings = value;
            return this;
        }

        /** Sets {@link RoundData#subjects}. */
        public Builder subjects(int value) {
            subjects = value;
            return this;
        }

        /** Sets {@link RoundData#newRecordings}. */
        public Builder newRecordings(int value) {
            newRecordings = value;
            return this;
        }

        /** Sets {@link RoundData#newSubjects}. */
        public Builder newSubjects(int value) {
            newSubjects = value;
            return this;
        }

        /** Sets {@link RoundData#withdrawnRecordings}. */
        public Builder withdrawnRecordings(int value) {
            withdrawnRecordings = value;
            return this;
        }

        /** Sets {@link RoundData#trainingSubjects}. */
        public Builder trainingSubjects(int value) {
            trainingSubjects = value;
            return this;
        }

        /** Sets {@link RoundData#validationSubjects}. */
        public Builder validationSubjects(int value) {
            validationSubjects = value;
            return this;
        }

        /** Sets {@link RoundData#testSubjects}. */
        public Builder testSubjects(int value) {
            testSubjects = value;
            return this;
        }

        /** Builds the value. */
        public RoundData build() {
            return new RoundData(this);
        }
    }
}
