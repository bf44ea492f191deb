package io.waybill.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes decimals without an exponent, but those that would be longer than what is read. */
final class PlainNumbers extends JsonGeneratorDelegate {
    PlainNumbers(JsonGenerator json) {
        super(json, false);
    }

    @Override
    public void writeNumber(BigDecimal value) throws IOException {
        long digits = value.precision() + Math.abs((long) value.scale());
        writeNumber(digits < JsonTrees.LONGEST_NUMBER ? value.toPlainString() : value.toString());
    }
}
