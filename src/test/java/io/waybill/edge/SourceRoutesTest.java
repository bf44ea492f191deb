package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.ShopTaker;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.sql.RowMapperFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The order templates and the three sources, as they ship. */
class SourceRoutesTest extends CamelTestSupport {
    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private final JdbcDataSource oms = new JdbcDataSource();
    private final AtomicInteger ended = new AtomicInteger();
    private Ledger ledger;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        oms.setURL("jdbc:h2:mem:" + data.getFileName() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
        oms("CREATE TABLE oms_order (order_no VARCHAR(40) PRIMARY KEY, recipient VARCHAR(40), street VARCHAR(40),"
                + " city VARCHAR(40), state VARCHAR(40), zip VARCHAR(40), country VARCHAR(40), phone VARCHAR(40),"
                + " service VARCHAR(40), sku VARCHAR(40), qty INT, weight_g DECIMAL(9, 2),"
                + " waybill_taken TIMESTAMP, waybill_result VARCHAR(500))");
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("oms", oms);
        context.getRegistry().bind(StillFile.NAME, new StillFile(new Stillness(Duration.ofMillis(200))));
        context.addComponent("waybill-touched", new TouchedVerb());
        context.addRoutePolicyFactory((camel, id, route) -> new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                ended.incrementAndGet();
            }
        });
        Properties settings = new Properties();
        settings.setProperty("source.acme-csv.folder", inbox().toString());
        settings.setProperty("source.acme-csv.mapping", "acme-orders");
        settings.setProperty("source.acme-json.folder", inbox().toString());
        settings.setProperty("source.acme-json.mapping", "acme-orders-json");
        settings.setProperty("source.acme-csv.still", "50");
        settings.setProperty("source.acme-json.still", "50");
        settings.setProperty("source.oms-sql.datasource", "oms");
        settings.setProperty("source.oms-sql.mapping", "oms-order-row");
        settings.setProperty("source.oms-sql.every", "100");
        settings.setProperty("source.acme-erp.datasource", "oms");
        settings.setProperty("source.acme-erp.every", "100");
        settings.setProperty("source.acme-packed.datasource", "oms");
        settings.setProperty("source.acme-packed.every", "100");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getShutdownStrategy().setTimeout(5);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        Batch batch = new Batch(ledger, shop, Archive.in(data), "node-1");
        return new OrdersPort(batch, shop, SourceRoutesTest::feed);
    }

    private static Feed feed(String source, @Nullable String mapping, @Nullable String format, String channel) {
        Reading reading = String.valueOf(mapping).endsWith("json") || "json".equals(format)
                ? Reading.of(Format.JSON)
                : Reading.of(Format.CSV);
        return new Feed("orders", source, "acme", channel, mapping, reading, Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        context.stop();
        ledger.close();
    }

    @Test
    void a_dropped_csv_file_becomes_orders_a_receipt_and_a_quarantine_file() throws Exception {
        start("templates/order-folder.yaml", "sources/acme-csv.yaml");
        drop("orders.csv", "order_no,city\nA1,Berlin\nA2,\n");

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(shop.orders).containsOnlyKeys("A1");
        assertThat(archived())
                .anyMatch(name -> name.endsWith("-orders.csv"))
                .anyMatch(name -> name.endsWith("-orders.csv.receipt.csv"))
                .anyMatch(name -> name.endsWith("-orders.csv.quarantine.csv"));
        assertThat(context.getRoute("source.acme-csv")).isNotNull();
    }

    @Test
    void a_dropped_json_file_becomes_orders() throws Exception {
        start("templates/order-folder.yaml", "sources/acme-json.yaml");
        drop("orders.json", "[{\"order_no\":\"J1\",\"city\":\"Berlin\"}]");
        drop("ignored.csv", "order_no,city\nA1,Berlin\n");

        await().untilAsserted(() -> assertThat(shop.orders).containsOnlyKeys("J1"));
        await().untilAsserted(() -> assertThat(inbox()).isDirectoryNotContaining("glob:**.json"));
        assertThat(inbox().resolve("ignored.csv")).exists();
    }

    @Test
    void a_link_and_a_pipe_are_refused_by_name_once_and_the_others_are_read() throws Exception {
        Path elsewhere = Files.writeString(data.resolve("elsewhere.csv"), "order_no,city\nL1,Berlin\n");
        Files.createSymbolicLink(inbox().resolve("link.csv"), elsewhere);
        Process pipe = new ProcessBuilder("mkfifo", inbox().resolve("pipe.csv").toString()).start();
        assertThat(pipe.waitFor()).isZero();
        List<String> refused = new CopyOnWriteArrayList<>();
        context.addRoutePolicyFactory((camel, id, route) -> new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                if (exchange.getException() != null) {
                    refused.add(exchange.getException().getMessage());
                }
            }
        });
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>(); // routes go on telling while it is read
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        start("templates/order-folder.yaml", "sources/acme-csv.yaml");
        for (String order : List.of("A1", "A2", "A3")) {
            drop(order + ".csv", "order_no,city\n" + order + ",Berlin\n");
            await().untilAsserted(() -> assertThat(shop.orders).containsKey(order));
        }

        root.detachAppender(log);
        assertThat(shop.orders).doesNotContainKey("L1");
        assertThat(log.list)
                .as("Camel's own words for what is told already")
                .noneMatch(line -> line.getFormattedMessage().contains("Rollback file strategy"));
        assertThat(refused)
                .hasSize(2)
                .anyMatch(words -> words.contains("link.csv is not read"))
                .anyMatch(words -> words.contains("pipe.csv is not read"));
    }

    @Test
    void a_file_with_a_line_break_in_its_name_is_read_too() throws Exception {
        folder("50");
        drop("or\nders.csv", "order_no\nSO-1\n");

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(archived()).anyMatch(name -> name.endsWith("-or_ders.csv"));
    }

    @Test
    void files_of_one_moment_are_taken_in_the_order_of_their_names() throws Exception {
        FileTime unpacked = FileTime.from(Instant.parse("2026-11-24T08:00:00Z"));
        for (int n : new int[] {7, 2, 9, 4, 1, 8, 3, 6, 5}) {
            drop("export-" + n + ".csv", "order_no,city\nSO-1,state " + n + "\n");
            Files.setLastModifiedTime(inbox().resolve("export-" + n + ".csv"), unpacked);
        }

        folder("50");
        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(shop.orders).containsEntry("SO-1", "state 9");
        List<FileRow> newestFirst = ledger.read(tx -> tx.files().newest(List.of("acme-csv"), false, null, 20));
        assertThat(newestFirst).extracting(FileRow::name).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void an_empty_file_is_told_once_stays_for_whoever_still_writes_it_and_holds_nobody_up() throws Exception {
        folder("50");
        Path file = inbox().resolve("slow.csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            await().untilAsserted(() -> assertThat(failed()).anyMatch(name -> name.endsWith("-slow.csv.receipt.csv")));
            drop("other.csv", "order_no,city\nO1,Berlin\n");
            await().untilAsserted(() -> assertThat(shop.orders).containsKey("O1"));
            await().untilAsserted(() -> assertThat(ended).hasValue(4));

            out.write("order_no,city\nL1,Berlin\n".getBytes());
        }

        await().untilAsserted(() -> assertThat(shop.orders).containsKey("L1"));
        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());
        await().untilAsserted(() -> assertThat(ended).hasValue(6));
    }

    private List<String> failed() throws IOException {
        Path failed = data.resolve("failed");
        if (!Files.exists(failed)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(failed)) {
            return all.map(Path::toString).toList();
        }
    }

    @Test
    void a_half_written_file_is_not_taken() throws Exception {
        folder("6000");
        Path file = inbox().resolve("slow.csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("order_no,city\n".getBytes());
            for (int row = 1; row <= 9; row++) {
                out.write(("S" + row + ",Berlin\n").getBytes());
                out.flush();
                long written = System.nanoTime();
                await().pollInterval(Duration.ofMillis(50))
                        .until(() -> System.nanoTime() - written
                                > Duration.ofMillis(300).toNanos());
                assertThat(shop.asked).isZero();
            }
        }

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());
        assertThat(shop.orders).hasSize(9);
        assertThat(archived()).hasSize(2);
    }

    @Test
    void a_file_that_goes_on_growing_before_it_is_opened_waits_for_the_next_look() throws Exception {
        Path file = inbox().resolve("orders.csv");
        AtomicInteger handed = new AtomicInteger();
        folder("50");
        AdviceWith.adviceWith(
                context,
                "source.test",
                route -> route.weaveAddFirst().process(exchange -> {
                    if (handed.incrementAndGet() == 1) {
                        Files.writeString(file, "A2,Ber", StandardOpenOption.APPEND);
                        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                            @Override
                            public void onDone(Exchange done) {
                                append(file, "lin\n");
                            }
                        });
                    }
                }));
        drop("orders.csv", "order_no,city\nA1,Berlin\n");

        await().until(() -> handed.get() > 0);
        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(shop.orders).containsEntry("A1", "Berlin").containsEntry("A2", "Berlin");
        assertThat(archived()).hasSize(2);
    }

    private static void append(Path file, String text) {
        if (Files.exists(file)) {
            try {
                Files.writeString(file, text, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_file_that_grows_while_its_time_of_change_stands_still_is_not_taken() throws Exception {
        Path file = inbox().resolve("share.csv");
        write(file, "order_no,city\n");
        folder("6000");
        for (int row = 1; row <= 12; row++) {
            write(file, "G" + row + ",Berlin\n");
            long written = System.nanoTime();
            await().pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            System.nanoTime() - written > Duration.ofMillis(200).toNanos());
            assertThat(shop.asked).isZero();
        }

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());
        assertThat(shop.orders).hasSize(12);
    }

    /** As a share does it whose clock is behind ours. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
    }

    @Test
    void what_another_node_that_was_killed_left_beside_a_file_does_not_hold_it_up() throws Exception {
        drop("first.csv", "order_no,city\nK1,Berlin\n");
        folder("50");
        await().untilAsserted(() -> assertThat(shop.orders).containsKey("K1"));

        drop("second.csv.camelLock", "");
        drop("second.csv", "order_no,city\nK2,Berlin\n");

        await().untilAsserted(() -> assertThat(shop.orders).containsKey("K2"));
    }

    @Test
    void what_goes_to_a_share_stays_while_nothing_is_mounted_there() throws Exception {
        start("templates/send-files.yaml");
        drop("997.edi", "ISA*00~");
        Path share = data.resolve("mnt/partner");
        TemplatedRouteBuilder.builder(context, "send-files")
                .routeId("source.test.send")
                .parameter("folder", inbox().toString())
                .parameter("to", documented().replace("/mnt/partner", share.toString()))
                .parameter("every", "50")
                .add();
        await().until(() -> ended.get() > 0);
        assertThat(inbox().resolve("997.edi")).exists();
        assertThat(share).doesNotExist();

        Files.createDirectories(share.resolve("in"));

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());
        assertThat(share.resolve("in/997.edi")).hasContent("ISA*00~");
    }

    /** Where to, as the page of the connector has it. */
    private static String documented() throws IOException {
        Matcher found = Pattern.compile("value: \"(file:/mnt/partner/[^\"]+)\"")
                .matcher(Files.readString(Path.of("docs/connectors/x12.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void a_file_stays_until_the_hub_can_take_it_and_creates_nothing_twice() throws Exception {
        shop.dieAt = 2;
        drop("orders.csv", "order_no,city\nA1,Berlin\nA2,Bremen\nA3,Köln\n");
        folder("50");

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(shop.created).isEqualTo(3);
        assertThat(shop.asked).isEqualTo(4);
    }

    @Test
    void headers_that_speak_to_camel_do_not_come_in() throws Exception {
        start("templates/order-folder.yaml", "sources/acme-csv.yaml");
        var answered = getMockEndpoint("mock:answered");
        answered.expectedMessageCount(1);
        AdviceWith.adviceWith(
                context, "source.acme-csv", route -> route.weaveAddLast().to("mock:answered"));
        drop("orders.csv", "order_no,city\nA1,Berlin\n");

        answered.assertIsSatisfied(60_000);

        assertThat(answered.getExchanges().get(0).getMessage().getHeaders().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("camel"));
    }

    @Test
    void rows_are_taken_then_marked_with_what_became_of_them() throws Exception {
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R1', 'Berlin'), ('R2', '')");
        start("templates/order-sql.yaml", "sources/oms-sql.yaml");

        await().untilAsserted(() -> assertThat(results()).hasSize(2));

        assertThat(results().get(0)).isEqualTo("R1 accepted");
        assertThat(results().get(1)).startsWith("R2 rejected: ");
        int asked = shop.asked;
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R3', 'Bonn')");
        await().untilAsserted(() -> assertThat(results()).hasSize(3));
        assertThat(shop.asked).isEqualTo(asked + 1);
    }

    @Test
    void a_number_sign_in_a_text_of_a_query_or_of_a_mark_stays_what_it_is() throws Exception {
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R#1', 'Berlin'), ('R?2', 'Berlin')");
        start("templates/order-sql.yaml");
        TemplatedRouteBuilder.builder(context, "order-sql")
                .routeId("source.oms-sql")
                .parameter("source", "oms-sql")
                .parameter("datasource", "oms")
                .parameter("mapping", "oms-order-row")
                .parameter("keyColumn", "order_no")
                .parameter("every", "100")
                .parameter("query", "SELECT * FROM oms_order WHERE order_no LIKE 'R#%' AND waybill_taken IS NULL")
                .parameter(
                        "mark",
                        "UPDATE oms_order SET waybill_taken = CURRENT_TIMESTAMP, waybill_result = CONCAT('#', :#${exchangeProperty.result})"
                                + " WHERE order_no = :#${exchangeProperty.key}")
                .add();

        await().untilAsserted(() -> assertThat(results()).containsExactly("R#1 #accepted"));
    }

    @Test
    void a_look_reads_no_more_rows_than_its_route_says_and_the_next_those_behind() throws Exception {
        List<Integer> looks = new CopyOnWriteArrayList<>();
        context.addRoutePolicyFactory((camel, id, route) -> new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route begun, Exchange exchange) {
                if (begun.getId().equals("source.oms-lines")) {
                    looks.add(exchange.getProperty(ExchangePropertyKey.BATCH_SIZE, Integer.class));
                }
            }
        });
        lines("3", "('R1', 'Berlin'), ('R2', 'Bonn'), ('R3', 'Ulm'), ('R4', 'Ulm')");

        await().untilAsserted(() ->
                assertThat(lines()).containsExactly("R1 accepted", "R2 accepted", "R3 accepted", "R4 accepted"));

        assertThat(looks).containsExactly(3, 3, 3, 2, 2);
    }

    @Test
    void an_order_whose_lines_a_full_look_cuts_apart_is_not_taken_by_those_before_the_cut() throws Exception {
        lines("2", "('R1', 'Berlin'), ('R2', 'Berlin'), ('R2', 'Bonn')");

        await().untilAsserted(() -> assertThat(lines()).contains("R1 accepted"));
        int done = ended.get();
        await().until(() -> ended.get() > done + 2);

        assertThat(lines()).containsExactly("R1 accepted");
        assertThat(shop.orders).containsOnlyKeys("R1");
    }

    @Test
    void all_rows_are_taken_where_a_look_reads_one() throws Exception {
        lines("1", "('R1', 'Berlin'), ('R2', 'Bonn'), ('R3', 'Ulm')");

        await().untilAsserted(() -> assertThat(lines()).containsExactly("R1 accepted", "R2 accepted", "R3 accepted"));
    }

    private void lines(String rows, String values) throws Exception {
        oms("CREATE TABLE oms_line (order_no VARCHAR(40), city VARCHAR(40), waybill_result VARCHAR(500))");
        oms("INSERT INTO oms_line (order_no, city) VALUES " + values);
        context.getRegistry().bind(SqlTimes.NAME, RowMapperFactory.class, new SqlTimes());
        start("templates/order-sql.yaml");
        TemplatedRouteBuilder.builder(context, "order-sql")
                .routeId("source.oms-lines")
                .parameter("source", "oms-sql")
                .parameter("datasource", "oms")
                .parameter("mapping", "oms-order-row")
                .parameter("keyColumn", "order_no")
                .parameter("every", "100")
                .parameter("rows", rows)
                .parameter(
                        "query", "SELECT order_no, city FROM oms_line WHERE waybill_result IS NULL ORDER BY order_no")
                .parameter(
                        "mark",
                        "UPDATE oms_line SET waybill_result = :#${exchangeProperty.result}"
                                + " WHERE order_no = :#${exchangeProperty.key}")
                .add();
    }

    private List<String> lines() throws SQLException {
        return words(
                "SELECT order_no || ' ' || waybill_result FROM oms_line WHERE waybill_result IS NOT NULL ORDER BY order_no");
    }

    @Test
    void a_row_whose_order_is_being_bought_is_not_marked_and_is_offered_again() throws Exception {
        shop.bought.add("R1");
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R1', 'Berlin'), ('R2', 'Bonn')");
        start("templates/order-sql.yaml", "sources/oms-sql.yaml");

        await().untilAsserted(() -> assertThat(results()).containsExactly("R2 accepted"));
        await().until(() -> shop.asked > 3);
        assertThat(results()).containsExactly("R2 accepted");
        shop.bought.clear();
        await().untilAsserted(() -> assertThat(results()).containsExactly("R1 accepted", "R2 accepted"));
    }

    @Test
    void a_row_that_is_changed_while_it_is_taken_in_is_not_marked_away_and_is_read_again() throws Exception {
        oms(
                "INSERT INTO oms_order (order_no, city, phone, qty, weight_g) VALUES ('R1', 'Berlin', NULL, 1, 350.55),"
                        + " ('R2', 'Berlin', NULL, 1, 350.55), ('R3', 'Berlin', '1', 1, 350.55), ('R4', 'Berlin', '1', 1, 350.55),"
                        + " ('R5', 'Berlin', '1', NULL, NULL), ('R6', 'Berlin', NULL, 1, 350.55), ('R7', 'Berlin', NULL, NULL, NULL)");
        shop.meanwhile = changing(
                "UPDATE oms_order SET city = 'Bonn' WHERE order_no = 'R1'",
                "UPDATE oms_order SET phone = '2' WHERE order_no = 'R2'",
                "UPDATE oms_order SET phone = NULL WHERE order_no = 'R3'",
                "UPDATE oms_order SET weight_g = 350.5 WHERE order_no = 'R4'",
                "UPDATE oms_order SET qty = 1 WHERE order_no = 'R5'");
        start("templates/order-sql.yaml", "sources/oms-sql.yaml");

        await().untilAsserted(() -> assertThat(results()).hasSize(7));

        assertThat(shop.orders).containsEntry("R1", "Bonn");
        assertThat(shop.asked).isEqualTo(7 + 5);
    }

    @Test
    void so_is_a_row_with_a_status_and_what_a_bench_packed() throws Exception {
        for (String table :
                Files.readString(Path.of("mappings/erp-order-row/tables.sql")).split(";", -1)) {
            oms(table);
        }
        oms("INSERT INTO erp_order (order_no, status, city) VALUES ('E1', 'RELEASED', 'Berlin')");
        shop.meanwhile = changing("UPDATE erp_order SET city = 'Bonn'");
        start("templates/order-sql.yaml", "sources/acme-erp.yaml");
        await().untilAsserted(
                        () -> assertThat(words("SELECT status FROM erp_order")).containsExactly("TAKEN"));
        assertThat(shop.orders).containsEntry("E1", "Bonn");

        oms("INSERT INTO wms_packed (order_no, weights_g) VALUES ('E1', '1200')");
        int asked = shop.asked;
        shop.meanwhile = changing("UPDATE wms_packed SET weights_g = '1200;850'");
        start("sources/acme-packed.yaml");
        await().untilAsserted(() -> assertThat(words("SELECT order_no FROM wms_packed WHERE packed_taken IS NOT NULL"))
                .containsExactly("E1"));
        assertThat(shop.asked).isEqualTo(asked + 2);
    }

    @Test
    void a_row_taken_but_not_marked_creates_nothing_twice() throws Exception {
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R1', 'Berlin')");
        start("templates/order-sql.yaml", "sources/oms-sql.yaml");
        await().untilAsserted(() -> assertThat(results()).hasSize(1));

        oms("UPDATE oms_order SET waybill_taken = NULL, waybill_result = NULL");
        await().untilAsserted(() -> assertThat(results()).hasSize(1));

        assertThat(shop.created).isEqualTo(1);
    }

    @Test
    void a_row_the_hub_cannot_take_now_is_not_marked_and_not_lost() throws Exception {
        shop.dieAt = 1;
        oms("INSERT INTO oms_order (order_no, city) VALUES ('R1', 'Berlin')");
        start("templates/order-sql.yaml", "sources/oms-sql.yaml");

        await().untilAsserted(() -> assertThat(results()).containsExactly("R1 accepted"));

        assertThat(shop.asked).isEqualTo(2);
    }

    @Test
    void the_port_answers_a_text_with_a_report() throws Exception {
        String answer = template.request("direct:orders", exchange -> {
                    exchange.setProperty("source", "shop");
                    exchange.setProperty("format", "json");
                    exchange.getMessage().setBody("[{\"order_no\":\"T1\",\"city\":\"Berlin\"},{\"order_no\":\"T2\"}]");
                })
                .getMessage()
                .getBody(String.class);

        JsonNode report = new ObjectMapper().readTree(answer);
        assertThat(report.path("accepted").asInt()).isEqualTo(1);
        assertThat(report.path("lines").get(1).path("code").asText()).isEqualTo("city-is-missing");
    }

    @Test
    void a_call_without_a_source_is_told_what_is_missing() {
        Exception refused = template.request(
                        "direct:orders", exchange -> exchange.getMessage().setBody("{}"))
                .getException();

        assertThat(refused).hasMessageContaining("without the exchange property source");
    }

    private void folder(String still) throws Exception {
        start("templates/order-folder.yaml");
        TemplatedRouteBuilder.builder(context, "order-folder")
                .routeId("source.test")
                .parameter("source", "acme-csv")
                .parameter("folder", inbox().toString())
                .parameter("mapping", "acme-orders")
                .parameter("still", still)
                .parameter("every", "100")
                .add();
    }

    private void start(String... files) throws Exception {
        for (String file : files) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:routes/" + file));
        }
    }

    private Path inbox() throws IOException {
        return Files.createDirectories(data.resolve("inbox"));
    }

    /** Whole at once: who stops between its beginning and its end leaves no half of it to be taken. */
    private void drop(String name, String text) throws IOException {
        Files.move(Files.writeString(data.resolve("dropped"), text), inbox().resolve(name));
    }

    private List<String> archived() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("archive"))) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private void oms(String sql) throws SQLException {
        try (Connection connection = oms.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    /** What somebody else writes into the tables. */
    private Runnable changing(String... statements) {
        return () -> {
            try {
                for (String statement : statements) {
                    oms(statement);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private List<String> words(String query) throws SQLException {
        List<String> words = new ArrayList<>();
        try (Connection connection = oms.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                words.add(rows.getString(1));
            }
        }
        return words;
    }

    private List<String> results() throws SQLException {
        List<String> results = new ArrayList<>();
        try (Connection connection = oms.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT order_no, waybill_result FROM oms_order WHERE waybill_taken IS NOT NULL ORDER BY 1")) {
            while (rows.next()) {
                results.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return results;
    }
}
