package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Caller;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a file is called that comes as a body. */
class FileNameTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "attachment; filename=\"orders.csv\", orders.csv",
                "attachment; filename=\"C:\\\\a\\\\orders \\\"2\\\".csv\", orders \"2\".csv",
                "attachment; filename=orders.csv; size=7, orders.csv",
                "attachment; filename=\"x\"; filename*=UTF-8''%E8%AE%A2%E5%8D%95.csv, 订单.csv",
                "attachment; filename=\"../../etc/passwd\", passwd"
            })
    void its_last_part_is_taken_however_it_is_said(String disposition, String name) {
        assertThat(FileName.of(request(disposition))).hasValue(name);
    }

    @Test
    void the_longest_name_that_a_header_holds_is_read_and_one_without_an_end_is_none() {
        String plain = "x".repeat(900_000);
        String quoted = "\\\"".repeat(400_000);
        assertThat(FileName.of(request("attachment; filename=\"" + plain + "\"")))
                .hasValue(plain);
        assertThat(FileName.of(request("attachment; filename=\"" + quoted + "\"")))
                .hasValue("\"".repeat(400_000));
        assertThat(FileName.of(request("attachment; filename=\"" + plain))).isEmpty();
    }

    private static Request request(String disposition) {
        return new Request(
                "1",
                Caller.LOCAL,
                "POST",
                "/v1/batches",
                Map.of(),
                Map.of(),
                Map.of("Content-Disposition", disposition),
                new byte[0],
                Locale.ENGLISH,
                "localhost");
    }
}
