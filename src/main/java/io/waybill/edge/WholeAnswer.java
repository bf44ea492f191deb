package io.waybill.edge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends a call whose whole answer, its last byte included, has not come in time: a timeout of the socket begins anew with each
 * byte. It fails with a {@link SocketTimeoutException} then. Of an answer no more than its first MiB is heard, as it unpacks.
 */
final class WholeAnswer implements ExecChainHandler {
    private static final int MOST = 1 << 20;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Duration within;

    /** @param within from the first step, the connection included */
    WholeAnswer(Duration within) {
        this.within = within;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Deadline deadline = new Deadline(scope.originalRequest);
        boolean isToBeRead = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity body = response.getEntity();
            if (body != null && body.isStreaming()) {
                response.setEntity(new Body(body, deadline));
                isToBeRead = true;
            }
            return response;
        } catch (IOException e) {
            throw deadline.told(e);
        } catch (RuntimeException e) { // between two steps the client does not know that it was ended
            if (deadline.isOver) {
                throw deadline.late(e);
            }
            throw e;
        } finally {
            if (!isToBeRead) {
                deadline.end();
            }
        }
    }

    private final class Deadline {
        private final Future<?> due;
        private volatile boolean isOver;

        Deadline(ClassicHttpRequest request) {
            due = CLOCK.schedule(() -> cancel(request), within.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void cancel(ClassicHttpRequest request) {
            isOver = true;
            if (request instanceof Cancellable call) {
                call.cancel();
            }
        }

        void end() {
            due.cancel(false);
        }

        IOException told(IOException failure) {
            return isOver ? late(failure) : failure;
        }

        private IOException late(Exception failure) {
            IOException late = new SocketTimeoutException("no whole answer within " + within.toMillis() + " ms");
            late.addSuppressed(failure);
            return late;
        }
    }

    private static final class Body extends HttpEntityWrapper {
        private final Deadline deadline;

        Body(HttpEntity body, Deadline deadline) {
            super(body);
            this.deadline = deadline;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Content(super.getContent(), deadline);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                deadline.end();
            }
        }
    }

    private static final class Content extends FilterInputStream {
        private final Deadline deadline;
        private int left = MOST;

        Content(InputStream in, Deadline deadline) {
            super(in);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            try {
                int read = left > 0 ? super.read() : -1;
                left -= read < 0 ? 0 : 1;
                return read;
            } catch (IOException e) {
                throw deadline.told(e);
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                int read = left > 0 ? super.read(bytes, from, Math.min(length, left)) : -1;
                left -= Math.max(read, 0);
                return read;
            } catch (IOException e) {
                throw deadline.told(e);
            }
        }

        /** The client reads on to the end here, to use the connection once more. */
        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                throw deadline.told(e);
            } finally {
                deadline.end();
            }
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sink-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
