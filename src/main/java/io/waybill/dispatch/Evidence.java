package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    static byte[] of(byte[] response, List<LabelBook.Kept> papers) {
        List<LabelBook.Kept> printed = papers.stream()
                .filter(kept -> kept.paper().bytes().length >= LONG)
                .toList();
        if (printed.isEmpty()) {
            return response;
        }
        String answer = new String(response, ISO_8859_1);
        for (LabelBook.Kept kept : printed) {
            String base64 = new String(Base64.getEncoder().encode(kept.paper().bytes()), ISO_8859_1);
            int at = answer.indexOf(base64);
            if (at >= 0) {
                answer = answer.substring(0, at) + kept.digest() + answer.substring(at + base64.length());
            }
        }
        return answer.getBytes(ISO_8859_1);
    }
}
