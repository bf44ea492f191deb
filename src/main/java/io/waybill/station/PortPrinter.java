package io.waybill.station;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A printer's raw port, as most label printers have on 9100. Its host stands in the settings and comes from nowhere else. A
 * printer out of paper stops reading: what does not leave in time has not been printed.
 *
 * @param within the longest time for the connection, and for each piece of the label
 */
record PortPrinter(String host, int port, Duration within) implements Printer {
    @Override
    public void print(String name, byte[] bytes) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("the name is not known");
        }
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            await(channel.connect(address));
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                await(channel.write(left));
            }
            channel.shutdownOutput();
        }
    }

    private void await(Future<?> step) throws IOException {
        try {
            step.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("nothing happened for " + within.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException told ? told : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the hub stops", e);
        }
    }

    @Override
    public String where() {
        return host + ":" + port;
    }
}
