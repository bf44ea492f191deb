package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberLookTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'\"SO-\"0000', 17, SO-0017",
                "'\"SO-\"0000', 12345, SO-12345",
                "'0000\"-A\"', 17, 0017-A",
                "'00000\\-0000', 787010042, 78701-0042",
                "'000-00-0000', 12345678, 012-34-5678",
                "'00000', 1067, 01067",
                "'[$-407]00000', 1067, 01067",
                "'[$-409]\"D-\"00000', 1067, D-01067",
                "'00000;@', 1067, 01067",
                "'[<=99999]00000;00000\\-0000', 2138, 02138",
                "'[<=99999]00000', 1067, 01067",
                "'[<=99999]00000;00000\\-0000', 21381234, 02138-1234",
                "'[>99999]00000\\-0000;00000', 2138, 02138",
                "'[<100]00;[<1000]000;0000', 100, 100",
                "'[<100]00;[<1000]000;0000', 7, 07",
                "'[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', 2155512, 2155512",
                "'[Blue]00000', 1067, 01067",
                "'[Red][<=99999]00000;[Color 10]00000\\-0000', 1067, 01067",
                "'[Red]0.00;[Black]0.00', 12.5, 12.5",
                "'0\" kg\"', 12, 12",
                "'\"SO-\"0000', 1.5, 1.5",
                "'\"SO-\"0000', -17, -17",
                "'0.00', 12, 12",
                "'[=0]\"\";dd.mm.yyyy', 46350, 2026-11-24",
                "'[=0]\"\";dd.mm.yyyy', 0, ''",
                "'[=0]\"-\";[<1]hh:mm;dd.mm.yyyy hh:mm', 46350.5, 2026-11-24T12:00:00",
                "'[=0]\"-\";[<1]hh:mm;dd.mm.yyyy hh:mm', 0.5, 12:00:00",
                "'[>40000]yyyy-mm-dd;0', 17, 17",
                "'[>40000]yyyy-mm-dd;0', 46350, 2026-11-24",
                "'[=0]\"\";00000', 0, 0",
                "'dd.mm.yyyy;;;@', 0, ''",
                "'dd.mm.yyyy;;\"\"', 0, ''",
                "'hh:mm;;', 0, ''",
                "'dd.mm.yyyy;;;@', 46350, 2026-11-24",
                "'hh:mm;@', 0, 00:00:00"
            })
    void a_number_that_is_shown_as_a_name_is_read_as_it_is_shown(String code, String raw, String text) {
        SheetNumbers.Read read = new SheetNumbers(false).read(raw, NumberLook.of(164, code));

        assertThat(read.text()).isEqualTo(text);
    }
}
