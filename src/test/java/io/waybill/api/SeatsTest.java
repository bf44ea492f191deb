package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.api.Seats.Seat;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
    void no_more_wait_than_there_are_seats_so_that_those_who_wait_hold_no_label_up() {
        Seats seats = new Seats(2, Duration.ofMinutes(1));
        List<Seat> taken = List.of(seats.take(), seats.take());
        List<CompletableFuture<Seat>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(seats::take, task -> new Thread(task).start()))
                .limit(10)
                .toList();

        await().until(() -> asked.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count()
                == 8);
        taken.forEach(Seat::close);

        asked.stream()
                .filter(one -> !one.isCompletedExceptionally())
                .forEach(one -> one.join().close());
        try (Seat first = seats.take();
                Seat second = seats.take()) {
            assertThat(List.of(first, second)).hasSize(2);
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
