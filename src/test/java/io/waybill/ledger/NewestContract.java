package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.NewestBook.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents that say when they changed, in whatever order they come. */
abstract class NewestContract {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");

    private Ledger ledger;

    abstract Database database();

    @BeforeEach
    void open() {
        ledger = Ledger.open(database(), Subscriptions.NONE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_is_older_than_the_newest_is_told_with_that_and_what_is_as_new_passes() {
        assertThat(older(change("a", 0))).isEmpty();

        assertThat(older(change("a", -1), change("b", -1))).containsExactly(Map.entry(change("a", -1), NINE));
        assertThat(older(change("a", 0))).isEmpty();
        assertThat(older(change("a", 60))).isEmpty();
        assertThat(older(change("a", 0))).containsValue(NINE.plusSeconds(60));
    }

    @Test
    void of_several_changes_of_one_document_the_later_in_the_list_comes_later() {
        assertThat(older(change("a", 0), change("a", 60))).isEmpty();
        assertThat(older(change("b", 60), change("b", 0))).containsOnlyKeys(change("b", 0));
    }

    @Test
    void a_change_told_by_a_clock_that_runs_ahead_keeps_nothing_out_that_comes_after_it() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        assertThat(older(new Change("shop", "a", tomorrow))).isEmpty();

        assertThat(older(change("a", 0))).isEmpty();
        assertThat(older(change("a", -1))).hasSize(1);
    }

    @Test
    void of_two_changes_told_by_a_clock_that_always_runs_ahead_the_older_is_told() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        assertThat(older(new Change("shop", "a", tomorrow))).isEmpty();

        assertThat(older(new Change("shop", "a", tomorrow.minusSeconds(1)))).containsValue(tomorrow);
    }

    @Test
    void what_changed_long_ago_is_forgotten() {
        older(new Change("shop", "a", Instant.parse("2020-01-01T00:00:00Z")), change("b", 0));

        assertThat((int) ledger.commit(tx -> tx.newest().forget(Duration.ofDays(1_000), 10)))
                .isOne();
        assertThat(older(change("b", -1))).hasSize(1);
    }

    private Map<Change, Instant> older(Change... changes) {
        return ledger.commit(tx -> tx.newest().older(List.of(changes), tx.now()));
    }

    private static Change change(String document, int seconds) {
        return new Change("shop", document, NINE.plusSeconds(seconds));
    }
}
