package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.api.Seats.Seat;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SeatsTest {

    @Test
    void who_finds_every_seat_taken_is_asked_to_come_again() {
        Seats seats = new Seats(2, Duration.ZERO);
        try (Seat first = seats.take();
                Seat second = seats.take()) {
            assertThat(List.of(first, second)).hasSize(2);
            assertThatThrownBy(seats::take).isInstanceOfSatisfying(ProblemException.class, told -> {
                assertThat(told.problems().get(0).code()).isEqualTo("too-many-tables");
                assertThat(told.problems().get(0).values())
                        .containsEntry("most", "2")
                        .containsKey("seconds");
                assertThat(Statuses.of(told.problems())).isEqualTo(503);
            });
        }
        try (Seat third = seats.take()) {
            assertThat(third).isNotNull();
        }
    }

    @Test
    void who_waits_gets_the_seat_that_becomes_free() {
        Seats seats = new Seats(1, Duration.ofMinutes(1));
        Seat first = seats.take();
        CompletableFuture<Seat> second = CompletableFuture.supplyAsync(seats::take);
        first.close();
        second.join().close();
    }
}
