package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** Where two trees differ. Numbers are equal by value, 1.50 and 1.5. */
final class Differences {
    interface Report {
        void different(String pointer, String wanted, String got);
    }

    private Differences() {}

    static void between(JsonNode wanted, JsonNode got, String pointer, Report report) {
        if (wanted.isObject() && got.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            wanted.fieldNames().forEachRemaining(names::add);
            got.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> between(wanted.path(name), got.path(name), pointer + "/" + name, report));
        } else if (wanted.isArray() && got.isArray()) {
            for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
                between(wanted.path(i), got.path(i), pointer + "/" + i, report);
            }
        } else if (!equal(wanted, got)) {
            report.different(pointer, shown(wanted), shown(got));
        }
    }

    static boolean equal(JsonNode wanted, JsonNode got) {
        if (wanted.isNumber() && got.isNumber()) {
            return wanted.decimalValue().compareTo(got.decimalValue()) == 0;
        }
        return wanted.equals(got);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
