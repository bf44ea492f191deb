package io.waybill.portal;

import io.waybill.access.Access;
import io.waybill.api.Answer;
import io.waybill.api.Metering;
import io.waybill.api.OpenApi;
import io.waybill.api.Pages;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import io.waybill.api.Shedding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages. Nothing of them is built before the first is asked for, so a start does not wait for them. */
public final class Portal implements Pages {
    /** What a path of ours begins with; {@code /} itself is ours too. */
    static final Set<String> ROOMS = Set.of(
            "assets",
            "docs",
            "sign-in",
            "sign-out",
            "language",
            "orders",
            "labels-of",
            "exceptions",
            "upload",
            "rates",
            "settings",
            "new",
            "bench",
            "readiness",
            "rollout",
            "mappings",
            "routes",
            "files",
            "money");

    private final List<Resource> calls;
    private final IntakeDoor door;
    private final Access access;
    private final OpenApi document;
    private @Nullable Site site;

    /**
     * Pages over the calls.
     *
     * @param calls those under {@code /v1}: all that a page can see and do
     * @param shedding who is turned away with an order, also on a page
     */
    public Portal(List<Resource> calls, Access access, OpenApi document, Shedding shedding, Metering metering) {
        this.calls = calls;
        this.door = IntakeDoor.of(shedding, metering);
        this.access = access;
        this.document = document;
    }

    @Override
    public boolean own(String path) {
        int end = path.indexOf('/', 1);
        return path.equals("/")
                || (!path.isEmpty() && ROOMS.contains(path.substring(1, end < 0 ? path.length() : end)));
    }

    @Override
    public String door() {
        return "/sign-in";
    }

    @Override
    public Answer answer(Request request) throws Exception {
        return site().answer(request);
    }

    @Override
    public Answer turnAway(Request request, Shedding.Away away) throws Exception {
        return site().turnAway(request, IntakeDoor.refused(away, request.language()));
    }

    private synchronized Site site() {
        Site built = site;
        if (built == null) {
            built = new Site(calls, door, access, document);
            site = built;
        }
        return built;
    }
}
