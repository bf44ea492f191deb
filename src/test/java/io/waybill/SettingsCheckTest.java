package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.dispatch.DispatchSettings;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dispatch.poll=0s                         | 10ms or more
            dispatch.sendWithin=0s                   | 100ms or more
            dispatch.rateWithin=0s                   | 100ms or more
            load.maxAge=0s                           | 1s or more
            waybill.http.idleTimeout=0s              | 100ms or more
            waybill.http.headerTimeout=0s            | 100ms or more
            waybill.http.bodyTimeout=0ms             | 100ms or more
            waybill.http.tls.reload=0s               | 10ms or more
            waybill.sandbox.port=70000               | a whole number from 0 to 65535
            nodes.silence=1s                         | 5s or more
            nodes.silence=25d                        | 24d or less
            account.sandbox.connectTimeout=0s        | 100ms or more
            account.sandbox.answerTimeout=0s         | 100ms or more
            account.sandbox.refundWithin=0s          | 3600s or more
            account.sandbox.parcels=0                | a whole number from 1 to 40
            account.sandbox.parcels=41               | a whole number from 1 to 40
            account.sandbox.breaker.pause=0s         | 10ms or more
            readiness.valid=980                      | a number from 0 to 100
            readiness.billing=-1                     | a number from 0 to 100
            readiness.longestNumber=0                | a whole number from 1 to 10000
            assess.problemRows=101                   | a number from 0 to 100
            assess.tracking.ordersPerDay=-50         | a number from 0 to 2147483647
            """)
    void a_value_no_hub_could_work_with_is_refused_by_its_line_and_with_what_is_legal(String setting, String legal) {
        String key = setting.substring(0, setting.indexOf('='));

        assertThat(problems("account.sandbox.adapter=sandbox\n" + setting))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("key", key)
                        .containsEntry("line", "2")
                        .containsEntry("value", setting.substring(setting.indexOf('=') + 1))
                        .containsEntry("legal", legal));
    }

    @ParameterizedTest
    @CsvSource({
        "dispatch.lease=0s, 100s",
        "dispatch.lease=99s, 100s",
        "'dispatch.lease=120s\ndispatch.sendWithin=60s', 159s"
    })
    void a_lease_that_could_end_while_a_purchase_is_open_is_refused(String settings, String least) {
        assertThat(problems("account.sandbox.adapter=sandbox\n" + settings))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("key", "dispatch.lease")
                        .extractingByKey("legal")
                        .asString()
                        .startsWith(least + " or more"));
    }

    @Test
    void a_lease_that_is_said_and_too_short_for_an_account_is_told_with_the_one_it_needs() {
        String slow = "account.ship.adapter=sandbox\naccount.ship.answerTimeout=300s\n";

        assertThat(problems(slow + "dispatch.lease=120s\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("key", "dispatch.lease")
                        .containsEntry("value", "120s")
                        .extractingByKey("legal")
                        .asString()
                        .contains("910s or more", "account.ship"));
        assertThat(problems(slow + "dispatch.lease=910s\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30s, 120s", "60s, 190s"})
    void a_lease_that_is_not_said_is_as_long_as_the_slowest_account_needs(String answer, String lease) {
        String settings = """
                account.fast.adapter=sandbox
                account.ship.adapter=sandbox
                account.ship.answerTimeout=%s
                """.formatted(answer);

        assertThat(problems(settings)).isEmpty();
        assertThat(DispatchSettings.read(Settings.of(settings).section("dispatch"), Duration.ZERO)
                        .lease())
                .isEqualTo(Duration.parse("PT" + lease));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace.acmee.limit.labelsPerDay=3",
                "account.sandbox.namespaces=acmee",
                "rules=x\nrule.x.use=cheapest\nrule.x.namespaces=acme,acmee",
                "station.b.folder=.\nstation.b.namespaces=acmee",
                "sink.oms.namespaces=acmee,*"
            })
    void a_namespace_no_source_brings_orders_of_is_asked_about_wherever_it_stands(String settings) {
        String sources = "account.sandbox.adapter=sandbox\nsource.shop.namespace=acme\nsource.desk.mapping=one\n";
        String last = settings.substring(settings.lastIndexOf('\n') + 1);

        assertThat(found(sources + settings).warnings)
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("key", last.substring(0, last.indexOf('=')))
                        .containsEntry("namespace", "acmee")
                        .containsEntry("nearest", "acme")
                        .containsKey("line"));
        for (String known : List.of("acme", "default")) {
            assertThat(found(sources + settings.replace("acmee", known)).warnings)
                    .isEmpty();
        }
    }

    @Test
    void a_namespace_of_several_limits_is_asked_about_once_at_the_first_of_them() {
        String limits = """
                source.shop.namespace=acme
                namespace.acmee.limit.labelsPerDay=3
                namespace.acmee.limit.amountPerDay=100 USD
                namespace.acmee.stages=false
                namespace.other=3
                """;

        assertThat(found(limits).warnings)
                .extracting(problem ->
                        problem.values().get("key") + " " + problem.values().get("namespace"))
                .containsExactly("namespace.acmee.limit.amountPerDay acmee", "namespace.other other");
    }

    @Test
    void a_folder_for_backups_that_cannot_be_made_is_told_before_the_first_of_them_fails(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("disk"), "");

        assertThat(found("backup.folder=" + file.resolve("backups")).warnings)
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("key", "backup.folder")
                        .containsEntry("line", "1"));
        assertThat(found("backup.folder=" + folder.resolve("new/backups")).warnings)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adapter=upps, workers=many                       | bad-setting, unknown-carrier
            adapter=declared, description=nix, workers=many  | bad-setting, declared-carrier-unknown
            adapter=sandbox, rateSheet=/nowhere, workers=many | bad-setting, rate-sheet-file-missing
            adapter=upps, rateSheet=/nowhere                 | unknown-carrier, rate-sheet-file-missing
            adapter=declared, rateSheet=/nowhere             | missing-setting, rate-sheet-file-missing
            """)
    void a_carrier_or_a_rate_sheet_that_is_not_there_is_told_beside_what_is_wrong_with_other_settings(
            String settings, String codes) {
        String text = Stream.of(settings.split(", "))
                .map(setting -> "account.one." + setting)
                .collect(Collectors.joining("\n"));

        assertThat(problems(text).stream().map(Problem::code).distinct()).containsExactlyInAnyOrder(codes.split(", "));
    }

    @Test
    void all_that_is_wrong_with_accounts_rules_and_services_is_told_at_once() {
        String settings = """
                account.sandbox.adapter=sandbox
                account.sandbox.workers=many
                account.sandbox.settle=soon
                account.sandbox.parcels=41
                account.sandbox.colour=red
                account.ups.adapter=ups
                account.ups.chargeEvent=never
                rules=heavy,light
                rule.heavy.minWeight=heavy
                rule.heavy.countries=XX
                rule.heavy.account=sandbox
                rule.heavy.use=ground
                rule.light.account=upps
                rule.light.use=ground
                service.ground=upps:ground
                service.slow=sandbox:ground
                service.express=ground
                """;

        assertThat(problems(settings))
                .extracting(problem -> problem.values().getOrDefault("line", "-") + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "2 bad-setting",
                        "3 bad-setting",
                        "4 bad-setting",
                        "5 unknown-setting",
                        "7 bad-setting",
                        "- missing-setting",
                        "- missing-setting",
                        "- missing-setting",
                        "- missing-setting",
                        "9 bad-setting",
                        "10 bad-setting",
                        "13 rule-account-unknown",
                        "15 bad-setting",
                        "16 service-word-unknown",
                        "17 bad-setting");
    }

    @ParameterizedTest
    @CsvSource({
        "'', adapter",
        "declared, description",
        "dhl-express, 'mode, number, username, password'",
        "dhl-parcel-de, 'mode, billingNumber.V01PAK, username, password, apiKey'",
        "easypost, apiKey",
        "fedex, 'mode, number, clientId, clientSecret'",
        "ups, 'mode, number, clientId, clientSecret'",
        "usps, 'mode, number, clientId, clientSecret, mid, crid'",
        "yunexpress, 'mode, appId, appSecret, sourceKey'"
    })
    void all_that_an_account_lacks_is_told_at_once(String adapter, String lacking) {
        assertThat(problems("account.one.adapter=" + adapter + "\naccount.one.workers=4"))
                .extracting(problem -> problem.values().get("key").substring("account.one.".length()))
                .containsExactlyInAnyOrder(lacking.split(", "));
    }

    @Test
    void a_rule_or_service_of_an_account_that_is_wrong_is_no_second_error() {
        String settings = """
                account.sandbox.adapter=sandbox
                account.sandbox.workers=many
                rules=heavy
                rule.heavy.account=sandbox
                rule.heavy.use=ground
                service.ground=sandbox:ground
                """;

        assertThat(problems(settings))
                .extracting(problem -> problem.values().get("key"))
                .containsExactly("account.sandbox.workers");
    }

    @Test
    void what_is_missing_only_because_another_setting_is_wrong_is_not_told() {
        String settings = """
                account.dhl.adapter=dhl-parcel-de
                account.dhl.baseUrl=nowhere
                account.dhl.billingNumber.V53WPAK=333333333333
                """;

        assertThat(problems(settings))
                .extracting(problem -> problem.values().get("key"))
                .containsExactlyInAnyOrder(
                        "account.dhl.username",
                        "account.dhl.password",
                        "account.dhl.apiKey",
                        "account.dhl.baseUrl",
                        "account.dhl.billingNumber.V53WPAK");
    }

    @Test
    void a_permits_zip_is_no_second_error_where_the_kind_of_account_is_misspelt() {
        String settings = """
                account.usps.adapter=usps
                account.usps.accountType=PERMT
                account.usps.permitZip=78701
                """;

        assertThat(problems(settings))
                .extracting(problem -> problem.values().get("key"))
                .contains("account.usps.accountType")
                .doesNotContain("account.usps.permitZip");
    }

    @Test
    void all_that_is_wrong_with_sinks_and_stations_is_told_at_once() {
        String settings = """
                sink.oms.events=order.labeled
                sink.oms.workers=many
                sink.oms.batch=nightly
                sink.oms.zone=Berlin
                sink.oms.colour=red
                sink.wms.namespaces=acme
                sink.wms.batch=nightly
                sink.wms.zone=Europe/Berlin
                station.one.host=printer
                station.one.port=70000
                station.one.timeout=soon
                station.one.format=GIF
                station.two.format=GIF
                station.two.colour=red
                """;

        assertThat(problems(settings))
                .extracting(problem -> problem.values().getOrDefault("line", "-") + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "- missing-setting",
                        "1 bad-setting",
                        "2 bad-setting",
                        "3 bad-setting",
                        "4 bad-setting",
                        "5 unknown-setting",
                        "7 bad-setting",
                        "10 bad-setting",
                        "11 bad-setting",
                        "12 bad-setting",
                        "- missing-setting",
                        "13 bad-setting",
                        "14 unknown-setting");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.webhook.office.com:x/webhookb2/11111111-2222@3333/IncomingWebhook/0123456789abcdef01234567/",
                "http://hooks.slack.com/services/T0/B0/",
                "ftp://oms:",
                "bearer 0123456789"
            })
    void a_value_that_is_refused_is_told_without_what_lets_somebody_in(String before) {
        String secret = "sEcReT0123456789";

        String value = before + secret + (before.endsWith(":") ? "@a" : "");

        assertThat(problems("account.sandbox.adapter=sandbox\naccount.sandbox.parcels=" + value))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values().get("value"))
                        .contains("***")
                        .doesNotContain(secret));
    }

    private static List<Problem> problems(String settings) {
        return found(settings).problems.stream().distinct().toList();
    }

    private static Gathered found(String settings) {
        Gathered found = new Gathered();
        new SettingsCheck(Settings.of(settings), found).run();
        return found;
    }
}
