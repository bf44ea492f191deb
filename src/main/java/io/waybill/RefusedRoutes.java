package io.waybill;

import io.waybill.edge.EdgeCode;
import io.waybill.edge.Routes;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A route file that is refused, or missing, asks for nothing: what its source or sink and the systems are told may be meant for it. */
record RefusedRoutes(Settings settings) {
    private static final Pattern ROUTE_FILE = Pattern.compile("/(source|sink)s/([^/]+)\\.yaml$");

    /** Of none of those settings is it said that nobody reads them. */
    void leaveAside(Routes.Loaded loaded) {
        loaded.problems().forEach(this::leaveAside);
    }

    private void leaveAside(Problem refused) {
        if (refused.code().equals(EdgeCode.SINK_WITHOUT_ROUTE.code())) {
            settings.leaveAside("sink." + refused.values().get("sink"));
        }
        String path = refused.values().getOrDefault("file", "").replace('\\', '/');
        Matcher file = ROUTE_FILE.matcher(path);
        if (file.find()) {
            settings.leaveAside(file.group(1) + "." + file.group(2));
            settings.leaveAside("system");
        }
    }
}
