package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller wrote wrong is the caller's to mend: it is never told as a failure of the hub. */
interface WronglyAskedOverRest {
    URI hub();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/batches/bat_1/commit",
                "/v1/manifests",
                "/v1/accounts/sandbox/off",
                "/v1/admin/keys",
                "/v1/admin/erase",
                "/v1/variances/var_1/accept",
                "/v1/disputes/dsp_1/reject"
            })
    default void a_body_that_is_no_json_is_told_by_its_line_and_column(String path) throws Exception {
        assertThat(post(path, "{").body()).contains("\"truncated-json\"", "line 1");
        assertThat(post(path, "{\"a\": 1, \"a\": 2}").body()).contains("\"duplicate-field\"");
        assertThat(post(path, "{\"a\":".repeat(65)).body()).contains("\"nested-too-deep\"");
        assertThat(post(path, "{").statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/orders/ord_1/shipments | {'key': 'a0', 'reason': 'reship'} | /key",
                "/v1/orders/ord_1/resolve | {'action': 'adopt', 'reason': 'seen', 'trackingNumber': '0'} | /trackingNumber",
                "/v1/stations/office/print | {'orderId': '0'} | /orderId",
                "/v1/views | {'name': '0', 'filter': {}} | /name",
                "/v1/views | {'name': 'late', 'filter': {'q': '0'}} | /filter/q",
                "/v1/exceptions/exc_1/assign | {'assignee': '0'} | /assignee",
                "/v1/accounts/sandbox/off | {'reason': '0'} | /reason",
                "/v1/admin/keys | {'name': '0', 'scopes': ['read']} | /name",
                "/v1/admin/erase | {'namespace': '0'} | /namespace",
                "/v1/manifests | {'account': '0'} | /account",
                "/v1/variances/var_1/accept | {'reason': '0'} | /reason"
            })
    default void a_character_no_store_or_label_keeps_is_told_with_the_field_it_stands_in(
            String path, String body, String pointer) throws Exception {
        HttpResponse<String> zero = post(path, body.replace('\'', '"').replace("0", "\\u0000"));
        HttpResponse<String> half = post(path, body.replace('\'', '"').replace("0", "\\ud83d"));

        assertThat(zero.statusCode()).as(zero.body()).isEqualTo(422);
        assertThat(zero.body()).contains("\"zero-character\"", "\"" + pointer + "\"");
        assertThat(half.statusCode()).as(half.body()).isEqualTo(422);
        assertThat(half.body()).contains("\"half-character\"", "\"" + pointer + "\"");
        for (String sign : List.of("\\u0080", "\\u0085", "\\u009f", "\\ufffd")) {
            HttpResponse<String> lost = post(path, body.replace('\'', '"').replace("0", "a" + sign));
            assertThat(lost.statusCode()).as(lost.body()).isEqualTo(422);
            assertThat(lost.body())
                    .contains(
                            "\"lost-character\"",
                            "\"" + pointer + "\"",
                            "U+" + sign.substring(2).toUpperCase(Locale.ROOT) + " in place");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/manifests | {'account': 'sandbox', 'dey': '2026-11-25'} | unknown-field /dey",
                "/v1/manifests | {'account': 'sandbox', 'day': 20261125} | wrong-type /day",
                "/v1/accounts/sandbox/off | {'reson': 'a'} | unknown-field /reson",
                "/v1/accounts/sandbox/off | {'reason': ['a']} | wrong-type /reason",
                "/v1/admin/erase | {'namespace': 'gone', 'orders': 'all'} | unknown-field /orders",
                "/v1/rates?mapped=true | {'orderId': ['1']} | wrong-type /orderId",
                "/v1/admin/erase | {'namespace': ' '} | bad-parameter namespace",
                "/v1/variances/var_1/accept | {'note': 'a'} | unknown-field /note",
                "/v1/disputes/dsp_1/reject | {'reason': 'a'} | unknown-field /reason",
                "/v1/exceptions/exc_1/assign | {'assignee': 'me', 'to': 'Jane'} | unknown-field /to",
                "/v1/stations/office/print | {'orderId': '1', 'copies': 2} | unknown-field /copies",
                "/v1/orders/ord_1/shipments | {'key': 'a', 'reason': 'reship', 'lost': 'yes'} | wrong-type /lost",
                "/v1/orders/ord_1/shipments | {'key': 'a', 'reason': 'reship', 'note': ['torn']} | wrong-type /note",
                "/v1/orders/ord_1/shipments | {'key': true, 'reason': 'reship'} | wrong-type /key",
                "/v1/orders/ord_1/resolve | {'action': 'adopt', 'reason': {'en': 'seen'}} | wrong-type /reason",
                "/v1/orders/ord_1/resolve | {'action': 'adopt', 'reason': 'seen', 'shipment': {}} | wrong-type /shipment",
                "/v1/orders/ord_1/resolve | {'action': 'adopt', 'reason': 'seen', 'trackingNumber': ['1Z']} | wrong-type /trackingNumber",
                "/v1/stations/office/print | {'orderId': '1', 'namespace': 7} | wrong-type /namespace",
                "/v1/stations/office/print | {'orderId': ['1']} | wrong-type /orderId",
                "/v1/stations/office/print | {} | missing-field /orderId",
                "/v1/views | {'name': 'late', 'filters': {}} | unknown-field /filters",
                "/v1/views | {'name': 'late', 'filter': 'held'} | bad-parameter filter",
                "/v1/views | {'name': 'late', 'filter': {'status': ['held']}} | bad-parameter filter.status"
            })
    default void a_field_that_is_misspelt_or_of_another_kind_is_refused_and_not_passed_over(
            String path, String body, String expected) throws Exception {
        HttpResponse<String> answer = post(path, body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        assertThat(answer.body()).contains(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/orders?since=%2B999999999-01-01T00:00:00Z",
                "/v1/orders?until=%2B10000-01-01T00:00:00Z",
                "/v1/orders?until=0000-12-31",
                "/v1/accruals?asOf=%2B999999999-12-31",
                "/v1/accruals?asOf=9999-12-31",
                "/v1/charges/sums?until=%2B999999999-12-31",
                "/v1/charges/sums?since=-999999999-01-01"
            })
    default void a_day_no_calendar_of_ours_reaches_or_the_books_know_is_a_bad_parameter(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"bad-parameter\"");
    }

    @Test
    default void a_label_bought_elsewhere_cost_no_more_than_any_book_holds() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/shipments/import",
                "{\"orderId\": \"DEAR-1\", \"carrier\": \"Post\", \"trackingNumber\": \"D1\", \"date\": \"2026-11-17\","
                        + " \"system\": \"counter\", \"cost\": {\"amount\": 123456789012345678, \"currency\": \"USD\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"/cost/amount\"");
    }

    @Test
    default void a_packed_bill_that_is_cut_off_in_its_first_bytes_is_told_as_damaged() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(hub().resolve("/v1/invoices?account=sandbox&carrier=ups"))
                                .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"packed-badly\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/batches/bat_1/commit | {'rows': 'good', 'maxTotal': {'amount': '100', 'currency': ['EUR']}} | wrong-type /maxTotal/currency",
                "/v1/batches/bat_1/commit | {'rows': 'good', 'maxTotal': {'amount': '100', 'currency': 978}} | wrong-type /maxTotal/currency",
                "/v1/batches/bat_1/commit | {'rows': ['good']} | wrong-type /rows",
                "/v1/variances/var_1/accept | {'reason': 7} | wrong-type /reason",
                "/v1/variances/var_1/writeoff | {'reason': {}} | wrong-type /reason",
                "/v1/disputes/dsp_1/reject | {'words': ['no']} | wrong-type /words"
            })
    default void what_limits_or_explains_a_decision_is_read_as_it_is_written_or_not_at_all(
            String path, String body, String expected) throws Exception {
        HttpResponse<String> answer = post(path, body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(expected.split(" "));
    }

    @Test
    default void what_a_list_is_asked_for_in_a_body_is_refused_and_not_answered_with_everything() throws Exception {
        for (String call : new String[] {"GET /v1/orders", "GET /v1/charges", "DELETE /v1/views/view_1"}) {
            String[] words = call.split(" ");
            HttpResponse<String> answer = send(words[0], words[1], "{\"status\": \"held\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("\"body-not-taken\"", "status");
        }
        assertThat(send("GET", "/v1/orders", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    default void a_sheet_that_is_sent_as_one_order_is_told_where_sheets_go() throws Exception {
        HttpResponse<String> sheet = post("/v1/orders?source=acme-desk", "order_no;name\n1;Jane Roe\n");
        assertThat(sheet.statusCode()).as(sheet.body()).isEqualTo(422);
        assertThat(sheet.body()).contains("\"not-json\"", "reads csv", "POST /v1/batches?source=acme-desk");
        assertThat(post("/v1/orders", "order_no;name\n").body())
                .contains("\"not-json\"")
                .doesNotContain("batches");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun", "dryRun=", "dryRun=%20", "dryRun=true&dryRun=true", "dryRun=true&dryrun=false"})
    default void who_says_unclearly_that_nothing_shall_be_bought_buys_nothing(String query) throws Exception {
        for (String path : new String[] {"/v1/orders?", "/v1/batches?source=acme-desk&"}) {
            HttpResponse<String> answer = post(path + query, "{\"orderId\": \"DRY-1\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body())
                    .containsPattern("\"(bad|repeated)-parameter\"")
                    .contains("the parameter dryRun");
        }
        assertThat(send("GET", "/v1/orders?status=held&status=refused", "").body())
                .contains("\"repeated-parameter\"", "the parameter status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/orders?orderId=",
                "/v1/orders?trackingNumber=%20",
                "/v1/orders?reference",
                "/v1/orders?key=&status=labelled",
                "/v1/orders?q=",
                "/v1/orders?status=",
                "/v1/orders?since=",
                "/v1/orders?until=%20",
                "/v1/orders?namespace=&format=csv",
                "/v1/charges?orderId=",
                "/v1/charges?trackingNumber=",
                "/v1/charges/sums?namespace=",
                "/v1/rates?orderId=1&namespace=",
                "/v1/crosswalk?account=",
                "/v1/invoices?account=",
                "/v1/variances?invoice=",
                "/v1/disputes?account=",
                "/v1/refunds?account=",
                "/v1/journal?entry=",
                "/v1/audit?entity=",
                "/v1/batches?source=",
                "/v1/rates/sheets?source=",
                "/v1/files?source=",
                "/v1/exceptions?source=",
                "/v1/exceptions?reason=",
                "/v1/exceptions?state=",
                "/v1/exceptions?assignee=",
                "/v1/refunds?state=",
                "/v1/refunds?olderThan=",
                "/v1/variances?rule=",
                "/v1/charges/sums?since="
            })
    default void who_looks_for_one_and_names_none_is_not_given_everything(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"bad-parameter\"", "left out");
        for (String word : List.of(
                "/v1/orders?channel=",
                "/v1/variances?state=",
                "/v1/disputes?state=",
                "/v1/orders?format=",
                "/v1/exceptions?format=",
                "/v1/charges/sums?format=",
                "/v1/crosswalk?format=",
                "/v1/shadow?source=local&format=")) {
            assertThat(send("GET", word, "").body()).contains("\"bad-parameter\"", "cannot be");
        }
        assertThat(send("GET", "/v1/orders?cursor=", "").statusCode())
                .as("the first page")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/batches?source=acme-desk",
                "/v1/rates/sheets?source=acme-desk",
                "/v1/invoices?account=sandbox&carrier=ups",
                "/v1/mappings/acme-orders/try",
                "/v1/orders"
            })
    default void a_form_around_a_file_is_not_read_as_the_file(String path) throws Exception {
        String form =
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na;b\r\n1;2\r\n--x--\r\n";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(hub().resolve(path))
                                .header("Content-Type", "Multipart/Form-Data; boundary=x")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
        assertThat(answer.body()).contains("\"form-not-taken\"", "--data-binary");
    }

    @Test
    default void what_a_call_without_a_body_says_of_its_form_matters_to_nobody() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(hub().resolve("/v1/orders"))
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    default void the_first_and_the_last_day_there_is_are_asked_for() throws Exception {
        for (String path : new String[] {
            "/v1/orders?since=0001-01-01&until=9999-12-31",
            "/v1/accruals?asOf=0001-01-01",
            "/v1/charges/sums?since=0001-01-01&until=9999-12-31"
        }) {
            HttpResponse<String> answer = send("GET", path, "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        assertThat(post("/v1/manifests", "{\"account\": \"sandbox\", \"day\": \"+999999999-12-31\"}")
                        .body())
                .contains("\"bad-parameter\"");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(hub().resolve(path))
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
