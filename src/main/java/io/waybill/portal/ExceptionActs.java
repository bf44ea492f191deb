package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person does about exceptions that are ticked: has them tried again, corrects a field in all of them, or says who looks after them. */
final class ExceptionActs {
    private ExceptionActs() {}

    static Answer act(Visit visit) {
        String act = act(visit.form(), visit.request().language());
        boolean fix = act.equals("fix");
        if (visit.form().all("id").isEmpty()) {
            return visit.done("none-ticked", Address.own(visit.form().text("back")));
        }
        Set<String> settled = new HashSet<>();
        Bulk.each(visit, id -> {
            try {
                if (fix) {
                    fix(visit, visit.calls().get("/exceptions/" + id));
                } else if (!act.equals("retry")) {
                    assign(visit, id, act);
                } else if (!isTried(visit, id)) {
                    settled.add(id);
                }
            } catch (Refused refused) {
                nameOrder(visit, id, refused);
                throw refused;
            }
        });
        String tried =
                visit.form().all("id").stream().map(Address::part).allMatch(settled::contains) ? "settled" : "tried";
        return visit.done(
                fix || act.equals("retry") ? tried : "exceptions",
                Address.own(visit.form().text("back")));
    }

    /**
     * The button that was pressed. Whoever presses Enter in a field means what that field is for.
     *
     * @throws Refused where nothing, or both, was typed
     */
    private static String act(Form form, Locale language) {
        boolean value = form.value("value").isPresent();
        if (form.text("act").equals("fix") && !value) {
            throw Refused.of(400, Texts.in(language).text("exceptions.no-value"));
        }
        if (!form.text("act").equals("enter")) {
            return form.text("act");
        }
        if (value == form.value("assignee").isPresent()) {
            throw Refused.of(400, Texts.in(language).text("exceptions.which"));
        }
        return value ? "fix" : "assign";
    }

    /** The same value into the field at fault of an order, which is bought again with it. Whoever presses twice is told what is so. */
    private static void fix(Visit visit, JsonNode exception) {
        String field = visit.form().text("field");
        String self = exception.path("href").asText("").replaceFirst("^/v1", "");
        List<String> pointers = pointers(exception, field);
        boolean isOpen = exception.path("state").asText().equals("open");
        if (self.isEmpty() || pointers.isEmpty()) {
            throw notWrong(visit, exception, field);
        }
        JsonNode order = visit.calls().get(self);
        if (!isOpen) {
            if (!isThere(visit, order.path("order"), pointers)) {
                throw notWrong(visit, exception, field);
            }
            return;
        }
        ObjectNode content = order.path("order").deepCopy();
        pointers.forEach(pointer -> Edits.set(content, pointer, visit.form().text("value")));
        visit.calls()
                .send(
                        "patch",
                        self,
                        Edits.difference(order.path("order"), content),
                        "If-Match",
                        order.path("revision").asText());
    }

    /** Whether an order says what was typed by now. */
    private static boolean isThere(Visit visit, JsonNode content, List<String> pointers) {
        return pointers.stream()
                .allMatch(pointer -> pointer.startsWith("/")
                        && content.at(pointer).asText("").equals(visit.form().text("value")));
    }

    /**
     * Whoever looks after it.
     *
     * @throws Refused where somebody else does since the page was shown
     */
    private static void assign(Visit visit, String id, String act) {
        String me = visit.request().caller().name();
        Optional<String> typed = visit.form().value("assignee").map(name -> name.equals("me") ? me : name);
        Optional<String> wish = switch (act) {
            case "give-back" -> Optional.empty();
            case "assign" -> Optional.of(typed.orElse(me));
            case "owner" -> typed;
            default -> Optional.of(me);
        };
        ObjectNode said = Visit.json().put("assignee", wish.orElse(null));
        if (visit.form().has("was-" + id)) {
            said.put("was", visit.form().text("was-" + id));
        }
        try {
            visit.calls().send("post", "/exceptions/" + id + "/assign", said);
        } catch (Refused refused) {
            throw refused.isFor("exception-taken") ? taken(visit, visit.calls().get("/exceptions/" + id)) : refused;
        }
    }

    private static Refused taken(Visit visit, JsonNode now) {
        String number = now.path("orderId").asText(now.path("subject").asText());
        String who = now.path("assignee").asText("-");
        return conflict(Texts.in(visit.request().language()).text("exceptions.taken", "number", number, "who", who));
    }

    private static Refused notWrong(Visit visit, JsonNode exception, String field) {
        Texts texts = Texts.in(visit.request().language());
        String label = new Told(texts).label(field);
        String told = texts.text(
                "exceptions.fix.not",
                "number",
                exception.path("orderId").asText(),
                "field",
                label.isEmpty() ? field : label);
        return conflict(told);
    }

    private static Refused conflict(String told) {
        ObjectNode problem = Visit.json().put("title", told);
        problem.putArray("errors").addObject().put("detail", told);
        return new Refused(409, problem);
    }

    /** What is refused leads to the order it is refused for: nobody knows an exception by its id. */
    private static void nameOrder(Visit visit, String id, Refused refused) {
        JsonNode exception = visit.calls().lookAt("/exceptions/" + id);
        String href = exception.path("href").asText("");
        if (!href.isEmpty()) {
            String number = exception.path("orderId").asText();
            refused.problem()
                    .path("errors")
                    .forEach(error -> ((ObjectNode) error)
                            .put("order", href.replaceFirst("^/v1", ""))
                            .put("number", number));
        }
    }

    /** @param field with a star for each place in a list */
    private static List<String> pointers(JsonNode exception, String field) {
        return exception.path("problems").findValuesAsText("pointer").stream()
                .filter(pointer -> pointer.replaceAll("/\\d+(?=/|$)", "/*").equals(field))
                .toList();
    }

    /** Whether there was something to try; what is closed by now, as by an earlier press, is settled. */
    private static boolean isTried(Visit visit, String id) {
        try {
            visit.calls().post("/exceptions/" + id + "/retry");
            return true;
        } catch (Refused refused) {
            if (!refused.isFor("exception-closed")) {
                throw refused;
            }
            return false;
        }
    }
}
