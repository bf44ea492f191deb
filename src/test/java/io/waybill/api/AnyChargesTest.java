package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.ChargeBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyChargesTest {

    @Property(tries = 500)
    void a_total_is_of_the_expected_side_and_only_in_one_currency(@ForAll("lines") List<ChargeBook.Row> lines) {
        List<ChargeBook.Row> expected =
                lines.stream().filter(line -> line.side().equals("expected")).toList();
        long currencies =
                expected.stream().map(ChargeBook.Row::currency).distinct().count();

        Optional<ObjectNode> total = Charges.total(lines);

        assertThat(total.isPresent()).isEqualTo(currencies == 1);
        total.ifPresent(sum -> {
            BigDecimal left = new BigDecimal(sum.path("amount").textValue());
            for (ChargeBook.Row line : expected) {
                left = left.subtract(line.amount());
            }
            assertThat(left).isZero();
            assertThat(sum.path("currency").textValue())
                    .isEqualTo(expected.get(0).currency());
        });
    }

    @Property(tries = 500)
    void a_line_is_shown_to_its_last_digit_with_its_side_type_and_source(@ForAll("line") ChargeBook.Row line) {
        ObjectNode view = Charges.view(line);

        String amount = view.path("amount").textValue();
        assertThat(new BigDecimal(amount)).isEqualByComparingTo(line.amount());
        assertThat(amount).matches("-?\\d+\\.\\d{2,4}");
        assertThat(view.path("currency").textValue()).isEqualTo(line.currency());
        assertThat(view.path("side").textValue()).isEqualTo(line.side());
        assertThat(view.path("kind").textValue()).isEqualTo(line.kind());
        assertThat(view.path("type").textValue()).isEqualTo(line.type());
        assertThat(view.path("source").textValue()).isEqualTo(line.source());
        assertThat(view.path("sourceRef").textValue()).isEqualTo(line.sourceRef());
        assertThat(view.path("reason").textValue()).isEqualTo(line.reason());
    }

    @Provide
    Arbitrary<List<ChargeBook.Row>> lines() {
        return line().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<ChargeBook.Row> line() {
        return Combinators.combine(
                        Arbitraries.of("quoted", "expected", "expected", "expected", "billed", "settled"),
                        Arbitraries.of("label_charge", "void_credit"),
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("-9999.9999"), new BigDecimal("999999999999999.9999"))
                                .ofScale(4),
                        Arbitraries.of("USD", "USD", "USD", "EUR", "JPY"),
                        Arbitraries.of("orphan").injectNull(0.5))
                .as((side, kind, amount, currency, reason) -> new ChargeBook.Row(
                        "chg_1",
                        "acme",
                        "fake",
                        "fake",
                        "SO-1",
                        "shp_1",
                        side,
                        kind,
                        "shipping",
                        amount,
                        currency,
                        null,
                        null,
                        "label-reply",
                        "REF-1",
                        null,
                        reason,
                        Instant.EPOCH,
                        Instant.EPOCH));
    }
}
