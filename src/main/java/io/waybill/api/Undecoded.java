package io.waybill.api;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;

/** What no router sees, for its first line or its headers cannot be read; said as every other problem is, and the connection ends. */
final class Undecoded implements Handler<HttpServerRequest> {
    private final int limit;

    /** @param limit bytes of a first line, or of all headers */
    Undecoded(int limit) {
        this.limit = limit;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            answer(request, 414, ApiCode.ADDRESS_TOO_LONG);
        } else if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
            answer(request, 431, ApiCode.HEADERS_TOO_LARGE);
        } else {
            answer(request, 400, ApiCode.REQUEST_UNREADABLE);
        }
    }

    private void answer(HttpServerRequest request, int status, Code code) {
        Locale language = Languages.of(request.getHeader("Accept-Language"));
        String told = ProblemJson.tree(List.of(Problem.of(code, "limit", limit)), status, language)
                .toString();
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(told))
                .onComplete(sent -> request.connection().close());
    }
}
