package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.waybill.api.SelfSigned;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.ShopTaker;
import io.waybill.connectors.Cell;
import io.waybill.connectors.Connector;
import io.waybill.connectors.Shows;
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
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Folders of real SFTP, FTPS and FTP servers, in and out, and everything that goes wrong between. */
@Connector(system = "WMS or partner by SFTP, FTPS, FTP", page = "sftp.md")
class ServerRoutesTest {
    private static final String BIG = "order_no,city\n"
            + IntStream.range(0, 4_000).mapToObj(row -> "B" + row + ",Berlin\n").collect(Collectors.joining());

    @TempDir
    static Path served;

    @TempDir
    static Path store;

    @TempDir
    Path data;

    private static SshServer ssh;
    private static FtpFolderServer ftp;
    private static FtpFolderServer ftps;
    private static FtpFolderServer implicit;
    private static Ledger ledger;

    private final ShopTaker shop = new ShopTaker();
    private final List<Problem> silences = Collections.synchronizedList(new ArrayList<>());
    private CamelContext context;

    @BeforeAll
    static void serve() throws Exception {
        ledger = Ledger.open(Stores.h2(store), Subscriptions.NONE);
        ssh = new SshServer(served);
        ftp = FtpFolderServer.plain(served);
        SelfSigned certificate = SelfSigned.make(store, "acme");
        certificate.write(store);
        ftps = FtpFolderServer.tls(served, certificate, false);
        implicit = FtpFolderServer.tls(served, certificate, true);
    }

    @AfterAll
    static void close() throws Exception {
        ssh.close();
        ftp.close();
        ftps.close();
        implicit.close();
        ledger.close();
    }

