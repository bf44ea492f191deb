package io.waybill.carrier.sandbox;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SandboxServerTest {
    @TempDir
    Path folder;

    private Path book;

    @BeforeEach
    void place() {
        book = folder.resolve("book.jsonl");
    }

    @Test
    void a_restarted_server_remembers_what_it_sold_took_back_and_numbered() throws IOException {
        Ref kept = Samples.ref();
        Ref voided = Samples.ref();
        Outcome.Bought before;
        try (SandboxServer server = start()) {
            before = buy(server, kept);
            carrier(server).cancel(buy(server, voided).id(), voided);
        }
        try (SandboxServer server = start()) {
            assertThat(sold(carrier(server).find(kept)).numbers()).isEqualTo(before.numbers());
            assertThat(sold(carrier(server).find(kept)).charges()).isEqualTo(before.charges());
            assertThat(carrier(server).find(voided)).isInstanceOf(Found.Nothing.class);
            assertThat(buy(server, kept).numbers()).isEqualTo(before.numbers());
            assertThat(buy(server, Samples.ref()).id().value()).isEqualTo("SBX00000000003");
        }
    }

    @Test
    void a_sale_that_takes_effect_late_survives_a_restart() throws IOException {
        SetClock clock = new SetClock();
        Ref ref = Samples.ref();
        try (SandboxServer server = start(clock)) {
            SandboxCarrier carrier = carrier(server);
            assertThat(carrier.buy(carrier.prepare(to("SANDBOX:LATE=5 Jane Roe"), ref)))
                    .isInstanceOf(Outcome.Unknown.class);
            assertThat(audit(server).path("pending").asInt()).isEqualTo(1);
            assertThat(audit(server).path("sold").asInt()).isZero();
        }
        clock.pass(Duration.ofSeconds(5));
        try (SandboxServer server = start(clock)) {
            assertThat(carrier(server).find(ref)).isInstanceOf(Found.Sold.class);
            assertThat(audit(server).path("sold").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_torn_last_line_is_cut_off_and_the_book_goes_on() throws IOException {
        Ref ref = Samples.ref();
        try (SandboxServer server = start()) {
            buy(server, ref);
        }
        Files.writeString(book, "{\"sold\": {\"id\": \"SBX", StandardOpenOption.APPEND);
        try (SandboxServer server = start()) {
            assertThat(carrier(server).find(ref)).isInstanceOf(Found.Sold.class);
            buy(server, Samples.ref());
        }
        assertThat(Files.readAllLines(book)).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void a_book_damaged_in_the_middle_or_open_elsewhere_is_refused() throws IOException {
        try (SandboxServer server = start()) {
            buy(server, Samples.ref());
            assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("already open");
        }
        Files.writeString(book, "nonsense\n" + Files.readString(book));
        assertThatThrownBy(this::start).hasMessageContaining("damaged at byte 0");
    }

    @Test
    void one_key_asked_for_by_many_at_once_is_sold_once() throws Exception {
        try (SandboxServer server = start()) {
            SandboxCarrier carrier = carrier(server);
            Prepared prepared = carrier.prepare(Samples.shipment(), Samples.ref());
            Set<String> ids = new HashSet<>();
            for (Outcome outcome : atOnce(12, () -> carrier.buy(prepared))) {
                ids.add(((Outcome.Bought) outcome).id().value());
            }
            assertThat(ids).hasSize(1);
            assertThat(audit(server).path("sold").asInt()).isEqualTo(1);
        }
    }

    @Test
    void many_orders_at_once_get_numbers_of_their_own() throws Exception {
        try (SandboxServer server = start()) {
            SandboxCarrier carrier = carrier(server);
            Set<String> numbers = new HashSet<>();
            for (Outcome outcome : atOnce(40, () -> carrier.buy(carrier.prepare(Samples.shipment(), Samples.ref())))) {
                ((Outcome.Bought) outcome).numbers().forEach(number -> numbers.add(number.value()));
            }
            assertThat(numbers).hasSize(80);
        }
    }

    @Test
    void the_audit_counts_sales_and_voids_per_order_and_per_reference() throws IOException {
        try (SandboxServer server = start()) {
            Ref first = Samples.ref();
            Ref second = Samples.ref();
            carrier(server).cancel(buy(server, first).id(), first);
            buy(server, second);
            JsonNode audit = audit(server);
            assertThat(audit.at("/orders/SO-1001").toString()).isEqualTo("{\"sold\":2,\"voided\":1}");
            assertThat(audit.path("references").path(first.value()).toString()).isEqualTo("{\"sold\":1,\"voided\":1}");
            assertThat(audit.path("references").path(second.value()).toString()).isEqualTo("{\"sold\":1}");
        }
    }

    @Test
    void it_says_no_to_strangers_bad_json_long_bodies_and_unknown_calls() throws IOException {
        try (SandboxServer server = start()) {
            CarrierHttp http = http(server.url());
            assertThat(status(http.get("/v1/book", Map.of()))).isEqualTo(401);
            assertThat(status(http.get("/v1/nothing", auth()))).isEqualTo(404);
            assertThat(status(http.get("/v1/shipments", auth()))).isEqualTo(400);
            assertThat(status(http.post("/v1/rates", auth(), "[1".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(400);
            assertThat(status(http.post("/v1/rates", auth(), new byte[1024 * 1024 + 1])))
                    .isEqualTo(413);
            assertThat(status(http.post("/v1/shipments", auth(), "{}".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(400);
            assertThat(audit(server).path("sold").asInt()).isZero();
        }
    }

    @Test
    void absurd_numbers_and_endless_texts_are_refused_at_their_field() throws IOException {
        try (SandboxServer server = start()) {
            String from = "\"shipFrom\": {\"country\": \"US\"}, ";
            assertRefused(
                    server,
                    "{" + from + "\"shipTo\": {\"country\": \"US\", \"name\": \"" + "x".repeat(101)
                            + "\"}, \"parcels\": [{}]}",
                    "shipTo.name");
            assertRefused(
                    server, "{" + from + "\"shipTo\": {\"country\": \"us\"}, \"parcels\": [{}]}", "shipTo.country");
            assertRefused(server, "{" + from + "\"shipTo\": {\"country\": \"US\"}, \"parcels\": {}}", "parcels");
            String heavy = "{" + from + "\"shipTo\": {\"country\": \"US\"}, \"service\": \"ground\","
                    + " \"parcels\": [{\"kilograms\": 1e999999999}]}";
            assertRefused(
                    server,
                    heavy.replaceFirst("\\{", "{\"reference\": \"R\", \"orderNumber\": \"O\", "),
                    "parcels[0].weight");
        }
    }

    private static void assertRefused(SandboxServer server, String body, String field) {
        Answer answer = http(server.url())
                .buy(
                        "/v1/shipments",
                        Map.of("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN, "Idempotency-Key", "k"),
                        body.getBytes(StandardCharsets.UTF_8));
        assertThat(status(answer)).isEqualTo(422);
        assertThat(Json.read(((Answer.Read) answer).body())
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo(field);
    }

    @Test
    void its_arguments_have_usual_values_and_an_unknown_one_is_named() {
        SandboxArguments given = SandboxArguments.read("--port", "0", "--late", "1");
        assertThat(given.port()).isZero();
        assertThat(given.pace().lateEffect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(given.pace().trackingStep()).isEqualTo(SandboxPace.DEFAULT.trackingStep());
        assertThatThrownBy(() -> SandboxArguments.read("--prot", "0")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> SandboxArguments.read("--port")).hasMessageContaining("--port");
    }

    @Test
    void killed_as_a_process_it_comes_back_with_every_sale_it_answered() throws Exception {
        List<Ref> answered = new ArrayList<>();
        Process process = process();
        try {
            SandboxCarrier carrier = carrier(listening());
            for (int i = 0; i < 5; i++) {
                Ref ref = Samples.ref();
                assertThat(carrier.buy(carrier.prepare(Samples.shipment(), ref)))
                        .isInstanceOf(Outcome.Bought.class);
                answered.add(ref);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (SandboxServer server = start()) {
            assertThat(answered).allMatch(ref -> carrier(server).find(ref) instanceof Found.Sold);
            assertThat(audit(server).path("sold").asInt()).isEqualTo(5);
        }
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxServer.class.getName(),
                        "--book",
                        book.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private URI listening() {
        String start = "sandbox listening on ";
        return await().until(
                        () -> Files.readAllLines(output()).stream()
                                .filter(line -> line.startsWith(start))
                                .map(line -> URI.create("http://" + line.substring(start.length())))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Path output() {
        return folder.resolve("sandbox.out");
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : workers.invokeAll(Collections.nCopies(times, work), 120, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        } finally {
            workers.shutdownNow();
        }
    }

    private SandboxServer start() throws IOException {
        return SandboxServer.start(book, 0, SandboxPace.DEFAULT);
    }

    private SandboxServer start(SetClock clock) throws IOException {
        return SandboxServer.start(book, 0, SandboxServer.DEFAULT_TOKEN, SandboxPace.DEFAULT, clock);
    }

    private static SandboxCarrier carrier(SandboxServer server) {
        return carrier(server.url());
    }

    private static SandboxCarrier carrier(URI url) {
        return new SandboxCarrier(new SandboxSettings(
                url, SandboxServer.DEFAULT_TOKEN, Duration.ofSeconds(10), Duration.ofSeconds(60), 40));
    }

    private static Outcome.Bought buy(SandboxServer server, Ref ref) {
        SandboxCarrier carrier = carrier(server);
        Outcome outcome = carrier.buy(carrier.prepare(Samples.shipment(), ref));
        assertThat(outcome).isInstanceOf(Outcome.Bought.class);
        return (Outcome.Bought) outcome;
    }

    private static Outcome.Bought sold(Found found) {
        assertThat(found).isInstanceOf(Found.Sold.class);
        return ((Found.Sold) found).bought();
    }

    private static Shipment to(String recipient) {
        return Samples.shipment(home(recipient), "ground", PDF, "1.2");
    }

    private static JsonNode audit(SandboxServer server) {
        return Json.read(((Answer.Read) http(server.url()).get("/v1/book", auth())).body());
    }

    private static CarrierHttp http(URI url) {
        return new CarrierHttp(url, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private static Map<String, String> auth() {
        return Map.of("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN);
    }

    private static int status(Answer answer) {
        return ((Answer.Read) answer).status();
    }
}
