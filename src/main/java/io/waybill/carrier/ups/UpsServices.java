package io.waybill.carrier.ups;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Refusals;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Services by our words and by UPS's codes. */
final class UpsServices {
    private static final CodeTable WORDS = CodeTable.read(UpsServices.class, "services.csv", "");
    private static final Map<String, String> CODES =
            WORDS.codes().stream().collect(Collectors.toMap(WORDS::word, Function.identity()));

    private UpsServices() {}

    /** {@code ground} and {@code 03} are the same. @throws io.waybill.carrier.RefusedException for any other word */
    static String code(String service) {
        if (service.matches("[0-9A-Z]{2}")) {
            return service;
        }
        String code = CODES.get(service);
        if (code == null) {
            throw Refusals.takesNot(service, "/service", CODES.keySet());
        }
        return code;
    }

    /** Our word, or the code itself when it is none of ours. */
    static String word(String code) {
        String word = WORDS.word(code);
        return word.isEmpty() ? code : word;
    }
}
