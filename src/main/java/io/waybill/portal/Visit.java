package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.waybill.api.Answer;
import io.waybill.api.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One visit to a page: what was asked, by whom, and how to answer. */
final class Visit {
    private final TemplateEngine templates;
    private final Request request;
    private final Calls calls;
    private final Form form;
    private final String[] parameters;
    private final @Nullable Refused refused;

    /** @param refused what an act of this page was refused just now */
    Visit(
            TemplateEngine templates,
            Request request,
            Calls calls,
            Form form,
            String[] parameters,
            @Nullable Refused refused) {
        this.templates = templates;
        this.request = request;
        this.calls = calls;
        this.form = form;
        this.parameters = parameters;
        this.refused = refused;
    }

    /** The same visit, on whose page this stands. */
    Visit told(Refused what) {
        return new Visit(templates, request, calls, form, parameters, what);
    }

    Request request() {
        return request;
    }

    Calls calls() {
        return calls;
    }

    Form form() {
        return form;
    }

    /** To throw where the address leads to nothing. */
    Refused noSuchPage() {
        return new Refused(404, json().put("title", Texts.in(request.language()).text("failed.404")));
    }

    /** The path's first parameter, as it may stand in another path. */
    String id() {
        return Address.part(parameters[0]);
    }

    String second() {
        return Address.part(parameters[1]);
    }

    Optional<String> query(String name) {
        return request.query(name).map(String::strip);
    }

    /** What the address says of these. */
    Map<String, String> asked(List<String> names) {
        Map<String, String> asked = new TreeMap<>();
        names.forEach(name -> query(name).ifPresent(value -> asked.put(name, value)));
        return asked;
    }

    /** True when the page itself asks for the part of it that changes. */
    boolean isPart() {
        return request.header("HX-Request").isPresent();
    }

    /** The accounts this visitor sees that buy nothing now. */
    List<JsonNode> accountsOff() {
        List<JsonNode> off = new ArrayList<>();
        calls.lookAt("/accounts").path("items").forEach(account -> {
            if (!account.path("on").asBoolean(true)) {
                off.add(account);
            }
        });
        return off;
    }

    /** An empty body for a call. */
    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A page, with 200, or with the status of what was refused. */
    Answer page(String template, Map<String, Object> values) {
        return page(refused == null ? 200 : refused.status(), template, values);
    }

    Answer page(int status, String template, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("f", frame());
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template + ".jte", all, output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Headers.page(status, bytes.toByteArray());
    }

    /** What an act of this page was refused for just now, one by one; none when nothing was refused. */
    List<JsonNode> errors() {
        List<JsonNode> errors = new ArrayList<>();
        if (refused != null) {
            refused.problem().path("errors").forEach(errors::add);
        }
        return errors;
    }

    private Frame frame() {
        JsonNode problem = refused == null ? null : refused.problem();
        return new Frame(
                request.language(),
                request.caller(),
                request.path(),
                here(),
                query("done").orElse(""),
                problem,
                refused == null ? Form.EMPTY : form,
                form.to());
    }

    /** A page that answers a form is found where the form stood. */
    private String here() {
        return request.method().equals("POST")
                ? Address.own(form.text("back"))
                : Address.of(request.path(), request.query());
    }

    /**
     * The file of a form that takes one; empty where none was chosen.
     *
     * @throws Refused where there were several: nobody would be told of those that are left
     */
    Optional<Form.Sent> file() {
        if (form.file() != null && !form.file().alone()) {
            throw Refused.of(400, Texts.in(request.language()).text("upload.one"));
        }
        return Optional.ofNullable(form.file());
    }

    /** Go there, and say what was done. The page that follows can be loaded again without doing it again. */
    Answer done(String what, String path) {
        return Headers.go(path + (path.indexOf('?') < 0 ? "?" : "&") + "done=" + what);
    }
}
