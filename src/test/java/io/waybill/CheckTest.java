package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check} names what is wrong by file and line, and starts nothing. */
class CheckTest {
    @TempDir
    Path folder;

    @Test
    void the_shipped_settings_routes_and_mappings_are_good() {
        CommandRun run = CommandRun.of("check", "--lang", "en");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsOnlyOnce(
                        "routes of sources/ that are not in use, as no setting begins with source.NAME.: acme-amazon, ")
                .containsOnlyOnce(
                        "routes of sinks/ that are not in use, as no setting begins with sink.NAME.: acme-alerts, ")
                .containsOnlyOnce(", acme-oms, ")
                .contains("source shopify: by REST only")
                .contains("store: the embedded database in data")
                .contains("All is well. Problems: 0");
    }

    @Test
    void a_setting_nobody_reads_is_told_and_counted_once() throws IOException {
        CommandRun run = check("dispatch.polls=1s\nbackup.evry=1h\n", "sources/acme.yaml", "# nothing\n");

        assertThat(run.err().split("nobody reads the setting dispatch\\.polls", -1))
                .hasSize(2);
        assertThat(run.err().split("nobody reads the setting backup\\.evry", -1))
                .hasSize(2);
        assertThat(run.err()).contains("expected one of: every, folder, keep");
    }

    @Test
    void a_database_that_cannot_be_asked_hides_nothing_else_that_is_wrong() throws IOException {
        CommandRun run =
                check("waybill.db.url=jdbc:mysql://db/hub\nbackup.evry=1h\n", "sources/acme.yaml", "# nothing\n");

        assertThat(run.code()).isOne();
        assertThat(run.err()).containsOnlyOnce("waybill.db.url").contains("nobody reads the setting backup.evry");
    }

    @Test
    void a_service_that_its_carrier_does_not_have_is_told_before_an_order_names_it() throws IOException {
        CommandRun run = check("""
                account.sandbox.adapter=sandbox
                rules=heavy,light,any
                rule.heavy.account=sandbox
                rule.heavy.use=grond
                rule.light.account=sandbox
                rule.light.use=ground
                rule.any.use=cheapest
                service.express=sandbox:expres
                service.ground=sandbox:ground
                """, "sources/acme.yaml", "# nothing\n");

        assertThat(run.code()).isOne();
        assertThat(run.err())
                .contains("rule.heavy.use=\"grond\" cannot be used (expected a service of sandbox: ")
                .contains("service.express=\"sandbox:expres\" cannot be used")
                .doesNotContain("rule.light.use", "rule.any.use", "service.ground=");
    }

    @Test
    void a_setting_of_a_rule_that_is_not_listed_is_told_where_rules_are_listed() throws IOException {
        CommandRun run = check("rules=\nrule.heavy.minWeight=30kg\n", "sources/acme.yaml", "# nothing\n");

        assertThat(run.err())
                .contains(config() + ":4: nobody reads the setting rule.heavy.minWeight: the rule heavy is not in use."
                        + " Add heavy to rules=");
    }

    @Test
    void a_setting_that_is_misspelt_anywhere_is_told_with_the_one_that_was_meant() throws IOException {
        CommandRun run = check("waybil.data=data\nother.stuff=1\n", "sources/acme.yaml", "# nothing\n");

        assertThat(run.err())
                .contains("nobody reads the setting waybil.data. Did you mean waybill.data?")
                .contains("nobody reads the setting other.stuff" + System.lineSeparator());
    }

    @Test
    void a_setting_behind_one_that_cannot_be_used_is_not_said_to_be_read_by_nobody() throws IOException {
        String settings = "tracking.every=0\ntracking.until=30d\ntracking.atOnce=2\nbackup.evry=1h\n";
        CommandRun run = check(settings, "sources/acme.yaml", "# nothing\n");

        assertThat(run.err())
                .contains("tracking.every=\"0\" cannot be used", "nobody reads the setting backup.evry")
                .doesNotContain("tracking.until", "tracking.atOnce");
    }

    @Test
    void a_secret_in_the_settings_file_is_named_by_line_and_never_shown() throws IOException {
        CommandRun run =
                check("""
                sink.oms.namespaces=acme
                sink.oms.secret=whsec_Y2FuYXJ5IGNhbmFyeSBjYW5hcnkgY2FuYXJ5
                datasource.erp.url=jdbc:h2:mem:erp
                datasource.erp.password=Y2FuYXJ5
                source.acme.secret=env:NOBODY_SETS_Y2FuYXJ5
                """, "sinks/oms.yaml", "- from:\n    uri: direct:sink.oms\n    steps:\n      - log: x\n");

        assertThat(run.code()).isOne();
        assertThat(run.err())
                .contains("waybill.properties:4: sink.oms.secret has its secret in the settings file itself")
                .contains("waybill.properties:7: source.acme.secret refers to a secret (env:…) that cannot be read");
        assertThat(run.out() + run.err())
                .contains("datasource.erp.password has its secret")
                .doesNotContain("Y2FuYXJ5");
    }