    @BeforeEach
    void folders() throws Exception {
        for (String name : List.of("out", "in")) {
            Path folder = Files.createDirectories(served.resolve(name));
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
        }
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void a_file_leaves_the_server_when_it_is_archived_with_its_receipt(String kind) throws Exception {
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nA1,Berlin\nA2,\n");
        fetch(kind, good(kind));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        assertThat(shop.orders).containsOnlyKeys("A1");
        assertThat(archived())
                .anyMatch(name -> name.endsWith("-orders.csv"))
                .anyMatch(name -> name.endsWith("-orders.csv.receipt.csv"))
                .anyMatch(name -> name.endsWith("-orders.csv.quarantine.csv"));
        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void a_file_that_could_not_be_taken_in_at_first_leaves_no_copy_either(String kind) throws Exception {
        shop.dieAt = 1;
        Files.writeString(served.resolve("out/later.csv"), "order_no,city\nL1,Berlin\n");
        fetch(kind, good(kind));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        assertThat(shop.asked).isGreaterThan(1);
        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp"})
    void files_of_one_moment_are_taken_in_the_order_of_their_names(String kind) throws Exception {
        FileTime unpacked = FileTime.from(Instant.parse("2026-11-24T08:00:00Z"));
        for (int n : new int[] {7, 2, 9, 4, 1, 8, 3, 6, 5}) {
            Path file = served.resolve("out/moment-" + n + ".csv");
            Files.setLastModifiedTime(Files.writeString(file, "order_no,city\nM1," + kind + n + "\n"), unpacked);
        }
        fetch(kind, good(kind));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        assertThat(shop.orders).containsExactly(Map.entry("M1", kind + "9"));
        assertThat(archived().stream().filter(name -> name.endsWith(".csv.receipt.csv")))
                .hasSize(9);
    }

    @Test
    void copies_that_a_stopped_hub_left_are_removed_before_anything_is_fetched() throws Exception {
        Path older = Files.createDirectories(data.resolve("work/server-elsewhere"));
        Files.writeString(older.resolve("orders.csv"), "order_no,city\n");
        Files.createDirectories(older.resolve("half.csv"));
        Files.writeString(served.resolve("out/next.csv"), "order_no,city\nN1,Berlin\n");
        fetch("sftp", good("sftp"));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        assertThat(older).doesNotExist();
        assertThat(copies()).isEmpty();
    }

    @Test
    void two_folders_of_one_source_keep_their_copies_apart() {
        ServerCopies copies = new ServerCopies(data);

        assertThat(copies.folder("acme", "waybill-server://acme?folder=/orders"))
                .isNotEqualTo(copies.folder("acme", "waybill-server://acme?folder=/rush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    @Shows(Cell.BROKEN)
    void a_connection_that_breaks_in_the_middle_of_a_file_costs_no_order(String kind) throws Exception {
        server(kind).cutNextRead();
        Files.writeString(served.resolve("out/big.csv"), BIG);
        fetch(kind, good(kind));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        assertThat(shop.orders).hasSize(4_000);
        assertThat(archived().stream().filter(name -> name.endsWith(".receipt.csv")))
                .hasSize(1);
        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    @Shows(value = Cell.CREDENTIALS, by = "password")
    void a_wrong_password_is_told_at_once_and_opens_nothing(String kind) throws Exception {
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nA1,Berlin\n");
        List<String> log = heard(() -> {
            fetch(kind, good(kind).replace("env:GOOD", "env:WRONG"));
            await().untilAsserted(() -> assertThat(silences).isNotEmpty());
        });

        assertThat(silences.get(0).code()).isEqualTo("system-locked");
        assertThat(silences.get(0).toString()).doesNotContain("canary");
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains("canary"));
        assertThat(context.getEndpoints())
                .noneMatch(endpoint -> endpoint.toString().contains("canary"));
        assertThat(served.resolve("out/orders.csv")).exists();
    }

    @Test
    @Shows(value = Cell.CREDENTIALS, by = "host key")
    void a_server_with_another_host_key_gets_nothing() throws Exception {
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nA1,Berlin\n");
        fetch("sftp", good("sftp").replace(ssh.hostKey(), SshServer.otherHostKey()));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("system-stranger");
        assertThat(shop.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a certificate nobody trusts", "another host's certificate", "no certificate"})
    @Shows(value = Cell.CREDENTIALS, by = "certificate")
    void a_server_that_does_not_prove_itself_by_a_certificate_gets_nothing(String shown) throws Exception {
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nA1,Berlin\n");
        String good = good("ftps");
        fetch(
                "ftps",
                switch (shown) {
                    case "a certificate nobody trusts" -> good.replaceAll("(?m)^system\\.acme\\.tls\\.ca=.*$", "");
                    case "another host's certificate" -> good.replace("localhost", "127.0.0.1");
                    default -> good.replace(ftps.url(), ftp.url().replace("ftp:", "ftps:"));
                });

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("system-unproven");
        assertThat(shop.orders).isEmpty();
    }

    @Test
    void certificates_that_cannot_be_read_are_told_before_the_server_is_called() {
        String missing = good("ftps").replace("certificate.pem", "missing.pem");

        assertThatThrownBy(() -> fetch("ftps", missing)).hasStackTraceContaining("system.acme.tls.ca");
    }

    @Test
    void a_server_nobody_has_a_host_key_of_is_refused_before_it_is_called() {
        String unknown = good("sftp").replaceAll("(?m)^system\\.acme\\.hostKey=.*$", "");

        assertThatThrownBy(() -> fetch("sftp", unknown))
                .hasStackTraceContaining("by which host key 127.0.0.1 is known");
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 40, 200})
    void a_host_key_that_was_cut_off_is_refused_before_the_server_is_called(int letters) {
        String key = ssh.hostKey().split(" ")[1];
        String cut = good("sftp").replace(key, key.substring(0, letters));

        assertThatThrownBy(() -> fetch("sftp", cut)).hasStackTraceContaining("the type and the whole key");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 40, 200})
    void a_key_that_was_cut_off_in_a_file_of_known_hosts_is_told_by_its_line(int letters) throws Exception {
        String key = ssh.hostKey().split(" ")[1];
        String line = ssh.url().replaceFirst("sftp://(.*):(\\d+)", "[$1]:$2") + " " + ssh.hostKey();
        Path known = Files.writeString(
                data.resolve("known_hosts"),
                "# ours\n\n@revoked * " + SshServer.otherHostKey() + " old\n"
                        + line.replace(key, key.substring(0, letters)));
        String cut = good("sftp").replaceFirst("hostKey=.*", "knownHosts=" + known);

        assertThatThrownBy(() -> fetch("sftp", cut))
                .hasStackTraceContaining("system.acme.knownHosts")
                .hasStackTraceContaining("the whole key, which line 4 has not");
    }

    @Test
    void a_key_in_a_form_that_is_not_read_is_told_how_to_get_one_that_is() throws Exception {
        byte[] pkcs8 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String key = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pkcs8)
                + "\n-----END PRIVATE KEY-----\n";

        assertThatThrownBy(() -> byKey(key, null))
                .hasMessageContaining("system.acme.key")
                .hasMessageContaining("ssh-keygen -p -f");
    }

    @ParameterizedTest
    @CsvSource({
        "cut off, , system.acme.key",
        "no key, , system.acme.key",
        "a public key, , system.acme.key",
        "locked, , system.acme.keyPassword",
        "locked, env:WRONG, system.acme.keyPassword",
        "locked as OpenSSH does, env:WRONG, system.acme.keyPassword"
    })
    void a_key_that_cannot_be_used_is_told_by_its_setting_before_the_server_is_called(
            String what, @Nullable String password, String setting) throws Exception {
        String key = switch (what) {
            case "cut off" -> ssh.userKey().substring(0, 400);
            case "no key" -> "canary";
            case "a public key" -> ssh.hostKey();
            default -> locked(what.contains("OpenSSH"));
        };

        assertThatThrownBy(() -> byKey(key, password))
                .hasMessageContaining(setting)
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_locked_key_is_opened_by_its_password(boolean openSsh) throws Exception {
        byKey(locked(openSsh), "env:RIGHT");
    }

    private static void byKey(String key, @Nullable String password) {
        String settings = good("sftp").replaceFirst("password=.*", "key=env:KEY")
                + (password == null ? "" : "system.acme.keyPassword=" + password);
        Map<String, String> secrets = Map.of("KEY", key, "WRONG", "canary", "RIGHT", "right");
        FileServer.read(Settings.of(settings, secrets), "acme").folder(new DefaultCamelContext(), "/out");
    }

    private static String locked(boolean openSsh) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (openSsh) {
            pair.writeOpenSSHv1PrivateKey(out, "right".getBytes());
        } else {
            pair.writePrivateKey(out, "right".getBytes());
        }
        return out.toString();
    }

    @Test
    void a_key_opens_where_there_is_no_password_and_known_hosts_may_be_a_file() throws Exception {
        Path known = Files.writeString(
                data.resolve("known_hosts"),
                ssh.url().replaceFirst("sftp://(.*):(\\d+)", "[$1]:$2") + " " + ssh.hostKey() + "\n");
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nK1,Berlin\n");
        fetch("sftp", """
            system.acme.url=%s
            system.acme.user=acme
            system.acme.key=env:KEY
            system.acme.knownHosts=%s
            """.formatted(ssh.url(), known));

        await().untilAsserted(() -> assertThat(shop.orders).containsOnlyKeys("K1"));
    }

    @Test
    void a_file_that_is_still_being_written_is_left_alone() throws Exception {
        Path file = Files.writeString(served.resolve("out/slow.csv"), "order_no,city\n");
        fetch("ftp", good("ftp"), "5000");
        for (int row = 1; row <= 4; row++) {
            Files.writeString(file, "S" + row + ",Berlin\n", java.nio.file.StandardOpenOption.APPEND);
            long written = System.nanoTime();
            await().until(() -> System.nanoTime() - written > 200_000_000L);
            assertThat(shop.asked).isZero();
        }

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());
        assertThat(shop.orders).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp"})
    void a_file_whose_writer_has_written_nothing_yet_waits_for_it_and_holds_nobody_up(String kind) throws Exception {
        try (OutputStream out = Files.newOutputStream(served.resolve("out/slow.csv"))) {
            fetch(kind, good(kind));
            for (String name : List.of("E1", "E2")) {
                Path whole = Files.writeString(served.resolve(name), "order_no,city\n" + name + kind + ",Berlin\n");
                Files.move(whole, served.resolve("out").resolve(name));
                await().untilAsserted(() -> assertThat(shop.orders).containsKey(name + kind));
            }
            out.write(("order_no,city\nL1" + kind + ",Berlin\n").getBytes());
        }

        await().untilAsserted(() -> assertThat(shop.orders).containsKey("L1" + kind));
        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());
    }

    @Test
    void the_same_file_dropped_again_is_known_and_leaves_too() throws Exception {
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nsftp1,Berlin\n");
        fetch("sftp", good("sftp"));
        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());

        Path again = Files.writeString(served.resolve("again.csv"), "order_no,city\nsftp1,Berlin\n");
        Files.move(again, served.resolve("out/again.csv"));

        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());
        assertThat(shop.created).isEqualTo(1);
    }

    @Test
    void a_file_that_is_replaced_while_it_is_taken_in_is_read_again() throws Exception {
        Path file = Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nR1,Berlin\n");
        shop.meanwhile = () -> write(file, "order_no,city\nR1,Berlin\nR2,Bremen\n");
        fetch("sftp", good("sftp"));

        await().untilAsserted(() -> assertThat(shop.orders).containsOnlyKeys("R1", "R2"));
        await().untilAsserted(() -> assertThat(served.resolve("out")).isEmptyDirectory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void what_lies_in_a_folder_goes_to_the_server_and_leaves_when_it_is_there(String kind) throws Exception {
        Path here = Files.createDirectories(data.resolve("answers"));
        Files.writeString(here.resolve("orders.csv.receipt.csv"), "A1,accepted\n");
        begin(good(kind));
        send(here);

        await().untilAsserted(() -> assertThat(here).isEmptyDirectory());

        assertThat(served.resolve("in/orders.csv.receipt.csv")).hasContent("A1,accepted\n");
        assertThat(served.resolve("in")).isDirectoryNotContaining("glob:**.tmp");
    }

    private void send(Path here) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(resource("send.yaml", """
            - templatedRoute:
                routeTemplateRef: send-files
                routeId: send
                parameters:
                  - name: folder
                    value: "%s"
                  - name: to
                    value: "waybill-server:acme?folder=in"
                  - name: every
                    value: "100"
            """.formatted(here)));
    }

    @Test
    void a_file_to_send_whose_name_the_client_of_sftp_takes_for_a_pattern_is_told_by_its_name_and_stays()
            throws Exception {
        Path here = Files.createDirectories(data.resolve("answers"));
        Files.writeString(here.resolve("orders?.csv"), "A1,accepted\n");
        AtomicReference<Exception> failure = new AtomicReference<>();
        begin(good("sftp"));
        context.addRoutePolicyFactory((camel, routeId, node) -> new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                failure.set(exchange.getException());
            }
        });
        send(here);

        await().until(() -> failure.get() != null);

        assertThat(failure.get()).hasMessageContainingAll("orders?.csv", "its name holds * or ?");
        assertThat(here.resolve("orders?.csv")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void an_event_told_again_is_one_file_and_another_under_its_name_is_never_overwritten(String kind) throws Exception {
        sink(kind, "in");
        assertThat(deliver("evt_1", "[{\"order\":\"A1\"}]")).isNull();
        assertThat(deliver("evt_1", "[{\"order\":\"A1\"}]")).isNull();
        assertThat(served.resolve("in/evt_1.csv")).hasContent("order\r\nA1\r\n");

        Files.writeString(served.resolve("in/evt_1.csv"), "other");

        assertThat(deliver("evt_1", "[{\"order\":\"A1\"}]")).hasMessageContaining("with other content");
        assertThat(served.resolve("in/evt_1.csv")).hasContent("other");
    }

    @Test
    void a_folder_that_we_may_write_to_and_not_list_takes_an_event_once() throws Exception {
        sink("sftp", "in");
        ssh.unlisted(true);
        try {
            assertThat(deliver("evt_3", "[{\"order\":\"A1\"}]")).isNull();
            assertThat(deliver("evt_3", "[{\"order\":\"A1\"}]")).isNull();
            assertThat(deliver("evt_3", "[{\"order\":\"A2\"}]")).hasMessageContaining("with other content");
        } finally {
            ssh.unlisted(false);
        }
        assertThat(served.resolve("in/evt_3.csv")).hasContent("order\r\nA1\r\n");
    }

    @Test
    void a_folder_that_we_may_write_to_and_not_read_takes_an_event_and_never_overwrites() throws Exception {
        sink("sftp", "in");
        ssh.unread(true);
        try {
            assertThat(deliver("evt_4", "[{\"order\":\"A1\"}]")).isNull();
            assertThat(deliver("evt_4", "[{\"order\":\"A2\"}]")).hasMessageContaining("the server acme refuses");
        } finally {
            ssh.unread(false);
        }
        assertThat(served.resolve("in/evt_4.csv")).hasContent("order\r\nA1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void a_folder_that_is_not_there_takes_nothing_and_is_not_made(String kind) throws Exception {
        sink(kind, "away");

        assertThat(deliver("evt_2", "[{\"order\":\"A1\"}]"))
                .hasMessageContaining("the server acme refuses")
                .hasMessageContaining("away/.evt_2.csv.tmp")
                .hasMessageContaining("system.acme.user");
        assertThat(served.resolve("away")).doesNotExist();

        Files.createDirectory(served.resolve("away"));
        assertThat(deliver("evt_2", "[{\"order\":\"A1\"}]")).isNull();
        Files.delete(served.resolve("away/evt_2.csv"));
        Files.delete(served.resolve("away"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp", "ftps", "ftps-implicit"})
    void a_folder_the_server_does_not_have_is_told_at_once_by_its_name(String kind) throws Exception {
        Files.delete(served.resolve("out"));
        fetch(kind, good(kind));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("server-refuses");
        assertThat(silences.get(0).sentence(Locale.ENGLISH)).contains("/out");
        Files.createDirectory(served.resolve("out"));
        Files.writeString(served.resolve("out/orders.csv"), "order_no,city\nF1,Berlin\n");
        await().untilAsserted(() -> assertThat(shop.orders).containsOnlyKeys("F1"));
    }

    @Test
    void a_server_that_fails_at_each_look_is_logged_once_and_in_our_words() throws Exception {
        Files.delete(served.resolve("out"));
        List<String> log = heard(() -> {
            fetch("ftp", good("ftp"));
            await().until(() -> silences.size() > 2);
        });

        assertThat(log).noneMatch(line -> line.contains("force disconnecting"));
        assertThat(log.stream().filter(line -> line.contains("the server acme refuses")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftp"})
    void a_file_that_somebody_takes_away_while_another_is_read_or_while_it_is_read_itself_is_gone_and_no_trouble(
            String kind) throws Exception {
        Path first = Files.writeString(served.resolve("out/a.csv"), "order_no,city\nG1" + kind + ",Berlin\n");
        Path second = Files.writeString(served.resolve("out/b.csv"), "order_no,city\nG2" + kind + ",Berlin\n");
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(60)));
        shop.meanwhile = () -> {
            first.toFile().delete();
            second.toFile().delete();
        };
        List<String> log = heard(() -> {
            fetch(kind, good(kind));
            await().until(() -> shop.orders.containsKey("G1" + kind));
            Path last = Files.writeString(served.resolve("last.csv"), "order_no,city\nG3" + kind + ",Berlin\n");
            Files.move(last, served.resolve("out/last.csv"));
            await().until(() -> shop.orders.containsKey("G3" + kind));
        });

        assertThat(shop.orders).doesNotContainKey("G2" + kind);
        assertThat(log)
                .noneMatch(line -> line.contains("is read again"))
                .anyMatch(line -> line.contains("b.csv is gone"));
    }

    /** Everything that is logged meanwhile, to the finest. */
    private static List<String> heard(Throwing work) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage());
            }
        };
        ear.start();
        Appender<ILoggingEvent> console = root.getAppender("text");
        root.addAppender(ear);
        root.detachAppender(console);
        root.setLevel(Level.TRACE);
        try {
            work.run();
        } finally {
            root.setLevel(Level.WARN);
            root.addAppender(console);
            root.detachAppender(ear);
        }
        synchronized (lines) {
            return List.copyOf(lines); // who was about to tell something tells it still
        }
    }

    private interface Throwing {
        void run() throws Exception;
    }

    private @Nullable Exception deliver(String id, String json) {
        return context.createProducerTemplate()
                .send("direct:sink.acme", exchange -> {
                    exchange.setProperty(EventProperties.ID, id);
                    exchange.getMessage().setBody(json);
                })
                .getException();
    }

    private void sink(String kind, String folder) throws Exception {
        begin(good(kind));
        PluginHelper.getRoutesLoader(context).loadRoutes(resource("sink.yaml", """
            - templatedRoute:
                routeTemplateRef: sink-server
                routeId: sink.acme
                parameters:
                  - name: name
                    value: acme
                  - name: server
                    value: acme
                  - name: folder
                    value: %s
                  - name: mapping
                    value: as-it-is
            """.formatted(folder)));
    }

    private void fetch(String kind, String settings) throws Exception {
        fetch(kind, settings, "50");
    }

    /** Each kind of server is a source of its own, as the ledger knows files by their source. */
    private void fetch(String kind, String settings, String still) throws Exception {
        begin(settings);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(resource("source.yaml", """
                    - templatedRoute:
                        routeTemplateRef: order-server
                        routeId: source.acme
                        parameters:
                          - name: source
                            value: %s
                          - name: server
                            value: acme
                          - name: folder
                            value: /out
                          - name: mapping
                            value: acme-orders
                          - name: still
                            value: "%s"
                          - name: every
                            value: "100"
                    """.formatted(kind + data.getFileName(), still)));
        new Consumers(context, route -> true, Positions.NONE, new Marks());
    }

    private void begin(String settings) throws Exception {
        context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(5);
        Settings said =
                Settings.of(settings, Map.of("GOOD", FolderServer.PASSWORD, "WRONG", "canary", "KEY", ssh.userKey()));
        Verbs.Doors doors = new Verbs.Doors(new Silences(), shipment -> List.of(), null, data.resolve("work"));
        Verbs.register(context, said, (mapping, json) -> json, (name, key) -> null, null, doors);
        Batch batch = new Batch(ledger, shop, Archive.in(data), "node-1");
        context.addRoutes(new OrdersPort(batch, shop, ServerRoutesTest::feed));
        context.start();
        for (String template : List.of("order-server", "send-files", "sink-server")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context)
                            .resolveResource("file:routes/templates/" + template + ".yaml"));
        }
    }

    private static Feed feed(String source, @Nullable String mapping, @Nullable String format, String channel) {
        return new Feed("orders", source, "acme", channel, mapping, Reading.of(Format.CSV), Locale.ENGLISH);
    }

    private static org.apache.camel.spi.Resource resource(String name, String text) {
        return org.apache.camel.support.ResourceHelper.fromString(name, text);
    }

    private static FolderServer server(String kind) {
        return switch (kind) {
            case "sftp" -> ssh;
            case "ftps" -> ftps;
            case "ftps-implicit" -> implicit;
            default -> ftp;
        };
    }

    private static String good(String kind) {
        String settings = """
            system.acme.url=%s
            system.acme.user=acme
            system.acme.password=env:GOOD
            """.formatted(server(kind).url());
        String trusted = "system.acme.tls.ca=" + store.resolve("certificate.pem") + "\n";
        return settings
                + switch (kind) {
                    case "sftp" -> "system.acme.hostKey=" + ssh.hostKey() + "\n";
                    case "ftps" -> trusted;
                    case "ftps-implicit" -> trusted + "system.acme.tls.implicit=true\n";
                    default -> "";
                };
    }

    private List<String> archived() throws Exception {
        try (Stream<Path> files = Files.walk(data.resolve("archive"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private List<Path> copies() throws Exception {
        try (Stream<Path> files = Files.walk(data.resolve("work"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private final class Silences extends NoPositions {
        @Override
        public void silent(String source, Problem why) {
            silences.add(why);
        }
    }
}
