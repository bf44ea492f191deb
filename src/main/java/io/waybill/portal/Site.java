package io.waybill.portal;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.OpenApi;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All pages, and what is the same for each of them: who is let in, which forms are ours, how a refusal is shown. */
final class Site {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final List<Resource> calls;
    private final IntakeDoor door;
    private final List<Page> pages;

    Site(List<Resource> calls, IntakeDoor door, Access access, OpenApi document) {
        this.calls = calls;
        this.door = door;
        this.pages = Stream.<Supplier<List<Page>>>of(
                        new SignIn(access)::pages,
                        new Docs(document)::pages,
                        new Today()::pages,
                        new Orders()::pages,
                        new OneOrder()::pages,
                        new OrderPrints()::pages,
                        new Exceptions()::pages,
                        new Upload()::pages,
                        new NewShipment()::pages,
                        new Bench()::pages,
                        new Rates()::pages,
                        new SheetRates()::pages,
                        new Money()::pages,
                        new Spend()::pages,
                        new Variances()::pages,
                        new Readiness()::pages,
                        new Rollout()::pages,
                        new Mappings()::pages,
                        new Edge()::pages,
                        new Settings()::pages,
                        new OneAccount()::pages,
                        new Sinks()::pages)
                .flatMap(part -> part.get().stream())
                .toList();
    }

    Answer answer(Request request) throws Exception {
        String path = request.path();
        if (path.startsWith("/assets/")) {
            return Assets.answer(request, path.substring(path.lastIndexOf('/') + 1));
        }
        Form form;
        try {
            form = Form.of(request);
        } catch (IOException unreadable) {
            return failed(request, 400);
        }
        try {
            return answer(request, form);
        } finally {
            if (form.file() != null) {
                Files.deleteIfExists(form.file().path());
            }
        }
    }

    private Answer answer(Request request, Form form) throws Exception {
        Found found = find(request.method(), request.path());
        if (found == null) {
            return ofForm(request).map(Headers::go).orElseGet(() -> notFound(request));
        }
        if (!found.page().open() && request.caller().equals(Caller.ANYONE)) {
            return request.method().equals("POST") ? signedOut(request, form) : askedIn(request);
        }
        if (request.method().equals("POST") && !OwnForms.isOurs(request, form)) {
            return OwnForms.isOlder(request, form) ? led(request, unsaved(request, form)) : failed(request, 403);
        }
        try {
            return found.page().handler().handle(visit(request, form, found, null));
        } catch (Refused refused) {
            return shown(request, form, refused);
        } catch (NotANumber wrong) {
            return shown(request, form, wrong.refused(request.language()));
        }
    }

    /** Of a form nothing of which was read: where it was sent says what page it stood on, or its browser does. */
    Answer turnAway(Request request, Refused refused) throws Exception {
        Form sent = new Form(Map.of("back", List.of(request.path())), null, request.path());
        return shown(request, new Form(Map.of("back", List.of(stoodOn(request, sent))), null, request.path()), refused);
    }

    /** There is no such page, or it is asked by a verb it does not take. */
    private Answer notFound(Request request) {
        String allowed = Stream.of("GET", "POST")
                .filter(verb -> find(verb, request.path()) != null)
                .map(verb -> verb.equals("GET") ? "GET, HEAD" : verb)
                .collect(Collectors.joining(", "));
        return allowed.isEmpty() ? failed(request, 404) : failed(request, 405).with("Allow", allowed);
    }

    /** A page that looks again by itself is told to go too, or it would show the way in inside of itself. */
    private static Answer askedIn(Request request) {
        return led(request, "/sign-in?to=" + Address.part(Address.of(request.path(), request.query())));
    }

    /** A form is led back to its page, and told that what it sent was not done. */
    private Answer signedOut(Request request, Form form) {
        return led(request, "/sign-in?to=" + Address.part(stoodOn(request, form)) + "&unsaved=true");
    }

    /** A form that another window kept while its person signed in anew is led back to its page, and told the same. */
    private String unsaved(Request request, Form form) {
        String page = stoodOn(request, form);
        return page + (page.indexOf('?') < 0 ? "?" : "&") + "done=unsaved";
    }

    /** The page a form stood on; the first one where none is known. */
    private String stoodOn(Request request, Form form) {
        String from = Address.here(request.header("Referer").orElse(""), request.host());
        return Stream.of(Address.own(form.text("back")), from)
                .filter(page -> find("GET", page.replaceFirst("\\?.*", "")) != null)
                .filter(page -> !page.equals("/"))
                .findFirst()
                .orElse("/");
    }

    private static Answer led(Request request, String door) {
        boolean part = request.header("HX-Request").isPresent();
        return part ? Headers.safe(Answer.empty(204)).with("HX-Redirect", door) : Headers.go(door);
    }

    /** What was refused, on the page whose form asked; a page that cannot be shown itself says only that. */
    private Answer shown(Request request, Form form, Refused refused) throws Exception {
        String back = Address.own(form.text("back"));
        String path = back.replaceFirst("\\?.*", "");
        Found page = request.method().equals("POST") && !form.text("back").isEmpty() ? find("GET", path) : null;
        if (page == null) {
            return refused(request, form, refused);
        }
        try {
            Request again = Back.to(back, request);
            return page.page().handler().handle(visit(again, form, page, refused));
        } catch (Refused | NotANumber twice) {
            return refused(request, form, refused);
        }
    }

    /** It leads to the page without what was asked of it; from a file, to the page it stands on. */
    private Answer refused(Request request, Form form, Refused refused) {
        String path = request.path();
        boolean isFile = path.endsWith("/file") || path.endsWith("/export");
        String whole = isFile ? above(path) : path;
        return visit(request, form, new Found(SELF, new String[0]), refused).page("refused", Map.of("whole", whole));
    }

    /** The page whose form is sent to this path, where it is asked for as a page: the window of what was refused says that path. */
    private Optional<String> ofForm(Request request) {
        String path = request.path();
        if (!request.method().equals("GET") || find("POST", path) == null) {
            return Optional.empty();
        }
        return Optional.of(above(path));
    }

    private String above(String path) {
        String above = path;
        while (above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            if (find("GET", above) != null) {
                return above;
            }
        }
        return "/";
    }

    private static final Page SELF = Page.get("", visit -> Answer.empty(204));

    private record Found(Page page, String[] parameters) {}

    private @Nullable Found find(String verb, String path) {
        for (Page page : pages) {
            String[] parameters = page.verb().equals(verb) ? page.match(path).orElse(null) : null;
            if (parameters != null) {
                return new Found(page, parameters);
            }
        }
        return null;
    }

    private Visit visit(Request request, Form form, Found found, @Nullable Refused refused) {
        return new Visit(templates, request, new Calls(calls, door, request), form, found.parameters(), refused);
    }

    private Answer failed(Request request, int status) {
        return visit(request, Form.EMPTY, new Found(SELF, new String[0]), null)
                .page(status, "failed", Map.of("status", status));
    }
}
