package io.waybill;

import io.waybill.api.Edges;
import io.waybill.edge.RouteBoard;
import io.waybill.edge.Routes;
import io.waybill.problem.Problem;
import java.util.List;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What pages and calls are told of the routes; nothing while the hub starts. */
final class RoutesAtWork implements Edges {
    private final RouteBoard board = new RouteBoard();
    private volatile @Nullable CamelContext context;
    private volatile Routes.@Nullable Loaded loaded;

    /** Before any route is loaded. */
    void count(CamelContext camel) {
        camel.addRoutePolicyFactory(board);
    }

    void opened(CamelContext camel, Routes.Loaded files) {
        board.listen(camel);
        loaded = files;
        context = camel;
    }

    @Override
    public List<At> routes() {
        CamelContext camel = context;
        return camel == null
                ? List.of()
                : board.rows(camel).stream()
                        .map(row -> new At(
                                row.id(),
                                row.description(),
                                row.from(),
                                row.state(),
                                row.done(),
                                row.failed(),
                                row.lastDone(),
                                row.lastFailed(),
                                row.lastError()))
                        .toList();
    }

    @Override
    public List<String> off() {
        Routes.Loaded files = loaded;
        return files == null ? List.of() : files.off();
    }

    @Override
    public List<Problem> problems() {
        Routes.Loaded files = loaded;
        return files == null ? List.of() : files.problems();
    }
}
