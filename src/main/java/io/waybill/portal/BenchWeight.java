package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import java.math.BigDecimal;

/** What is typed for a weight at the bench, where a scanner types too: a number that was scanned in its moment is no weight. */
record BenchWeight(Visit visit) {
    /** What carriers take as one parcel; pallets are weighed on the order's own page. */
    static final Weight MOST = Weight.of("70", MassUnit.KG);

    /** Less than an order is numbered by, but for the order that is weighed. */
    private static final String SHORT = "\\d{1,2}";

    /** @throws Refused where an order is numbered so */
    void requireNoNumber(Form form) {
        form.all("weight").stream().map(String::strip).forEach(typed -> requireNoNumber(form, typed));
    }

    /** @throws Refused where no parcel weighs so much */
    void requireLight(JsonNode parcels) {
        parcels.forEach(parcel -> requireWeight(parcel.path("weight")));
    }

    private void requireNoNumber(Form form, String typed) {
        boolean own = !typed.isEmpty() && (typed.equals(form.text("orderId")) || typed.equals(form.text("number")));
        boolean another = typed.matches("\\d+") && !typed.matches(SHORT) && Meant.isAny(visit, typed);
        if (own || another) {
            throw refused("problem.bench-number", typed);
        }
    }

    private void requireWeight(JsonNode weight) {
        BigDecimal value = weight.path("value").decimalValue();
        boolean heavy = value.signum() > 0
                && MassUnit.read(weight.path("unit").asText())
                        .filter(unit -> new Weight(value, unit).grams().compareTo(MOST.grams()) > 0)
                        .isPresent();
        if (heavy) {
            throw refused(
                    "problem.bench-heavy",
                    value.toPlainString() + " " + weight.path("unit").asText());
        }
    }

    private Refused refused(String key, String value) {
        return Refused.of(400, Texts.in(visit.request().language()).text(key, "value", value));
    }
}
