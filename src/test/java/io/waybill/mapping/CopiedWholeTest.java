package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of an object that is taken over as it is, a problem shows the part that is wrong and nothing beside it. */
class CopiedWholeTest {
    private static final String TO =
            "\"name\": \"Jane Roe\", \"line1\": \"1 Main St\", \"city\": \"A\", \"country\": \"US\"";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"US\"       | \"usa\"          | /shipTo/country | usa",
                "\"Jane Roe\" | [\"Jane Roe\"]   | /shipTo/name    | [***********",
                "\"A\"        | 17               | /shipTo/city    | 17"
            })
    void only_the_part_that_is_wrong_is_shown_and_masked_by_its_name(
            String good, String bad, String pointer, String shown) {
        Mapping mapping = new Fresh(directory)
                .get("writes: order/1\nreads: { format: json }\nunmapped: off\nfields:\n  orderId: id\n  shipTo: to\n");
        String order = "{\"id\": \"1\", \"to\": {" + TO.replace(good, bad) + "}}";

        assertThat(Fresh.problems(Fresh.apply(mapping, order)))
                .extracting(
                        problem -> problem.pointer() + " " + problem.values().get("value"))
                .containsExactly(pointer + " " + shown);
    }
}
