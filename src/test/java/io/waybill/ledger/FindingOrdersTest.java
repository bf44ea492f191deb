package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.ledger.OrderBook.Revision;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.api.migration.Context;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders are found by any part of what a person knows, on both stores. */
class FindingOrdersTest {
    private static final Map<String, String> NAMES = Map.of(
            "A", "Jane Roe",
            "B", "JANET ROEMER",
            "C", "José Müller-Lüdenscheidt",
            "D", "张小明",
            "E", "O'Neill & Sons",
            "F", "Roe Richard");

    @TempDir
    static Path folder;

    static Stream<Database> stores() {
        return Stream.of(Stores.h2(folder), Stores.postgres());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void by_the_beginning_of_each_word_of_a_name_in_any_case_and_without_accents(Database database) throws Exception {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Map<String, String> ids = new java.util.HashMap<>();
            NAMES.forEach((number, name) -> ids.put(number, put(ledger, number, name)));

            assertThat(found(ledger, "jane")).containsExactlyInAnyOrder("A", "B");
            assertThat(found(ledger, "roe j")).containsExactlyInAnyOrder("A", "B");
            assertThat(found(ledger, "jane roe ")).containsExactlyInAnyOrder("A", "B");
            assertThat(found(ledger, "ROE RICH")).containsExactly("F");
            assertThat(found(ledger, "jose lud")).containsExactly("C");
            assertThat(found(ledger, "小明")).containsExactly("D");
            assertThat(found(ledger, "明")).containsExactly("D");
            assertThat(found(ledger, "neill")).containsExactly("E");
            assertThat(found(ledger, "ane")).isEmpty();
            assertThat(found(ledger, "%")).isEmpty();
            assertThat(found(ledger, "A")).containsExactly("A");

            ledger.commit(tx -> {
                OrderRow before = tx.orders().find(ids.get("A"), Namespaces.ALL).orElseThrow();
                tx.orders().revise(before, revision("A", "John Doe"));
                return true;
            });
            assertThat(found(ledger, "jane")).containsExactly("B");
            assertThat(found(ledger, "doe")).containsExactly("A");

            writeAnew(database);
            assertThat(found(ledger, "doe")).containsExactly("A");
            assertThat(found(ledger, "小明")).containsExactly("D");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void by_the_moment_they_were_received_to_the_last_digit(Database database) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            String id = put(ledger, "T-" + database.isEmbedded(), "Zoe Zimmer");
            Instant received = ledger.read(tx -> tx.orders().find(id, Namespaces.ALL))
                    .orElseThrow()
                    .receivedAt();

            assertThat(received(ledger, received, received.plusNanos(1_000))).containsExactly(id);
            assertThat(received(ledger, received.plusNanos(1_000), null)).doesNotContain(id);
            assertThat(received(ledger, null, received)).doesNotContain(id);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void as_many_of_a_day_as_are_counted_for_it(Database database) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            String id = put(ledger, "D-" + database.isEmbedded(), "Dan Dow");
            Instant received = ledger.read(tx -> tx.orders().find(id, Namespaces.ALL))
                    .orElseThrow()
                    .receivedAt();

            for (Instant since : List.of(received, received.plusNanos(1_000))) {
                assertThat(counted(ledger, since))
                        .isEqualTo(received(ledger, since, null).size());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void as_many_in_a_status_as_are_counted_for_it_however_many_shipments_they_have(Database database) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            for (Namespaces scope : List.of(Namespaces.ALL, Namespaces.of(Set.of("acme")))) {
                put(ledger, ShipmentState.REFUSED, ShipmentState.REFUSED);
                put(ledger, ShipmentState.REVIEW, ShipmentState.UNKNOWN, ShipmentState.HELD);
                put(ledger, ShipmentState.LABELLED, ShipmentState.CHOOSING, ShipmentState.READY);

                Map<String, Long> open = ledger.read(tx -> tx.day().open(scope));

                for (String word : List.of("held", "ready", "refused", "unresolved")) {
                    OrderSearch search = new OrderSearch(null, null, null, null, null, word, null, 50);
                    List<OrderRow> found = ledger.read(tx -> tx.orders().search(search, scope));
                    assertThat(found).as(word).isNotEmpty().hasSize(Math.toIntExact(open.get(word)));
                }
                assertThat(open).doesNotContainKeys("labelled", "voided");
            }
        }
    }

    private static void put(Ledger ledger, ShipmentState... states) {
        String order = put(ledger, String.valueOf(System.nanoTime()), "Two Parcels");
        ledger.commit(tx -> {
            for (int i = 0; i < states.length; i++) {
                tx.plans().begin(order, i + 1, "order", null, plan(states[i]));
            }
            return order;
        });
    }

    private static PlanBook.Plan plan(ShipmentState state) {
        return new PlanBook.Plan(state, "ups", "ups", "03", "PDF", "4x6", 203, null, null, null, null);
    }

    private static long counted(Ledger ledger, Instant since) {
        return ledger.<List<DayBook.Hour>>read(tx -> tx.day().received(since, Namespaces.ALL)).stream()
                .mapToLong(DayBook.Hour::count)
                .sum();
    }

    private static List<String> received(Ledger ledger, @Nullable Instant since, @Nullable Instant until) {
        OrderSearch search = new OrderSearch(null, null, null, null, null, null, null, null, null, since, until, 50);
        return ledger.<List<OrderRow>>read(tx -> tx.orders().search(search, Namespaces.ALL)).stream()
                .map(OrderRow::id)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void in_a_status_the_same_ones_whether_few_or_many_orders_are_in_it(Database database) {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(
                        new SoldLabels.Label("S-1", "1Z1", LocalDate.of(2026, 1, 1), Map.of(), false),
                        new SoldLabels.Label("S-2", "1Z2", LocalDate.of(2026, 1, 1), Map.of(), true),
                        new SoldLabels.Label("S-3", "1Z3", LocalDate.of(2026, 1, 1), Map.of(), false)));
        SoldLabels.unscan(database, List.of("1Z3"));
        try (HikariDataSource pool = database.open()) {
            Jdbi jdbi = Jdbi.create(pool);
            Map<String, List<String>> found = new java.util.TreeMap<>();
            for (String word : OrderStatus.words()) {
                List<String> few = ids(jdbi, OrderStatus.condition(word, false).orElseThrow());
                assertThat(ids(jdbi, OrderStatus.condition(word, true).orElseThrow()))
                        .as(word)
                        .isEqualTo(few);
                found.put(word, few);
            }
            assertThat(found.get("in_transit")).containsExactly("S-1");
            assertThat(found.get("voided")).containsExactly("S-2");
            assertThat(found.get("labelled")).containsExactly("S-3");
        }
    }

    private static List<String> ids(Jdbi jdbi, String condition) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT o.order_id FROM orders o WHERE o.order_id LIKE 'S-%' AND " + condition + " ORDER BY 1")
                .mapTo(String.class)
                .list());
    }

    /** As an upgrade writes the names down that an older hub took in. */
    private static void writeAnew(Database database) throws Exception {
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection()) {
            Jdbi.create(pool).useHandle(handle -> handle.execute("DELETE FROM order_word"));
            Context context = (Context) Proxy.newProxyInstance(
                    Context.class.getClassLoader(), new Class<?>[] {Context.class}, (p, m, a) -> connection);
            new NamesOfOlderOrders().migrate(context);
        }
    }

    private static List<String> found(Ledger ledger, String text) {
        OrderSearch search = new OrderSearch(null, null, null, null, text, null, null, 50);
        return ledger.<List<OrderRow>>read(tx -> tx.orders().search(search, Namespaces.ALL)).stream()
                .map(OrderRow::orderId)
                .toList();
    }

    private static String put(Ledger ledger, String number, String name) {
        return ledger.commit(tx -> tx.orders().insert(revision(number, name)));
    }

    private static Revision revision(String number, String name) {
        return new Revision(
                "acme", number, name, null, List.of(), "{}", "sha", "{}", "now", "api", "local", null, null, null);
    }
}
