package io.waybill;

import io.waybill.Markup.Element;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All pages of a hub on which everything was done once, and where somebody typed what nobody would. */
final class PortalSite {
    private static final int OF_A_KIND = Integer.getInteger("pages.ofAKind", 3);
    private static final int MAPPINGS = 3 * OF_A_KIND;
    private static @Nullable PortalSite made;

    final OneTenant acme = OneTenant.another();
    final PortalHub.Visitor ada = acme.every.portal.person("Ada <script>&'</b>", "admin", "*");

    /** The same for every class of tests in this process. */
    static synchronized PortalSite made() throws Exception {
        if (made == null) {
            made = new PortalSite();
        }
        return made;
    }

    private PortalSite() throws Exception {
        HostileRows.into(acme.every.portal, ada);
    }

    static boolean isPage(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
    }

    /** Everything that links lead to, a few of each kind, in the language Ada reads. */
    Map<String, HttpResponse<String>> found() throws Exception {
        Map<String, HttpResponse<String>> seen = new LinkedHashMap<>();
        Map<String, Integer> kinds = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/", "/docs", "/sign-in"));
        for (String order : List.of("ORDER", "HELD", "REFUSED")) {
            open.add("/orders/" + acme.kept(order));
        }
        while (!open.isEmpty()) {
            String path = open.poll();
            boolean isMapping = path.startsWith("/mappings/");
            String kind = isMapping ? "/mappings/" : kind(path);
            if (!seen.containsKey(path) && kinds.merge(kind, 1, Integer::sum) <= (isMapping ? MAPPINGS : OF_A_KIND)) {
                HttpResponse<String> answer = ada.get(path);
                seen.put(path, answer);
                if (isPage(answer)) {
                    open.addAll(links(answer.body()));
                }
            }
        }
        return seen;
    }

    private static String kind(String path) {
        return OneTenant.ID.matcher(path).replaceAll("ID").replaceAll("=[^&]*", "=");
    }

    private static List<String> links(String html) {
        return new Markup(html)
                .root
                .all("a", "link", "script", "img")
                .map(link -> (link.get("href") + link.get("src")).replaceFirst("#.*", ""))
                .filter(link -> link.startsWith("/"))
                .toList();
    }

    /**
     * A form.
     *
     * @param button the one that is pressed; the form itself where none has a name
     */
    record Form(String page, Element form, Element button) {
        String action() {
            return form.get("action");
        }

        boolean isSent() {
            return form.get("method").equals("post");
        }

        boolean isFile() {
            return form.get("enctype").equals("multipart/form-data");
        }

        List<Element> fields() {
            return form.all("input", "select", "textarea")
                    .filter(field -> !List.of("", "csrf", "back").contains(field.get("name")))
                    .filter(field -> !field.get("type").equals("file"))
                    .toList();
        }
    }

    /** One of each kind, by each of its buttons; nobody is signed out. */
    List<Form> forms() throws Exception {
        Map<String, Form> forms = new TreeMap<>();
        for (Map.Entry<String, HttpResponse<String>> page : found().entrySet()) {
            List<Element> all = isPage(page.getValue())
                    ? new Markup(page.getValue().body()).root.all("form").toList()
                    : List.of();
            for (Element form : all) {
                List<Element> buttons = new ArrayList<>(
                        form.all("button").filter(button -> button.has("name")).toList());
                (buttons.isEmpty() ? List.of(form) : buttons)
                        .forEach(button -> forms.putIfAbsent(
                                kind(form.get("method") + form.get("action") + button.get("value")),
                                new Form(page.getKey(), form, button)));
            }
        }
        forms.values().removeIf(form -> form.action().matches("/sign-out|/language"));
        return List.copyOf(forms.values());
    }
}
