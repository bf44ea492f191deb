package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.problem.Code;
import io.waybill.settings.Settings;
import io.waybill.settings.Veiled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters given to a template where it is put to use, the settings filled in, and where to tell what is wrong with one. */
record GivenParameters(Settings settings, RouteCheck.Checked file, Use use) {
    /** As given and filled in; null where it is not given, and the template's default holds. */
    @Nullable
    String value(String name) {
        Said said = use.parameters().get(name);
        return said == null
                ? null
                : Placeholders.filled(said.text(), key -> settings.value(key).orElse(null));
    }

    /** As the template sets it or is given it, else that of its source; null where that is not known before a message is there. */
    @Nullable
    String mapping(Template template) {
        long set = template.steps().set().stream()
                .filter(name -> name.text().equals("mapping"))
                .count();
        List<Said> constants = template.steps().mappings();
        if (set > 1 || set != constants.size()) {
            return null;
        }
        String named = set == 0
                ? value("mapping")
                : Placeholders.filled(constants.get(0).text(), new RouteCheck.Bound(use, template, settings)::value);
        boolean ofSource = named == null ? set == 0 : named.isBlank();
        String source = value("source");
        return ofSource && source != null
                ? settings.value("source." + source + ".mapping").orElse(null)
                : named;
    }

    /** What lets somebody in, such as a password in an address, is not told. */
    void bad(int line, String parameter, String value, String legal) {
        refuse(
                line,
                RouteCode.ROUTE_PARAMETER_BAD,
                "parameter",
                parameter,
                "value",
                Veiled.told(value),
                "legal",
                legal);
    }

    void refuse(int line, Code code, Object... values) {
        file.refuse(line, code, values);
    }
}
