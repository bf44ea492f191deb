package io.waybill.rollout;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A moment somebody names: a time with its offset, or {@code now}, which is when the switch is thrown. */
public record Moment(@Nullable Instant given) {

    /**
     * @param pointer where it was said
     * @throws ProblemException {@code bad-moment}
     */
    public static Moment read(String text, String pointer) {
        if (text.equals("now")) {
            return new Moment(null);
        }
        try {
            return new Moment(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.of(RolloutCode.BAD_MOMENT, "value", text).at(pointer));
        }
    }

    Instant at(Instant now) {
        return given == null ? now : given;
    }
}
