package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParcelsTest {
    private static final JsonNode KNOWN = Json.kept("""
            [{"reference":"box 1","weight":{"value":1,"unit":"kg"},"packaging":"pak","items":["MUG"],
              "dimensions":{"length":30,"width":20,"height":10,"unit":"cm"}},
             {"reference":"box 2"}]""");

    @Test
    void a_parcel_keeps_what_the_form_does_not_ask_of_it() {
        assertThat(Parcels.of(
                        form(Map.of("weight", List.of("0.5", "2 lb"), "unit", List.of("kg", "kg"))),
                        "reference",
                        KNOWN))
                .hasToString(
                        "[{\"reference\":\"box 1\",\"weight\":{\"value\":0.5,\"unit\":\"kg\"},\"packaging\":\"pak\","
                                + "\"items\":[\"MUG\"],\"dimensions\":{\"length\":30,\"width\":20,\"height\":10,\"unit\":\"cm\"}},"
                                + "{\"reference\":\"box 2\",\"weight\":{\"value\":2,\"unit\":\"lb\"}}]");
    }

    @Test
    void what_is_no_number_is_told_by_the_label_of_its_field() {
        Form form = form(Map.of("weight", List.of("1", "two"), "unit", List.of("kg", "kg")));
        assertThatThrownBy(() -> Parcels.of(form, "reference", KNOWN))
                .isInstanceOfSatisfying(
                        NotANumber.class,
                        wrong -> assertThat(wrong.refused(Locale.CHINESE).getMessage())
                                .isEqualTo("第 2 件 · 重量：“two”不是数字。应为数字，例如 2 或 1.25。"));
    }

    @Test
    void what_it_asks_and_is_left_empty_is_taken_away_and_a_row_without_a_weight_is_no_parcel() {
        Form asked = form(Map.of(
                "reference", List.of("", "box 2"),
                "weight", List.of("0.5", ""),
                "unit", List.of("kg", "kg"),
                "length", List.of("", "")));

        assertThat(Parcels.of(asked, "reference", KNOWN))
                .hasToString(
                        "[{\"weight\":{\"value\":0.5,\"unit\":\"kg\"},\"packaging\":\"pak\",\"items\":[\"MUG\"]}]");
    }

    @Test
    void a_size_with_a_side_left_empty_is_told_and_not_left_out() {
        Form asked = form(Map.of(
                "weight", List.of("0.5"),
                "unit", List.of("kg"),
                "length", List.of(""),
                "width", List.of("20"),
                "height", List.of("10"),
                "lengthUnit", List.of("cm")));

        assertThat(Parcels.of(asked, "reference"))
                .hasToString("[{\"weight\":{\"value\":0.5,\"unit\":\"kg\"},"
                        + "\"dimensions\":{\"width\":20,\"height\":10,\"unit\":\"cm\"}}]");
    }

    @Test
    void a_parcel_the_form_has_no_row_for_stays() {
        assertThat(Parcels.of(form(Map.of("weight", List.of("0.5"), "unit", List.of("kg"))), "reference", KNOWN))
                .hasSize(2)
                .last()
                .hasToString("{\"reference\":\"box 2\"}");
    }

    private static Form form(Map<String, List<String>> values) {
        return new Form(values, null);
    }
}
