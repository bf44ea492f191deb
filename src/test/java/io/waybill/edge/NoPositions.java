package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/** Of sources that remember nothing: a test listens to what it is about. */
public class NoPositions implements Positions {
    @Override
    public Optional<Instant> of(String source) {
        return Optional.empty();
    }

    @Override
    public void move(String source, Instant to) {
        // nobody asks
    }

    @Override
    public Optional<Long> number(String source) {
        return Optional.empty();
    }

    @Override
    public void moveNumber(String source, long to) {
        // nobody asks
    }

    @Override
    public void silent(String source, Problem why) {
        // nobody listens
    }

    @Override
    public void heard(String source) {
        // nobody listens
    }
}
