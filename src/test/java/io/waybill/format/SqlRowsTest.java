package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlRowsTest {
    @ParameterizedTest
    @CsvSource({
        "12345678,12345678",
        "4711.0,4711",
        "1.25E7,12500000",
        "0.0005,0.0005",
        "0.1,0.1",
        "100,100",
        "-2.50,-2.5",
        "0,0"
    })
    void a_floating_point_number_is_the_number_people_see(String stored, String read) {
        assertThat(number(Double.valueOf(stored))).isEqualTo(read);
        assertThat(number(Float.valueOf(stored))).isEqualTo(read);
    }

    private static String number(Object stored) {
        JsonNode node = read(stored);
        assertThat(node.getNodeType()).isEqualTo(JsonNodeType.NUMBER);
        return node.asText();
    }

    @Test
    void what_is_no_number_stays_text() {
        assertThat(read(Double.NaN).textValue()).isEqualTo("NaN");
        assertThat(read(Float.NEGATIVE_INFINITY).textValue()).isEqualTo("-Infinity");
    }

    @Test
    void bytes_are_read_as_their_hexadecimal_digits() {
        assertThat(read(new byte[] {1, -1}).textValue()).isEqualTo("01ff");
    }

    private static JsonNode read(Object stored) {
        return Formats.row(Map.of("A", stored)).tree().path("a");
    }
}
