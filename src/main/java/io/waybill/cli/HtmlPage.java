package io.waybill.cli;

import static io.waybill.text.Html.escaped;

import java.util.List;
import java.util.Locale;

/**
 * A page as one HTML file that loads nothing. Whatever came from a document is text: every character that could be markup is
 * escaped, in tables and attributes alike.
 */
record HtmlPage(Locale language) {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}
            h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #ccc}
            table{border-collapse:collapse;margin:.8em 0}th,td{text-align:left;padding:.2em .8em .2em 0;vertical-align:top;border-bottom:1px solid #eee}
            .good::before{content:"\\2713\\0020";color:#176d2b}.bad::before{content:"\\2717\\0020";color:#a11212}
            .fact::before{content:"\\00b7\\0020"}
            .bars td:nth-child(2){width:24em}.bar{background:#3b6ea8;height:.9em}
            """;

    String of(Page page) {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"")
                .append(escaped(language.getLanguage()))
                .append("\">\n<head><meta charset=\"utf-8\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(page.title()))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style></head>\n<body>\n<h1>")
                .append(escaped(page.title()))
                .append("</h1>\n");
        for (Page.Section section : page.sections()) {
            html.append("<h2>").append(escaped(section.heading())).append("</h2>\n");
            section.parts().forEach(part -> write(part, html));
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private static void write(Page.Part part, StringBuilder html) {
        if (part instanceof Page.Sentence sentence) {
            html.append("<p>").append(escaped(sentence.text())).append("</p>\n");
        } else if (part instanceof Page.Mark mark) {
            html.append("<div class=\"")
                    .append(mark.speaks().style)
                    .append("\">")
                    .append(escaped(mark.text()))
                    .append("</div>\n");
        } else if (part instanceof Page.Table table) {
            html.append("<table>\n<thead>");
            row("th scope=\"col\"", "th", table.heads(), html);
            html.append("</thead>\n<tbody>");
            table.rows().forEach(cells -> row("td", "td", cells, html));
            html.append("</tbody>\n</table>\n");
        } else if (part instanceof Page.Bars bars) {
            write(bars, html);
        }
    }

    private static void row(String open, String close, List<String> cells, StringBuilder html) {
        html.append("<tr>");
        cells.forEach(cell -> html.append('<')
                .append(open)
                .append('>')
                .append(escaped(cell))
                .append("</")
                .append(close)
                .append('>'));
        html.append("</tr>\n");
    }

    private static void write(Page.Bars bars, StringBuilder html) {
        html.append("<table class=\"bars\">\n<caption>")
                .append(escaped(bars.caption()))
                .append("</caption>\n");
        for (Page.Bar bar : bars.bars()) {
            html.append("<tr><td>")
                    .append(escaped(bar.word()))
                    .append("</td><td><div class=\"bar\" style=\"width:")
                    .append(bar.count() * 100 / Math.max(1, bars.most()))
                    .append("%\"></div></td><td>")
                    .append(bar.count())
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
    }
}
