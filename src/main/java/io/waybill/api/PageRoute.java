package io.waybill.api;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Puts {@link Pages} on the server. They are many and no edge speaks to them, so they are no Camel routes: a start builds none. */
record PageRoute(Pages pages) implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext context) {
        if (!pages.own(context.normalizedPath())) {
            context.next();
            return;
        }
        show(context);
    }

    /** Whatever its address is: one that is no page's is told on a page too. */
    void show(RoutingContext context) {
        Request request = Sent.request(context);
        Shedding.Away away = Visit.of(context).away();
        context.vertx()
                .executeBlocking(() -> away == null ? pages.answer(request) : pages.turnAway(request, away), false)
                .onSuccess(answer -> write(answer, context))
                .onFailure(context::fail);
    }

    private static void write(Answer answer, RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            delete(answer, context);
            return;
        }
        response.setStatusCode(answer.status());
        if (!answer.mediaType().isEmpty()) {
            response.putHeader("Content-Type", answer.mediaType());
        }
        answer.headers().forEach(response::putHeader);
        if (answer.file() == null) {
            response.end(Buffer.buffer(answer.body()));
        } else {
            response.sendFile(answer.file().toString()).onComplete(sent -> delete(answer, context));
        }
    }

    private static void delete(Answer answer, RoutingContext context) {
        if (answer.file() != null) {
            context.vertx().fileSystem().delete(answer.file().toString());
        }
    }
}
