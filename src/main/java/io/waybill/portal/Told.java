package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A problem of a call in the words of the pages: a field by what its label says, and what can be done here. */
final class Told {
    private static final Pattern PLACE = Pattern.compile("^/(parcels|items)/(\\d{1,6}|\\*)(?:/|$)");

    /** Between which moments a channel takes orders. */
    private static final Pattern BOUND = Pattern.compile("/channels/([^/]+)/(from|until)");

    /** Of these a page says what to do only where the call does. */
    private static final Set<String> AS_CALLED = Set.of("parcels-frozen");

    private final Texts texts;

    Told(Texts texts) {
        this.texts = texts;
    }

    /**
     * What the pages call the field at this JSON pointer, which may have a star for each place in a list; empty where they have no
     * word for it.
     */
    String label(String pointer) {
        Matcher bound = BOUND.matcher(pointer);
        if (bound.matches()) {
            return texts.word("rollout-way", bound.group(1)) + " · "
                    + texts.text(bound.group(2).equals("from") ? "rollout.from.long" : "rollout.until.long");
        }
        if (!pointer.startsWith("/") || pointer.startsWith("/shipFrom/")) {
            return "";
        }
        String name = Edits.name(pointer);
        Matcher place = PLACE.matcher(pointer);
        String before = place.find() ? nth(place.group(1), place.group(2)) : "";
        if (!texts.has("field." + name)) {
            return before.isEmpty() || place.end() < pointer.length() ? "" : before;
        }
        String label = texts.word("field", name);
        return before.isEmpty() ? label : before + " · " + label;
    }

    /** @param place from 0, or a star for all of them */
    private String nth(String list, String place) {
        boolean parcels = list.equals("parcels");
        if (place.equals("*")) {
            return texts.text(parcels ? "field.parcels" : "field.items");
        }
        return texts.text(parcels ? "parcel.nth" : "act.edit.item", "n", Integer.parseInt(place) + 1);
    }

    /** What a rule of the audit found, in words; its name where there are none. */
    static String rule(Locale language, String name) {
        return Messages.in(language).has("audit." + name)
                ? Messages.in(language).text("audit." + name)
                : name;
    }

    /** What to do next on these pages; else what the call says; empty when nobody says anything, or nothing can be done. */
    String hint(JsonNode error) {
        String code = error.path("code").asText("");
        String called = error.path("hint").asText("");
        boolean isUnsaid = called.isEmpty() && AS_CALLED.contains(code);
        return texts.has("hint." + code) && !isUnsaid ? texts.word("hint", code) : called;
    }

    String title(JsonNode problem) {
        String status = problem.path("status").asText("");
        return texts.has("problem-title." + status)
                ? texts.word("problem-title", status)
                : problem.path("title").asText("");
    }

    /** With a full stop, so that another sentence may follow. */
    String sentence(String text) {
        return text.isEmpty() || text.matches("(?s).*[.!?:。！？：…]") ? text : texts.text("frame.stop", "text", text);
    }
}
