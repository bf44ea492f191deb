package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Accounts and their switches; spending limits; people and keys; the audit log. */
final class Settings {
    private static final List<String> TYPED = List.of("name", "role", "namespaces", "validFor");
    private static final int REMEMBERED = 1000;

    /** Which forms for a key were sent, the oldest forgotten first. */
    private final Set<String> spent = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    List<Page> pages() {
        return List.of(
                Page.get("/settings", this::show),
                Page.post("/settings/account", this::account),
                Page.get("/settings/spending", Settings::spending),
                Page.get("/settings/keys", visit -> keys(visit, Visit.json())),
                Page.post("/settings/keys", this::create),
                Page.post("/settings/keys/{id}/revoke", this::revoke),
                Page.get("/settings/audit", this::audit));
    }

    private Answer show(Visit visit) {
        return visit.page(
                "settings", Map.of("accounts", visit.calls().get("/accounts").path("items")));
    }

    /** One account, or with no name every one. */
    private Answer account(Visit visit) {
        String name = visit.form().text("name");
        String path = "/accounts/" + (name.isEmpty() ? "" : Address.part(name) + "/");
        if (visit.form().text("turn").equals("on")) {
            visit.calls().post(path + "on");
            return visit.done("on", back(visit));
        }
        visit.calls()
                .send(
                        "post",
                        path + "off",
                        Visit.json().put("reason", visit.form().text("reason")));
        return visit.done("off", back(visit));
    }

    /** To where it was switched: the list, or the account's own page. */
    private static String back(Visit visit) {
        String from = Address.own(visit.form().text("back"));
        return from.startsWith("/settings/accounts/") ? from : "/settings";
    }

    private static Answer spending(Visit visit) {
        return visit.page(
                "spending", Map.of("limits", visit.calls().get("/spending").path("items")));
    }

    private static Answer keys(Visit visit, JsonNode made) {
        boolean isTyped = !made.has("secret");
        ObjectNode said = Visit.json();
        TYPED.forEach(field -> said.put(field, isTyped ? visit.form().text(field) : ""));
        JsonNode keys = visit.calls().get("/admin/keys").path("items");
        String once = UUID.randomUUID().toString();
        return visit.page("keys", Map.of("keys", keys, "made", made, "said", said, "once", once));
    }

    /** The secret is on the page that answers, once; nothing of it is in an address. Sent again, the form makes no other. */
    private Answer create(Visit visit) {
        String once = visit.form().text("once");
        if (!once.isEmpty() && !spent.add(once)) {
            throw Refused.of(409, Texts.in(visit.request().language()).text("keys.made-already"));
        }
        try {
            return make(visit);
        } catch (Refused refused) {
            spent.remove(once);
            throw refused;
        }
    }

    private static Answer make(Visit visit) {
        Form form = visit.form();
        ObjectNode wanted = Visit.json().put("name", form.text("name")).put("role", form.text("role"));
        form.value("validFor").ifPresent(time -> wanted.put("validFor", time));
        form.value("namespaces").ifPresent(names -> {
            var list = wanted.putArray("namespaces");
            List.of(names.split("[,\\s]+")).forEach(list::add);
        });
        JsonNode made = visit.calls().send("post", "/admin/keys", wanted);
        return keys(visit, made);
    }

    private Answer revoke(Visit visit) {
        try {
            visit.calls().post("/admin/keys/" + visit.id() + "/revoke");
        } catch (Refused refused) {
            if (!isRevoked(visit)) {
                throw refused;
            }
        }
        return visit.done("revoked", "/settings/keys");
    }

    /** Whoever presses twice, or goes back and presses again, is told what is so. */
    private static boolean isRevoked(Visit visit) {
        for (JsonNode key : visit.calls().get("/admin/keys").path("items")) {
            if (Address.part(key.path("id").asText()).equals(visit.id())) {
                return key.hasNonNull("revokedAt");
            }
        }
        return false;
    }

    private Answer audit(Visit visit) {
        Map<String, String> asked = new java.util.TreeMap<>();
        visit.query("entity").ifPresent(entity -> asked.put("entity", entity));
        visit.query("cursor").ifPresent(cursor -> asked.put("cursor", cursor));
        JsonNode log = visit.calls().get(Address.of("/audit", asked));
        String cursor = log.path("next").asText("");
        asked.put("cursor", cursor);
        return visit.page(
                "audit",
                Map.of(
                        "items", log.path("items"),
                        "entity", visit.query("entity").orElse(""),
                        "next", cursor.isEmpty() ? "" : Address.of("/settings/audit", asked)));
    }
}
