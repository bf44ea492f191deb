package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in the address of a database is told nobody, whatever becomes of it. */
class ToldDatabaseTest {
    private static final Database DATABASE =
            new Database("jdbc:postgresql://127.0.0.1:1/waybill?password=s3cret", "waybill", "s3cret too");

    @Test
    void one_that_cannot_be_reached_is_named_without_it() {
        assertThatThrownBy(() -> StoreDurability.of(DATABASE))
                .hasMessageContaining("127.0.0.1:1/waybill?password=***")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Ledger.open(DATABASE, Subscriptions.NONE))
                .hasMessageContaining("127.0.0.1:1/waybill?password=***")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgressql://127.0.0.1:1/waybill?password=s3cret",
                "jdbc:postgresql://127.0.0.1:x/waybill?password=s3cret",
                "jdbc:postgresql://waybill:s3cret@nowhere.invalid:1/waybill",
                "postgres://waybill:s3cret@127.0.0.1:1/waybill"
            })
    void words_of_a_driver_that_hold_its_address_do_not_tell_it_either(String url) {
        Database database = new Database(url, "waybill", "s3cret too");

        assertThatThrownBy(() -> StoreDurability.of(database)).hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Ledger.open(database, Subscriptions.NONE))
                .isInstanceOf(ProblemException.class)
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("s3cret"));
    }

    @Test
    void it_shows_no_password_where_it_is_written_out() {
        assertThat(DATABASE)
                .asString()
                .startsWith("waybill at jdbc:postgresql:")
                .doesNotContain("s3cret");
    }
}
