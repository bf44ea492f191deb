package io.waybill.edge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.waybill.delivery.Event;
import io.waybill.format.EdiStamp;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Stores;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.trace.KeptSpans;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The sink templates and Acme's three sinks, as they ship. */
class SinkRoutesTest extends CamelTestSupport {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final String NEXT = "whsec_" + "QUJD".repeat(8);
    private static final Event LABELLED = new Event(
            "evt_01J0000000000000000000000A",
            "order.labelled",
            "acme",
            "SO-1",
            "{\"subject\":\"SO-1\",\"city\":\"Köln\"}");

    @RegisterExtension
    static final WireMockExtension OMS = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path temporary;

    private Path folder;

    private final JdbcDataSource erp = new JdbcDataSource();
    private volatile String mapped = "{}";
    private volatile List<String> columns = List.of();
    private volatile @Nullable Reading output;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        folder = Files.createDirectory(temporary.resolve("wms in + out & %20"));
        String text = """
                sink.acme-oms.namespaces=acme
                sink.acme-oms.url=%1$s/hooks?from=waybill
                sink.acme-oms.secret=%2$s
                sink.acme-crm.secret=%2$s
                sink.acme-crm.secret.next=%4$s
                sink.acme-crm.partner.shop=7
                sink.acme-wms.namespaces=acme
                sink.acme-wms.mapping=acme-wms-label
                sink.acme-wms.folder=%3$s
                sink.acme-erp.namespaces=acme
                sink.acme-erp.mapping=acme-erp-cost
                sink.acme-erp.datasource=erp
                sink.acme-sap.namespaces=acme
                sink.acme-sap.mapping=sap-shpcon
                sink.acme-sap.folder=%3$s
                """.formatted(OMS.baseUrl(), SECRET, folder, NEXT);
        Verbs.register(
                camel,
                Settings.of(text),
                new MappingVerb.Mapper() {
                    @Override
                    public String map(String mapping, String json) {
                        return mapped;
                    }

                    @Override
                    public List<String> columns(String mapping) {
                        return columns;
                    }

                    @Override
                    public @Nullable Reading output(String mapping) {
                        return output;
                    }
                },
                (name, subject) -> new EdiStamp(7, Instant.EPOCH),
                VerifyVerb.Inbox.FORGETFUL);
        erp.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        camel.getRegistry().bind("erp", erp);
        Properties settings = new Properties();
        settings.load(new StringReader(text));
        camel.getPropertiesComponent().setInitialProperties(settings);
        return camel;
    }

    @Override
    protected void doPostSetup() throws Exception {
        for (String file : List.of(
                "templates/sink-http.yaml",
                "templates/sink-file.yaml",
                "templates/sink-sql.yaml",
                "sinks/acme-oms.yaml",
                "sinks/acme-wms.yaml",
                "sinks/acme-erp.yaml",
                "sinks/acme-sap.yaml")) {
            Resource resource = PluginHelper.getResourceLoader(context).resolveResource("file:routes/" + file);
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        }
        try (Connection connection = erp.getConnection()) {
            connection.createStatement().execute("""
                    CREATE TABLE label_cost (event_id VARCHAR(40), line_no INT, order_id VARCHAR(200), shipment_id VARCHAR(40), cost_centre VARCHAR(20), tracking_number VARCHAR(100),
                        charge_type VARCHAR(30), amount DECIMAL(19, 4) CHECK (amount < 1000), currency VARCHAR(3), PRIMARY KEY (event_id, line_no))""");
        }
    }

    @Test
    void every_sink_route_says_its_name_and_what_it_is_for() {
        assertThat(context.getRoutes())
                .extracting(route -> route.getRouteId())
                .containsExactlyInAnyOrder("sink.acme-oms", "sink.acme-wms", "sink.acme-erp", "sink.acme-sap");
        assertThat(context.getRoutes())
                .allSatisfy(route -> assertThat(route.getDescription()).isNotBlank());
    }

    @Test
    void an_event_is_written_as_an_interchange_and_again_as_the_same() throws Exception {
        mapped = """
                {"transaction": "DESADV", "interchange": {"sender": "WAYBILL", "receiver": "SHOPCO"},
                 "BGM": {"BGM01": "351", "BGM02": "shp_1"}, "NAD": {"DP": {"NAD04": "Köln"}}}""";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sink.edi")
                        .errorHandler(noErrorHandler())
                        .to("waybill-map:despatch?as=edifact")
                        .toD("waybill-write-file:edi?folder=RAW(" + folder + ")&suffix=edifact");
            }
        });

        deliver("edi", LABELLED);
        deliver("edi", LABELLED);

        Path file = folder.resolve(LABELLED.id() + ".edifact");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("UNB+UNOC:3+WAYBILL+SHOPCO+700101:0000+7'")
                .contains("NAD+DP+++Köln'");
    }

    @Test
    void an_event_is_written_as_the_file_its_mapping_names_under_a_suffix_of_its_own() throws Exception {
        mapped = "EDI_DC40";

        deliver("acme-sap", LABELLED);

        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith(".idoc"));
        mapped = "[]";
    }

    @Test
    void a_file_as_its_mapping_writes_it_ends_as_files_of_that_format_do_where_no_suffix_is_said() throws Exception {
        mapped = "SO-1  12.40";
        output = Reading.of(Format.FIXED);
        TemplatedRouteBuilder.builder(context, "sink-file")
                .routeId("sink.lines")
                .parameter("name", "lines")
                .parameter("mapping", "lines")
                .parameter("folder", folder.toString())
                .parameter("format", "file")
                .add();

        deliver("lines", LABELLED);

        assertThat(folder).isDirectoryContaining(file -> file.endsWith(LABELLED.id() + ".txt"));
        context.getRouteController().stopRoute("sink.lines");
        context.removeRoute("sink.lines");
        mapped = "[]";
        output = null;
    }

    @Test
    void an_event_is_posted_with_a_signature_anyone_can_recompute() throws Exception {
        OMS.stubFor(post(anyUrl()).willReturn(ok()));

        deliver("acme-oms", LABELLED);

        LoggedRequest request = OMS.findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(request.getUrl()).isEqualTo("/hooks?from=waybill");
        assertThat(request.getHeader("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(new String(request.getBody(), StandardCharsets.UTF_8)).isEqualTo(LABELLED.json());
        assertThat(request.getHeader("webhook-id")).isEqualTo(LABELLED.id());
        String timestamp = request.getHeader("webhook-timestamp");
        assertThat(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
        assertThat(request.getHeader("webhook-signature")).isEqualTo(signature(timestamp, LABELLED.json()));
        assertThat(request.getHeaders().keys())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("waybill"));
    }

    @Test
    void who_is_posted_to_learns_where_it_stands_in_the_orders_trace_while_traces_are_kept() throws Exception {
        OMS.stubFor(post(anyUrl()).willReturn(ok()));
        deliver("acme-oms", LABELLED);
        try (AutoCloseable traces = Traces.into(new KeptSpans(), 1);
                Step step = Traces.call("deliver", LABELLED.subject())) {
            deliver("acme-oms", LABELLED);
        }

        assertThat(OMS.findAll(postRequestedFor(anyUrl())))
                .extracting(request -> request.getHeader("traceparent"))
                .satisfiesExactly(
                        untraced -> assertThat(untraced).isNull(),
                        traced -> assertThat(traced).startsWith("00-" + Traces.idOf(LABELLED.subject()) + "-"));
    }

    @Test
    void an_event_is_posted_as_its_mapping_writes_it_and_signed_so() throws Exception {
        OMS.stubFor(post(anyUrl()).willReturn(ok()));
        TemplatedRouteBuilder.builder(context, "sink-http")
                .parameter("name", "acme-crm")
                .parameter("url", OMS.baseUrl() + "/crm")
                .parameter("mapping", "crm-label")
                .routeId("sink.acme-crm")
                .add();

        mapped = "[]";
        deliver("acme-crm", LABELLED);
        OMS.verify(0, postRequestedFor(anyUrl()));
        mapped = "{\"number\": \"SO-1\"}";
        deliver("acme-crm", LABELLED);

        LoggedRequest request = OMS.findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(request.getBodyAsString()).isEqualTo(mapped);
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        assertThat(request.getHeader("webhook-id")).isEqualTo(LABELLED.id());
        assertThat(request.getHeader("webhook-signature"))
                .startsWith(signature(request.getHeader("webhook-timestamp"), mapped));
    }

    @Test
    void while_a_secret_is_replaced_an_event_is_signed_with_both_the_one_in_use_first() throws Exception {
        OMS.stubFor(post(anyUrl()).willReturn(ok()));
        TemplatedRouteBuilder.builder(context, "sink-http")
                .parameter("name", "acme-crm")
                .parameter("url", OMS.baseUrl() + "/crm")
                .routeId("sink.acme-crm-both")
                .add();

        deliver("acme-crm", LABELLED);

        LoggedRequest request = OMS.findAll(postRequestedFor(anyUrl())).get(0);
        String body = new String(request.getBody(), StandardCharsets.UTF_8);
        String timestamp = request.getHeader("webhook-timestamp");
        assertThat(request.getHeader("webhook-signature").split(" "))
                .containsExactly(signature(timestamp, body), signature(NEXT, timestamp, body));
    }

    private static String signature(String timestamp, String body) throws Exception {
        return signature(SECRET, timestamp, body);
    }

    private static String signature(String secret, String timestamp, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        String signed = LABELLED.id() + "." + timestamp + "." + body;
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_answer_other_than_2xx_is_a_failure_and_is_not_sent_again_by_the_client() {
        for (int status : new int[] {400, 429, 503}) {
            OMS.resetAll();
            OMS.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Retry-After", "0")));

            assertThatThrownBy(() -> deliver("acme-oms", LABELLED)).hasMessageContaining(Integer.toString(status));
            OMS.verify(1, postRequestedFor(anyUrl()));
        }
    }

    @Test
    void a_broken_connection_is_a_failure_and_is_not_sent_again_by_the_client() {
        OMS.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> deliver("acme-oms", LABELLED)).isInstanceOf(Exception.class);
        OMS.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void a_redirect_is_not_followed() {
        OMS.stubFor(post(anyUrl()).willReturn(temporaryRedirect("/elsewhere")));

        assertThatThrownBy(() -> deliver("acme-oms", LABELLED)).hasMessageContaining("302");
        OMS.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void no_secret_stands_in_a_route_or_an_endpoint() {
        assertThat(context.getEndpoints()).extracting(Object::toString).noneMatch(uri -> uri.contains("whsec_"));
        assertThat(context.getEndpoints()).extracting(Endpoint::getEndpointUri).noneMatch(uri -> uri.contains(SECRET));
    }

    @Test
    void an_event_its_mapping_skips_is_sent_without_a_file_or_a_row() throws Exception {
        mapped = "[]";

        deliver("acme-wms", LABELLED);
        deliver("acme-erp", LABELLED);

        assertThat(files()).isEmpty();
        assertThat(costs()).isEmpty();
    }

    @Test
    void a_sink_without_a_route_fails_at_once_and_says_so() {
        Instant before = Instant.now();

        assertThatThrownBy(() -> deliver("acme-omx", LABELLED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("direct:sink.acme-omx");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_failure_a_route_swallows_is_still_not_sent() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).log("swallowed");
                from("direct:sink.swallows").throwException(new IllegalStateException("disk full"));
            }
        });

        assertThatThrownBy(() -> deliver("swallows", LABELLED)).hasMessage("disk full");
    }

    @Test
    void every_file_has_the_columns_of_its_mapping_whatever_its_event_lacks() throws Exception {
        columns = List.of("order", "cost", "number");
        mapped = "{\"order\":\"1\",\"number\":\"T1\"}";
        deliver("acme-wms", LABELLED);
        assertThat(folder.resolve(LABELLED.id() + ".csv")).hasContent("order,cost,number\r\n1,,T1\r\n");
    }

    @Test
    void a_table_is_written_as_the_output_of_its_mapping_says() throws Exception {
        output = Reading.of(Format.CSV).withDelimiter(';').withCharset(StandardCharsets.ISO_8859_1);
        mapped = "{\"order\":\"1\",\"city\":\"Köln\"}";
        deliver("acme-wms", LABELLED);
        assertThat(folder.resolve(LABELLED.id() + ".csv"))
                .hasBinaryContent("order;city\r\n1;Köln\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_mapped_event_becomes_one_csv_file_named_after_it() throws Exception {
        mapped = "{\"order\":\"SO-1\",\"note\":\"=cmd()\",\"city\":\"Köln, Süd\",\"cost\":9.420,\"delta\":\"-2.45\"}";

        deliver("acme-wms", LABELLED);
        deliver("acme-wms", LABELLED);

        assertThat(files()).containsExactly(LABELLED.id() + ".csv");
        assertThat(folder.resolve(LABELLED.id() + ".csv"))
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent("order,note,city,cost,delta\r\nSO-1,'=cmd(),\"Köln, Süd\",9.420,-2.45\r\n");
    }

    @Test
    void a_file_with_other_content_is_never_overwritten() throws Exception {
        mapped = "{\"a\":1}";
        Path file = folder.resolve(LABELLED.id() + ".csv");
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> deliver("acme-wms", LABELLED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_file_left_half_written_is_completed_by_the_next_attempt() throws Exception {
        Files.writeString(
                folder.resolve("." + LABELLED.id() + ".csv.tmp"), "a very long half-written line that is too long");
        mapped = "{\"a\":1}";

        deliver("acme-wms", LABELLED);

        assertThat(files()).containsExactly(LABELLED.id() + ".csv");
        assertThat(folder.resolve(LABELLED.id() + ".csv")).hasContent("a\r\n1\r\n");
    }

    @Test
    void a_folder_that_is_not_mounted_is_a_failure_not_a_new_folder() throws Exception {
        Files.delete(folder);

        assertThatThrownBy(() -> deliver("acme-wms", LABELLED)).hasMessageContaining("does not exist");
        assertThat(folder).doesNotExist();
    }

    @Test
    void the_same_event_twice_inserts_its_rows_once() throws Exception {
        mapped = """
                {"rows":[{"order_id":"SO-1","shipment_id":"shp_1","cost_centre":"4711","tracking_number":"1Z","charge_type":"shipping","amount":"9.42","currency":"USD"},
                         {"order_id":"SO-1'; DROP TABLE label_cost; --","charge_type":"fuel_charge","amount":1.10,"currency":"USD"}]}""";

        deliver("acme-erp", LABELLED);
        deliver("acme-erp", LABELLED);

        assertThat(costs())
                .containsExactly(
                        LABELLED.id() + " 1 SO-1 1Z shipping 9.4200",
                        LABELLED.id() + " 2 SO-1'; DROP TABLE label_cost; -- null fuel_charge 1.1000");
    }

    @Test
    void a_charge_whose_tracking_number_is_still_to_come_is_inserted_without_one() throws Exception {
        mapped = """
                {"rows": [{"order_id":"SO-1","charge_type":"base","amount":"8.10","currency":"USD","cost_centre":"4711"}]}""";

        deliver("acme-erp", LABELLED);

        assertThat(costs()).containsExactly(LABELLED.id() + " 1 SO-1 null base 8.1000");
    }

    @Test
    void the_rows_of_an_event_are_inserted_all_or_none() throws Exception {
        mapped = """
                [{"order_id":"SO-1","shipment_id":"shp_1","cost_centre":"4711","tracking_number":"1Z","charge_type":"shipping","amount":"9.42","currency":"USD"},
                 {"order_id":"SO-1","shipment_id":"shp_1","cost_centre":"4711","tracking_number":"1Z","charge_type":"shipping","amount":"5000","currency":"USD"}]""";

        assertThatThrownBy(() -> deliver("acme-erp", LABELLED)).isInstanceOf(Exception.class);
        assertThat(costs()).isEmpty();
    }

    @Test
    void an_update_of_several_rows_of_which_one_is_not_there_is_not_sent() throws Exception {
        mapped = """
                [{"order_id":"SO-1","tracking_number":"1Z"}, {"order_id":"SO-2","tracking_number":"2Z"}]""";
        writes("1", erp, "UPDATE label_cost SET tracking_number = :#tracking_number WHERE order_id = :#order_id");
        execute("INSERT INTO label_cost (event_id, line_no, order_id) VALUES ('SO-1', 1, 'SO-1')");

        assertThatThrownBy(() -> deliver("acme-update", LABELLED))
                .hasMessageContaining("acme-update changed 1 rows, expected at least 2");

        execute("INSERT INTO label_cost (event_id, line_no, order_id) VALUES ('SO-2', 2, 'SO-2')");
        deliver("acme-update", LABELLED);
        assertThat(costs()).containsExactly("SO-1 1 SO-1 1Z null null", "SO-2 2 SO-2 2Z null null");
    }

    @Test
    void rows_that_a_driver_writes_without_saying_how_many_are_written() throws Exception {
        mapped = """
                [{"order_id":"SO-1","tracking_number":"1Z"}, {"order_id":"SO-2","tracking_number":"2Z"}]""";
        var database = Stores.postgres();
        PGSimpleDataSource silent = new PGSimpleDataSource();
        silent.setURL(database.url());
        silent.setUser(database.user());
        silent.setPassword(database.password());
        silent.setReWriteBatchedInserts(true);
        try (Connection connection = silent.getConnection()) {
            connection.createStatement().execute("CREATE TABLE label_cost (order_id TEXT, tracking_number TEXT)");
        }
        writes(
                "0",
                silent,
                "INSERT INTO label_cost (order_id, tracking_number) VALUES (:#order_id, :#tracking_number)");

        deliver("acme-update", LABELLED);

        try (Connection connection = silent.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM label_cost")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void a_number_sign_in_a_text_of_a_statement_stays_what_it_is() throws Exception {
        execute("CREATE TABLE told (word VARCHAR(99))");
        mapped = "{\"order_id\":\"SO-1\"}";
        writes("1", erp, "INSERT INTO told VALUES (CONCAT('order #', :#order_id))");

        deliver("acme-update", LABELLED);

        try (Connection connection = erp.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT word FROM told")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("order #SO-1");
        }
    }

    private void writes(String least, DataSource database, String statement) throws Exception {
        context.getRegistry().bind("written", DataSource.class, database);
        TemplatedRouteBuilder.builder(context, "sink-sql")
                .routeId("sink.acme-update")
                .parameter("name", "acme-update")
                .parameter("mapping", "any")
                .parameter("datasource", "written")
                .parameter("least", least)
                .parameter("insert", statement)
                .add();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = erp.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void a_row_that_is_not_flat_is_refused_by_name() {
        mapped = "{\"orderId\":\"SO-1\",\"shipTo\":{\"city\":\"Köln\"}}";

        assertThatThrownBy(() -> deliver("acme-erp", LABELLED)).hasMessageContaining("shipTo");
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[0];
    }

    private void deliver(String sink, Event event) throws Exception {
        new SinkPort(template, sink).deliver(event);
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private List<String> costs() throws SQLException {
        List<String> costs = new ArrayList<>();
        try (Connection connection = erp.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT event_id, line_no, order_id, tracking_number, charge_type, amount FROM label_cost ORDER BY line_no")) {
            while (rows.next()) {
                costs.add("%s %s %s %s %s %s"
                        .formatted(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getString(6)));
            }
        }
        return costs;
    }
}
