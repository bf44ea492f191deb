package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What is typed for a weight at the bench, where a scanner types too: a number that was scanned in its moment is no weight.
 *
 * @param known the parcels as the order has them: what they weigh already is no scan
 */
record BenchWeight(Visit visit, JsonNode known) {
    /** What carriers take as one parcel; pallets are weighed on the order's own page. */
    static final Weight MOST = Weight.of("70", MassUnit.KG);

    /** Less than an order is numbered by, but for the order that is weighed. */
    private static final String SHORT = "\\d{1,2}";

    /** What reads as a weight and may be a number: {@code 1001}, {@code 1001.2}, {@code 1001G}. With a blank it was no scan. */
    private static final Pattern EITHER = Pattern.compile("(\\d[\\d.]*)(?:kg|g|lb|oz)?", Pattern.CASE_INSENSITIVE);

    /** @throws Refused where an order is numbered so */
    void requireNoNumber(Form form) {
        List<String> weights = form.all("weight");
        List<String> units = form.all("unit");
        for (int row = 0; row < weights.size(); row++) {
            String typed = weights.get(row).strip();
            if (row >= units.size() || !isKnown(typed, units.get(row))) {
                requireNoNumber(form, typed, row);
            }
        }
    }

    /** @throws Refused where no parcel weighs so much */
    void requireLight(JsonNode parcels) {
        for (int row = 0; row < parcels.size(); row++) {
            JsonNode weight = parcels.path(row).path("weight");
            if (!isKnown(weight.path("value").asText(), weight.path("unit").asText())) {
                requireWeight(weight, row);
            }
        }
    }

    private boolean isKnown(String value, String unit) {
        return StreamSupport.stream(known.spliterator(), false)
                .map(parcel -> parcel.path("weight"))
                .anyMatch(weight -> weight.path("value").asText().equals(value)
                        && weight.path("unit").asText().equals(unit));
    }

    private void requireNoNumber(Form form, String typed, int row) {
        boolean own = !typed.isEmpty() && (typed.equals(form.text("orderId")) || typed.equals(form.text("number")));
        Matcher either = EITHER.matcher(typed);
        boolean another = either.matches() && !typed.matches(SHORT) && Meant.isAny(visit, typed);
        if (own || another) {
            throw refused("problem.bench-number", typed, either.matches() ? either.group(1) : typed, row);
        }
    }

    private void requireWeight(JsonNode weight, int row) {
        BigDecimal value = weight.path("value").decimalValue();
        boolean heavy = value.signum() > 0
                && MassUnit.read(weight.path("unit").asText())
                        .filter(unit -> new Weight(value, unit).grams().compareTo(MOST.grams()) > 0)
                        .isPresent();
        if (heavy) {
            String said = value.toPlainString() + " " + weight.path("unit").asText();
            throw refused("problem.bench-heavy", said, said, row);
        }
    }

    private Refused refused(String key, String value, String weight, int row) {
        return Refused.of(
                400,
                Texts.in(visit.request().language()).text(key, "value", value, "weight", weight),
                "/parcels/" + row + "/weight/value");
    }
}
