package io.waybill.carrier;

import io.waybill.failpoint.Failpoint;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Leaves a mark when the connection stands and the first byte is about to leave: before it, nothing was sent. */
final class Telltale extends HttpRequestExecutor {
    private static final String SENDING = "waybill.sending";

    static boolean isMarked(HttpContext context) {
        return context.getAttribute(SENDING) != null;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback interim,
            HttpContext context)
            throws IOException, HttpException {
        context.setAttribute(SENDING, true);
        ClassicHttpResponse answer = super.execute(request, connection, interim, context);
        Failpoint.ANSWER_IN_FLIGHT.here();
        return answer;
    }
}
