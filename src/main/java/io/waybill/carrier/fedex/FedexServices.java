package io.waybill.carrier.fedex;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Refusals;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Services by our words and by FedEx's codes. */
final class FedexServices {
    private static final CodeTable WORDS = CodeTable.read(FedexServices.class, "services.csv", "");
    private static final Map<String, String> CODES =
            WORDS.codes().stream().collect(Collectors.toMap(WORDS::word, Function.identity()));

    private FedexServices() {}

    /** {@code ground} and {@code FEDEX_GROUND} are the same. @throws io.waybill.carrier.RefusedException for any other word */
    static String code(String service) {
        if (service.matches("[A-Z0-9_]{4,60}")) {
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

    /** By road, where small batteries need no papers. */
    static boolean isGround(String code) {
        return code.equals("FEDEX_GROUND") || code.equals("GROUND_HOME_DELIVERY");
    }
}
