package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    @Test
    void a_number_is_within_what_is_kept_by_its_digits_without_the_zeros_around_them() {
        assertThat(isKept("12.34560000000")).isTrue();
        assertThat(isKept("12.34561")).isFalse();
        assertThat(isKept("-999999999999999.9999")).isTrue();
        assertThat(isKept("1000000000000000")).isFalse();
        assertThat(isKept("0000000000000000001.50")).isTrue();
        assertThat(isKept("0.00")).isTrue();
    }

    @Test
    void an_amount_has_no_more_decimals_than_its_currency_and_thousands_are_none() {
        assertThat(isAmount("12345", 0)).isTrue();
        assertThat(isAmount("8.00", 0)).isTrue();
        assertThat(isAmount("12.345", 0)).isFalse();
        assertThat(isAmount("12.000", 0)).as("twelve thousand").isFalse();
        assertThat(isAmount("8.1000", 2)).isTrue();
        assertThat(isAmount("1.234", 2)).isFalse();
        assertThat(isAmount("1.234", 3)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1234.50",
                "(1234.50)",
                "( 1,234.50 )",
                "1234.50-",
                "1,234.50 -",
                "\u22121234.50",
                "1234.50\u2212"
            })
    void what_is_given_back_is_less_than_nothing_however_its_sign_is_written(String text) {
        assertThat(Figures.read(text, ',')).hasValue(new BigDecimal("-1234.50"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(-5.00)", "-5.00-", "(5.00", "5.00)", "()", "-", "(5.00)-", "5-3"})
    void two_signs_or_half_of_one_are_no_figure(String text) {
        assertThat(Figures.read(text, ',')).isEmpty();
    }

    @Test
    void a_comma_stands_before_decimals_in_parentheses_too() {
        assertThat(Figures.read("(1.234,50)", ';')).hasValue(new BigDecimal("-1234.50"));
        assertThat(Figures.read("1.234,50-", ';')).hasValue(new BigDecimal("-1234.50"));
    }

    @Test
    void where_cells_are_parted_by_tabs_a_comma_is_read_only_where_it_can_be_nothing_else() {
        assertThat(Figures.read("8,10", '\t')).hasValue(new BigDecimal("8.10"));
        assertThat(Figures.read("-8,1", '\t')).hasValue(new BigDecimal("-8.1"));
        assertThat(Figures.read("(1.234,50)", '\t')).hasValue(new BigDecimal("-1234.50"));
        assertThat(Figures.read("1.234,500", '\t')).hasValue(new BigDecimal("1234.500"));
        assertThat(Figures.read("1,234.50", '\t')).hasValue(new BigDecimal("1234.50"));
        assertThat(Figures.read("8,1000", '\t')).hasValue(new BigDecimal("8.1000"));
        assertThat(Figures.read("1,234", ';')).hasValue(new BigDecimal("1.234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "-1,234", "(1,234)", "1,234-", "0,125", "1234,500", "1,234,567"})
    void where_cells_are_parted_by_tabs_three_digits_behind_a_comma_may_be_thousands_and_are_no_figure(String text) {
        assertThat(Figures.read(text, '\t')).isEmpty();
    }

    private static boolean isAmount(String text, int decimals) {
        return Figures.isAmount(Figures.read(text, ';').orElseThrow(), decimals);
    }

    private static boolean isKept(String text) {
        return Figures.isWithin(Figures.read(text, ',').orElseThrow(), 15, 4);
    }
}
