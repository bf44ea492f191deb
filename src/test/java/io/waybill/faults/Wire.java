package io.waybill.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port before another port of this machine, whose connections can be cut, or held so that nothing passes. */
final class Wire implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    private final int behind;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile boolean cut;
    private volatile boolean held;

    Wire(int behind) throws IOException {
        this.behind = behind;
        run(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends every connection and every new one at once. */
    void cut() {
        cut = true;
        ends.forEach(Wire::end);
        ends.clear();
    }

    /** Keeps the connections and lets nothing pass. */
    void hold() {
        held = true;
    }

    /** Works again; what was held passes now. */
    void mend() {
        cut = false;
        synchronized (gate) {
            held = false;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                if (cut) {
                    end(near);
                } else {
                    Socket far = new Socket(InetAddress.getByName("127.0.0.1"), behind);
                    ends.add(near);
                    ends.add(far);
                    run(() -> carry(near, far));
                    run(() -> carry(far, near));
                }
            } catch (IOException e) {
                // the next connection, or closed
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one end is gone, and so is the other
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void pass() throws IOException {
        synchronized (gate) {
            while (held && !cut) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        mend();
        end();
    }

    private void end() {
        try {
            door.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
