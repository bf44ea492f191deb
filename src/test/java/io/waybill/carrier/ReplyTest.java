package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"p\":{\"no\":\"1Z\"}}", "{\"p\":[{\"no\":\"1Z\"}]}", "[{\"p\":[{\"no\":\"1Z\"}]}]"})
    void one_and_a_list_of_one_are_read_alike(String body) {
        assertThat(Reply.of(body.getBytes(UTF_8)).at("p").list())
                .singleElement()
                .satisfies(one -> assertThat(one.text("no")).isEqualTo("1Z"));
        assertThat(Reply.of(body.getBytes(UTF_8)).text("p", "no")).isEqualTo("1Z");
    }

    @Test
    void absent_null_and_blank_are_nothing() {
        Reply reply = Reply.of("{\"a\":null,\"b\":\" \",\"c\":[]}".getBytes(UTF_8));
        assertThat(reply.list("a")).isEmpty();
        assertThat(reply.list("b")).isEmpty();
        assertThat(reply.list("c")).isEmpty();
        assertThat(reply.list("d", "e")).isEmpty();
        assertThat(reply.text("b")).isEmpty();
        assertThat(reply.text("c", "x")).isEmpty();
        assertThat(reply.decimal("a")).isEmpty();
        assertThatThrownBy(() -> reply.required("d", "e")).hasMessage("it has no d.e");
    }

    @ParameterizedTest
    @CsvSource({"'\"12.50\"',12.50", "12.50,12.50", "17,17", "'\" 5.93000 \"',5.93000"})
    void amounts_keep_their_digits_as_string_or_number(String written, String read) {
        Reply reply = Reply.of(("{\"a\":" + written + ",\"c\":\"USD\"}").getBytes(UTF_8));
        assertThat(reply.money("a", "c").toString()).isEqualTo(read + " USD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JVBERi0+Pz8/",
                "JVBERi0-Pz8_",
                "JVBE\\r\\nRi0+\\nPz8/",
                "data:application/pdf;base64,JVBERi0+Pz8/",
                "data:application/pdf;name=label.pdf;base64, JVBERi0+Pz8/"
            })
    void bytes_are_read_from_either_alphabet_of_base_64_in_lines_and_behind_what_a_page_puts_before_them(String text) {
        Reply reply = Reply.of(("{\"label\":\"" + text + "\"}").getBytes(UTF_8));
        assertThat(new String(reply.base64("label"), UTF_8)).isEqualTo("%PDF->???");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1e99999999999}", "", "null", "\"text\"", "{\"half\":", "<html>", "{} {}"})
    void what_is_no_object_is_unreadable(String body) {
        assertThatThrownBy(() -> Reply.of(body.getBytes(UTF_8))).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "1e-999999999", "\"1e999999999\"", "\"1e-999999999\"", "1e40", "9999999999999.00"
            })
    void a_number_that_nobody_counts_in_is_no_amount_and_fills_no_memory(String written) {
        Reply reply = Reply.of(("{\"a\":" + written + ",\"c\":\"USD\"}").getBytes(UTF_8));
        assertThat(reply.text("a").length()).isLessThan(100);
        assertThat(PriceParts.amount(reply, "a")).isEmpty();
        assertThatThrownBy(() -> reply.money("a", "c")).hasMessageEndingWith(" is no amount");
    }

    @Test
    void an_amount_of_endless_digits_is_not_reckoned_with_and_told_in_brief() {
        Reply reply = Reply.of(("{\"a\":\"" + "9".repeat(300_000) + "\",\"c\":\"USD\"}").getBytes(UTF_8));
        assertThatThrownBy(() -> reply.money("a", "c")).hasMessage("9".repeat(100) + "… is no amount");
        assertThatThrownBy(() -> reply.decimal("a")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void errors_that_are_plain_texts_are_told_one_after_the_other() {
        assertThat(told("{\"response\":{\"errors\":[\"No city.\",\"No street.\"]}}"))
                .isEqualTo(": No city.; No street.");
        assertThat(told("{\"success\":false,\"message\":[\"Ville inconnue\"]}")).isEqualTo(": Ville inconnue");
        assertThat(told("[\"No city.\"]")).isEqualTo(": No city.");
        assertThat(told("{\"countries\":[\"US\",\"CA\"]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"response\":{\"errors\":[{\"code\":\"250003\",\"message\":\"Invalid Access\"}]}}|: Invalid Access",
                "{\"errors\":{\"code\":\"9\",\"message\":\"One\"}}|: One",
                "{\"fault\":{\"faultstring\":\"Quota exceeded\",\"detail\":{\"errorcode\":\"x\"}}}|: Quota exceeded",
                "{\"error\":\"invalid_client\",\"error_description\":\"Bad secret\"}|: Bad secret",
                "<html><h1>Bad  Gateway</h1></html>|: Bad Gateway",
                "{}|''"
            })
    void words_are_found_in_every_family_of_errors(String body, String words) {
        assertThat(Reply.words(
                        new Answer.Read(400, HttpHeaders.of(Map.of(), (name, value) -> true), body.getBytes(UTF_8))))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'error':{'code':'400','message':'Bad Request','errors':[{'title':'Bad Request','detail':'No such ZIP'}]}}|: No such ZIP",
                "{'error':{'code':'400','message':'Bad Request','errors':[]}}|: Bad Request",
                "{'message':'Bad Request','errors':{'field':{'message':'is missing'}}}|: is missing",
                "{'error':'invalid_client','error_description':'unknown client'}|: unknown client",
                "{'title':'One or more errors.','errors':{'ShipTo.City':['It is missing.'],'ShipTo.Zip':['It is long.','It is no ZIP.']}}|: ShipTo.City: It is missing.; ShipTo.Zip: It is long.; It is no ZIP.",
                "{'errors':[]}|"
            })
    void a_list_of_errors_says_more_than_what_stands_above_it(String body, @Nullable String words) {
        Answer.Read answer = new Answer.Read(
                400,
                HttpHeaders.of(Map.of(), (a, b) -> true),
                body.replace('\'', '"').getBytes(UTF_8));
        assertThat(Reply.words(answer)).isEqualTo(words == null ? "" : words);
    }

    @Test
    void a_character_that_no_database_keeps_is_left_out() {
        byte[] body = "{\"message\":\"no \\u0000such\\u0000 street\"}".getBytes(UTF_8);
        assertThat(Reply.of(body).text("message")).isEqualTo("no such street");
        assertThat(Reply.words(new Answer.Read(400, HttpHeaders.of(Map.of(), (name, value) -> true), body)))
                .isEqualTo(": no such street");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<p>Bad <b>Gateway</b></p><!-- <p>build 7</p> -->|: Bad Gateway",
                "<STYLE>p{}</style ><script src='x'>if (a<b) {}</SCRIPT>Down|: Down",
                "<scripts>seen</scripts>|: seen",
                "İİİ<script>var a</script>İ<style>p{}</style>Down|: İİİ İ Down",
                "<!-- no end <p>Down|: Down",
                "<script>no end|: no end",
                "5 < 6 and no tag|: 5 < 6 and no tag",
                "Down <a href='x|: Down <a href='x"
            })
    void of_a_page_what_it_shows_is_told(String body, String words) {
        assertThat(told(body)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<!--", "<script", "<script></script", "<style>", "</"})
    void a_page_of_nothing_but_beginnings_is_read_at_once(String beginning) {
        assertTimeout(Duration.ofSeconds(15), () -> told(beginning.repeat(200_000)));
    }

    private static String told(String body) {
        return Reply.words(new Answer.Read(502, HttpHeaders.of(Map.of(), (name, value) -> true), body.getBytes(UTF_8)));
    }
}
