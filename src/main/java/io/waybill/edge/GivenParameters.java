package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Use;
import io.waybill.problem.Code;
import io.waybill.settings.Settings;
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

    /** As the route names it, else its source. */
    @Nullable
    String mapping() {
        String named = value("mapping");
        String source = value("source");
        return (named != null && !named.isBlank()) || source == null
                ? named
                : settings.value("source." + source + ".mapping").orElse(null);
    }

    void bad(int line, String parameter, String value, String legal) {
        refuse(line, RouteCode.ROUTE_PARAMETER_BAD, "parameter", parameter, "value", value, "legal", legal);
    }

    void refuse(int line, Code code, Object... values) {
        file.refuse(line, code, values);
    }
}
