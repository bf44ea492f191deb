package io.waybill;

import ch.qos.logback.core.PropertyDefinerBase;
import io.waybill.problem.Problem;
import java.util.Optional;
import java.util.Set;

/** Which form the log has, {@code WAYBILL_LOG_FORMAT}: text where it names none, for a form nobody knows would be no log at all. */
public final class LogFormat extends PropertyDefinerBase {
    private static final String NAME = "WAYBILL_LOG_FORMAT";
    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final Set<String> KNOWN = Set.of(TEXT, JSON);

    /** The appender of {@code logback.xml}. */
    @Override
    public String getPropertyValue() {
        String own = getContext() == null ? null : getContext().getProperty(NAME);
        String asked = own == null ? asked() : own;
        return KNOWN.contains(asked) ? asked : TEXT;
    }

    /** Whether each line is to be an object. */
    static boolean isJson() {
        return JSON.equals(asked());
    }

    /** That the environment asks for another form, if it does. */
    static Optional<Problem> unknown() {
        return unknown(asked());
    }

    static Optional<Problem> unknown(String asked) {
        return KNOWN.contains(asked)
                ? Optional.empty()
                : Optional.of(Problem.of(HubCode.LOG_FORMAT_UNKNOWN, "format", asked));
    }

    private static String asked() {
        String asked = System.getProperty(
                NAME, Optional.ofNullable(System.getenv(NAME)).orElse(""));
        return asked.isBlank() ? TEXT : asked;
    }
}
