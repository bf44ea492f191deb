package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.ShopTaker;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import io.waybill.servers.FolderServer;
import io.waybill.servers.FtpFolderServer;
import io.waybill.servers.SshServer;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What partners call the files they leave on a server. */
class ServerNamesTest {
    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private final List<Problem> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger settled = new AtomicInteger();
    private Ledger ledger;
    private SshServer ssh;
    private FtpFolderServer ftp;
    private CamelContext context;
    private Path out;

    @BeforeEach
    void serve() throws Exception {
        Path served = Files.createDirectories(data.resolve("served"));
        out = Files.createDirectories(served.resolve("out"));
        ledger = Ledger.open(Stores.h2(Files.createDirectories(data.resolve("store"))), Subscriptions.NONE);
        ssh = new SshServer(served);
        ftp = FtpFolderServer.plain(served);
        context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(5);
    }

    @AfterEach
    void close() throws Exception {
        context.stop();
        ssh.close();
        ftp.close();
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp,my orders (2) & more.csv",
        "sftp,Aufträge für März.csv",
        "ftp,Aufträge für März.csv",
        "sftp,公司订单.csv",
        "ftp,公司订单.csv",
        "sftp,orders[1].csv",
        "ftp,orders[1].csv",
        "ftp,#a%20b+c.csv",
        "ftp,Ångström.csv",
        "ftp,Auftr?ge.csv"
    })
    void a_file_of_any_name_is_taken_in_and_leaves(String kind, String name) throws Exception {
        Files.writeString(out.resolve(name), "order_no,city\nA1,Berlin\n");
        fetch(kind);

        await().untilAsserted(() -> assertThat(out).isEmptyDirectory());
        assertThat(shop.orders).containsOnlyKeys("A1");
    }

    @ParameterizedTest
    @CsvSource({"sftp", "ftp"})
    void a_long_name_of_many_bytes_is_taken_in_too(String kind) throws Exception {
        Files.writeString(out.resolve("订".repeat(83) + ".csv"), "order_no,city\nA1,Berlin\n");
        fetch(kind);

        await().untilAsserted(() -> assertThat(out).isEmptyDirectory());
        assertThat(shop.orders).containsOnlyKeys("A1");
    }

    @Test
    void a_name_that_reads_like_a_pattern_removes_no_other_file_and_is_told_until_it_is_another() throws Exception {
        FileTime written = FileTime.from(Instant.parse("2026-11-24T10:00:00Z"));
        write(out.resolve("*.csv"), "order_no,city\nA1,Berlin\n", written);
        write(out.resolve("first.csv"), "order_no,city\nA2,Berlin\n", written);
        shop.meanwhile = () -> write(out.resolve("late.csv"), "order_no,city\nA3,Berlin\n", written);
        fetch("sftp");

        await().untilAsserted(() -> assertThat(shop.orders).containsOnlyKeys("A2", "A3"));
        await().untilAsserted(() -> assertThat(told).isNotEmpty());
        assertThat(told.get(0).code()).isEqualTo("server-bad-name");
        assertThat(told.get(0).sentence(Locale.ENGLISH)).contains("*.csv");
        assertThat(settled).hasValue(0);

        Files.move(out.resolve("*.csv"), out.resolve("named.csv"));

        await().untilAsserted(() -> assertThat(settled).hasValue(1));
        await().untilAsserted(() -> assertThat(out).isEmptyDirectory());
        assertThat(shop.orders).containsOnlyKeys("A1", "A2", "A3");
        assertThat(told).hasSize(1);
    }

    private static void write(Path file, String text, FileTime at) {
        try {
            Files.setLastModifiedTime(Files.writeString(file, text), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fetch(String kind) throws Exception {
        FolderServer server = kind.equals("sftp") ? ssh : ftp;
        Settings said = Settings.of("""
            system.acme.url=%s
            system.acme.user=acme
            system.acme.password=env:GOOD
            system.acme.hostKey=%s
            """.formatted(server.url(), ssh.hostKey()), Map.of("GOOD", FolderServer.PASSWORD));
        Verbs.Doors doors = new Verbs.Doors(new Told(), shipment -> List.of(), null, data.resolve("work"));
        Verbs.register(context, said, (mapping, json) -> json, (name, key) -> null, null, doors);
        context.addRoutes(
                new OrdersPort(new Batch(ledger, shop, Archive.in(data), "node-1"), shop, ServerNamesTest::feed));
        context.start();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("file:routes/templates/order-server.yaml"));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("source.yaml", """
            - templatedRoute:
                routeTemplateRef: order-server
                routeId: source.acme
                parameters:
                  - name: source
                    value: acme
                  - name: server
                    value: acme
                  - name: folder
                    value: /out
                  - name: mapping
                    value: acme-orders
                  - name: still
                    value: "50"
                  - name: every
                    value: "100"
            """));
    }

    private static Feed feed(String source, @Nullable String mapping, @Nullable String format, String channel) {
        return new Feed("orders", source, "acme", channel, mapping, Reading.of(Format.CSV), Locale.ENGLISH);
    }

    private final class Told extends NoPositions {
        @Override
        public void unmarked(String source, Problem why) {
            told.add(why);
        }

        @Override
        public void marked(String source) {
            settled.incrementAndGet();
        }
    }
}
