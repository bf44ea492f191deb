package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.LabelBook;
import java.util.Base64;
import java.util.List;

/**
 * A carrier's answer as it is kept with its attempt. Label bytes have a row of their own: where they stand in the answer as one piece of
 * Base64, their digest stands instead. Everything else is kept as it came.
 */
final class Evidence {
    /** What is shorter may be anything, and is not worth it. */
    private static final int LONG = 1_000;

    private Evidence() {}

    static byte[] of(Outcome.Bought bought) {
        List<byte[]> printed = bought.label().map(Label::documents).orElse(List.of()).stream()
                .map(Label.Document::bytes)
                .filter(bytes -> bytes.length >= LONG)
                .toList();
        if (printed.isEmpty()) {
            return bought.response();
        }
        String answer = new String(bought.response(), ISO_8859_1);
        for (byte[] bytes : printed) {
            String base64 = new String(Base64.getEncoder().encode(bytes), ISO_8859_1);
            int at = answer.indexOf(base64);
            if (at >= 0) {
                answer = answer.substring(0, at) + LabelBook.digest(bytes) + answer.substring(at + base64.length());
            }
        }
        return answer.getBytes(ISO_8859_1);
    }
}
