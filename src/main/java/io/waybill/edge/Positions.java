package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/** How far each source was read in its system. */
public interface Positions {
    /** Remembers nothing: for a context in which no route runs. */
    Positions NONE = new Positions() {
        @Override
        public Optional<Instant> of(String source) {
            return Optional.empty();
        }

        @Override
        public void move(String source, Instant to) {
            // nothing runs
        }

        @Override
        public Optional<Long> number(String source) {
            return Optional.empty();
        }

        @Override
        public void moveNumber(String source, long to) {
            // nothing runs
        }

        @Override
        public void silent(String source, Problem why) {
            // nothing runs
        }

        @Override
        public void heard(String source) {
            // nothing runs
        }
    };

    /** Up to where everything that changed was taken in; empty before the first look. */
    Optional<Instant> of(String source);

    /** Everything that changed up to here was taken in. Durable when it returns. */
    void move(String source, Instant to);

    /** Up to which number every row was taken in; empty before the first. */
    Optional<Long> number(String source);

    /** Every row up to this number was taken in. Durable when it returns. */
    void moveNumber(String source, long to);

    /** A person is told that its system does not answer. */
    void silent(String source, Problem why);

    /** It answers again. */
    void heard(String source);

    /** A person is told that rows of it were taken in and cannot be marked, or that files of it stay where they should not. */
    default void unmarked(String source, Problem why) {
        // nobody is told
    }

    /** Every row of it that was taken in is marked, and no file stays. */
    default void marked(String source) {
        // nobody is told
    }
}
