package io.waybill.carrier;

import io.waybill.failpoint.Failpoint;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body of which the first half has left when {@link Failpoint#HALF_SENT} is reached. */
final class Halves extends HttpEntityWrapper {
    private final byte[] bytes;

    Halves(byte[] bytes) {
        super(new ByteArrayEntity(bytes, null));
        this.bytes = bytes;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        int half = bytes.length / 2;
        out.write(bytes, 0, half);
        out.flush();
        Failpoint.HALF_SENT.here();
        out.write(bytes, half, bytes.length - half);
    }
}
