package io.waybill.carrier.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Carriers;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a description: each is told with file and line, and with what was probably meant or is legal. */
class BadDescriptionsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("carriers/label-platform"))) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(Path.of("carriers").relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? to : to.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "units: lb/in | unit: lb/in | carrier.yaml:22: nobody reads the key \"unit\"; did you mean units?",
                "carrier: label-platform | carrier: other | carrier.yaml:3: carrier: \"other\" cannot be used",
                "/v1/orders/{id}/cancel | /v1/orders/{idd}/cancel | carrier.yaml:41: nothing is known here that is called \"idd\"; did you mean id?",
                "{trackingNumbers} | {draft} | carrier.yaml:42: nothing is known here that is called \"draft\"",
                "{ref} | {account.appSecret} | carrier.yaml:38: appSecret is a secret, and may stand under auth only",
                "rates: { method | ratez: { method | carrier.yaml:33: nobody reads the key \"ratez\"; did you mean rates?",
                "create: { method: POST | create: { method: PUT | POST: the call that costs money",
                "method: GET~    path: /v1/orders~    query | method: DELETE~    path: /v1/orders~    query | carrier.yaml:36: method: \"DELETE\" cannot be used",
                "path: /v1/balance | path: '/v1/../balance' | path: \"/v1/../balance\" cannot be used",
                "path: /v1/balance | path: '/v1/balance?all=1' | path: \"/v1/balance?all=1\" cannot be used",
                "request: quote, | request: qoute, | carrier.yaml:33: no mapping \"qoute\"; did you mean quote?",
                "request: quote, | request: quoted, | the mapping quoted writes rates/1 (expected writes: free)",
                "reply: charged | reply: tracked | the mapping tracked writes events/1 (expected writes: fees/1)",
                "kind: hmac | kind: hmca | carrier.yaml:15: kind: \"hmca\" cannot be used",
                "secret: appSecret | secret: appSecrte | nothing is known here that is called \"appSecrte\"; did you mean appSecret?",
                "{timestamp} | {timestmp} | nothing is known here that is called \"timestmp\"; did you mean timestamp?",
                "https://api.label-platform.example | http://127.0.0.1.example | production: \"http://127.0.0.1.example\" cannot be used",
                "https://api.label | http://api.label | production: \"http://api.label-platform.example\" cannot be used",
                "[files.label-platform.example] | ['*.example'] | files: \"*.example\" cannot be used",
                "labels: [PDF, ZPL] | labels: [] | carrier.yaml:25: labels: \"a list\" cannot be used (expected one or more of PDF",
                "labels: [PDF, ZPL] | labels: [PDF, ZPPL] | labels: \"ZPPL\" cannot be used",
                "class: A | class: D | class: \"D\" cannot be used (expected A",
                "code, equals: 0 | code, equals: 0, exists: true | success: \"a map\" cannot be used",
                "path: code, equals | path: code..x, equals | \"code..x\" is not a path",
                "webhook: { proof: hmac, header: X-Sign, secret: pushSecret | webhook: { proof: hmac, header: X-Sign, secret: appKey | secret: \"appKey\" cannot be used (expected a setting that is a secret",
                "customerOrderNo: \"{ref}\" | customerOrderNo: \"1\" | carrier.yaml:37: path: \"/v1/orders\" cannot be used (expected {ref} or {purchaseKey} or {orderNumber} in it",
                "/v1/orders/{id}/label | /v1/orders/label | carrier.yaml:40: path: \"/v1/orders/label\" cannot be used (expected {id} in it",
                "/v1/orders/{id}/cancel | /v1/orders/cancel | path: \"/v1/orders/cancel\" cannot be used (expected {id} or {ref}",
                "date: \"{day}\", page | page | path: \"/v1/charges\" cannot be used (expected {day} in it",
                "numbers: \"{trackingNumbers}\" | numbers: \"{trackingNumber}\" | carrier.yaml:42: most: \"40\" cannot be used (expected 1, where {trackingNumbers} stands nowhere",
                "path: /v1/balance, | path: /v1/balance, request: quote, | carrier.yaml:45: request: \"quote\" cannot be used (expected none with GET",
                ", X-Sign: \"{signature}\" } | } | carrier.yaml:20: headers: \"a map\" cannot be used (expected {signature} in one of them, or in query",
                "X-App-Key: \" | X App Key: \" | headers: \"X App Key\" cannot be used (expected a header's name",
                "header: X-Sign, | header: X Sign, | carrier.yaml:47: header: \"X Sign\" cannot be used (expected a header's name",
                "{ format: \"{format}\" } | { format: [PDF] } | carrier.yaml:40: format: \"a list\" cannot be used (expected a text",
                "X-Timestamp: \"{timestamp}\" | X-Timestamp: {} | carrier.yaml:20: X-Timestamp: \"a map\" cannot be used (expected a text",
                "name: A US label platform | name: [A, B] | carrier.yaml:4: name: \"a list\" cannot be used (expected a text",
                "sign: \"{method} | sign: {} # | carrier.yaml:19: sign: \"a map\" cannot be used (expected a text",
                "equals: 0 | equals: [0] | carrier.yaml:30: equals: \"a list\" cannot be used (expected a text",
                "equals: 0 | in: [] | carrier.yaml:30: in: \"a list\" cannot be used (expected one or more texts",
                "query: { format: \"{format}\" } | query: format | carrier.yaml:40: query: \"format\" cannot be used (expected key: value",
                "most: 40 | most: 0 | most: \"0\" cannot be used",
            })
    void each_is_told_with_its_line_and_what_was_meant(String good, String bad, String told) throws IOException {
        Path file = folder.resolve("label-platform/carrier.yaml");
        String text = Files.readString(file);
        String from = good.replace("~", "\n");
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, bad.replace("~", "\n")));

        assertThat(problems()).anyMatch(problem -> problem.contains(told));
    }

    @Test
    void where_a_token_is_asked_for_is_a_path_of_the_carrier() throws IOException {
        String auth = "auth: { kind: oauth2, path: %s, id: appKey, secret: appSecret }\n";
        String text = Files.readString(folder.resolve("label-platform/carrier.yaml"));
        String hmac = text.substring(text.indexOf("auth:"), text.indexOf("class:"));
        replace("carrier.yaml", hmac, auth.formatted("\"/oauth/token?grant=1\""));
        assertThat(new Carriers().described(folder).problems()).isEmpty();
        for (String path : List.of("oauth/token", "\".evil.example/token\"", "\"/to ken\"", "\"/{account.appKey}\"")) {
            Files.writeString(folder.resolve("label-platform/carrier.yaml"), text.replace(hmac, auth.formatted(path)));
            assertThat(problems())
                    .as(path)
                    .anyMatch(problem ->
                            problem.contains("carrier.yaml:14: path: \"" + path.replace("\"", "") + "\" cannot"));
        }
    }

    @Test
    void a_header_that_is_to_prove_who_calls_is_named() throws IOException {
        String text = Files.readString(folder.resolve("label-platform/carrier.yaml"));
        String hmac = text.substring(text.indexOf("auth:"), text.indexOf("class:"));
        replace("carrier.yaml", hmac, "auth: { kind: header }\n");
        assertThat(problems()).anyMatch(problem -> problem.contains("carrier.yaml:14: \"headers\" is missing"));
    }

    @Test
    void what_may_be_missing_stands_in_no_path() throws IOException {
        replace("carrier.yaml", "appKey: required", "appKey: optional");
        replace("carrier.yaml", "path: /v1/balance", "path: '/v1/{account.appKey}/balance'");
        assertThat(problems())
                .anyMatch(problem -> problem.contains("path: \"/v1/{account.appKey}/balance\" cannot be used (expected")
                        && problem.contains("a required setting"));
    }

    @Test
    void the_field_of_ours_that_an_error_is_about_is_a_pointer() throws IOException {
        Files.writeString(
                folder.resolve("label-platform/errors.csv"),
                "code,word,pointer\n40901,duplicate,\n7,refused,shipTo.city\n");
        assertThat(problems())
                .anyMatch(
                        problem -> problem.contains("errors.csv:3: pointer: \"shipTo.city\" cannot be used (expected"));
    }

    @Test
    void the_first_of_a_list_is_a_place_in_an_answer_and_another_is_not() throws IOException {
        replace("carrier.yaml", "error: { code: code,", "error: { code: 'errors[0].code',");
        assertThat(new Carriers().described(folder).problems()).isEmpty();
        replace("carrier.yaml", "'errors[0].code'", "'errors[1].code'");
        assertThat(problems())
                .as("once, though every operation reads so")
                .singleElement()
                .asString()
                .contains("carrier.yaml:31: \"errors[1].code\" is not a path");
    }

    @Test
    void a_class_is_only_believed_with_what_it_rests_on() throws IOException {
        replace("errors.csv", "40901,duplicate", "40901,refused");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("carrier.yaml:21: class A rests on what this description does not have");
    }

    @Test
    void a_reply_that_refuses_what_the_carrier_may_add_is_refused_itself() throws IOException {
        replace("ordered/mapping.yaml", "unmapped: off", "unmapped: error");

        assertThat(problems()).anyMatch(problem -> problem.contains("a carrier may send a new one any day"));
    }

    @Test
    void a_mapping_that_nothing_uses_and_one_that_does_not_compile_are_told() throws IOException {
        replace("carrier.yaml", "  balance: { method: GET, path: /v1/balance, reply: balance }\n", "");
        replace("tracked/mapping.yaml", "code: { from: [code, description] }", "coed: code");

        assertThat(problems())
                .anyMatch(problem -> problem.contains("no operation uses the mapping balance"))
                .anyMatch(problem -> problem.contains("tracked/mapping.yaml:")
                        && problem.contains("the target has no field \"coed\"; did you mean code?"));
    }

    @Test
    void a_request_whose_mapping_is_bad_is_told_by_that_alone() throws IOException {
        replace("create/mapping.yaml", "customerOrderNo: ref", "customer[Order]No: ref");
        assertThat(problems()).hasSize(1).first().asString().contains("create/mapping.yaml", "is not a path");

        replace("create/mapping.yaml", "customer[Order]No: ref", "customerOrderNo: ref");
        replace("carrier.yaml", "request: create", "request: craete");
        assertThat(problems()).noneMatch(problem -> problem.contains("path: \"/v1/orders\" cannot be used"));
    }

    @Test
    void a_request_that_says_nothing_of_what_it_is_about_is_refused() throws IOException {
        replace(
                "carrier.yaml",
                "track: { method: GET, path: /v1/tracking, query: { numbers: \"{trackingNumbers}\" }",
                "track: { method: POST, path: /v1/tracking, request: asked");
        request("asked", "fields: { number: trackingNumber }");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains(
                        "carrier.yaml:42: most: \"40\" cannot be used (expected 1, where its request reads no trackingNumbers");

        request("asked", "fields: { numbers: { const: all } }");
        assertThat(problems())
                .anyMatch(problem -> problem.contains("carrier.yaml:42")
                        && problem.contains("a mapping that reads trackingNumber or trackingNumbers"));

        request("asked", "fields: { numbers: { from: trackingNumbers, split: \",\" } }");
        assertThat(new Carriers().described(folder).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipient.zip: shipTo.postalCode | recipient.zip: shipTo.zip | nothing is known here that is called \"shipTo.zip\"",
                "recipient.zip: shipTo.postalCode | recipient.zip: shipto.postalCode | called \"shipto\"; did you mean shipTo?",
                "seq: number | seq: parcelNumber | called \"parcels.parcelNumber\"; did you mean parcels.number?",
                "customerOrderNo: ref | customerOrderNo: id | nothing is known here that is called \"id\"",
                "referenceNo: orderNumber | referenceNo: account.appKy | called \"account.appKy\"; did you mean account.appKey?",
                "referenceNo: orderNumber | referenceNo: account.appSecret | appSecret is a secret, and may stand under auth only",
            })
    void a_request_that_reads_what_no_purchase_has_is_refused(String good, String bad, String told) throws IOException {
        replace("create/mapping.yaml", good, bad);
        assertThat(problems()).singleElement().asString().contains("carrier.yaml:34: ", told);
    }

    @Test
    void what_is_asked_of_an_order_later_reads_nothing_of_its_shipment() throws IOException {
        replace(
                "carrier.yaml",
                "cancel: { method: POST, path: \"/v1/orders/{id}/cancel\" }",
                "cancel: { method: POST, path: /v1/cancel, request: back }");
        request("back", "fields: { no: id, to: shipTo.name }");
        assertThat(problems()).singleElement().asString().contains("carrier.yaml:41: ", "called \"shipTo\"");

        request("back", "fields: { no: id, by: account.appKey, ours: { expr: '.ref + .purchaseKey' } }");
        assertThat(new Carriers().described(folder).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ expr: '.shipTo.zip' } ~ called \"shipTo.zip\"",
                "{ expr: '.shipTo | .zip' } ~ called \"shipTo.zip\"",
                "{ expr: 'let to = .shipTo fallback($to.zip, \"-\")' } ~ called \"shipTo.zip\"",
                "{ expr: '[for (.parcels) .wieght]' } ~ called \"parcels.wieght\"; did you mean parcels.weight?",
                "{ expr: '.parcels[0].wieght' } ~ called \"parcels.wieght\"; did you mean parcels.weight?",
                "{ expr: '.parcels[-1].wieght' } ~ called \"parcels.wieght\"; did you mean parcels.weight?",
                "parcels[0].wieght ~ called \"parcels.wieght\"; did you mean parcels.weight?",
                "parcels[number=1].wieght ~ called \"parcels.wieght\"; did you mean parcels.weight?",
                "parcels[numbre=1].weight ~ called \"parcels.numbre\"; did you mean parcels.number?",
                "{ from: ref, when: { expr: '.shipTo.zip == \"1\"', empty: false } } ~ called \"shipTo.zip\"",
                "{ expr: '.account.appSecret' } ~ appSecret is a secret, and may stand under auth only",
                "{ expr: '$root.account.\"appSecret\"' } ~ appSecret is a secret, and may stand under auth only",
                "{ expr: 'sha256-hex(.account.appSecret + .ref)' } ~ appSecret is a secret, and may stand under auth only",
            })
    void a_request_that_names_what_no_purchase_has_is_refused_however_it_names_it(String line, String told)
            throws IOException {
        replace("create/mapping.yaml", "referenceNo: orderNumber", "referenceNo: " + line);
        assertThat(problems()).singleElement().asString().contains("carrier.yaml:34: ", told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ expr: '.shipTo.postalCode' }",
                "{ expr: 'fallback(.shipTo.company, .shipTo.name)' }",
                "{ expr: '[for (.parcels) .weight]' }",
                "{ expr: '[for (.shipTo) .key + .value]' }",
                "{ expr: '[for (.account) .key]' }",
                "{ expr: 'get-key(.shipTo, \"zip\")' }",
                "{ expr: 'def zip(of) $of.zip zip({\"zip\": .shipTo.postalCode})' }",
                "{ expr: '{\"zip\": .shipTo.postalCode} | .zip' }",
                "{ expr: 'let who = if (.billing) .billing else .shipTo fallback($who.accountNumber, $who.name)' }",
                "{ expr: 'let who = if (.billing) .shipTo else {\"eori\": \"X\"} $who.eori' }",
                "{ expr: 'fallback(.shipTo, {\"eori\": \"X\"}).eori' }",
                "{ expr: '[for ([.shipTo, .parcels[0]]) fallback(.name, .reference)]' }",
                "{ expr: '.metadata.appSecret' }",
                "{ expr: '.items[0].anything + .customs.anything' }",
                "{ expr: 'capture(.shipTo.line1, \"(?<zip>[0-9]+)\").zip' }",
                "parcels[0].weight",
                "parcels[number=1].weight",
            })
    void a_request_may_work_out_what_it_sends(String line) throws IOException {
        replace("create/mapping.yaml", "referenceNo: orderNumber", "referenceNo: " + line);
        assertThat(new Carriers().described(folder).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shipTo.email", "source", "account.appSecret"})
    void what_a_request_ignores_it_does_not_read(String field) throws IOException {
        replace("create/mapping.yaml", "unmapped: off", "unmapped: warn\nignore: [" + field + "]");
        assertThat(new Carriers().described(folder).problems()).isEmpty();
    }

    @Test
    void what_a_request_ignores_is_not_what_it_is_about() throws IOException {
        replace(
                "carrier.yaml",
                "cancel: { method: POST, path: \"/v1/orders/{id}/cancel\" }",
                "cancel: { method: POST, path: /v1/cancel, request: back }");
        request("back", "ignore: [id]\nfields: { by: account.appKey }");
        assertThat(problems()).singleElement().asString().contains("a mapping that reads id or");
    }

    private void request(String name, String fields) throws IOException {
        Path file = folder.resolve("label-platform").resolve(name).resolve("mapping.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "mapping: " + name + "\nversion: 1\nwrites: free\nreads: { format: json }\nunmapped: off\n" + fields);
    }

    @Test
    void the_words_of_a_table_are_checked_by_line() throws IOException {
        replace("statuses.csv", "OUT,out_for_delivery", "OUT,out_for_delivry");
        replace("charges.csv", "FUEL,fuel_charge", "FUEL,petrol");
        replace("errors.csv", "40201,account", "40001,account");
        replace("services.csv", "code,word,name", "code,word,nmae");
        replace("services.csv", "US-ECO,economy", "US-ECO,ground");

        assertThat(problems())
                .anyMatch(problem -> problem.contains("statuses.csv:8: word: \"out_for_delivry\" cannot be used"))
                .anyMatch(problem -> problem.contains("charges.csv:3: word: \"petrol\" cannot be used"))
                .anyMatch(problem -> problem.contains("services.csv:4: \"ground\" is given twice"))
                .anyMatch(problem -> problem.contains("errors.csv:10: \"40001\" is given twice"))
                .anyMatch(problem ->
                        problem.contains("services.csv:1: nobody reads the key \"nmae\"; did you mean name?"));
    }

    @Test
    void tables_and_descriptions_as_excel_and_windows_save_them_are_read() throws IOException {
        for (String name :
                List.of("errors.csv", "services.csv", "statuses.csv", "carrier.yaml", "ordered/mapping.yaml")) {
            Path file = folder.resolve("label-platform").resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
        }
        assertThat(new Carriers().described(folder).problems()).isEmpty();
    }

    @Test
    void a_table_with_semicolons_says_what_it_lacks() throws IOException {
        Path file = folder.resolve("label-platform/services.csv");
        Files.writeString(file, Files.readString(file).replace(",", ";"));
        assertThat(problems())
                .anyMatch(problem -> problem.contains("services.csv:1:") && problem.contains("code;word"));
    }

    @Test
    void an_account_names_a_description_that_is_there_and_its_own_settings() {
        assertThatThrownBy(() -> open("description=label-platfrom"))
                .hasMessageContaining("no carrier is described as \"label-platfrom\"")
                .hasMessageContaining("did you mean label-platform?");
        assertThatThrownBy(() -> open("description=../label-platform"))
                .hasMessageContaining("no carrier is described as");
        assertThatThrownBy(() -> open("description=label-platform\naccount.lp.appSecret=env:S"))
                .hasMessageContaining("account.lp.appKey");
        assertThatThrownBy(
                        () -> open(
                                "description=label-platform\naccount.lp.appKey=k\naccount.lp.appSecret=env:S\naccount.lp.appSceret=x"))
                .hasMessageContaining("account.lp.appSceret");
    }

    private void open(String line) {
        Settings settings = Settings.of(
                "waybill.carriers.dir=" + folder + "\naccount.lp.adapter=declared\naccount.lp.mode=test\naccount.lp."
                        + line,
                Map.of("S", "s3cr3t"));
        new Carriers().open("lp", settings.section("account").section("lp"));
    }

    private void replace(String name, String from, String to) throws IOException {
        Path file = folder.resolve("label-platform").resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private List<String> problems() {
        List<Problem> problems = new Carriers().described(folder).problems();
        assertThat(problems).isNotEmpty();
        return problems.stream().map(Problem::toString).toList();
    }
}
