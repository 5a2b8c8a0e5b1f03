package io.github.spirabr.core.component;

/**
 * A value that a component refuses. A builder throws it as it is; where the component is made from
 * settings, {@link Components} puts the path in front and gives a {@link ComponentException}, such as
 * {@code preprocessing.augment[1].amplitude.min: 0.5 is above amplitude.max, 0.2}.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /**
     * Creates an exception for a setting that a component refuses.
     *
     * @param setting the setting's name, dotted where it lies in another, such as {@code amplitude.max}
     * @param fault the value, the rule that it breaks, and the remedy
     */
    public InvalidSettingException(String setting, String fault) {
        this(setting, ": ", fault);
    }

    private InvalidSettingException(String setting, String between, String fault) {
        super(setting + between + fault);
        this.setting = setting;
    }

    /** Creates an exception with a sentence that begins with the setting's name: {@code coefficient must be ...}. */
    static InvalidSettingException of(String setting, String rest) {
        return new InvalidSettingException(setting, " ", rest);
    }

    /** Returns the setting's name, without the path to the component. */
    String setting() {
        return setting;
    }
}
