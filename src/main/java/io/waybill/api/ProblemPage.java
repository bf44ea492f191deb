package io.waybill.api;

import static io.waybill.text.Html.escaped;

import io.waybill.problem.Problem;
import java.util.Locale;

/** A problem told to a person whose browser asked, where no page can be made: the hub stops, a header came twice. It loads nothing. */
final class ProblemPage {
    static final String MEDIA_TYPE = "text/html; charset=utf-8";

    private ProblemPage() {}

    /** @param title what its status means */
    static String of(Problem problem, String title, Locale language) {
        return """
                <!doctype html>
                <html lang="%s">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s - Waybill</title></head>
                <body>
                <h1>%s</h1>
                <p>%s</p>
                <p><a href="/">Waybill</a></p>
                </body>
                </html>
                """.formatted(
                escaped(language.toLanguageTag()), escaped(title), escaped(title), escaped(problem.sentence(language)));
    }
}
