package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A database that belongs to somebody else than the hub's user, as one made by hand does. */
class SchemaRightTest {
    private static final AtomicInteger USERS = new AtomicInteger();

    @Test
    void a_user_who_may_make_no_tables_is_told_so_at_the_start() {
        Database database = ofAnother(Stores.emptyPostgres());

        assertThatThrownBy(() -> Ledger.open(database, Subscriptions.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll(
                        database.user() + " may not make tables", "permission denied for schema", "OWNER TO");
    }

    @Test
    void and_by_the_check_before_it() {
        Database database = ofAnother(Stores.emptyPostgres());

        assertThatThrownBy(() -> StoreDurability.of(database))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll(database.user() + " may not make tables", "OWNER TO");
    }

    @Test
    void one_whose_tables_are_there_needs_to_make_none() {
        assertThat(StoreDurability.of(ofAnother(Stores.postgres())).problems()).isEmpty();
    }

    @Test
    void a_schema_that_is_not_there_is_named_and_never_made() {
        Database postgres = Stores.emptyPostgres();
        Database misspelt =
                new Database(postgres.url() + "?currentSchema=wayb1ll", postgres.user(), postgres.password());

        assertThatThrownBy(() -> StoreDurability.of(misspelt)).satisfies(SchemaRightTest::namesTheSchema);
        assertThatThrownBy(() -> Ledger.open(misspelt, Subscriptions.NONE)).satisfies(SchemaRightTest::namesTheSchema);
    }

    private static void namesTheSchema(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("wayb1ll", "CREATE SCHEMA")
                .hasMessageNotContaining("OWNER TO");
    }

    @Test
    void a_step_that_the_database_refuses_is_told_in_its_words() {
        Database database = Stores.emptyPostgres();
        Stores.execute(database, "CREATE TABLE orders (id INT)");

        assertThatThrownBy(() -> Ledger.open(database, Subscriptions.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("could not be brought up", "non-empty schema");
    }

    @Test
    void one_that_cannot_hold_every_text_is_warned_of() {
        String name = "latin" + USERS.incrementAndGet();
        Stores.execute("CREATE DATABASE " + name + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        Database utf8 = Stores.emptyPostgres();
        Database latin = new Database(utf8.url().replace(Stores.name(utf8), name), utf8.user(), utf8.password());

        assertThat(StoreDurability.of(utf8).warnings()).isEmpty();
        assertThat(StoreDurability.of(latin).warnings())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("LATIN1", "ENCODING 'UTF8'"));
    }

    @Test
    void one_that_has_a_hub_in_another_schema_is_warned_of_before_an_empty_one_begins() {
        Database hub = Stores.postgres();
        Stores.execute(hub, "CREATE SCHEMA reports");
        Database mistaken = new Database(hub.url() + "?currentSchema=reports", hub.user(), hub.password());

        assertThat(StoreDurability.of(hub).warnings()).isEmpty();
        assertThat(StoreDurability.of(mistaken).warnings())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("reports", "in public of"));
    }

    private static Database ofAnother(Database database) {
        String user = "guest" + USERS.incrementAndGet();
        Stores.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'guest'");
        Stores.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        return new Database(database.url(), user, "guest");
    }
}