    @Test
    void contracts_and_the_tables_of_the_books_are_read_as_the_hub_reads_them() throws IOException {
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        Files.writeString(contracts.resolve("sandbox.yaml"), "curency: USD\n");
        Files.writeString(contracts.resolve("gone.yaml"), "currency: USD\n");
        Path lookups = Files.createDirectories(folder.resolve("mappings/lookups"));
        Files.writeString(lookups.resolve("fx.csv"), "date,from,to,rate,source\n2026-11-16,USD,EUR,0.8x,ecb\n");
        Files.writeString(lookups.resolve("periods.csv"), "companyCode,closedUntil\n*,2026-13-01\n");

        CommandRun run = check("""
                waybill.contracts.dir=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(contracts), "sources/none.yaml", "");

        assertThat(run.err()).contains("curency", "gone.yaml", "0.8x", "2026-13-01");
    }

    @Test
    void a_sink_of_a_namespace_nobody_brings_orders_of_is_asked_about_unless_callers_bring_them() throws IOException {
        String route = "- from:\n    uri: direct:sink.oms\n    steps:\n      - log: x\n";
        CommandRun asked = check("sink.oms.namespaces=acne\n", "sinks/oms.yaml", route);
        assertThat(asked.out() + asked.err())
                .contains("did you mean acme? Leave it where")
                .contains("Problems: 0, warnings: 1.");

        CommandRun known = check("sink.oms.namespaces=globex\ndefaults.namespace=globex\n", "sinks/oms.yaml", route);
        assertThat(known.out() + known.err()).doesNotContain("no source brings orders of it");
    }

    @Test
    void a_sink_of_no_namespace_alone_is_told_that_events_of_orders_are_not_for_it() throws IOException {
        String route = "- from:\n    uri: direct:sink.oms\n    steps:\n      - log: x\n";
        String globex = "defaults.namespace=globex\n";

        CommandRun all = check("sink.oms.namespaces=*\n" + globex, "sinks/oms.yaml", route);
        assertThat(all.out() + all.err())
                .contains(
                        config() + ":3: sink oms takes only what is of no namespace (*)",
                        "order.labelled",
                        "sink.oms.namespaces=acme,globex,*");

        String labels = "sink.oms.namespaces=*\nsink.oms.events=order.labelled,exception.opened\n";
        CommandRun both = check(labels, "sinks/oms.yaml", route);
        assertThat(both.out() + both.err()).contains("it is never told order.labelled");

        CommandRun own = check("sink.oms.namespaces=globex,*\n" + globex, "sinks/oms.yaml", route);
        assertThat(own.out() + own.err()).doesNotContain("takes only what is of no namespace");

        String alerts = "sink.oms.namespaces=*\nsink.oms.events=exception.opened,journal.posted\n";
        CommandRun rest = check(alerts, "sinks/oms.yaml", route);
        assertThat(rest.out() + rest.err()).doesNotContain("takes only what is of no namespace");
    }

    @Test
    void a_bound_of_a_source_that_no_other_setting_names_is_asked_about() throws IOException {
        CommandRun asked = check("source.oms.namespaces=acne, globex\n", "sources/oms.yaml", "[]");
        assertThat(asked.out() + asked.err())
                .contains("waybill.properties:3: source oms may bring orders of the namespace acne")
                .contains("did you mean acme? Leave it where its documents name it.")
                .contains("the namespace globex, which no other setting names")
                .contains("Problems: 0, warnings: 2.");

        CommandRun known = check(
                "source.oms.namespaces=acme, globex\naccount.sandbox.adapter=sandbox\naccount.sandbox.namespaces=globex\n",
                "sources/oms.yaml",
                "[]");
        assertThat(known.out() + known.err()).contains("Problems: 0, warnings: 0.");

        CommandRun bad =
                check("source.oms.namespaces=ac me, b c\nsource.oms.mapping=nowhere\n", "sources/oms.yaml", "[]");
        assertThat(bad.err())
                .contains(config() + ":3: source.oms.namespaces=\"ac me, b c\" cannot be used", "letters, digits, dot")
                .contains(config() + ":4: ", "nowhere");
    }

    @Test
    void a_journal_of_an_account_that_several_share_is_heard_by_a_sink_that_takes_what_is_of_none() throws IOException {
        String route = "- from:\n    uri: direct:sink.erp\n    steps:\n      - log: x\n";
        String shared = """
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                sink.erp.events=journal.posted
                """;
        CommandRun deaf = check(shared + "sink.erp.namespaces=acme\n", "sinks/erp.yaml", route);
        assertThat(deaf.out() + deaf.err())
                .contains("lines of sandbox that stand on no shipment are told to nobody")
                .contains("Problems: 0, warnings: 1.");

        CommandRun heard = check(shared + "sink.erp.namespaces=acme,*\n", "sinks/erp.yaml", route);
        assertThat(heard.out() + heard.err()).contains("Problems: 0, warnings: 0.");
        CommandRun own =
                check(shared + "sink.erp.namespaces=acme\naccount.sandbox.namespaces=acme\n", "sinks/erp.yaml", route);
        assertThat(own.out() + own.err()).contains("Problems: 0, warnings: 0.");
    }

    @Test
    void a_sink_that_is_taken_out_while_the_hub_owes_it_something_is_named() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Ledger ledger = Ledger.open(Database.embedded(data), (namespace, type) -> List.of("oms"))) {
            ObjectNode facts = JsonNodeFactory.instance.objectNode().put("entryId", "E");
            facts.put("account", "ups").putArray("lines");
            ledger.commitAll(tx -> tx.events().emitOf("acme", "jrn_1", 1, "journal.posted", facts));
        }
        CommandRun stopped = check("waybill.http.port=0\n", "sources/none.yaml", "[]");
        assertThat(stopped.out() + stopped.err()).doesNotContain("sink oms");

        try (Hub hub = Hub.start(Settings.read(Path.of(config()), Map.of(), Map.of()))) {
            assertThat(hub.port()).isPositive();
            CommandRun run = check("waybill.http.port=0\n", "sources/none.yaml", "[]");
            assertThat(run.out() + run.err())
                    .contains("no setting names the sink oms, which is still owed 1 events")
                    .contains("Problems: 0");
        }
    }

    @Test
    void a_target_nobody_consumes_is_named_with_the_one_meant() throws IOException {
        CommandRun run = check("", "sources/acme.yaml", """
                - route:
                    id: source.acme
                    from:
                      uri: timer:acme
                      steps:
                        - to: direct:ordrs
                - route:
                    from:
                      uri: timer:acme-2
                      steps:
                        - to: direct:orders
                        - wireTap: direct:audit
                - from:
                    uri: direct
                    parameters:
                      name: audit
                    steps:
                      - log: seen
                """);

        assertThat(run.code()).isOne();
        assertThat(run.err().strip())
                .isEqualTo(routes("sources/acme.yaml") + ":6: no route starts at direct:ordrs; did you mean orders?");
    }

    @Test
    void broken_yaml_a_missing_setting_a_missing_mapping_and_an_unknown_component_are_named_by_line()
            throws IOException {
        write("routes/templates/broken.yaml", "- routeTemplate:\n    id: x\n  oops\n");
        CommandRun run = check("source.acme.mapping=nowhere\nsource.acme.known=1\n", "sources/acme.yaml", """
                - from:
                    uri: tmer:acme
                    steps:
                      - setBody:
                          constant: "{{source.acme.missing}} {{source.acme.known}} {{?source.acme.perhaps}}"
                      - to: "waybill-map:{{source.acme.mapping}}"
                """);

        assertThat(run.err().lines())
                .anyMatch(
                        line -> line.startsWith(routes("templates/broken.yaml") + ":3: this route file cannot be read"))
                .contains(
                        routes("sources/acme.yaml")
                                + ":2: there is no component for \"tmer:\". Check the spelling; a component that"
                                + " Waybill does not ship is a dependency to add in pom.xml.",
                        routes("sources/acme.yaml")
                                + ":5: the setting source.acme.missing is missing. Add it to the settings file, or set"
                                + " it as an environment variable.")
                .anyMatch(line ->
                        line.startsWith(routes("sources/acme.yaml") + ":6: no mapping \"nowhere\"; did you mean one"))
                .anyMatch(line -> line.startsWith(config() + ":3: no mapping \"nowhere\""))
                .hasSize(5);
    }

    @Test
    void of_a_route_whose_mapping_does_not_compile_only_the_mapping_is_told() throws IOException {
        write(
                "mappings/sqlrow/mapping.yaml",
                "mapping: sqlrow\nversion: 1\nwrites: free\nreads: { format: row }\nfilds: {}\n");
        CommandRun run = check("source.acme.mapping=sqlrow\n", "sources/acme.yaml", """
                - from:
                    uri: timer:acme
                    steps:
                      - to: "waybill-map:{{source.acme.mapping}}"
                """);

        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("sqlrow/mapping.yaml:5").doesNotContain("no mapping");
    }

    @Test
    void a_template_is_asked_for_by_its_name_with_its_parameters() throws IOException {
        write("routes/templates/fetch.yaml", """
                - routeTemplate:
                    id: fetch
                    parameters:
                      - name: name
                      - name: target
                      - name: mapping
                      - name: every
                        defaultValue: 60s
                    from:
                      uri: "timer:{{name}}"
                      steps:
                        - to: "waybill-map:{{mapping}}"
                        - to: "direct:{{target}}"
                """);
        CommandRun run = check("source.acme.mapping=gone\n", "sources/acme.yaml", """
                - templatedRoute:
                    routeTemplateRef: fetch
                    parameters:
                      - name: name
                        value: acme
                      - name: target
                        value: oders
                      - name: mapping
                        value: "{{source.acme.mapping}}"
                      - name: evry
                        value: 5s
                - templatedRoute:
                    routeTemplateRef: fetsh
                - templatedRoute:
                    routeTemplateRef: fetch
                    parameters:
                      - name: name
                        value: acme-2
                """);

        String file = routes("sources/acme.yaml");
        assertThat(run.err().lines())
                .contains(
                        file + ":6: no route starts at direct:oders; did you mean orders?",
                        file + ":10: the template fetch has no parameter evry; did you mean every?",
                        file + ":13: there is no route template \"fetsh\"; did you mean fetch?",
                        file + ":15: the template fetch needs the parameter target",
                        file + ":15: the template fetch needs the parameter mapping")
                .anyMatch(line -> line.startsWith(file + ":8: no mapping \"gone\""));
        assertThat(run.err().lines().filter(line -> line.startsWith(file + ":8:")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, order_no AS number, town FROM orders WHERE city > 1",
                "SELECT id, order_no AS number, COALESCE(city, country) AS town FROM orders WHERE city > 1",
                "SELECT id, LEFT(order_no, 9) number, 'x' AS town FROM orders",
            })
    void columns_that_a_mapping_needs_and_a_query_does_not_read_are_told(String query) throws IOException {
        CommandRun run = rows(query);

        assertThat(run.code()).isOne();
        assertThat(run.err())
                .contains(
                        routes("sources/acme.yaml") + ":6: the query does not read the column city, which the mapping"
                                + " sqlrow needs",
                        "write required: false at sqlrow/mapping.yaml:9")
                .doesNotContain("column number", "column note");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "SELECT o.id, o.order_no AS NUMBER, City FROM orders o",
                "SELECT id, CAST(order_no AS VARCHAR(9)) number, TRIM('x' FROM city) AS city FROM orders",
                "WITH o AS (SELECT id, number, city FROM orders) SELECT id, number, city FROM o",
                "SELECT TOP 9 id, number, CASE WHEN city = '' THEN 'x' ELSE city END AS city FROM orders",
                "CALL orders_of_today()"
            })
    void of_a_query_that_reads_them_or_may_do_so_nothing_is_told(String query) throws IOException {
        assertThat(rows(query).err()).doesNotContain("does not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT number, city, note, town, id FROM orders",
                "SELECT o.id, o.number, o.city, COUNT(1) AS Town FROM orders o",
            })
    void columns_that_a_mapping_may_not_leave_unread_are_told(String query) throws IOException {
        CommandRun run = rows(query, "error");

        assertThat(run.code()).isOne();
        assertThat(run.err())
                .contains(routes("sources/acme.yaml")
                        + ":6: the query reads town, which no line of the mapping sqlrow reads")
                .doesNotContain("does not read the column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, number, city, note FROM orders WHERE town = 'x'",
                "SELECT id, number, LEFT(town, 9) city FROM orders",
                "SELECT id, number, 'x' AS town, city FROM orders",
                "SELECT id, number, city, ignored FROM orders",
                "SELECT * FROM orders"
            })
    void of_a_query_whose_columns_are_all_read_or_are_not_known_for_sure_nothing_is_told(String query)
            throws IOException {
        assertThat(rows(query, "error").err()).doesNotContain("no line of the mapping");
        assertThat(rows("SELECT number, city, town FROM orders", "warn").err())
                .doesNotContain("no line of the mapping");
    }

    @ParameterizedTest
    @CsvSource({"json, false", "fixed, false", "csv, true", "xlsx, true"})
    void a_format_that_cannot_gather_the_rows_its_mapping_groups_is_told(String format, boolean fits)
            throws IOException {
        write("mappings/sheet/mapping.yaml", """
                mapping: sheet
                version: 1
                writes: free
                reads: { format: csv, groupBy: no }
                fields:
                  number: no
                """);
        write("routes/templates/take.yaml", """
                - routeTemplate:
                    id: take
                    parameters:
                      - name: mapping
                      - name: format
                    from:
                      uri: "timer:take"
                      steps:
                        - log: "{{mapping}} {{format}}"
                """);
        CommandRun run = check("", "sources/acme.yaml", """
                - templatedRoute:
                    routeTemplateRef: take
                    routeId: source.acme
                    parameters:
                      - { name: mapping, value: sheet }
                      - { name: format, value: %s }
                """.formatted(format));

        String told = routes("sources/acme.yaml") + ":6: format: \"" + format
                + "\" cannot be used (expected csv, tsv, xlsx, xls, row)";
        assertThat(run.err().lines().filter(told::equals)).hasSize(fits ? 0 : 1);
    }

    private CommandRun rows(String query) throws IOException {
        return rows(query, "off");
    }

    private CommandRun rows(String query, String unmapped) throws IOException {
        write("mappings/sqlrow/mapping.yaml", """
                mapping: sqlrow
                version: 1
                writes: free
                reads: { format: row }
                unmapped: %s
                ignore: [id, ignored]
                fields:
                  number: number
                  city: city
                  note: { from: note, required: false }
                """.formatted(unmapped));
        write("routes/templates/rows.yaml", """
                - routeTemplate:
                    id: rows
                    parameters:
                      - name: query
                      - name: keyColumn
                      - name: mapping
                    from:
                      uri: "timer:rows"
                      steps:
                        - log: "{{query}} {{keyColumn}} {{mapping}}"
                """);
        return check("source.acme.mapping=sqlrow\n", "sources/acme.yaml", """
                - templatedRoute:
                    routeTemplateRef: rows
                    routeId: source.acme
                    parameters:
                      - { name: mapping, value: "{{source.acme.mapping}}" }
                      - { name: query, value: "%s" }
                      - { name: keyColumn, value: id }
                """.formatted(query));
    }

    @Test
    void what_only_camel_can_tell_is_told_too() throws IOException {
        CommandRun run = check("", "sources/acme.yaml", """
                - from:
                    uri: timer:acme
                    steps:
                      - setBdy:
                          constant: x
                """);

        assertThat(run.code()).isOne();
        assertThat(run.err()).startsWith(routes("sources/acme.yaml")).contains("setBdy");
    }

    @Test
    void settings_are_checked_as_the_hub_reads_them() throws IOException {
        CommandRun run = check("""
                waybill.htp.port=1
                account.ups.adapter=upss
                account.sandbox.adapter=sandbox
                account.sandbox.bseUrl=http://127.0.0.1:1
                sink.oms.url=https://oms.example
                sink.wms.namespaces=acme
                dispatch.poll=often
                """, "sources/other.yaml", "[]");

        assertThat(run.err())
                .contains(config() + ":3: nobody reads the setting waybill.htp.port")
                .contains(config() + ":4: ")
                .contains("upss")
                .contains(config() + ":6: nobody reads the setting account.sandbox.bseUrl")
                .contains("the setting sink.oms.namespaces is missing")
                .contains(config() + ":8: no running route starts at direct:sink.wms")
                .contains(config() + ":9: dispatch.poll=\"often\" cannot be used");
    }

    @Test
    void a_setting_that_only_a_route_reads_is_known_even_when_that_file_is_broken_or_off() throws IOException {
        write("routes/sources/acme.yaml", "- from: {{source.acme.folder}\n  {{source.acme.folder}}");
        CommandRun run = check("source.acme.folder=in\n", "sinks/oms.yaml", "- from: '{{source.acme.other}}'");

        assertThat(run.err()).contains(routes("sources/acme.yaml")).doesNotContain("nobody reads");
    }

    @Test
    void what_a_sink_is_told_and_its_route_does_not_ask_for_is_not_passed_over() throws IOException {
        String sink = "sink.oms.namespaces=acme\nsink.oms.folder=out\nsink.oms.format=json\n";
        String route = "- from:\n    uri: direct:sink.oms\n    steps:\n      - to: file:{{sink.oms.folder}}%s\n";

        CommandRun missing = check(sink, "sources/acme.yaml", "# nothing\n");
        assertThat(missing.err()).contains("direct:sink.oms").doesNotContain("nobody reads");

        CommandRun deaf = check(sink, "sinks/oms.yaml", route.formatted(""));
        assertThat(deaf.code()).isOne();
        assertThat(deaf.err())
                .contains("nobody reads the setting sink.oms.format")
                .doesNotContain("the setting sink.oms.folder");

        CommandRun asked = check(sink, "sinks/oms.yaml", route.formatted("?fileName=a.{{sink.oms.format}}"));
        assertThat(asked.err()).doesNotContain("nobody reads");
    }

    @Test
    void what_keeps_routes_from_being_read_does_not_make_their_settings_those_nobody_reads() throws IOException {
        String route = "- from:\n    uri: file:{{source.acme.folder}}\n    steps:\n      - to: direct:orders\n";
        CommandRun cluster = check("source.acme.folder=in\nkafka.main.tls=false\n", "sources/acme.yaml", route);
        assertThat(cluster.err()).contains("kafka.main.brokers is missing").doesNotContain("nobody reads");

        CommandRun sink = check(
                "source.acme.folder=in\nsink.oms.namespaces=acme\nsink.oms.url=http://10.0.0.5/x\n",
                "sources/acme.yaml",
                route);
        assertThat(sink.err()).contains("sink.oms.url=\"http://10.0.0.5/x\"").doesNotContain("nobody reads");
    }

    @Test
    void where_people_find_the_hub_is_read_by_somebody_though_routes_are_not() throws IOException {
        CommandRun run = check(
                "hub.url=https://hub.example.com\ndatasource.erp.url=jdbc:nosuch://erp.example.com/erp\n",
                "sources/acme.yaml",
                "# nothing\n");

        assertThat(run.err()).contains("datasource.erp.url").doesNotContain("nobody reads");
    }

    @Test
    void a_station_is_read_though_an_account_is_wrong() throws IOException {
        String account = "account.ups.adapter=ups\naccount.ups.mode=prod\n";
        CommandRun fine = check(account + "station.one.folder=" + folder + "\n", "sources/acme.yaml", "[]");
        assertThat(fine.err()).contains("account.ups.mode=\"prod\"").doesNotContain("nobody reads");

        CommandRun wrong = check(
                account + "station.one.folder=" + folder + "\nstation.one.format=GIF\n", "sources/acme.yaml", "[]");
        assertThat(wrong.err()).contains("account.ups.mode=\"prod\"", "station.one.format=\"GIF\"");
    }

    @Test
    void a_source_that_is_told_something_wrong_leaves_the_others_and_the_defaults_those_of_somebody()
            throws IOException {
        CommandRun run = check(
                "defaults.contact=Ada\nsource.acme.release=later\nsource.other.mapping=one\nsource.other.relese=now\nsource.other.acknowledgeTo="
                        + folder + "\n",
                "sources/acme.yaml",
                "# nothing\n");

        assertThat(run.err())
                .contains("source.acme.release=\"later\"")
                .containsOnlyOnce("nobody reads")
                .contains("nobody reads the setting source.other.relese");
    }

    @Test
    void what_a_refused_route_would_have_read_of_its_system_is_not_said_to_be_read_by_nobody() throws IOException {
        CommandRun run = check("""
                source.shop.namespace=acme
                system.shop.url=https://shop.example.com
                system.shop.auth=none
                """, "sources/shop.yaml", """
                - from:
                    uri: waybill-poll:shop?system=shop&path=/orders&mapping={{source.shop.mappin}}
                    steps:
                      - to: direct:orders
                """);

        assertThat(run.err()).contains("source.shop.mappin").doesNotContain("nobody reads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "3,5"})
    void a_file_that_is_to_lie_still_for_no_time_one_can_tell_is_told(String still) throws IOException {
        write("routes/templates/watch.yaml", Files.readString(Path.of("routes/templates/order-folder.yaml")));
        String route = """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.acme
                    parameters:
                      - { name: source, value: acme }
                      - { name: folder, value: "%s" }
                      - { name: mapping, value: one }
                      - { name: still, value: "{{source.acme.still}}" }
                """.formatted(folder);
        CommandRun run = check("source.acme.still=" + still + "\n", "sources/acme.yaml", route);
        assertThat(run.err()).contains(routes("sources/acme.yaml") + ":8", "\"" + still + "\"", "such as 3000");

        CommandRun fine = check("source.acme.still=1m30s\n", "sources/acme.yaml", route);
        assertThat(fine.err()).doesNotContain("such as 3000");
    }

    @Test
    void a_database_without_a_driver_here_is_a_sentence_with_the_folder_drivers_go_to() throws IOException {
        CommandRun run =
                check("datasource.erp.url=jdbc:nosuch://erp.example.com/erp\n", "sources/acme.yaml", "# nothing\n");

        assertThat(run.code()).isOne();
        assertThat(run.err())
                .contains(config() + ":3: datasource.erp.url", "jdbc:nosuch://erp.example.com/erp", "folder drivers")
                .doesNotContain("\tat ");
    }

    @Test
    void every_database_that_cannot_be_asked_is_told_at_once() throws IOException {
        CommandRun drivers = check("""
                datasource.erp.url=jdbc:nosuch://erp.example.com/erp
                datasource.own.url=jdbc:h2:mem:own
                datasource.wms.url=jdbc:neither://wms.example.com/wms
                """, "sources/acme.yaml", "# nothing\n");
        CommandRun settings = check("""
                datasource.erp.user=hub
                datasource.wms.url=jdbc:h2:mem:wms
                datasource.wms.connections=0
                """, "sources/acme.yaml", "# nothing\n");

        assertThat(drivers.err())
                .containsOnlyOnce(config() + ":3: datasource.erp.url")
                .containsOnlyOnce(config() + ":5: datasource.wms.url")
                .doesNotContain("datasource.own");
        assertThat(settings.err())
                .containsOnlyOnce("datasource.erp.url")
                .containsOnlyOnce("datasource.wms.connections=\"0\"");
    }

    @Test
    void a_long_route_is_a_warning() throws IOException {
        CommandRun run = check(
                "", "sources/acme.yaml", "- from:\n    uri: timer:acme\n    steps:\n" + "      - log: x\n".repeat(9));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(routes("sources/acme.yaml") + ":1: this route has 9 steps");
    }

    @Test
    void it_runs_beside_a_hub_and_leaves_nothing_behind() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Ledger hub = Ledger.open(Database.embedded(data), (namespace, type) -> List.of())) {
            List<Path> before = files(data);
            CommandRun run = check("", "sources/other.yaml", "[]");

            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .containsPattern("takes \\d+ µs here")
                    .containsPattern("forced to disk: \\d+ µs, not forced: \\d+ µs");
            assertThat(files(data)).isEqualTo(before);
            assertThat(hub.database().isEmbedded()).isTrue();
        }
    }

    @Test
    void a_data_folder_that_a_start_could_not_make_or_use_is_told_whatever_the_database() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        Path below = file.resolve("of/hub");

        CommandRun embedded = check("", "sources/acme.yaml", "[]");
        CommandRun postgres = check("waybill.db.url=jdbc:postgresql://127.0.0.1:1/hub\n", "sources/acme.yaml", "[]");

        assertThat(embedded.code()).isOne();
        assertThat(embedded.err()).containsOnlyOnce("the data folder " + file + " cannot be used: " + file);
        assertThat(embedded.out()).doesNotContain("a folder that the first start will make");
        assertThat(postgres.err())
                .contains("the data folder " + file + " cannot be used: " + file)
                .contains("jdbc:postgresql://127.0.0.1:1/hub");
        assertThatThrownBy(() -> new DataFolder(below).check()).hasMessageContaining(file + ": NotDirectory");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
        assertThatThrownBy(() -> new DataFolder(link).check()).hasMessageContaining(link + ": NotDirectory");
        Path readOnly = Path.of(URI.create("jrt:/java.base"));
        assertThatThrownBy(() -> new DataFolder(readOnly.resolve("of/hub")).check())
                .as("where nobody may write, not even root")
                .hasMessageContaining(readOnly + ": AccessDenied");
        assertThat(folder.resolve("data")).as("looked at, and no more").isRegularFile();
    }

    @Test
    void a_mode_nobody_knows_an_address_that_needs_keys_and_a_missing_folder_are_named() throws IOException {
        CommandRun run = check(
                "account.ups.adapter=sandbox\naccount.ups.mode=prod\nwaybill.http.host=0.0.0.0\n"
                        + "waybill.http.behindProxy=true\nretention.labels=1h\nbackup.keep=0\n",
                "sources/acme.yaml",
                "[]");
        assertThat(run.err())
                .contains(config() + ":4: account.ups.mode=\"prod\" cannot be used (expected test, production)")
                .contains(config() + ":7: retention.labels=\"1h\" cannot be used (expected at least 1d, such as 90d)")
                .contains(config() + ":8: backup.keep=\"0\" cannot be used (expected 1 or more)");
        assertThat(check("retention.events=12h\n", "sources/acme.yaml", "[]").err())
                .contains(config() + ":3: retention.events=\"12h\" cannot be used (expected at least 1d, such as 90d)");
        assertThat(check("retention.events=soon\n", "sources/acme.yaml", "[]").err())
                .contains(config() + ":3: retention.events=\"soon\" cannot be used");
        assertThat(run.out()).contains("the hub will answer on 0.0.0.0 only when a key exists");

        Files.delete(folder.resolve("mappings/one/mapping.yaml"));
        Files.delete(folder.resolve("mappings/one"));
        Files.delete(folder.resolve("mappings"));
        CommandRun missing = CommandRun.of("check", "--config", config(), "--lang", "en");
        assertThat(missing.err()).contains(":2: waybill.mappings.dir names " + folder.resolve("mappings"));
        assertThat(check(
                                "waybill.contracts.dir=no/contracts\nwaybill.drivers.dir=no/drivers\n",
                                "sources/acme.yaml",
                                "[]")
                        .err())
                .contains(
                        "waybill.contracts.dir names " + Path.of("no/contracts").toAbsolutePath())
                .contains("waybill.drivers.dir names " + Path.of("no/drivers").toAbsolutePath());
    }

    @Test
    void a_folder_that_answers_and_labels_go_to_and_that_is_not_there_is_told_with_its_key() throws IOException {
        Path there = Files.createDirectories(folder.resolve("there"));
        CommandRun run = check(
                "source.acme.returnTo=no/answers\nsource.acme.acknowledgeTo=" + there
                        + "\nstation.bench.folder=no/labels\nstation.office.folder=" + there + "\n",
                "sources/acme.yaml",
                "[]");

        assertThat(run.out() + run.err())
                .contains(config() + ":3: source.acme.returnTo names "
                        + Path.of("no/answers").toAbsolutePath())
                .contains(config() + ":5: station.bench.folder names "
                        + Path.of("no/labels").toAbsolutePath())
                .doesNotContain("acknowledgeTo names", "office.folder names");
        assertThat(run.code()).as("they may yet be mounted").isZero();
    }

    @Test
    void an_open_address_without_tls_is_refused_as_the_hub_would() throws IOException {
        CommandRun run = check("waybill.http.host=0.0.0.0\n", "sources/acme.yaml", "[]");

        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("0.0.0.0");
    }

    @Test
    void it_speaks_chinese() throws IOException {
        write("routes/sources/acme.yaml", "- from:\n    uri: timer:acme\n    steps:\n      - to: direct:ordrs\n");
        CommandRun run = check("", "sinks/oms.yaml", "[]", "--lang", "zh");

        assertThat(run.err()).contains(":4: 没有路由从 direct:ordrs 开始；您是否想写 orders？");
        assertThat(run.out()).contains("需要更正：1 个问题");
    }

    @Test
    void no_settings_file_is_a_sentence_and_a_wrong_word_is_wrong_use() {
        CommandRun missing = CommandRun.of(
                "check", "--lang=en", "--config", folder.resolve("no").toString());
        CommandRun wrong = CommandRun.of("chek");
        CommandRun none = CommandRun.of("--lang", "zh");

        assertThat(missing.code()).isOne();
        assertThat(missing.err()).contains("the settings file cannot be read").doesNotContain("Exception");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("Did you mean: waybill check");
        assertThat(none.code()).isZero();
        assertThat(none.out()).contains("用法：waybill", "check", "检查设置");
    }

    private CommandRun check(String settings, String route, String text, String... more) throws IOException {
        write("routes/" + route, text);
        write(
                "mappings/one/mapping.yaml",
                "mapping: one\nversion: 1\nwrites: free\nreads: {format: json}\nfields: {a: a}\n");
        Path file = write(
                "waybill.properties",
                """
                waybill.routes.dir=%s
                waybill.mappings.dir=%s
                """.formatted(folder.resolve("routes"), folder.resolve("mappings")) + settings
                        + "source.acme.namespace=acme\nwaybill.data=" + folder.resolve("data") + "\n");
        return CommandRun.of(Stream.concat(
                        Stream.of("check", "--config", file.toString()),
                        more.length == 0 ? Stream.of("--lang", "en") : Stream.of(more))
                .toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String routes(String name) {
        return folder.resolve("routes").resolve(name).toString();
    }

    private String config() {
        return folder.resolve("waybill.properties").toString();
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.sorted().toList();
        }
    }
}
