package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "503|{\"message\":\"Under maintenance\"}|HTTP 503: Under maintenance",
                "408|Took too long|HTTP 408: Took too long",
                "429|{\"errors\":[{\"message\":\"Slow down\"}]}|HTTP 429: Slow down",
                "502|<html><head><style>p{}</style></head><p>Bad <b>gateway</b></p></html>|HTTP 502: Bad gateway",
                "500|^^|HTTP 500"
            })
    void the_carriers_words_are_told_whatever_its_status(int status, String body, String why) {
        assertThat(why(status, body)).isEqualTo(why);
        assertThat(answer(status, body)
                        .outcome(said -> new Outcome.Unknown("read", said.body()))
                        .<String>fold(sale -> "", no -> "", Outcome.NotSent::why, Outcome.Unknown::why))
                .isEqualTo(why);
    }

    @Test
    void an_answer_that_cannot_be_read_is_told_with_its_words_and_without_a_librarys() {
        String page = "<html><body>Welcome to our \u0000 portal</body></html>";
        assertThat(why(200, page)).isEqualTo("an answer that cannot be read (HTTP 200): Welcome to our portal");
        assertThat(why(200, "{\"half\": "))
                .doesNotContainIgnoringCase("jackson")
                .doesNotContain("Source");
        assertThat(why(200, "{\"price\":\"x\"}")).isEqualTo("an answer that cannot be read (HTTP 200)");
        assertThat(why(200, "{\"message\":\"Hm.\"}"))
                .isEqualTo("an answer that cannot be read (HTTP 200): it has no number: Hm.");
        assertThat(why(200, "word ".repeat(1_000)).length()).isLessThan(401);
    }

    private static String why(int status, String body) {
        return answer(status, body)
                .read(
                        said -> {
                            Reply json = Reply.of(said.body());
                            json.decimal("price");
                            return json.required("number");
                        },
                        why -> why);
    }

    private static Answer answer(int status, String body) {
        return new Answer.Read(status, HttpHeaders.of(Map.of(), (name, value) -> true), body.getBytes(UTF_8));
    }
}
