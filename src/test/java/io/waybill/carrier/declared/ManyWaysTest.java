package io.waybill.carrier.declared;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.lessThan;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which carriers differ: who is calling, in which format, in how many calls, and where an error stands. */
class ManyWaysTest {
    private static final String SECRET = "canary-ways-s3cr3t";
    private static final WireMockServer SERVER =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void write() throws IOException {
        SERVER.resetAll();
        file("services.csv", "code,word\nG1,ground\n");
        mapping("order", "free", """
                fields:
                  Order.No: ref
                  Order.Weight: weight
                  Order.To: shipTo.name
                """);
        mapping("sale", "purchase/1", """
                lookups:
                  states: { values: { open: draft, paid: sold } }
                fields:
                  id: data.id
                  reference: { from: data.ref }
                  status: { from: data.state, lookup: states }
                  trackingNumber: { from: data.no }
                """);
    }

    private static final String CREATE = """
            operations:
              create: { method: POST, path: /orders, request: order, reply: sale }
            """;

    /** A mapping that reads JSON, by all that tells it from another. */
    private void mapping(String name, String writes, String rest) throws IOException {
        file(
                name + "/mapping.yaml",
                "mapping: " + name + "\nversion: 1\nwrites: " + writes + "\nreads: { format: json }\nunmapped: off\n"
                        + rest);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve("ways").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Carrier described(String more) throws IOException {
        file("carrier.yaml", """
                carrier: ways
                name: Ways
                api: v1
                hosts: { test: "https://t.example", production: "https://p.example" }
                settings: { key: required, word: secret }
                labels: [PDF]
                """ + more);
        return opened();
    }

    private Carrier opened() {
        return opened(SERVER.baseUrl() + "/api");
    }

    private Carrier opened(String baseUrl) {
        Settings settings = Settings.of(
                "waybill.carriers.dir=" + folder + "\naccount.w.adapter=declared\naccount.w.description=ways\n"
                        + "account.w.baseUrl=" + baseUrl
                        + "\naccount.w.key=acme\naccount.w.word=env:WORD",
                Map.of("WORD", SECRET));
        return new Carriers().open("w", settings.section("account").section("w"));
    }

    private static String simple(String auth) {
        return "auth: " + auth + "\nclass: C\nunits: g/cm\n" + CREATE;
    }

    private static Outcome buy(Carrier carrier) {
        return carrier.buy(carrier.prepare(Samples.shipment(), Samples.ref()));
    }

    private static void answer(String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(body)));
    }

    private static LoggedRequest last() {
        List<ServeEvent> events = SERVER.getAllServeEvents();
        return events.get(0).getRequest();
    }

    private static final String SOLD = "{\"data\":{\"id\":\"7\",\"no\":\"T7\"}}";

    @Test
    void grams_are_whole_and_a_carrier_without_a_look_up_says_so() throws IOException {
        answer(SOLD);
        Carrier carrier = described(simple("none"));
        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);

        assertThat(last().getUrl()).isEqualTo("/api/orders");
        assertThat(last().getBodyAsString()).contains("\"Weight\":1200,");
        assertThat(carrier.idempotency()).isEqualTo(IdempotencyClass.C);
        assertThat(carrier.find(Samples.ref())).isEqualTo(new Found.Impossible());
        assertThat(carrier).isNotInstanceOf(Voids.class).isNotInstanceOf(Tracks.class);
        assertThat(carrier.fetch(new ShipmentId("7"), Samples.PDF)).isInstanceOf(Fetched.Gone.class);
    }

    @Test
    void basic_bearer_and_headers_are_sent_and_never_shown() throws IOException {
        answer(SOLD);
        buy(described(simple("{ kind: basic, user: key, password: word }")));
        assertThat(last().getHeader("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("acme:" + SECRET).getBytes(UTF_8)));

        Carrier bearer = described(simple("{ kind: bearer, token: word }"));
        buy(bearer);
        assertThat(last().getHeader("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(bearer.toString()).doesNotContain(SECRET);

        buy(described(
                simple("{ kind: header, headers: { X-Api-Key: \"{account.word}\", X-Client: \"{account.key}\" } }")));
        assertThat(last().getHeader("X-Api-Key")).isEqualTo(SECRET);
        assertThat(last().getHeader("X-Client")).isEqualTo("acme");
    }

    @Test
    void a_token_is_asked_for_once_and_again_when_it_was_refused() throws IOException {
        answer(SOLD);
        SERVER.stubFor(post(urlPathEqualTo("/api/token"))
                .willReturn(aResponse().withBody("{\"access_token\":\"T-1\",\"expires_in\":3600}")));
        Carrier carrier =
                described(simple("{ kind: oauth2, path: /token, id: key, secret: word, in: form, scope: ship }"));
        buy(carrier);
        buy(carrier);

        assertThat(SERVER.getAllServeEvents())
                .extracting(event -> event.getRequest().getUrl())
                .containsExactly("/api/orders", "/api/orders", "/api/token");
        assertThat(last().getHeader("Authorization")).isEqualTo("Bearer T-1");
        assertThat(SERVER.getAllServeEvents().get(2).getRequest().getBodyAsString())
                .contains("client_id=acme", "client_secret=" + SECRET, "scope=ship");
    }

    @Test
    void a_token_may_be_asked_for_in_the_carriers_own_way() throws IOException {
        answer(SOLD);
        SERVER.stubFor(post(urlPathEqualTo("/api/login"))
                .willReturn(aResponse()
                        .withBody("{\"code\":0,\"data\":{\"accessToken\":\"T-9\",\"expiresIn\":\"7200\"}}")));
        Carrier carrier = described(
                simple(
                        "{ kind: token, path: /login, token: data.accessToken, expires: data.expiresIn,"
                                + " send: { appKey: \"{account.key}\", appSecret: \"{account.word}\" }, headers: { X-Token: \"{token}\" } }"));
        buy(carrier);
        buy(carrier);
        assertThat(last().getHeader("X-Token")).isEqualTo("T-9");
        assertThat(last().getHeader("Authorization")).isNull();
        assertThat(SERVER.getAllServeEvents()).hasSize(3);
        assertThat(SERVER.getAllServeEvents().get(2).getRequest().getBodyAsString())
                .isEqualTo("{\"appKey\":\"acme\",\"appSecret\":\"" + SECRET + "\"}");

        buy(described(simple("{ kind: token, path: /login, body: form, token: data.accessToken,"
                + " send: { appKey: \"{account.key}\" } }")));
        assertThat(last().getHeader("Authorization")).isEqualTo("Bearer T-9");
        assertThat(SERVER.getAllServeEvents().get(1).getRequest().getBodyAsString())
                .isEqualTo("appKey=acme");

        SERVER.stubFor(post(urlPathEqualTo("/api/login"))
                .willReturn(aResponse().withBody("{\"code\":7,\"message\":\"appSecret is wrong\",\"data\":null}")));
        assertThat(buy(opened()))
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class,
                        not -> assertThat(not.why()).contains("no token", "data.accessToken", "appSecret is wrong"));
        assertThatThrownBy(() -> described(simple(
                        "{ kind: token, path: /login, token: a..b," + " headers: { X-Token: \"{account.word}\" } }")))
                .hasMessageContaining("a..b")
                .hasMessageContaining("one header with {token} in it");
    }

    @Test
    void a_token_that_is_refused_in_a_200_is_asked_for_anew() throws IOException {
        file("errors.csv", "code,word\n40101,token\n40201,account\n");
        SERVER.stubFor(post(urlPathEqualTo("/api/token"))
                .willReturn(aResponse().withBody("{\"access_token\":\"T-1\",\"expires_in\":86400}")));
        Carrier carrier = described("reads: { success: { path: code, equals: 0 }, error: { code: code } }\n"
                + simple("{ kind: oauth2, path: /token, id: key, secret: word, in: form }"));
        for (String code : List.of("40201", "40101", "40101")) {
            stub("/orders", "{\"code\":" + code + "}");
            assertThat(buy(carrier)).isInstanceOf(Outcome.NotSent.class);
        }
        stub("/orders", "{\"code\":0,\"data\":{\"id\":\"7\",\"no\":\"T7\"}}");
        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(SERVER.getAllServeEvents())
                .extracting(event -> event.getRequest().getUrl())
                .as("a new token after each that was refused, and no other")
                .filteredOn("/api/token"::equals)
                .hasSize(3);
    }

    @Test
    void an_hmac_is_made_over_the_text_the_description_states() throws Exception {
        answer(SOLD);
        buy(described(simple("""
                { kind: hmac, secret: word, encoding: base64, sign: "[body={body}&]date={timestamp}&method={method}&uri={path}",
                  headers: { sign: "{signature}", date: "{timestamp}", token: "{account.key}" } }""")));

        String signed = "body=" + last().getBodyAsString() + "&date=" + last().getHeader("date")
                + "&method=POST&uri=/api/orders";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        assertThat(last().getHeader("sign"))
                .isEqualTo(Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
        assertThat(last().getHeader("token")).isEqualTo("acme");
    }

    @Test
    void a_sum_over_sorted_parameters_the_body_and_the_secret_stands_in_the_query() throws Exception {
        answer("{\"result\":\"1\",\"data\":\"{\\\"id\\\":\\\"7\\\",\\\"no\\\":\\\"\\\"}\"}");
        Outcome outcome = buy(described("""
                auth:
                  kind: md5-sorted
                  secret: word
                  query: { app_key: "{account.key}", timestamp: "{timestamp}", sign: "{signature}" }
                  unsigned: [language]
                class: C
                units: g/cm
                reads: { inside: [data], success: { path: result, equals: "1" } }
                operations:
                  create:
                    method: POST
                    path: /router
                    query: { method: order.create, v: 1.0, format: json, language: cn }
                    request: order
                    reply: sale
                """));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Bought.class, bought -> {
            assertThat(bought.id().value()).isEqualTo("7");
            assertThat(bought.numbers()).hasSize(1);
        });
        String timestamp = last().queryParameter("timestamp").firstValue();
        String text = "app_keyacmeformatjsonmethodorder.createtimestamp" + timestamp + "v1.0" + last().getBodyAsString()
                + SECRET;
        assertThat(last().queryParameter("sign").firstValue())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8))));
        assertThat(last().getUrl()).doesNotContain(SECRET);
    }

    @Test
    void xml_is_written_and_read_and_a_doctype_is_refused() throws IOException {
        String xml = """
                auth: none
                class: C
                units: kg/cm
                reads: { format: xml, success: { path: ok, in: ["yes", "true"] }, error: { code: error.code, message: error.text } }
                operations:
                  create: { method: POST, path: /orders, body: xml, request: order, reply: sale }
                """;
        file("errors.csv", "code,word,pointer\n17,refused,/shipTo/city\n");
        answer("<r><ok>yes</ok><data><id>7</id><no>T7</no></data></r>");
        Carrier carrier = described(xml);
        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(last().getBodyAsString()).contains("<Order><No>WB", "<Weight>1.2</Weight>");
        assertThat(last().getHeader("Content-Type")).startsWith("application/xml");

        answer("<r><ok>no</ok><error><code>17</code><text>no such city</text></error></r>");
        assertThat(buy(carrier)).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).isEqualTo("no such city");
            assertThat(no.pointer()).isEqualTo("/shipTo/city");
        });
        answer("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r><ok>yes</ok><data><id>&e;</id></data></r>");
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void a_header_goes_before_the_hubs_own_in_whatever_letters_it_is_written() throws IOException {
        answer("<Envelope><data><id>7</id><no>T7</no></data></Envelope>");
        Carrier carrier = described("""
                auth: none
                class: C
                units: kg/cm
                reads: { format: xml }
                operations:
                  create: { method: POST, path: /orders, body: xml, headers: { content-type: text/xml, accept: text/xml }, request: order, reply: sale }
                """);
        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(last().header("Content-Type").values()).containsExactly("text/xml");
        assertThat(last().header("Accept").values()).containsExactly("text/xml");
    }

    @Test
    void what_an_element_of_xml_says_is_its_text_whatever_attributes_stand_in_it() throws IOException {
        file("errors.csv", "code,word\n17,refused\n");
        Carrier carrier = described("""
                auth: none
                class: C
                units: kg/cm
                reads: { format: xml, success: { path: ok, equals: "yes" }, error: { code: error.code, message: error.text } }
                operations:
                  create: { method: POST, path: /orders, body: xml, request: order, reply: sale }
                """);
        answer("<r><ok at='1'>yes</ok><data><id>7</id><no>T7</no></data></r>");
        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);

        answer(
                "<r><ok at='1'>no</ok><error><code type='x'>17</code><text xml:lang='de'>keine solche Stadt</text></error></r>");
        assertThat(buy(carrier)).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).isEqualTo("keine solche Stadt");
            assertThat(no.code()).isEqualTo("17");
        });
    }

    @Test
    void a_form_holds_a_field_each() throws IOException {
        answer(SOLD);
        mapping("order", "free", """
                fields: { no: ref, to: shipTo.name, box.kg: weight }
                """);
        buy(described("""
                auth: none
                class: C
                units: kg/cm
                operations:
                  create: { method: POST, path: /orders, body: form, request: order, reply: sale }
                """));
        assertThat(last().getBodyAsString()).contains("&to=Jane%20Roe&box=%7B%22kg%22%3A1.2%7D");
    }

    private static final String TWO_CALLS = """
            auth: none
            class: A
            units: kg/cm
            reads: { success: { path: code, equals: 0 }, error: { code: code, message: words } }
            operations:
              create: { method: POST, path: /drafts, request: order, reply: sale }
              confirm: { method: POST, path: "/drafts/{draft}/confirm", reply: sale }
              find: { method: GET, path: /orders, query: { ref: "{ref}" }, reply: sale }
            """;

    private static void stub(String path, String body) {
        ResponseDefinitionBuilder answer = aResponse().withBody(body);
        SERVER.stubFor(post(urlPathEqualTo("/api" + path)).willReturn(answer));
        SERVER.stubFor(get(urlPathEqualTo("/api" + path)).willReturn(answer));
    }

    @Test
    void with_two_calls_the_draft_is_made_before_and_only_the_confirmation_buys() throws IOException {
        file("errors.csv", "code,word\n9,duplicate\n8,refused\n");
        Carrier carrier = described(TWO_CALLS);
        stub("/drafts", "{\"code\":0,\"data\":{\"id\":\"D1\",\"state\":\"open\"}}");
        stub("/drafts/D1/confirm", "{\"code\":0,\"data\":{\"id\":\"D1\",\"state\":\"paid\",\"no\":\"T1\"}}");
        stub("/orders", "{\"code\":0,\"data\":{\"id\":\"D1\",\"state\":\"open\"}}");

        Ref ref = Samples.ref();
        Prepared prepared = carrier.prepare(Samples.shipment(), ref);
        assertThat(SERVER.getAllServeEvents())
                .extracting(event -> event.getRequest().getUrl())
                .containsExactly("/api/drafts");
        assertThat(carrier.find(ref)).as("a draft was not sold").isEqualTo(new Found.Nothing());

        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Bought.class);
        assertThat(last().getUrl()).isEqualTo("/api/drafts/D1/confirm");

        stub("/orders", "{\"code\":0,\"data\":{\"id\":\"D1\",\"state\":\"paid\",\"no\":\"T1\"}}");
        stub("/drafts/D1/confirm", "{\"code\":9,\"words\":\"confirmed before\"}");
        assertThat(carrier.buy(prepared))
                .isInstanceOfSatisfying(
                        Outcome.Bought.class,
                        bought -> assertThat(bought.numbers()).hasSize(2));
    }

    @Test
    void a_draft_that_was_made_before_is_taken_up_and_one_that_is_refused_is_told() throws IOException {
        file("errors.csv", "code,word\n9,duplicate\n8,refused\n");
        Carrier carrier = described(TWO_CALLS);
        stub("/orders", "{\"code\":0,\"data\":{\"id\":\"D1\",\"state\":\"open\"}}");
        stub("/drafts", "{\"code\":9,\"words\":\"there is a draft\"}");
        assertThat(new String(carrier.prepare(Samples.shipment(), Samples.ref()).bytes(), UTF_8))
                .contains("\"draft\":\"D1\"");

        stub("/drafts", "{\"code\":8,\"words\":\"no such street\"}");
        assertThatThrownBy(() -> carrier.prepare(Samples.shipment(), Samples.ref()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("no such street");
        stub("/drafts", "<html>");
        assertThatThrownBy(() -> carrier.prepare(Samples.shipment(), Samples.ref()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_draft_whose_number_leads_elsewhere_is_never_confirmed() throws IOException {
        file("errors.csv", "code,word\n9,duplicate\n");
        Carrier carrier = described(TWO_CALLS);
        stub("/drafts", "{\"code\":0,\"data\":{\"id\":\"..\",\"state\":\"open\"}}");
        assertThatThrownBy(() -> carrier.prepare(Samples.shipment(), Samples.ref()))
                .isInstanceOf(IllegalArgumentException.class);

        stub("/drafts", "{\"code\":0,\"data\":{\"id\":\"a/../b?x=1#y\",\"state\":\"open\"}}");
        carrier.buy(carrier.prepare(Samples.shipment(), Samples.ref()));
        assertThat(last().getUrl()).isEqualTo("/api/drafts/a%2F..%2Fb%3Fx%3D1%23y/confirm");
    }

    @Test
    void a_picture_is_a_pdf_where_no_picture_may_be_asked_for() throws IOException {
        mapping("sale", "purchase/1", """
                fields: { id: data.id, label.base64: { from: data.picture } }
                """);
        String picture =
                "data:image/png;base64," + Base64.getEncoder().encodeToString(LabelImagesTest.picture("png", 4));
        answer("{\"data\":{\"id\":\"7\",\"picture\":\"" + picture + "\"}}");
        assertThat(format(buy(described(simple("none"))))).isEqualTo("PDF");

        file(
                "carrier.yaml",
                Files.readString(folder.resolve("ways/carrier.yaml")).replace("[PDF]", "[PDF, PNG]"));
        assertThat(format(buy(opened()))).isEqualTo("PNG");

        picture = Base64.getEncoder().encodeToString(LabelImagesTest.picture("jpg", 4));
        answer("{\"data\":{\"id\":\"7\",\"picture\":\"" + picture + "\"}}");
        assertThat(format(buy(opened()))).as("no printer takes a JPEG").isEqualTo("PNG");
    }

    private static String format(Outcome outcome) {
        return ((Outcome.Bought) outcome)
                .label()
                .orElseThrow()
                .documents()
                .get(0)
                .format();
    }

    @Test
    void what_an_error_code_means_is_the_descriptions_to_say() throws IOException {
        file("errors.csv", "code,word\nE1,refused\nE2,not-sent\nE3,unknown\nE4,account\n");
        String reads = "reads: { success: { path: data, exists: true }, error: { code: error, otherwise: %s } }\n";
        Carrier careful = described(reads.formatted("unknown") + simple("none"));
        answer("{\"error\":\"E1\"}");
        assertThat(buy(careful)).isInstanceOf(Outcome.Refused.class);
        answer("{\"error\":\"E2\"}");
        assertThat(buy(careful)).isInstanceOf(Outcome.NotSent.class);
        answer("{\"error\":\"E3\"}");
        assertThat(buy(careful)).isInstanceOf(Outcome.Unknown.class);
        answer("{\"error\":\"E4\"}");
        assertThat(buy(careful)).isInstanceOf(Outcome.NotSent.class);
        answer("{\"error\":\"E5\"}");
        assertThat(buy(careful)).as("a code nobody knows decides nothing").isInstanceOf(Outcome.Unknown.class);
        assertThat(buy(described(reads.formatted("refused") + simple("none")))).isInstanceOf(Outcome.Refused.class);
        Carrier bold = described(
                reads.replace("code: error,", "code: error, message: words,").formatted("refused") + simple("none"));
        for (String words : List.of("系统繁忙，请稍后再试", "接口请求超时", "Temporarily unavailable")) {
            answer("{\"error\":\"E5\",\"words\":\"" + words + "\"}");
            assertThat(buy(bold)).as(words).isInstanceOf(Outcome.Unknown.class);
        }
        answer("{\"error\":\"E5\",\"words\":\"邮编错误\"}");
        assertThat(buy(bold)).isInstanceOf(Outcome.Refused.class);
        answer("{\"data\":{},\"error\":\"\"}");
        assertThat(buy(careful)).as("neither success nor an error").isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void where_a_no_has_words_and_no_code_what_success_looks_at_may_be_the_code() throws IOException {
        Carrier carrier = described(
                "reads: { success: { path: ok, equals: true }, error: { code: ok, message: words, otherwise: refused } }\n"
                        + simple("none"));
        answer("{\"ok\":false,\"words\":\"no such postal code\"}");
        assertThat(((Outcome.Refused) buy(carrier)).words()).contains("no such postal code");
        answer("{\"ok\":false,\"words\":\"Temporarily unavailable\"}");
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
        answer("{\"words\":\"no such postal code\"}");
        assertThat(buy(carrier)).as("neither yes nor no").isInstanceOf(Outcome.Unknown.class);
    }

    private static void answer(int status, String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static final String ALL_WAYS = """
            auth: none
            class: B
            units: kg/cm
            reads: { success: { path: ok, equals: true }, error: { code: error.code, message: error.text, otherwise: refused } }
            operations:
              create: { method: POST, path: /orders, request: order, reply: sale }
              find: { method: GET, path: /orders, query: { ref: "{ref}" }, reply: sale }
              label: { method: GET, path: "/orders/{id}/label", reply: printed }
              cancel: { method: DELETE, path: "/orders/{id}" }
              rates: { method: POST, path: /rates, request: quote, reply: quoted }
            """;

    private Carrier allWays(String description) throws IOException {
        mapping("printed", "label/1", """
                fields: { label.base64: { from: data.pdf } }
                """);
        mapping("quote", "free", """
                fields: { to: shipTo.name }
                """);
        if (!description.contains("printed")) {
            Files.delete(folder.resolve("ways/printed/mapping.yaml"));
            Files.delete(folder.resolve("ways/printed"));
        }
        mapping("quoted", "rates/1", """
                fields:
                  rates[]:
                    each: data
                    fields: { channel: id }
                """);
        return described(description);
    }

    @Test
    void a_price_that_cannot_be_read_hides_no_other_and_yuan_are_yuan() throws IOException {
        Carrier carrier = allWays(ALL_WAYS);
        mapping("quoted", "rates/1", """
                fields:
                  rates[]:
                    each: data
                    fields:
                      channel: id
                      total: { from: sum, decimal: "." }
                      currency: { from: money }
                """);
        answer("{\"ok\":true,\"data\":[{\"id\":\"G1\",\"sum\":\"31.50\",\"money\":\"RMB\"},"
                + "{\"id\":\"G2\",\"sum\":\"9\",\"money\":\"XYZ\"},{\"id\":\"G3\",\"sum\":\"8\"},{\"id\":\"G4\"}]}");
        assertThat(((Rates) opened()).rates(Samples.shipment()))
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.excluded())
                .containsExactly(
                        "ground 31.50 CNY null",
                        "G2 null its price cannot be read: 9 XYZ is no amount of money",
                        "G3 null its price cannot be read: it has no currency",
                        "G4 null no price");
        assertThat(carrier).isInstanceOf(Rates.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3     | 3
                    "3"   | 3
                    3.0   | 3
                    "3-5" | null
                    2.5   | null
                    -1    | null
                    999   | null
                    """)
    void days_that_cannot_be_read_hide_no_price(String told, String days) throws IOException {
        allWays(ALL_WAYS);
        mapping("quoted", "rates/1", """
                fields:
                  rates[]:
                    each: data
                    fields:
                      channel: id
                      total: { from: sum, decimal: "." }
                      currency: { from: money }
                      days: { from: days }
                """);
        answer("{\"ok\":true,\"data\":[{\"id\":\"G2\",\"sum\":\"n/a\",\"money\":\"USD\",\"days\":" + told
                + "},{\"id\":\"G1\",\"sum\":\"9\",\"money\":\"USD\",\"days\":" + told + "}]}");
        List<Rates.Rate> rates = ((Rates) opened()).rates(Samples.shipment());
        assertThat(rates).hasSize(2);
        assertThat(rates.get(0).service() + " " + rates.get(0).total() + " "
                        + rates.get(0).days())
                .isEqualTo("ground 9 USD " + days);
        assertThat(rates.get(1).excluded())
                .startsWith("its price cannot be read: ")
                .contains("n/a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    9.10     | USD | 6    | shipping 6 USD, uncategorized 3.10 USD
                    1,024.50 | USD | 6    | shipping 6 USD, uncategorized 1018.50 USD
                    n/a      | USD | 6    | shipping 6 USD
                    9.10     | USD | free | shipping 9.10 USD
                    9.10     | ¥   | 6    | no price
                    n/a      | USD | free | no price
                    """)
    void a_price_that_cannot_be_read_costs_a_sale_neither_its_number_nor_its_label(
            String total, String currency, String part, String told) throws IOException {
        String price = """
                  total: { from: data.sum, decimal: "." }
                  currency: { from: data.money }
                  charges[]: { each: data.parts, fields: { code: code, amount: { from: sum, decimal: "." } } }
                """;
        file("charges.csv", "code,word\nF,shipping\n");
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data.id\n  trackingNumber: { from: data.no }\n" + price);
        mapping("printed", "label/1", "fields:\n  label.base64: { from: data.pdf }\n" + price);
        Carrier carrier = opened();
        answer("""
                {"ok":true,"data":{"id":"7","no":"T7","sum":"%s","money":"%s","parts":[{"code":"F","sum":"%s"}],"pdf":"%s"}}""".formatted(
                        total, currency, part, Base64.getEncoder().encodeToString("%PDF-1.4 %%EOF".getBytes(UTF_8))));

        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", "tracking 1 T7");
        assertThat(charges(((Outcome.Bought) buy(carrier)).charges())).isEqualTo(told);
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Sold.class);
        assertThat(carrier.fetch(new ShipmentId("7"), Samples.PDF))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(charges(ready.charges())).isEqualTo(told));
    }

    private static String charges(List<Charge> charges) {
        String told = charges.stream()
                .map(charge -> charge.type() + " " + charge.amount())
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "no price" : told;
    }

    @Test
    void the_number_of_the_whole_shipment_is_not_that_of_its_first_parcel() throws IOException {
        mapping("sale", "purchase/1", """
                fields:
                  id: data.id
                  trackingNumber: { from: data.no }
                  numbers[]: { each: data.parts, fields: { value: no } }
                """);
        Carrier carrier = described(simple("none"));
        answer("{\"data\":{\"id\":\"7\",\"no\":\"M7\",\"parts\":[{\"no\":\"P1\"},{\"no\":\"P2\"}]}}");
        assertThat(numbers(buy(carrier)))
                .containsExactly("shipment 0 7", "shipment 0 M7", "tracking 1 P1", "tracking 2 P2");
        answer("{\"data\":{\"id\":\"7\",\"no\":\"P1\",\"parts\":[{\"no\":\"P1\"},{\"no\":\"P2\"}]}}");
        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", "tracking 1 P1", "tracking 2 P2");
        answer("{\"data\":{\"id\":\"7\",\"no\":\"M7\"}}");
        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", "tracking 1 M7");
    }

    private static List<String> numbers(Outcome outcome) {
        return ((Outcome.Bought) outcome)
                .numbers().stream()
                        .map(number -> number.kind() + " " + number.parcel() + " " + number.value())
                        .toList();
    }

    @Test
    void a_channel_nobody_can_buy_is_no_price_to_choose() throws IOException {
        allWays(ALL_WAYS);
        mapping("quoted", "rates/1", """
                fields:
                  rates[]: { each: data, fields: { channel: id, total: { from: sum, decimal: "." }, currency: { const: EUR } } }
                """);
        answer("{\"ok\":true,\"data\":[{\"id\":\"G1\",\"sum\":\"9\"},{\"id\":\"G9\",\"sum\":\"1\"}]}");
        assertThat(((Rates) opened()).rates(Samples.shipment()))
                .extracting(rate -> rate.service() + ": " + rate.excluded())
                .containsExactly("ground: null", "G9: services.csv has no word for it");
    }

    @Test
    void every_service_is_asked_for_at_once_where_a_quote_names_no_channel() throws IOException {
        Carrier carrier = allWays(ALL_WAYS);
        answer("{\"ok\":true,\"data\":[{\"id\":\"G1\"},{\"id\":\"G2\"}]}");
        assertThat(((Rates) carrier).rates(Samples.shipment(Samples.home("Jane Roe"), "", Samples.PDF, "1.2")))
                .extracting(Rates.Rate::service)
                .containsExactly("ground", "G2");
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void a_channel_that_answers_no_is_told_by_its_own_service() throws IOException {
        file("services.csv", "code,word\nG1,ground\nG2,economy\n");
        allWays(ALL_WAYS);
        mapping("quote", "free", """
                fields: { product: channel }
                """);
        SERVER.stubFor(post(urlPathEqualTo("/api/rates"))
                .withRequestBody(containing("G1"))
                .willReturn(aResponse().withBody("{\"ok\":false,\"error\":{\"code\":\"E1\",\"text\":\"too far\"}}")));
        SERVER.stubFor(post(urlPathEqualTo("/api/rates"))
                .withRequestBody(containing("G2"))
                .willReturn(aResponse().withBody("{\"ok\":true,\"data\":[{\"id\":\"G2\"}]}")));
        assertThat(((Rates) opened()).rates(Samples.shipment(Samples.home("Jane Roe"), "", Samples.PDF, "1.2")))
                .extracting(rate -> rate.service() + ": " + rate.excluded())
                .containsExactly("ground: E1: too far", "economy: no price");
    }

    @Test
    void a_channel_that_cannot_be_asked_for_hides_the_price_of_no_other() throws IOException {
        file("services.csv", "code,word\nG1,ground\nG2,economy\n");
        allWays(ALL_WAYS);
        mapping("quote", "free", """
                skip:
                  - { when: { from: channel, in: [G1] }, reason: gives no prices }
                fields: { product: channel }
                """);
        answer("{\"ok\":true,\"data\":[{\"id\":\"G2\"}]}");
        assertThat(((Rates) opened()).rates(Samples.shipment(Samples.home("Jane Roe"), "", Samples.PDF, "1.2")))
                .extracting(rate -> rate.service() + ": " + rate.excluded())
                .satisfiesExactly(
                        ground -> assertThat(ground).startsWith("ground: ").contains("gives no prices"),
                        economy -> assertThat(economy).isEqualTo("economy: no price"));
    }

    private static Voids.Voided cancelled(Carrier carrier) {
        return ((Voids) carrier).cancel(new ShipmentId("7"), Samples.ref());
    }

    @Test
    void an_empty_answer_is_a_void_where_no_reply_is_needed_and_no_sale() throws IOException {
        Carrier carrier = allWays(ALL_WAYS);
        answer(204, "");
        assertThat(cancelled(carrier)).isEqualTo(new Voids.Voided.Done(null));
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
        answer(200, " \n");
        assertThat(cancelled(carrier)).isEqualTo(new Voids.Voided.Done(null));
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    9.10     | USD  | 9.10 USD
                    9.10     | usd  | none
                    9.10     | ZZZ  | none
                    9.10     |      | none
                    in full  | USD  | none
                    """)
    void a_refund_that_cannot_be_read_leaves_no_void_open(String refund, String currency, String told)
            throws IOException {
        allWays(ALL_WAYS);
        file(
                "carrier.yaml",
                Files.readString(folder.resolve("ways/carrier.yaml"))
                        .replaceFirst("(cancel: \\{[^\\n]*?) ?}\\n", "$1, reply: given }\n"));
        mapping("given", "void/1", """
                lookups:
                  states: { values: { gone: done, later: pending } }
                fields:
                  status: { from: data.state, lookup: states }
                  words: { from: data.words }
                  refund: { from: data.back, decimal: "." }
                  currency: { from: data.money }
                """);
        Carrier carrier = opened();
        answer("""
                {"ok":true,"data":{"state":"gone","back":"%s","money":"%s"}}""".formatted(refund, currency == null ? "" : currency));

        assertThat(cancelled(carrier))
                .isInstanceOfSatisfying(
                        Voids.Voided.Done.class,
                        done -> assertThat(
                                        done.refund() == null
                                                ? null
                                                : done.refund().toString())
                                .isEqualTo(told));

        answer("""
                {"ok":true,"data":{"state":"later","back":"%s","money":"%s"}}""".formatted(refund, currency == null ? "" : currency));
        assertThat(cancelled(carrier)).isInstanceOf(Voids.Voided.Pending.class);
    }

    @Test
    void an_order_to_cancel_that_is_not_there_is_told_by_its_status() throws IOException {
        Carrier carrier = allWays(ALL_WAYS);
        for (int status : List.of(404, 410)) {
            answer(status, "{\"error\":{\"code\":\"E7\",\"text\":\"no such order\"}}");
            assertThat(cancelled(carrier)).isEqualTo(new Voids.Voided.Refused("label_not_found", "no such order"));
            answer(status, "gone");
            assertThat(cancelled(carrier))
                    .isEqualTo(new Voids.Voided.Refused("label_not_found", "HTTP " + status + ": gone"));
        }
        answer(500, "");
        assertThat(cancelled(carrier)).isInstanceOf(Voids.Voided.Unknown.class);
    }

    @Test
    void a_label_is_gone_by_its_own_word_only() throws IOException {
        file("errors.csv", "code,word\nE1,refused\nE2,gone\n");
        Carrier carrier = allWays(ALL_WAYS);
        for (String code : List.of("E1", "E9")) {
            answer("{\"ok\":false,\"error\":{\"code\":\"" + code + "\",\"text\":\"busy printing\"}}");
            assertThat(carrier.fetch(new ShipmentId("7"), Samples.PDF))
                    .isEqualTo(new Fetched.NotYet(code + ": busy printing"));
            assertThat(buy(carrier)).isInstanceOf(Outcome.Refused.class);
        }
        answer("{\"ok\":false,\"error\":{\"code\":\"E2\",\"text\":\"expired\"}}");
        assertThat(carrier.fetch(new ShipmentId("7"), Samples.PDF)).isEqualTo(new Fetched.Gone("E2: expired"));
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void an_error_may_be_told_by_its_status_alone() throws IOException {
        file("errors.csv", "code,word,pointer\n404,nothing,\n422,refused,\n409,duplicate,\nE1,unknown,\n");
        Carrier carrier = allWays(ALL_WAYS);
        answer(422, "{\"error\":{\"text\":\"no such street\"}}");
        assertThat(buy(carrier)).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.words()).isEqualTo("no such street");
            assertThat(no.code()).isEqualTo("422");
        });
        answer(422, "no such street");
        assertThat(buy(carrier))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.words()).isEqualTo("HTTP 422: no such street"));
        answer(422, "{\"error\":{\"code\":\"E1\"}}");
        assertThat(buy(carrier)).as("a code that is known goes first").isInstanceOf(Outcome.Unknown.class);
        answer(404, "");
        assertThat(carrier.find(Samples.ref())).isEqualTo(new Found.Nothing());
        answer(409, "{}");
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
        answer(418, "{\"detail\":\"a teapot\"}");
        assertThat(buy(carrier))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unclear -> assertThat(unclear.why()).contains("HTTP 418", "a teapot"));
        assertThat(((Rates) carrier).rates(Samples.shipment()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("HTTP 418", "a teapot"));
        answer(422, "{\"error\":{\"text\":\"too far\"}}");
        assertThat(((Rates) carrier).rates(Samples.shipment()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("422: too far"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"text\":\"Please try again later\"}}",
                "{\"error\":{\"text\":\"系统繁忙\"}}",
                "{\"error\":{\"code\":\"E7\"},\"message\":\"temporarily unavailable\"}",
                "the service is temporarily unavailable"
            })
    void a_status_alone_decides_nothing_where_the_words_say_that_it_could_not_be_done_just_now(String body)
            throws IOException {
        file("errors.csv", "code,word,pointer\n404,nothing,\n410,nothing,\n422,refused,\n");
        Carrier carrier = allWays(ALL_WAYS);
        answer(422, body);
        assertThat(buy(carrier)).isInstanceOf(Outcome.Unknown.class);
        assertThat(((Voids) carrier).cancel(new ShipmentId("7"), Samples.ref()))
                .isInstanceOf(Voids.Voided.Unknown.class);
        answer(404, body);
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
        assertThat(((Voids) carrier).cancel(new ShipmentId("7"), Samples.ref()))
                .isInstanceOf(Voids.Voided.Unknown.class);
        String find = "query: { ref: \"{ref}\" }, reply: sale";
        file("errors.csv", "code,word,pointer\n");
        assertThat(((Voids) carrier(find)).cancel(new ShipmentId("7"), Samples.ref()))
                .isInstanceOf(Voids.Voided.Unknown.class);
        assertThat(carrier(find).find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    private Carrier carrier(String find) throws IOException {
        return allWays(ALL_WAYS.replace(find, find + ", reads: { nothing: { status: 404 } }"));
    }

    @Test
    void a_look_up_finds_nothing_by_a_status_where_the_description_says_so() throws IOException {
        answer(404, "<html>no such order</html>");
        assertThat(allWays(ALL_WAYS).find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
        String find = "query: { ref: \"{ref}\" }, reply: sale";
        assertThat(allWays(ALL_WAYS.replace(find, find + ", reads: { nothing: { status: 404 } }"))
                        .find(Samples.ref()))
                .as("a page is a gateway's")
                .isInstanceOf(Found.Unreachable.class);
        answer(404, "no such order");
        assertThat(allWays(ALL_WAYS.replace(find, find + ", reads: { nothing: { status: 404 } }"))
                        .find(Samples.ref()))
                .isEqualTo(new Found.Nothing());
        assertThatThrownBy(() -> allWays(ALL_WAYS.replace(find, find + ", reads: { nothing: { status: 500 } }")))
                .hasMessageContaining("{ status: 404 }");
    }

    @Test
    void a_label_may_be_the_answer_itself() throws IOException {
        byte[] pdf = LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6");
        Carrier carrier = allWays(ALL_WAYS);
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(pdf)));
        assertThat(formatOf(carrier.fetch(new ShipmentId("7"), Samples.PDF))).isEqualTo("PDF");

        Carrier files = allWays(ALL_WAYS.replace("reply: printed", "reads: { format: file }"));
        assertThat(formatOf(files.fetch(new ShipmentId("7"), Samples.PDF))).isEqualTo("PDF");
        assertThat(last().getHeader("Accept")).startsWith("application/pdf, ");
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody("\u0010CT~~CD,~CC^~CT~\n^XA^XZ")));
        assertThat(formatOf(files.fetch(new ShipmentId("7"), new LabelRequest("ZPL", "4x6", 203))))
                .isEqualTo("ZPL");
        answer("{\"ok\":true}");
        assertThat(files.fetch(new ShipmentId("7"), Samples.PDF)).isInstanceOf(Fetched.NotYet.class);
        answer("<html>down</html>");
        assertThat(files.fetch(new ShipmentId("7"), Samples.PDF)).isInstanceOf(Fetched.NotYet.class);
    }

    @Test
    void a_label_may_be_where_the_carrier_sends_on_to_and_nowhere_else() throws IOException {
        byte[] pdf = LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6");
        SERVER.stubFor(get("/files/7.pdf").willReturn(aResponse().withBody(pdf)));
        SERVER.stubFor(get("/old/7.pdf").willReturn(sentOn("/files/7.pdf")));
        Carrier carrier = allWays(ALL_WAYS);
        for (String address : List.of("/files/7.pdf", "/old/7.pdf")) {
            SERVER.stubFor(get("/api/orders/7/label").willReturn(sentOn(SERVER.baseUrl() + address)));
            assertThat(formatOf(carrier.fetch(new ShipmentId("7"), Samples.PDF)))
                    .as(address)
                    .isEqualTo("PDF");
        }
        assertThat(last().getHeader("Authorization")).isNull();

        SERVER.stubFor(get("/round/7.pdf").willReturn(sentOn("/round/7.pdf")));
        SERVER.stubFor(get("/away/7.pdf").willReturn(sentOn("http://169.254.169.254/7.pdf")));
        for (String address : List.of(
                SERVER.baseUrl() + "/round/7.pdf",
                SERVER.baseUrl() + "/away/7.pdf",
                SERVER.baseUrl() + "/not/there.pdf",
                "http://169.254.169.254/7.pdf",
                "/files/7.pdf",
                "not an address")) {
            SERVER.stubFor(get("/api/orders/7/label").willReturn(sentOn(address)));
            assertThat(carrier.fetch(new ShipmentId("7"), Samples.PDF))
                    .as(address)
                    .isInstanceOf(Fetched.NotYet.class);
        }
    }

    private static ResponseDefinitionBuilder sentOn(String address) {
        return aResponse().withStatus(302).withHeader("Location", address);
    }

    private static String formatOf(Fetched fetched) {
        return ((Fetched.Ready) fetched).label().documents().get(0).format();
    }

    @Test
    void a_no_whose_text_inside_is_no_json_is_a_no_and_a_yes_is_none() throws IOException {
        file("errors.csv", "code,word,pointer\n17,refused,/shipTo/city\n");
        String reads = "reads: { inside: [data], success: { path: %s, equals: \"1\" }, "
                + "error: { code: code, message: words, otherwise: refused } }\n";
        String find = CREATE + "  find: { method: GET, path: /orders, query: { ref: \"{ref}\" }, reply: sale,"
                + " reads: { nothing: { path: data.id, exists: false } } }\n";
        Carrier carrier = described(reads.formatted("result") + "auth: none\nclass: B\nunits: g/cm\n" + find);
        for (String data : List.of("no such city", "null", "{\\\"id\\\":")) {
            answer("{\"result\":\"0\",\"code\":17,\"words\":\"no such city\",\"data\":\"" + data + "\"}");
            assertThat(buy(carrier)).as(data).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
                assertThat(no.words()).isEqualTo("no such city");
                assertThat(no.pointer()).isEqualTo("/shipTo/city");
            });
            answer(422, "{\"code\":17,\"data\":\"" + data + "\"}");
            assertThat(buy(carrier)).as(data).isInstanceOf(Outcome.Refused.class);
            answer("{\"result\":\"1\",\"code\":17,\"data\":\"" + data + "\"}");
            assertThat(buy(carrier)).as(data).isInstanceOf(Outcome.Unknown.class);
            assertThat(carrier.find(Samples.ref())).as(data).isInstanceOf(Found.Unreachable.class);
        }
        answer("{\"result\":\"0\",\"code\":99}");
        assertThat(carrier.find(Samples.ref()))
                .as("an error has nothing in it, either")
                .isInstanceOf(Found.Unreachable.class);
        answer("{\"result\":\"1\",\"data\":\"{}\"}");
        assertThat(carrier.find(Samples.ref())).isEqualTo(new Found.Nothing());
        Carrier within = described(reads.formatted("data.result") + simple("none"));
        answer("{\"code\":17,\"data\":\"{\\\"result\\\":\\\"1\"}");
        assertThat(buy(within)).as("whether it was done stands inside").isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void documents_belong_to_the_parcels_in_their_order_whatever_papers_stand_between() throws IOException {
        mapping("sale", "purchase/1", """
                fields:
                  id: data.id
                  label.documents[]:
                    each: data.papers
                    fields: { kind: { from: kind }, parcel: { from: parcel, int: true }, text: zpl }
                """);
        answer("{\"data\":{\"id\":\"7\",\"papers\":[" + paper("commercial_invoice", "")
                + "," + paper("shipping_label", "") + "," + paper("return_label", "")
                + "," + paper("shipping_label", "") + "," + paper("return_label", ", \"parcel\": 5") + "]}}");
        assertThat(buy(described(simple("none"))))
                .isInstanceOfSatisfying(
                        Outcome.Bought.class,
                        bought -> assertThat(bought.label().orElseThrow().documents())
                                .extracting(paper -> paper.kind() + " " + paper.parcel())
                                .containsExactly(
                                        "commercial_invoice 0",
                                        "shipping_label 1",
                                        "return_label 1",
                                        "shipping_label 2",
                                        "return_label 5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2 | shipping_label 1, shipping_label 2 | true",
                "2 | shipping_label 1 | false",
                "2 | shipping_label 2 | false",
                "2 | shipping_label 0 | true",
                "2 | shipping_label | true",
                "2 | shipping_label, shipping_label 2 | true",
                "2 | shipping_label, shipping_label, commercial_invoice 1 | true",
                "2 | shipping_label, commercial_invoice 1, commercial_invoice 2 | true",
                "2 | shipping_label 1, commercial_invoice 0 | false",
                "2 | shipping_label 1, commercial_invoice 2 | false",
                "2 | return_label 1, return_label 2 | true",
                "2 | return_label 1 | false",
                "2 | shipping_label 1, return_label 2 | false",
                "2 | shipping_label 1, return_label 0 | false",
                "2 | shipping_label 1, shipping_label 2, return_label 1 | true",
                "1 | shipping_label 1 | true",
            })
    void a_label_that_names_parcels_is_there_when_each_has_one_whatever_papers_name(
            int parcels, String papers, boolean isThere) throws IOException {
        mapping("sale", "purchase/1", """
                fields:
                  id: data.id
                  numbers[]: { each: data.numbers, fields: { value: at } }
                  label.documents[]:
                    each: data.papers
                    fields: { kind: { from: kind }, parcel: { from: parcel, int: true }, text: zpl }
                """);
        String all = Stream.of(papers.split(", "))
                .map(paper -> paper.split(" "))
                .map(paper -> paper(paper[0], paper.length > 1 ? ", \"parcel\": " + paper[1] : ""))
                .collect(Collectors.joining(","));
        answer("{\"data\":{\"id\":\"7\",\"numbers\":[{\"at\":\"A1\"},{\"at\":\"A2\"}],\"papers\":[" + all + "]}}");
        assertThat(buy(described(simple("none") + "parcels: " + parcels + "\n")))
                .isInstanceOfSatisfying(
                        Outcome.Bought.class,
                        bought -> assertThat(bought.label().isPresent()).isEqualTo(isThere));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false"})
    void a_parcel_that_has_two_numbers_is_one_when_its_label_is_asked_for(int parcels, boolean isThere)
            throws IOException {
        mapping("printed", "label/1", """
                fields: { "label.documents[]": { each: papers, fields: { parcel: { from: parcel, int: true }, text: zpl } } }
                """);
        Carrier carrier = described(simple("none")
                + "  label: { method: GET, path: \"/orders/{id}/label\", reply: printed }\nparcels: " + parcels + "\n");
        answer("{\"papers\":[" + paper("shipping_label", ", \"parcel\": 1") + "]}");
        Fetched fetched = carrier.fetch(new ShipmentId("7"), Samples.PDF.of(Map.of(1, "A1", 2, "A2")));
        assertThat(fetched instanceof Fetched.Ready).isEqualTo(isThere);
    }

    private static String paper(String kind, String more) {
        return "{\"kind\":\"" + kind + "\",\"zpl\":\"^XA^XZ\"" + more + "}";
    }

    @Test
    void a_bill_that_is_asked_for_with_a_body_has_pages_only_where_the_body_names_them() throws IOException {
        mapping("day", "free", "fields: { date: day }\n");
        mapping("billed", "bill/1", """
                fields:
                  currency: { const: USD }
                  fees[]:
                    each: fees
                    fields: { id: id, amount: { from: sum, decimal: "." } }
                """);
        String billed = "bill: pull\n" + simple("none")
                + "  billed: { method: POST, path: /bills, request: day, reply: billed }\n";
        answer("{\"fees\":[{\"id\":\"7\",\"sum\":\"9.42\"}]}");
        LocalDate day = LocalDate.parse("2026-11-24");
        assertThat(((Bills) described(billed)).booked(day)).hasSize(1);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
        assertThat(last().getBodyAsString()).isEqualTo("{\"date\":\"2026-11-24\"}");

        file(
                "day/mapping.yaml",
                Files.readString(folder.resolve("ways/day/mapping.yaml")).replace("day }", "day, page: page }"));
        assertThatThrownBy(() -> ((Bills) described(billed)).booked(day))
                .hasMessageContaining("page 1 when it is asked for page 2");
    }

    @Test
    void the_address_of_a_label_may_hold_what_no_address_may() throws IOException {
        byte[] pdf = LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6");
        mapping("sale", "purchase/1", """
                fields: { id: data.id, label.url: { from: data.url } }
                """);
        Carrier carrier = described(simple("none"));
        for (String address :
                List.of("/标签/7 (1).pdf?名=张|伟", "/%E6%A0%87%E7%AD%BE/7%20(1).pdf?%E5%90%8D=%E5%BC%A0%7C%E4%BC%9F")) {
            SERVER.resetAll();
            stub("/orders", "{\"data\":{\"id\":\"7\",\"url\":\"" + SERVER.baseUrl() + address + "\"}}");
            SERVER.stubFor(get("/%E6%A0%87%E7%AD%BE/7%20(1).pdf?%E5%90%8D=%E5%BC%A0%7C%E4%BC%9F")
                    .willReturn(aResponse().withBody(pdf)));
            assertThat(((Outcome.Bought) buy(carrier)).label()).as(address).isPresent();
        }
    }

    @Test
    void a_label_whose_address_does_not_answer_at_once_is_asked_for_again() throws IOException {
        mapping("sale", "purchase/1", """
                fields: { id: data.id, label.url: { from: data.url } }
                """);
        stub("/orders", "{\"data\":{\"id\":\"7\",\"url\":\"" + SERVER.baseUrl() + "/7.pdf\"}}");
        SERVER.stubFor(get("/7.pdf")
                .inScenario("7")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("well"));
        SERVER.stubFor(get("/7.pdf")
                .inScenario("7")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withBody(LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6"))));

        assertThat(((Outcome.Bought) buy(described(simple("none")))).label()).isPresent();
    }

    @Test
    void no_document_is_begun_that_a_purchase_has_no_time_for_and_the_label_comes_later() throws IOException {
        mapping("sale", "purchase/1", """
                fields: { id: data.id, "label.documents[]": { each: data.papers, fields: { url: at } } }
                """);
        String papers = Stream.of(1, 2, 3, 4, 5, 6)
                .map(parcel -> "{\"at\":\"" + SERVER.baseUrl() + "/" + parcel + ".pdf\"}")
                .collect(Collectors.joining(","));
        stub("/orders", "{\"data\":{\"id\":\"7\",\"papers\":[" + papers + "]}}");
        byte[] pdf = LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6");
        SERVER.stubFor(get(urlMatching("/..pdf"))
                .willReturn(aResponse().withFixedDelay(600).withBody(pdf)));
        described(simple("none"));
        Carrier carrier = opened(SERVER.baseUrl() + "/api\naccount.w.connectTimeout=100ms\naccount.w.answerTimeout=1s");

        Outcome.Bought bought = (Outcome.Bought) buy(carrier);

        assertThat(bought.label()).isEmpty();
        SERVER.verify(lessThan(5), getRequestedFor(urlMatching("/..pdf")));
        SERVER.stubFor(get(urlMatching("/..pdf")).willReturn(aResponse().withBody(pdf)));
        assertThat(((LabelsByAddress) carrier).reread(new ShipmentId("7"), new byte[0], bought.response(), Samples.PDF))
                .get()
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents()).hasSize(6));
    }

    @Test
    void a_label_that_stands_at_an_address_only_is_read_from_there_again_by_the_kept_answer() throws IOException {
        mapping("sale", "purchase/1", """
                fields: { id: data.id, label.url: { from: data.url } }
                """);
        stub("/orders", "{\"data\":{\"id\":\"7\",\"url\":\"" + SERVER.baseUrl() + "/7.pdf\"}}");
        SERVER.stubFor(get("/7.pdf").willReturn(aResponse().withStatus(404)));
        Carrier carrier = described(simple("none"));
        Outcome.Bought bought = (Outcome.Bought) buy(carrier);
        assertThat(bought.label()).isEmpty();
        LabelsByAddress addresses = (LabelsByAddress) carrier;
        assertThat(addresses.reread(new ShipmentId("7"), new byte[0], bought.response(), Samples.PDF))
                .get()
                .isInstanceOf(Fetched.NotYet.class);

        SERVER.stubFor(get("/7.pdf")
                .willReturn(aResponse().withBody(LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6"))));
        assertThat(addresses.reread(new ShipmentId("7"), new byte[0], bought.response(), Samples.PDF))
                .get()
                .isInstanceOf(Fetched.Ready.class);
        assertThat(addresses.reread(new ShipmentId("7"), new byte[0], SOLD.getBytes(UTF_8), Samples.PDF))
                .as("a sale that told no address")
                .isEmpty();
        assertThat(addresses.reread(new ShipmentId("8"), new byte[0], bought.response(), Samples.PDF))
                .as("of another shipment than a person told of")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pending, Ready", "ready, Ready", "gone, none"})
    void what_was_pending_at_its_address_when_it_was_sold_is_read_from_there_and_what_was_gone_is_not(
            String status, String comes) throws IOException {
        mapping("sale", "purchase/1", """
                fields: { id: data.id, label.url: { from: data.url }, label.status: data.status }
                """);
        SERVER.stubFor(get("/7.pdf")
                .willReturn(aResponse().withBody(LabelImages.pdf(LabelImagesTest.picture("png", 4), "4x6"))));
        String sold =
                "{\"data\":{\"id\":\"7\",\"status\":\"" + status + "\",\"url\":\"" + SERVER.baseUrl() + "/7.pdf\"}}";
        LabelsByAddress addresses = (LabelsByAddress) described(simple("none"));
        assertThat(addresses
                        .reread(new ShipmentId("7"), new byte[0], sold.getBytes(UTF_8), Samples.PDF)
                        .map(fetched -> fetched.getClass().getSimpleName())
                        .orElse("none"))
                .isEqualTo(comes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"ok":true,"data":null}                                     | Nothing
                    {"ok":true,"data":[],"error":{"text":"no such order"}}      | Nothing
                    {"ok":true,"data":null,"error":{"text":"系统繁忙，请稍后再试"}} | Unreachable
                    {"ok":true,"data":null,"msg":"Please try again later"}      | Unreachable
                    """)
    void a_look_up_that_could_not_be_done_just_now_found_nothing_by_no_means(String said, String found)
            throws IOException {
        allWays(ALL_WAYS.replace(
                "{ref}\" }, reply: sale }",
                "{ref}\" }, reply: sale, reads: { nothing: { path: data, exists: false } } }"));
        answer(said);
        assertThat(opened().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    @Test
    void our_reference_in_small_letters_is_ours() throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data.id\n  reference: data.ref\n");
        Carrier carrier = opened();
        Ref ref = Samples.ref();
        answer("{\"ok\":true,\"data\":{\"id\":\"7\",\"ref\":\"" + ref.value().toLowerCase(Locale.ROOT) + "\"}}");
        assertThat(carrier.find(ref)).isInstanceOf(Found.Sold.class);
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    @Test
    void a_word_that_stands_for_no_service_is_no_wrong_one() throws IOException {
        allWays(ALL_WAYS);

        assertThatCode(() -> opened().services().code("")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'id':'6','ref':'WB-OTHER','state':'sold'},{'id':'7','ref':'%s','state':'sold'}
            {'id':'5','ref':'WB-OTHER','state':'sold'},{'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'%s','state':'sold'}
            {'id':'7','ref':'%s','state':'sold'},{'id':'8','ref':'%s','state':'draft'}
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'%s','state':'sold'}
            {'id':'6','ref':'%s','state':'cancelled'},{'id':'7','ref':'%s','state':'sold'}
            {'id':'6','ref':'WB-OTHER','state':'odd'},{'id':'7','ref':'%s','state':'sold'}
            """)
    void our_order_is_found_wherever_it_stands_among_those_listed(String listed) throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data[0].id\n  reference: data[0].ref\n  status: data[0].state\n");
        Carrier carrier = opened();
        Ref ref = Samples.ref();
        answer("{\"ok\":true,\"data\":[" + listed.replace('\'', '"').replace("%s", ref.value()) + "]}");
        assertThat(carrier.find(ref))
                .isInstanceOfSatisfying(
                        Found.Sold.class,
                        found -> assertThat(found.bought().id()).isEqualTo(new ShipmentId("7")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'%s','state':'odd'}  | false
            {'id':'7','ref':'%s','state':'odd'},{'id':'6','ref':'%s','state':'draft'}  | false
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'WB-OTHER','state':'odd'} | true
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'%s','state':'cancelled'} | true
            """)
    void of_our_orders_one_whose_state_cannot_be_read_may_be_the_sale(String listed, boolean isNone)
            throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data[0].id\n  reference: data[0].ref\n  status: data[0].state\n");
        Carrier carrier = opened();
        Ref ref = Samples.ref();
        answer("{\"ok\":true,\"data\":[" + listed.replace('\'', '"').replace("%s", ref.value()) + "]}");
        assertThat(carrier.find(ref)).isInstanceOf(isNone ? Found.Nothing.class : Found.Unreachable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','ref':'WB-OTHER','state':'odd'} | true
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','state':'odd'}                  | true
            {'id':'7','ref':'WB-OTHER','state':'odd'},{'id':'6','ref':'%s','state':'draft'} | true
            {'id':'6','ref':'%s','state':'draft'},{'ref':'%s','state':'odd'}                | false
            {'id':'6','ref':'%s','state':'draft'},{'id':'7','state':'odd','note':'no %s'}   | false
            """)
    void our_reference_around_a_list_makes_no_order_in_it_ours(String listed, boolean isNone) throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data[0].id\n  reference: data[0].ref\n  status: data[0].state\n");
        Carrier carrier = opened();
        Ref ref = Samples.ref();
        String around =
                "{\"ok\":true,\"query\":\"%s\",\"links\":[{\"self\":\"?ref=%s\"},{\"next\":\"?p=2&ref=%s\"}],\"data\":[";
        answer((around + listed.replace('\'', '"') + "]}").replace("%s", ref.value()));
        assertThat(carrier.find(ref)).isInstanceOf(isNone ? Found.Nothing.class : Found.Unreachable.class);
    }

    @Test
    void our_order_with_a_list_of_its_own_of_which_one_cannot_be_read_may_be_the_sale() throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: ref\n  reference: ref\n  status: data[0].state\n");
        Carrier carrier = opened();
        Ref ref = Samples.ref();
        answer("{\"ok\":true,\"ref\":\"%s\",\"data\":[{\"state\":\"draft\"},{\"state\":\"odd\"}]}"
                .formatted(ref.value()));
        assertThat(carrier.find(ref)).isInstanceOf(Found.Unreachable.class);
    }

    @Test
    void a_list_of_orders_of_others_alone_finds_neither_one_nor_none() throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data[0].id\n  reference: data[0].ref\n");
        Carrier carrier = opened();
        answer("{\"ok\":true,\"data\":[{\"id\":\"6\",\"ref\":\"A\"},{\"id\":\"7\",\"ref\":\"B\"}]}");
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Unreachable.class);
    }

    @ParameterizedTest
    @CsvSource({"PRINTED, true", "PRINTED, false", "ready, true", "pending, false"})
    void an_unknown_word_for_the_status_of_its_label_leaves_no_sale_unknown(String status, boolean isLabel)
            throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", """
                fields:
                  id: data.id
                  trackingNumber: data.no
                  label.status: data.status
                  label.base64: { from: data.pdf }
                """);
        Carrier carrier = opened();
        String pdf = isLabel ? Base64.getEncoder().encodeToString("%PDF-1.4 %%EOF".getBytes(UTF_8)) : "";
        answer("""
                {"ok":true,"data":{"id":"7","no":"T7","status":"%s","pdf":"%s"}}""".formatted(status, pdf));

        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", "tracking 1 T7");
        assertThat(((Outcome.Bought) buy(carrier)).label().isPresent()).isEqualTo(isLabel);
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Sold.class);
    }

    private static final String PIECES = """
              numbers[]: { each: data.pieces, fields: { kind: { from: kind }, parcel: { from: n }, value: { from: code } } }
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"n":1,"code":"A"},{"n":2,"code":null}      | tracking 1 A
                    {"n":1,"code":"A"},{"n":2,"code":""}        | tracking 1 A
                    {"kind":"tracking"},{"kind":"tracking","code":"B"} | tracking 2 B
                    {"code":"A"},{"kind":"last_mile","code":null}  | tracking 1 A
                    """)
    void a_parcel_without_a_number_yet_leaves_no_sale_unknown(String pieces, String told) throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data.id\n" + PIECES);
        Carrier carrier = opened();
        answer("{\"ok\":true,\"data\":{\"id\":\"7\",\"pieces\":[" + pieces + "]}}");

        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", told);
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Sold.class);
    }

    @Test
    void a_label_told_with_the_sale_is_not_the_whole_while_a_parcel_has_no_number() throws IOException {
        allWays("parcels: 3\n" + ALL_WAYS);
        mapping("sale", "purchase/1", "fields:\n  id: data.id\n  label.base64: { from: data.pdf }\n" + PIECES);
        Carrier carrier = opened();
        String sold =
                "{\"ok\":true,\"data\":{\"id\":\"7\",\"pdf\":\"JVBERi0xLjQKJSVFT0Y=\",\"pieces\":[{\"n\":1,\"code\":\"A\"},{\"n\":2,\"code\":%s}]}}";
        answer(sold.formatted("null"));

        assertThat(((Outcome.Bought) buy(carrier)).label()).isEmpty();

        answer(sold.formatted("\"B\""));
        assertThat(((Outcome.Bought) buy(carrier)).label()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"n":1,"code":"A"},{"n":2,"code":null}        | parcel 2 has no number yet
                    {"code":"A"},{"kind":"last_mile","code":null} | the label
                    """)
    void a_label_waits_for_the_numbers_of_parcels_and_for_no_other(String pieces, String told) throws IOException {
        allWays("parcels: 3\n" + ALL_WAYS);
        mapping("printed", "label/1", "fields:\n  label.base64: { from: data.pdf }\n" + PIECES);
        Carrier carrier = opened();
        String pdf = Base64.getEncoder().encodeToString("%PDF-1.4 %%EOF".getBytes(UTF_8));
        answer("{\"ok\":true,\"data\":{\"pdf\":\"" + pdf + "\",\"pieces\":[" + pieces + "]}}");

        Fetched fetched = carrier.fetch(new ShipmentId("7"), Samples.PDF);
        assertThat(fetched instanceof Fetched.NotYet not ? not.why() : "the label")
                .isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"docs\":[{\"kind\":\"shipping_label\",\"pdf\":\"JVBERi0xLjQ=\"},{\"kind\":\"LEAFLET\",\"pdf\":\"JVBERi0xLjQ=\"}]",
                "\"last\":{\"code\":\"L\"}",
                "\"agent\":[\"A\",\"B\"]"
            })
    void what_else_of_a_sale_cannot_be_read_leaves_it_no_less_sold(String beside) throws IOException {
        allWays(ALL_WAYS);
        mapping("sale", "purchase/1", """
                fields:
                  id: data.id
                  trackingNumber: { from: data.no }
                  agentNumber: { from: data.agent }
                  lastMileNumber: { from: data.last }
                  label.documents[]: { each: data.docs, fields: { kind: { from: kind }, base64: { from: pdf } } }
                """);
        Carrier carrier = opened();
        answer("{\"ok\":true,\"data\":{\"id\":\"7\",\"no\":\"T7\"," + beside + "}}");

        assertThat(buy(carrier)).isInstanceOf(Outcome.Bought.class);
        assertThat(numbers(buy(carrier))).containsExactly("shipment 0 7", "tracking 1 T7");
        assertThat(((Outcome.Bought) buy(carrier)).label()).isEmpty();
        assertThat(carrier.find(Samples.ref())).isInstanceOf(Found.Sold.class);
    }

    @Test
    void a_tracking_number_that_is_told_in_another_spelling_is_the_one_that_was_asked_for() throws IOException {
        mapping("tracked", "events/1", """
                fields:
                  events[]:
                    each: data
                    fields: { trackingNumber: no, code: code, at: at }
                """);
        Carrier carrier = described(
                simple("none")
                        + "  track: { method: GET, path: /track, query: { no: \"{trackingNumbers}\" }, most: 9, reply: tracked }\n");
        String event = "{\"no\":\"%s\",\"code\":\"OK\",\"at\":\"2026-11-26T15:41:00-06:00\"}";
        answer("{\"data\":[" + event.formatted("yt 12-3") + "," + event.formatted("9400 1") + ","
                + event.formatted("X9") + "]}");
        assertThat(((Tracks) carrier).track(List.of("YT123", "94001")))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("YT123", "94001", "X9");
    }

    @Test
    void an_event_that_cannot_be_read_hides_no_other() throws IOException {
        Carrier carrier = tracked();
        String event = "{\"no\":\"%s\",\"code\":\"%s\",\"at\":\"%s\"}";
        answer("{\"data\":[" + event.formatted("94001", "IN", "2026-11-25T08:00:00-06:00") + ","
                + event.formatted("94001", "XX", "soon") + ",{\"at\":\"never\"},"
                + event.formatted("94001", "", "2026-11-25T10:00:00-06:00") + ","
                + event.formatted("94001", "OK", "2026-11-26T15:41:00-06:00") + "]}");

        assertThat(((Tracks) carrier).track(List.of("94001")))
                .extracting(Tracks.Event::code)
                .containsExactly("IN", "OK");
    }

    @Test
    void a_number_the_carrier_does_not_know_hides_no_other_of_its_call() throws IOException {
        file("errors.csv", "code,word\n404,nothing\n");
        Tracks carrier = (Tracks) tracked();
        answer("{\"data\":[{\"no\":\"94002\",\"code\":\"IN\",\"at\":\"2026-11-25T08:00:00-06:00\"}]}");
        SERVER.stubFor(get(urlPathEqualTo("/api/track"))
                .withQueryParam("no", containing("94001"))
                .willReturn(aResponse().withStatus(404).withBody("{\"code\":\"404\",\"message\":\"no such number\"}")));

        assertThat(carrier.most()).isEqualTo(9);
        assertThat(carrier.track(List.of("94001", "94002")))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("94002");
    }

    @Test
    void of_several_numbers_an_event_without_one_hides_no_other() throws IOException {
        tracked();
        file(
                "tracked/mapping.yaml",
                Files.readString(folder.resolve("ways/tracked/mapping.yaml"))
                        .replace("trackingNumber: no", "trackingNumber: { from: no }"));
        answer("{\"data\":[{\"code\":\"IN\",\"at\":\"2026-11-25T08:00:00-06:00\"},"
                + "{\"no\":\"94002\",\"code\":\"OK\",\"at\":\"2026-11-25T08:00:00-06:00\"}]}");

        assertThat(((Tracks) opened()).track(List.of("94001", "94002")))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("94002");
    }

    @Test
    void a_pushed_event_that_cannot_be_read_holds_back_no_other_nor_a_label() throws IOException {
        Webhooks carrier = pushing();
        String event = "{\"no\":\"%s\",\"code\":\"%s\",\"at\":\"%s\"}";
        byte[] body = ("{\"id\":\"7\",\"data\":[" + event.formatted("94001", "IN", "2026-11-25T08:00:00-06:00") + ","
                        + event.formatted("94002", "XX", "soon") + ","
                        + event.formatted("", "IN", "2026-11-25T09:00:00-06:00") + ","
                        + event.formatted("94003", "OK", "2026-11-26T15:41:00-06:00") + "]}")
                .getBytes(UTF_8);

        assertThat(carrier.read(body)).extracting(Tracks.Event::trackingNumber).containsExactly("94001", "94003");
        assertThat(carrier.arrived(body)).extracting(Webhooks.Arrived::id).containsExactly(new ShipmentId("7"));
    }

    @Test
    void a_push_none_of_whose_events_can_be_read_is_kept_for_a_person() throws IOException {
        Webhooks carrier = pushing();
        assertThatThrownBy(() ->
                        carrier.read("{\"data\":[{\"no\":\"94001\",\"code\":\"IN\",\"at\":\"soon\"}]}".getBytes(UTF_8)))
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> carrier.read(
                        "{\"data\":[{\"code\":\"IN\",\"at\":\"2026-11-25T09:00:00-06:00\"}]}".getBytes(UTF_8)))
                .hasMessageContaining("which parcel");
    }

    @Test
    void a_label_that_is_pushed_comes_though_no_event_beside_it_nor_its_price_can_be_read() throws IOException {
        mapping("pushed", "push/1", """
                fields:
                  id: { from: id }
                  label.base64: { from: pdf }
                  total: { from: sum, decimal: "." }
                  currency: { from: money }
                  events[]:
                    each: data
                    fields: { trackingNumber: { from: no }, code: code, at: { from: at, date: iso } }
                """);
        Webhooks carrier = (Webhooks)
                described(simple("none") + "webhook: { proof: token, header: X-Token, secret: word, reply: pushed }\n");
        String pushed =
                "{\"id\":\"7\",\"pdf\":\"JVBERi0xLjQgJSVFT0Y=\",\"sum\":\"n/a\",\"money\":\"USD\",\"data\":[{\"no\":\"94001\",\"code\":\"IN\",\"at\":\"%s\"}]}";

        byte[] readable = pushed.formatted("2026-11-25T09:00:00-06:00").getBytes(UTF_8);
        assertThat(carrier.read(readable)).hasSize(1);
        for (byte[] body : List.of(readable, pushed.formatted("soon").getBytes(UTF_8))) {
            assertThat(carrier.arrived(body))
                    .extracting(Webhooks.Arrived::label)
                    .hasOnlyElementsOfType(Fetched.Ready.class)
                    .hasSize(1);
        }
        assertThatThrownBy(() -> carrier.read(pushed.formatted("soon").getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Pushes what {@link #tracked} answers, and an order's {@code id}. */
    private Webhooks pushing() throws IOException {
        mapping("pushed", "push/1", """
                fields:
                  id: { from: id }
                  events[]:
                    each: data
                    fields: { trackingNumber: { from: no }, code: code, at: { from: at, date: iso } }
                """);
        return (Webhooks)
                described(simple("none") + "webhook: { proof: token, header: X-Token, secret: word, reply: pushed }\n");
    }

    @Test
    void an_answer_none_of_whose_events_can_be_read_has_failed() throws IOException {
        Carrier carrier = tracked();
        answer("{\"data\":[{\"no\":\"94001\",\"code\":\"IN\",\"at\":\"soon\"}]}");

        assertThatThrownBy(() -> ((Tracks) carrier).track(List.of("94001")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("soon");
    }

    /** Its events are in {@code data}. */
    private Carrier tracked() throws IOException {
        mapping("tracked", "events/1", """
                fields:
                  events[]:
                    each: data
                    fields: { trackingNumber: no, code: code, at: { from: at, date: iso } }
                """);
        return described(
                simple("none")
                        + "  track: { method: GET, path: /track, query: { no: \"{trackingNumbers}\" }, most: 9, reply: tracked }\n");
    }

    @ParameterizedTest
    @CsvSource({"epoch, 1795510805", "epoch-ms, 1795510805000", "epoch-ms, '\"1795510805000\"'"})
    void the_time_of_a_scan_may_be_counted_since_1970(String pattern, String told) throws IOException {
        tracked();
        file(
                "tracked/mapping.yaml",
                Files.readString(folder.resolve("ways/tracked/mapping.yaml")).replace("iso", pattern));
        answer("{\"data\":[{\"no\":\"94001\",\"code\":\"IN\",\"at\":" + told + "}]}");
        assertThat(((Tracks) opened()).track(List.of("94001")))
                .extracting(event -> event.at().toInstant().toString())
                .containsExactly("2026-11-24T09:00:05Z");
    }

    @Test
    void the_channels_of_a_quote_are_asked_side_by_side() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        try (Quotes quotes = new Quotes(() -> together.await(10, TimeUnit.SECONDS))) {
            List<Rates.Rate> rates = rates(quoting("G1,ground\nE1,economy\nX1,express\n", quotes, ""));

            assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "economy", "express");
            assertThat(rates).extracting(Rates.Rate::excluded).containsOnlyNulls();
        }
    }

    @Test
    void no_channel_of_a_quote_is_missing_for_the_pace_of_its_account() throws Exception {
        try (Quotes quotes = new Quotes(() -> {})) {
            Rates carrier =
                    quoting("G1,ground\nE1,economy\nX1,express\nS1,slow\n", quotes, "\naccount.w.callsPerSecond=1");

            assertThat(rates(carrier))
                    .extracting(Rates.Rate::excluded)
                    .hasSize(4)
                    .containsOnlyNulls();
        }
    }

    @Test
    void the_quotes_of_an_account_share_the_questions_it_asks_at_a_time() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Semaphore answers = new Semaphore(0);
        ExecutorService workers = Executors.newFixedThreadPool(3);
        try (Quotes quotes = new Quotes(() -> {
            most.accumulateAndGet(asked.incrementAndGet(), Math::max);
            boolean isAnswered = answers.tryAcquire(10, TimeUnit.SECONDS);
            asked.decrementAndGet();
            assertThat(isAnswered).isTrue();
        })) {
            Rates carrier = quoting("G1,ground\nE1,economy\nX1,express\nS1,slow\n", quotes, "");
            List<Future<List<Rates.Rate>>> all = Stream.generate(() -> workers.submit(() -> rates(carrier)))
                    .limit(3)
                    .toList();
            await().until(() -> asked.get() >= 6);
            answers.release(12);

            for (Future<List<Rates.Rate>> one : all) {
                assertThat(one.get())
                        .extracting(Rates.Rate::excluded)
                        .hasSize(4)
                        .containsOnlyNulls();
            }
            assertThat(most).hasValue(6);
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<Rates.Rate> rates(Rates carrier) {
        return carrier.rates(Samples.shipment(Samples.home("Jane Roe"), "", Samples.PDF, "1.2"));
    }

    private Rates quoting(String services, Quotes quotes, String settings) throws IOException {
        file("services.csv", "code,word\n" + services);
        mapping("quote", "free", """
                fields:
                  channelCode: channel
                """);
        mapping("quoted", "rates/1", """
                fields:
                  rates[]: { each: data, fields: { channel: code, total: { from: fee, decimal: "." }, currency: currency } }
                """);
        described("auth: none\nclass: C\nunits: g/cm\n" + CREATE
                + "  rates: { method: POST, path: /quotes, request: quote, reply: quoted }\n");
        return (Rates) opened(quotes.url() + settings);
    }

    /** Answers each question for a price once {@code before} is over; with 400 where it ends otherwise. */
    private static final class Quotes implements AutoCloseable {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        interface Before {
            void run() throws InterruptedException, BrokenBarrierException, TimeoutException;
        }

        Quotes(Before before) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    answer(exchange, before);
                }
            });
            server.start();
        }

        private static void answer(HttpExchange exchange, Before before) throws IOException {
            String code = Json.mapper()
                    .readTree(exchange.getRequestBody())
                    .path("channelCode")
                    .asText();
            byte[] answer =
                    ("{\"data\":[{\"code\":\"" + code + "\",\"fee\":\"4.10\",\"currency\":\"USD\"}]}").getBytes(UTF_8);
            try {
                before.run();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                exchange.sendResponseHeaders(400, -1);
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
