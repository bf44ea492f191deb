package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each route file is loaded alone. */
class RoutesTest {
    private static final Settings SETTINGS = Settings.of("""
            source.good.namespace=acme
            source.bad.namespace=acme
            source.worse.namespace=acme
            sink.oms.namespaces=acme
            source.good.reply=hello
            """);

    @TempDir
    Path elsewhere;

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put("source.good.reply", "hello");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_webhook_without_proof_of_its_sender_is_refused() throws IOException {
        write("sources/good.yaml", "- from:\n    uri: platform-http:/hooks/good\n    steps:\n      - log: x\n");

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .contains("route-unverified " + folder + "/sources/good.yaml:2");
    }

    @Test
    void a_route_that_lets_a_document_choose_its_target_is_refused() throws IOException {
        write("sources/good.yaml", """
                - from:
                    uri: direct:good
                    steps:
                      - toD: "direct:${header.where}"
                """);

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .contains("route-chosen-by-data " + folder + "/sources/good.yaml:4");
    }

    @Test
    void a_step_that_would_make_a_folder_where_nothing_is_mounted_is_told() throws IOException {
        write("sources/good.yaml", """
                - from:
                    uri: direct:good
                    steps:
                      - to: "file:/mnt/partner/in?tempPrefix=."
                      - to: "file:/mnt/partner/out?tempPrefix=.&autoCreate=false"
                """);

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).contains("sources/good.yaml");
        assertThat(loaded.warnings())
                .extracting(RoutesTest::where)
                .contains("route-makes-folder " + folder + "/sources/good.yaml:4")
                .doesNotContain("route-makes-folder " + folder + "/sources/good.yaml:5");
    }

    @Test
    void one_broken_route_file_leaves_the_others_running() throws IOException {
        write("sources/bad.yaml", "- from:\n    uri: direct:bad\n    steps:\n      - to: direct:nobody\n");
        write("sources/worse.yaml", "- from:\n    uri: direct:worse\n    steps:\n      - setBdy: x\n");
        write("sources/good.yaml", """
                - from:
                    uri: direct:good
                    steps:
                      - setBody:
                          constant: "{{source.good.reply}}"
                """);
        write("sinks/spare.yaml", "- from:\n    uri: direct:sink.spare\n    steps:\n      - log: x\n");

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).containsExactly("sources/good.yaml");
        assertThat(loaded.off()).containsExactly("sinks/spare.yaml");
        assertThat(loaded.refused()).isEqualTo(2);
        assertThat(loaded.problems())
                .extracting(RoutesTest::where)
                .containsExactlyInAnyOrder(
                        "route-target-unknown " + folder + "/sources/bad.yaml:4",
                        "route-broken " + folder + "/sources/worse.yaml:4",
                        "sink-without-route waybill.properties:4");
        try (var producer = context.createProducerTemplate()) {
            assertThat(producer.requestBody("direct:good", "", String.class)).isEqualTo("hello");
        }
    }

    @Test
    void the_files_that_ship_are_all_read_and_none_runs_without_its_setting() {
        Routes.Loaded loaded = Routes.load(context, Path.of("routes"), Settings.of(""), Set.of());

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.loaded()).contains("templates/sink-http.yaml", "templates/sink-file.yaml");
        assertThat(loaded.off()).contains("sinks/acme-oms.yaml", "sinks/acme-wms.yaml", "sinks/acme-erp.yaml");
    }

    @Test
    void of_two_files_with_one_route_id_the_one_it_is_not_named_after_is_refused() throws IOException {
        write(
                "sources/bad.yaml",
                "- route:\n    id: source.good\n    from:\n      uri: direct:bad\n      steps:\n        - log: x\n");
        write(
                "sources/good.yaml",
                "- route:\n    id: source.good\n    from:\n      uri: direct:good\n      steps:\n        - log: x\n");
        write(
                "sources/worse.yaml",
                "- route:\n    id: worse\n    from:\n      uri: direct:worse\n      steps:\n        - log: x\n");

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).containsExactly("sources/good.yaml");
        assertThat(loaded.refused()).isEqualTo(2);
        assertThat(loaded.problems())
                .extracting(RoutesTest::where)
                .contains(
                        "route-id-taken " + folder + "/sources/bad.yaml:2",
                        "route-id-foreign " + folder + "/sources/worse.yaml:2");
        assertThat(loaded.problems().get(0).detail(java.util.Locale.ENGLISH)).contains(folder + "/sources/good.yaml");
    }

    @Test
    void a_folder_may_be_a_link_to_where_it_is_kept() throws IOException {
        write("kept/good.yaml", """
                - from:
                    uri: direct:good
                    steps:
                      - setBody:
                          constant: x
                """);
        Files.move(folder.resolve("kept"), elsewhere.resolve("kept"));
        Files.createSymbolicLink(folder.resolve("sources"), elsewhere.resolve("kept"));

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).containsExactly("sources/good.yaml");
        assertThat(loaded.warnings())
                .extracting(RoutesTest::where)
                .noneMatch(where -> where.startsWith("route-not-read"));
    }

    @Test
    void a_file_that_nobody_will_read_is_told() throws IOException {
        write("sources/good.yml", "- from: { uri: direct:good, steps: [] }\n");
        write("source/good.yaml", "- from: { uri: direct:good, steps: [] }\n");
        write("good.yaml", "- from: { uri: direct:good, steps: [] }\n");
        write("sources/old/good.yaml", "- from: { uri: direct:good, steps: [] }\n");
        write(".git/good.yaml", "- from: { uri: direct:good, steps: [] }\n");
        write("sources/README.md", "what is here\n");

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).warnings())
                .extracting(RoutesTest::where)
                .containsExactly(
                        "route-not-read " + folder + "/good.yaml:1",
                        "route-not-read " + folder + "/source/good.yaml:1",
                        "route-not-read " + folder + "/sources/good.yml:1");
    }

    @Test
    void a_file_that_decides_by_itself_what_happens_on_failure_is_told() throws IOException {
        write("sources/good.yaml", """
                - from:
                    uri: direct:good
                    steps:
                      - doTry:
                          steps:
                            - to: log:x
                          doCatch:
                            - exception: [java.lang.Exception]
                              steps:
                                - log: lost
                """);

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).warnings())
                .extracting(RoutesTest::where)
                .containsExactly("route-own-failures " + folder + "/sources/good.yaml:4");
    }

    @Test
    void one_id_twice_in_a_file_is_refused() throws IOException {
        String route =
                "- route:\n    id: source.good.%1$s\n    from:\n      uri: direct:%2$s\n      steps:\n        - log: x\n";
        write("sources/good.yaml", route.formatted("hook", "one") + route.formatted("hook", "two"));

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .contains("route-id-taken " + folder + "/sources/good.yaml:8");
    }

    /** Of each Camel would take the last, and say nothing. */
    @Test
    void a_key_or_a_parameter_twice_is_refused_at_its_line() throws IOException {
        template();
        write("sources/good.yaml", use("good", "good", "one", ".*") + "      - { name: folder, value: two }\n");
        write("sources/bad.yaml", """
                - route:
                    id: source.bad
                    from:
                      uri: direct:bad
                      steps:
                        - log: first
                      steps:
                        - log: second
                """);

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).doesNotContain("sources/good.yaml", "sources/bad.yaml");
        assertThat(loaded.problems())
                .extracting(problem -> where(problem) + " " + problem.values().get("key"))
                .contains(
                        "DUPLICATE_KEY " + folder + "/sources/good.yaml:8 folder",
                        "DUPLICATE_KEY " + folder + "/sources/bad.yaml:7 steps");
    }

    @Test
    void a_placeholder_that_is_left_open_is_told_at_its_own_line() throws IOException {
        template();
        write("sources/good.yaml", use("good", "good", "{{source.good.reply}", ".*"));
        write("sources/bad.yaml", """
                - from:
                    uri: direct:bad
                    steps:
                      - setBody:
                          constant: "{{source.good.reply}"
                """);

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .containsExactlyInAnyOrder(
                        "route-placeholder-open " + folder + "/sources/good.yaml:6",
                        "route-placeholder-open " + folder + "/sources/bad.yaml:5",
                        "sink-without-route waybill.properties:4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{source.good.reply}}",
                "source.good.reply}}",
                "/mnt/{source.good.reply}}/in",
                "{{source.good.reply}/{{env:HOME}}",
                "{{source.good.reply}/{{source.good.reply}}"
            })
    void a_placeholder_of_which_a_brace_is_missing_is_told_at_its_own_line(String value) throws IOException {
        template();
        write("sources/good.yaml", use("good", "good", value, ".*"));

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(problem -> where(problem).replaceFirst("placeholder-(open|shut)", "placeholder"))
                .containsExactlyInAnyOrder(
                        "route-placeholder " + folder + "/sources/good.yaml:6",
                        "sink-without-route waybill.properties:4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a': {'b': ${body.a.b}}}",
                "{'a': {'b': ${header:order.id}}}",
                "{'a': {'b': ${date:now:yyyy.MM}}}",
                "o -> o.lines.collect { it.sku.code}}",
                "{a: {b: order.total}}",
                "{a: {b: 1.5}}",
                "/a/{since}/{{source.good.reply}}",
                "{a{b.c}}"
            })
    void braces_that_are_no_placeholder_are_left_as_they_are(String value) throws IOException {
        template();
        write("sources/good.yaml", use("good", "good", value.replace("'", "''"), ".*"));

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .noneMatch(where -> where.startsWith("route-placeholder-"));
    }

    @Test
    void a_parameter_that_is_no_name_and_value_is_told_by_the_key_that_is_there() throws IOException {
        template();
        write("sources/good.yaml", use("good", "good", "one", ".*") + "      - every: 1000\n");
        write("sources/bad.yaml", use("bad", "bad", "two", ".*").replace("value: '.*'", "values: '.*'"));

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(problem -> where(problem) + " " + problem.detail(Locale.CHINESE))
                .contains(
                        "route-parameter-form " + folder
                                + "/sources/good.yaml:8 参数的写法是 { name: …, value: … }，而这里是 every",
                        "route-parameter-form " + folder
                                + "/sources/bad.yaml:7 参数的写法是 { name: …, value: … }，而这里是 values");
    }

    @Test
    void a_property_that_is_a_slip_from_one_a_port_reads_and_that_nobody_reads_is_told() throws IOException {
        write("sources/good.yaml", handing("amount", "-"));
        write("sources/bad.yaml", handing("maping", "mapings").replace("direct:good", "direct:bad"));
        write("sources/worse.yaml", handing("filename", "x").replace("direct:good", "direct:worse"));
        write("sources/twice.yaml", twice("soucre").replace("direct:good", "direct:twice"));

        Routes.Loaded loaded = Routes.load(context, folder, SLIPS, Set.of());

        assertThat(loaded.loaded()).contains("sources/good.yaml", "sources/bad.yaml", "sources/worse.yaml");
        assertThat(loaded.warnings())
                .extracting(problem -> where(problem) + " " + problem.values().get("nearest"))
                .containsExactly(
                        "route-property-unread " + folder + "/sources/bad.yaml:5 mapping",
                        "route-property-unread " + folder + "/sources/twice.yaml:8 source",
                        "route-property-unread " + folder + "/sources/twice.yaml:12 source",
                        "route-property-unread " + folder + "/sources/worse.yaml:5 fileName");
    }

    @Test
    void a_property_that_another_route_or_a_bean_may_read_is_no_slip() throws IOException {
        String named = """
                - from:
                    uri: direct:good-named
                    steps:
                      - log: "${exchangeProperty.sources}"
                """;
        write("sources/good.yaml", handing("sources", "-") + named);
        write("sources/bad.yaml", handing("maping", "-").replace("good", "bad") + "      - to: direct:good-named\n");
        write(
                "sources/worse.yaml",
                handing("maping", "-").replace("good", "worse") + "      - process: { ref: own }\n");
        for (String own : List.of("accountId", "sourceId", "mappingId", "fileDate", "count", "entity", "force")) {
            write("sources/" + own + ".yaml", handing(own, "-").replace("good", own));
        }

        assertThat(Routes.load(context, folder, SLIPS, Set.of()).warnings()).isEmpty();
    }

    private static final Settings SLIPS = Settings.of(Stream.of(
                    "good",
                    "bad",
                    "worse",
                    "twice",
                    "accountId",
                    "sourceId",
                    "mappingId",
                    "fileDate",
                    "count",
                    "entity",
                    "force")
            .map(name -> "source." + name + ".namespace=acme\n")
            .collect(Collectors.joining()));

    private static String twice(String property) {
        return """
                - from:
                    uri: direct:good
                    steps:
                      - choice:
                          when:
                            - simple: "${body} == 'x'"
                              steps:
                                - setProperty: { name: %1$s, constant: acme }
                          otherwise:
                            steps:
                              - setProperty:
                                  name: %1$s
                                  constant: beta
                      - to: direct:orders
                """.formatted(property);
    }

    private static String handing(String property, String logged) {
        return """
                - from:
                    uri: direct:good
                    steps:
                      - setProperty:
                          name: %s
                          constant: acme
                      - log: "%s"
                      - to: direct:orders
                """.formatted(property, logged);
    }

    @Test
    void a_file_that_hands_over_as_another_source_is_refused() throws IOException {
        template();
        write("sources/bad.yaml", use("bad", "good", "one", ".*"));

        assertThat(Routes.load(context, folder, SETTINGS, Set.of()).problems())
                .extracting(RoutesTest::where)
                .contains("route-of-another " + folder + "/sources/bad.yaml:5");
    }

    @Test
    void of_two_sources_that_watch_one_folder_the_later_is_refused() throws IOException {
        template();
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", ".*"));
        write("sources/good.yaml", use("good", "good", folder + "/./in", ".*"));

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).contains("sources/bad.yaml").doesNotContain("sources/good.yaml");
        assertThat(loaded.problems())
                .extracting(RoutesTest::where)
                .contains("route-folder-taken " + folder + "/sources/good.yaml:6");
    }

    @Test
    void sources_that_take_different_files_share_a_folder_and_one_that_takes_all_is_told() throws IOException {
        template();
        Files.createDirectory(folder.resolve("in"));
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", ".*csv"));
        write("sources/good.yaml", use("good", "good", folder + "/in", ".*json"));
        write("sources/worse.yaml", use("worse", "worse", folder + "/in", ".*"));

        Routes.Loaded loaded = Routes.load(context, folder, SETTINGS, Set.of());

        assertThat(loaded.loaded()).contains("sources/bad.yaml", "sources/good.yaml", "sources/worse.yaml");
        assertThat(loaded.warnings())
                .extracting(RoutesTest::where)
                .containsExactly("route-folder-shared " + folder + "/sources/worse.yaml:6");
    }

    @Test
    void a_source_that_would_read_the_receipts_laid_into_its_folder_is_refused() throws IOException {
        template();
        Files.createDirectory(folder.resolve("in"));
        Settings settings = Settings.of(
                "source.good.namespace=acme\nsource.bad.namespace=acme\nsource.bad.returnTo=" + folder + "/./in\n");
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", "(?i).*csv"));
        write("sources/good.yaml", use("good", "good", folder + "/in", "orders.*csv"));

        Routes.Loaded loaded = Routes.load(context, folder, settings, Set.of());

        assertThat(loaded.loaded()).contains("sources/good.yaml").doesNotContain("sources/bad.yaml");
        assertThat(loaded.problems())
                .extracting(RoutesTest::where)
                .contains("route-reads-answers " + folder + "/sources/bad.yaml:6");
        assertThat(loaded.problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .anySatisfy(words -> assertThat(words).contains("source.bad.returnTo", folder + "/in"));
    }

    @Test
    void a_source_beside_answers_that_it_does_not_take_is_not_refused() throws IOException {
        template();
        Files.createDirectory(folder.resolve("in"));
        Settings settings =
                Settings.of("source.good.namespace=acme\nsource.bad.namespace=acme\nsource.bad.mapping=sheet\n"
                        + "source.bad.returnTo=" + folder + "/in\n");
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", "bad.*[.]csv"));
        write("sources/good.yaml", use("good", "good", folder + "/in", ".*[.]xml"));

        Routes.Loaded known = Routes.load(context, folder, settings, Set.of("sheet"), reading(Format.CSV));
        assertThat(known.loaded()).contains("sources/good.yaml", "sources/bad.yaml");
        assertThat(known.warnings()).isEmpty();

        Routes.Loaded unknown = Routes.load(context, folder, settings, Set.of("sheet"));
        assertThat(unknown.problems()).isEmpty();
        assertThat(unknown.warnings())
                .extracting(RoutesTest::where)
                .containsExactly("route-reads-answers " + folder + "/sources/good.yaml:6");

        assertThat(Routes.load(context, folder, settings, Set.of("sheet"), reading(Format.XML))
                        .problems())
                .extracting(RoutesTest::where)
                .containsExactly("route-reads-answers " + folder + "/sources/good.yaml:6");
    }

    @Test
    void a_format_is_held_against_the_mapping_that_the_template_itself_sets() throws IOException {
        String template = """
                - routeTemplate:
                    id: fixed
                    parameters:
                      - name: source
                      - name: format
                    from:
                      uri: direct:{{source}}-in
                      steps:
                        - setProperty: { name: source, constant: "{{source}}" }
                        - setProperty: { name: mapping, %s }
                        - to: direct:orders
                """;
        String use = """
                - templatedRoute:
                    routeTemplateRef: fixed
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: format, value: json }
                """;
        Settings settings = Settings.of("source.good.namespace=acme\nsource.good.mapping=sheet\n");
        MappingFacts facts = reading(Format.CSV);
        write("sources/good.yaml", use);

        write("templates/fixed.yaml", template.formatted("constant: other"));
        assertThat(Routes.load(context, folder, settings, Set.of("sheet", "other"), facts)
                        .problems())
                .isEmpty();
        write("templates/fixed.yaml", template.formatted("simple: '${header.kind}'"));
        assertThat(Routes.load(context, folder, settings, Set.of("sheet", "other"), facts)
                        .problems())
                .isEmpty();
        write("templates/fixed.yaml", template.formatted("constant: sheet"));
        assertThat(Routes.load(context, folder, settings, Set.of("sheet", "other"), facts)
                        .problems())
                .extracting(RoutesTest::where)
                .containsExactly("route-parameter-bad " + folder + "/sources/good.yaml:6");
    }

    private static MappingFacts reading(Format format) {
        return new MappingFacts() {
            @Override
            public Map<String, String> members(String mapping) {
                return Map.of();
            }

            @Override
            public List<String> columns(String mapping) {
                return List.of();
            }

            @Override
            public List<Problem> unfit(String mapping, List<String> columns) {
                return List.of();
            }

            @Override
            public Optional<Format> reads(String mapping) {
                return Optional.of(format);
            }

            @Override
            public List<String> formats(String mapping) {
                return mapping.equals("sheet") ? List.of(format.word()) : Format.words();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {".*acme.*[.]csv", ".*acme\\.csv.*", ".*-acme_shop.*csv"})
    void a_source_that_would_read_the_receipts_of_files_named_as_its_own_are_is_refused(String include)
            throws IOException {
        template();
        Files.createDirectory(folder.resolve("in"));
        Settings settings = Settings.of("source.bad.namespace=acme\nsource.bad.returnTo=" + folder + "/in\n");
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", include));

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .extracting(RoutesTest::where)
                .containsExactly("route-reads-answers " + folder + "/sources/bad.yaml:6");
    }

    @Test
    void a_source_that_would_read_the_acknowledgements_laid_into_its_folder_is_refused_too() throws IOException {
        template();
        Files.createDirectory(folder.resolve("in"));
        Settings settings = Settings.of(
                "source.good.namespace=acme\nsource.bad.namespace=acme\nsource.bad.acknowledgeTo=" + folder + "/in\n");
        write("sources/bad.yaml", use("bad", "bad", folder + "/in", "(?i).*\\.edi"));
        write("sources/good.yaml", use("good", "good", folder + "/in", ".*csv"));

        Routes.Loaded loaded = Routes.load(context, folder, settings, Set.of());

        assertThat(loaded.loaded()).contains("sources/good.yaml").doesNotContain("sources/bad.yaml");
        assertThat(loaded.problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .anySatisfy(words -> assertThat(words).contains("source.bad.acknowledgeTo", folder + "/in"));
    }

    @Test
    void what_a_mapping_writes_into_a_call_that_has_no_such_member_is_told_before_it_runs() throws IOException {
        write("sinks/oms.yaml", """
                - from:
                    uri: direct:sink.oms
                    steps:
                      - to: "log:x"
                      - to: "waybill-call:oms?mapping=told"
                """);

        Map<String, String> members = Map.of("method", "PUT", "path", "", "bodi", "");
        Routes.Loaded misspelt =
                Routes.load(context, folder, SETTINGS, Set.of("told"), new Written(members, List.of()));

        assertThat(misspelt.problems())
                .extracting(RoutesTest::where)
                .contains("call-member-unknown " + folder + "/sinks/oms.yaml:5");
        assertThat(misspelt.warnings())
                .extracting(RoutesTest::where)
                .contains("route-call-without-body " + folder + "/sinks/oms.yaml:5");
    }

    @Test
    void what_is_given_to_a_template_and_cannot_be_used_is_told_by_its_name_and_line() throws IOException {
        write("templates/rows.yaml", """
                - routeTemplate:
                    id: rows
                    parameters:
                      - name: source
                      - name: datasource
                      - name: query
                      - name: keyColumn
                      - name: include
                        defaultValue: ".*"
                      - name: every
                        defaultValue: "5000"
                      - name: format
                        required: false
                    from:
                      uri: "timer:{{source}}"
                      steps:
                        - log: x
                """);
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: rows
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: datasource, value: epr }
                      - { name: query, value: "SELECT order_no, city FROM orders" }
                      - { name: keyColumn, value: orderno }
                      - { name: include, value: "*.json" }
                      - { name: every, value: fast }
                      - { name: format, value: jsn }
                """);
        Settings settings = Settings.of("source.good.namespace=acme\ndatasource.erp.url=jdbc:h2:mem:x\n");

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .extracting(RoutesTest::where)
                .containsExactlyInAnyOrder(
                        "route-name-unknown " + folder + "/sources/good.yaml:6",
                        "route-key-unread " + folder + "/sources/good.yaml:8",
                        "route-parameter-bad " + folder + "/sources/good.yaml:9",
                        "route-parameter-bad " + folder + "/sources/good.yaml:10",
                        "route-parameter-bad " + folder + "/sources/good.yaml:11");
    }

    @Test
    void a_password_in_a_value_that_is_refused_is_not_told() throws Exception {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-folder.yaml"), folder.resolve("templates/order-folder.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: any }
                      - { name: folder, value: "sftp://jane:CANARY-9@files.example.com/in?password=CANARY-9" }
                """);
        Settings settings = Settings.of("source.good.namespace=acme\n");

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .filteredOn(problem -> problem.code().equals("route-parameter-bad"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("files.example.com")
                        .doesNotContain("CANARY-9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reslut      | exchangeProperty.key, .outcome, .result, .bad or .row[column]
            row[adress] | exchangeProperty.row[address]
            row[NO]     | exchangeProperty.row[no]
            """)
    void what_a_mark_binds_and_no_row_has_is_told_before_it_would_be_empty(String bound, String legal)
            throws Exception {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-sql.yaml"), folder.resolve("templates/order-sql.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-sql
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: any }
                      - { name: datasource, value: erp }
                      - { name: keyColumn, value: NO }
                      - { name: query, value: "SELECT NO, ADDRESS FROM o" }
                      - name: mark
                        value: >-
                          UPDATE o SET result = :#${exchangeProperty.%s}
                          WHERE no = :#${exchangeProperty.key} AND address = :#${exchangeProperty.row[address]}
                """.formatted(bound));
        Settings settings = Settings.of("source.good.namespace=acme\ndatasource.erp.url=jdbc:h2:mem:x\n");

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .filteredOn(problem -> problem.code().equals("route-parameter-bad"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("parameter", "mark")
                        .containsEntry("value", ":#${exchangeProperty." + bound + "}")
                        .containsEntry("legal", legal));
    }

    @Test
    void a_mark_binds_what_its_template_sets_and_what_camel_knows_of_a_row() throws Exception {
        String given = Files.readString(Path.of("routes/templates/order-sql.yaml"));
        write("templates/order-sql.yaml", given.replace("        - to: direct:orders\n", """
                                - setProperty:
                                    name: depot
                                    simple: "${body[depot]}"
                                - to: direct:orders
                        """));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-sql
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: any }
                      - { name: datasource, value: erp }
                      - { name: keyColumn, value: NO }
                      - { name: query, value: "SELECT NO, DEPOT FROM o" }
                      - name: mark
                        value: >-
                          UPDATE o SET result = :#${exchangeProperty.result}, place = :#${exchangeProperty.CamelBatchIndex}
                          WHERE no = :#${exchangeProperty.key} AND depot = :#${exchangeProperty.depot}
                """);
        Settings settings = Settings.of("source.good.namespace=acme\ndatasource.erp.url=jdbc:h2:mem:x\n");

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .extracting(Problem::code)
                .doesNotContain("route-parameter-bad");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trackng_number | :#tracking_number
            Order_No       | :#order_no
            eventid        | :#eventId
            shoe_size      | :#amount, :#eventId, :#line, :#order_no, :#tracking_number
            """)
    void what_a_statement_binds_and_no_row_has_is_told_before_every_event_fails(String bound, String legal)
            throws IOException {
        assertThat(bindings(bound, "amount", List.of("order_no", "tracking_number")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("parameter", "insert")
                        .containsEntry("value", ":#" + bound)
                        .containsEntry("legal", legal));
    }

    @Test
    void a_statement_binds_what_its_mapping_writes_what_its_columns_name_and_what_every_row_has() throws IOException {
        assertThat(bindings("line", ",", List.of("order_no", "tracking_number")))
                .isEmpty();
        assertThat(bindings("amount::numeric, :#eventId, 'a:#order_no'", "shoe size, amount", List.of("order_no")))
                .isEmpty();
    }

    @Test
    void what_a_mapping_writes_that_copies_its_rows_is_not_known() throws IOException {
        assertThat(bindings("amount", ",", List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setHeader: { name: warehouse, constant: W1 }",
                "setHeaders: { headers: [ { name: warehouse, constant: W1 } ] }"
            })
    void a_statement_binds_what_its_template_says_in_a_header_where_no_row_has_it(String step) throws IOException {
        String given = Files.readString(Path.of("routes/templates/sink-sql.yaml"));
        String own = given.replace("          - to:\n", "          - " + step + "\n          - to:\n");

        assertThat(bindings(own, "warehouse", ",", List.of("order_no"))).isEmpty();
        assertThat(bindings(own, "Warehouse", ",", List.of("order_no"))).isEmpty();
        assertThat(bindings(own, "warehose", ",", List.of("order_no")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values()).containsEntry("legal", ":#warehouse"));
    }

    private List<Problem> bindings(String bound, String columns, List<String> written) throws IOException {
        return bindings(Files.readString(Path.of("routes/templates/sink-sql.yaml")), bound, columns, written);
    }

    private List<Problem> bindings(String template, String bound, String columns, List<String> written)
            throws IOException {
        write("templates/sink-sql.yaml", template);
        write("sinks/erp.yaml", """
                - templatedRoute:
                    routeTemplateRef: sink-sql
                    routeId: sink.erp
                    parameters:
                      - { name: name, value: erp }
                      - { name: mapping, value: told }
                      - { name: datasource, value: erp }
                      - { name: columns, value: "%s" }
                      - { name: insert, value: "UPDATE o SET x = (:#%s) WHERE no = :#order_no" }
                """.formatted(columns, bound));
        Settings settings = Settings.of("sink.erp.namespaces=acme\ndatasource.erp.url=jdbc:h2:mem:x\n");
        return Routes.load(context, folder, settings, Set.of("told"), new Written(Map.of(), written))
                .problems()
                .stream()
                .filter(problem -> problem.code().equals("route-parameter-bad"))
                .toList();
    }

    /** What mappings write, where nothing of the columns of rows is known. */
    private record Written(Map<String, String> members, List<String> columns) implements MappingFacts {
        @Override
        public Map<String, String> members(String mapping) {
            return members;
        }

        @Override
        public List<String> columns(String mapping) {
            return columns;
        }

        @Override
        public List<Problem> unfit(String mapping, List<String> read) {
            return List.of();
        }
    }

    @Test
    void a_percent_sign_that_would_be_read_as_a_byte_with_what_follows_is_refused_in_sql() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-sql.yaml"), folder.resolve("templates/order-sql.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-sql
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: any }
                      - { name: datasource, value: erp }
                      - { name: keyColumn, value: no }
                      - { name: query, value: "SELECT no FROM o WHERE ref LIKE '%DE%' AND kind LIKE 'SO%' AND note LIKE '% x'" }
                      - { name: mark, value: "UPDATE o SET taken = '100 %' WHERE no = :#${exchangeProperty.key}" }
                """);
        Settings settings = Settings.of("source.good.namespace=acme\ndatasource.erp.url=jdbc:h2:mem:x\n");

        List<Problem> problems = Routes.load(context, folder, settings, Set.of()).problems().stream()
                .filter(problem -> problem.code().equals("route-parameter-bad"))
                .toList();

        assertThat(problems)
                .extracting(RoutesTest::where)
                .containsExactly("route-parameter-bad " + folder + "/sources/good.yaml:9");
        assertThat(problems.get(0).values().get("legal")).contains("'%' || 'DE'");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "order-sql          | SELECT no FROM o -- only paid ones\\n WHERE paid = 1 | /* ... */",
                "order-sql-sequence | SELECT no FROM o -- only paid ones\\n WHERE no > :since | /* ... */",
                "order-sql          | SELECT no FROM o WHERE ref = 'a?b' | CHR(63)",
                "order-sql          | SELECT no FROM o WHERE tags && '{a}' | arrayoverlap",
                "order-sql          | SELECT no,\\tref FROM o | a blank",
                "order-sql          | SELECT no FROM o WHERE ref = 'a--b' AND \\\"c--d\\\" = 1 |",
                "order-sql-sequence | SELECT no FROM o WHERE ref = 'a?b' AND no > :since |",
                "order-sql          | SELECT no /* old -- see\\n ticket */ FROM o WHERE paid = 1 |",
                "order-sql          | SELECT no /* don't */ FROM o -- only it's\\n WHERE paid = 1 | /* ... */",
                "order-sql          | SELECT no FROM o WHERE ref = '/*' -- only paid ones\\n AND kind = '*/' | /* ... */",
                "order-sql          | SELECT no -/* less */- 1 FROM o |",
            })
    void what_would_become_another_statement_is_refused_in_sql(String template, String query, String instead)
            throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/" + template + ".yaml"), folder.resolve("templates/sql.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: %s
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: any }
                      - { name: datasource, value: erp }
                      - { name: keyColumn, value: no }
                      - { name: query, value: "%s" }
                """.formatted(template, query));
        Settings settings =
                Settings.of("source.good.namespace=acme\nsource.good.from=0\ndatasource.erp.url=jdbc:h2:mem:x\n");

        List<String> legal = Routes.load(context, folder, settings, Set.of()).problems().stream()
                .filter(problem -> problem.code().equals("route-parameter-bad"))
                .map(problem -> String.valueOf(problem.values().get("legal")))
                .toList();

        if (instead == null) {
            assertThat(legal).isEmpty();
        } else {
            assertThat(legal).singleElement().asString().contains(instead);
        }
    }

    @Test
    void accounts_systems_clusters_and_carriers_a_template_is_given_must_be_there() throws IOException {
        write("templates/bills.yaml", """
                - routeTemplate:
                    id: bills
                    parameters:
                      - name: source
                      - name: account
                      - name: carrier
                      - name: server
                      - name: cluster
                    from:
                      uri: "timer:{{source}}"
                      steps:
                        - log: x
                """);
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: bills
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: account, value: upz }
                      - { name: carrier, value: upz }
                      - { name: server, value: fpt }
                      - { name: cluster, value: mian }
                """);
        Settings settings = Settings.of(
                "source.good.namespace=acme\naccount.ups.adapter=ups\nsystem.ftp.url=sftp://x\nkafka.main.brokers=x:1\n");

        assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                .extracting(RoutesTest::where)
                .containsExactlyInAnyOrder(
                        "route-name-unknown " + folder + "/sources/good.yaml:6",
                        "route-parameter-bad " + folder + "/sources/good.yaml:7",
                        "route-name-unknown " + folder + "/sources/good.yaml:8",
                        "route-name-unknown " + folder + "/sources/good.yaml:9");
    }

    @Test
    void what_a_polled_source_is_given_is_told_by_its_line_and_what_is_legal() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-rest.yaml"), folder.resolve("templates/order-rest.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-rest
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: system, value: good }
                      - { name: mapping, value: good }
                      - { name: path, value: "/orders?since={snice}" }
                      - { name: items, value: orders }
                      - { name: stamp, value: updated }
                      - { name: identity, value: number }
                      - { name: times, value: "yyyy-MM-dd" }
                      - { name: size, value: "0" }
                      - { name: links, value: "yes" }
                      - { name: more, value: "lineItems=good" }
                      - { name: details, value: "lines:/orders/{id}/lines" }
                      - { name: overlap, value: "a while" }
                      - { name: every, value: "0" }
                """);

        assertThat(polled("").problems())
                .filteredOn(problem -> problem.code().equals("route-parameter-bad"))
                .extracting(problem -> where(problem) + " " + problem.values().get("parameter"))
                .containsExactlyInAnyOrderElementsOf(List.of(
                                "8 path",
                                "9 items",
                                "10 stamp",
                                "11 identity",
                                "12 times",
                                "13 size",
                                "14 links",
                                "15 more",
                                "16 details",
                                "17 overlap",
                                "18 every")
                        .stream()
                        .map(told -> "route-parameter-bad " + folder + "/sources/good.yaml:" + told)
                        .toList());
    }

    @Test
    void what_a_polled_source_is_given_and_can_be_used_is_well() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-rest.yaml"), folder.resolve("templates/order-rest.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-rest
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: system, value: good }
                      - { name: mapping, value: good }
                      - { name: path, value: "/orders?since={since}&page={page}&after={after}" }
                      - { name: items, value: "" }
                      - { name: stamp, value: /updated/at }
                      - { name: times, value: "EEE, d MMM yyyy HH:mm:ss Z" }
                      - { name: size, value: "250" }
                      - { name: links, value: "true" }
                      - { name: more, value: "/lineItems=good,/notes=good" }
                      - { name: details, value: "lines=/orders/{id}/lines, addresses=/orders/{id}/addresses?limit=50" }
                      - { name: overlap, value: "10m" }
                      - { name: every, value: "60s" }
                """);

        assertThat(polled("system.good.url=https://shop.example.com\n").problems())
                .isEmpty();
    }

    /** Told only when a push comes, each would be answered as failed until its shop switched the webhook off. */
    @Test
    void what_a_webhook_is_given_is_told_by_its_line_before_one_comes() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-hook.yaml"), folder.resolve("templates/order-hook.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-hook
                    routeId: source.good.hook
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: good }
                      - { name: style, value: base46 }
                      - { name: identity, value: id }
                      - { name: stamp, value: updated_at }
                """);

        assertThat(polled("source.good.secret=file:none\n").problems())
                .extracting(problem -> where(problem) + " " + problem.values().get("parameter"))
                .containsExactlyInAnyOrder(
                        "route-parameter-bad " + folder + "/sources/good.yaml:7 style",
                        "route-parameter-bad " + folder + "/sources/good.yaml:8 identity",
                        "route-parameter-bad " + folder + "/sources/good.yaml:9 stamp");
    }

    @Test
    void a_source_of_files_without_a_folder_or_with_a_format_nobody_knows_is_told_by_its_line() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-folder.yaml"), folder.resolve("templates/order-folder.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: good }
                      - { name: folder, value: "{{source.good.folder}}" }
                      - { name: format, value: cvs }
                """);

        assertThat(polled("source.good.folder=\n").problems())
                .extracting(problem -> where(problem) + " " + problem.values().get("parameter"))
                .containsExactlyInAnyOrder(
                        "route-parameter-bad " + folder + "/sources/good.yaml:7 folder",
                        "route-parameter-bad " + folder + "/sources/good.yaml:8 format");
    }

    @ParameterizedTest
    @CsvSource({
        "order-folder, mapping, May%20orders",
        "order-folder, mapping, 100%ab",
        "order-folder, mapping, new?",
        "invoice-folder, account, May%20bills",
        "send-files, to, May%20answers"
    })
    void a_folder_whose_name_would_be_read_as_another_folders_is_refused_at_its_line(
            String template, String other, String name) throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates", template + ".yaml"), folder.resolve("templates/" + template + ".yaml"));
        Path there = Files.createDirectories(elsewhere.resolve(name));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: %s
                    routeId: source.good
                    parameters:
                      - { name: folder, value: "%s" }
                      - { name: %s, value: good }
                """.formatted(template, there, other));

        assertThat(polled("").problems())
                .extracting(problem -> where(problem) + " " + problem.values().get("value"))
                .contains("route-parameter-bad " + folder + "/sources/good.yaml:5 " + there);
    }

    @Test
    void a_watched_folder_that_is_not_there_is_told_and_its_route_runs_all_the_same() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-folder.yaml"), folder.resolve("templates/order-folder.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: mapping, value: good }
                      - { name: folder, value: "%s" }
                """.formatted(elsewhere.resolve("ordres")));

        Routes.Loaded loaded = polled("");

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.warnings())
                .extracting(RoutesTest::where)
                .contains("route-watched-absent " + folder + "/sources/good.yaml:7");
    }

    @Test
    void a_setting_that_keeps_a_route_from_running_is_told_in_its_own_words() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.copy(Path.of("routes/templates/order-rest.yaml"), folder.resolve("templates/order-rest.yaml"));
        write("sources/good.yaml", """
                - templatedRoute:
                    routeTemplateRef: order-rest
                    routeId: source.good
                    parameters:
                      - { name: source, value: good }
                      - { name: system, value: good }
                      - { name: mapping, value: good }
                      - { name: path, value: "/orders?since={since}" }
                """);

        assertThat(polled("system.good.url=https://shop.example.com\nsource.good.from=yesterday\n")
                        .problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .containsExactly(folder + "/sources/good.yaml:1: this route file cannot be used: waybill.properties:3:"
                        + " source.good.from=\"yesterday\" cannot be used (expected a moment, such as"
                        + " 2026-11-01T00:00:00Z). The other files run. Correct it, run ./waybill check, restart.");
    }

    private Routes.Loaded polled(String more) {
        Settings settings = Settings.of("source.good.namespace=acme\n" + more);
        Verbs.register(
                context,
                settings,
                (mapping, json) -> json,
                (name, owner) -> {
                    throw new IllegalStateException("no numbers");
                },
                VerifyVerb.Inbox.FORGETFUL);
        return Routes.load(context, folder, settings, Set.of("good"));
    }

    private void template() throws IOException {
        write("templates/watch.yaml", """
                - routeTemplate:
                    id: watch
                    parameters:
                      - name: source
                      - name: folder
                      - name: include
                        defaultValue: ".*"
                    from:
                      uri: file
                      parameters:
                        directoryName: "{{folder}}"
                        include: "(?s){{include}}"
                        autoCreate: false
                        initialDelay: 600000
                      steps:
                        - setProperty:
                            name: source
                            constant: "{{source}}"
                """);
    }

    private static String use(String id, String source, String watched, String include) {
        return """
                - templatedRoute:
                    routeTemplateRef: watch
                    routeId: source.%s
                    parameters:
                      - { name: source, value: "%s" }
                      - { name: folder, value: "%s" }
                      - { name: include, value: '%s' }
                """.formatted(id, source, watched, include);
    }

    private static String where(Problem problem) {
        return problem.code() + " " + problem.values().get("file") + ":"
                + problem.values().get("line");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
