package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.cli.Desk;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Causes;
import io.waybill.text.Words;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The calls of the hub that runs on the data folder. */
record RunningDesk(HubToken token, HttpClient client) implements Desk {
    /** Well, or too busy, without its database or about to stop; whoever else answers so at its port is taken for it. */
    private static final Set<Integer> HERE = Set.of(200, 429, 503);

    /** Nobody there is known at once; only a hub with its hands full, or a machine, takes longer. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMinutes(2);

    /** A backup, a namespace that is forgotten, a bill of a million lines take as long as there is to do. */
    private static final Duration ANSWER = Duration.ofHours(12);

    /** Empty when no hub answers there, or one that does not know the token: then the file is a killed hub's. */
    static Optional<Desk> at(HubToken token) {
        try {
            HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
            if (token.certificate().isPresent()) {
                client.sslContext(OwnCertificate.context(token.certificate().get()));
            }
            RunningDesk desk = new RunningDesk(token, client.build());
            int status = desk.look("/accounts").statusCode();
            return HERE.contains(status) ? Optional.of(desk) : Optional.empty();
        } catch (IOException nobodyThere) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public Reply call(String verb, String path, byte[] body, Locale language) {
        try {
            HttpResponse<byte[]> response = send(verb, path, body, language);
            return new Reply(response.statusCode(), Json.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply upload(String path, Path file, Locale language) {
        try {
            HttpResponse<byte[]> response =
                    send("post", path, HttpRequest.BodyPublishers.ofFile(file), language, BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), Json.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply download(String path, Path target, Locale language) {
        try {
            Path part = target.resolveSibling(target.getFileName() + ".part");
            // of one that broke off something may be there
            BodyHandler<Path> anew = BodyHandlers.ofFile(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            HttpResponse<Path> response = send("get", path, HttpRequest.BodyPublishers.noBody(), language, anew);
            boolean saved = response.statusCode() == 200;
            JsonNode told = saved ? NullNode.getInstance() : Json.mapper().readTree(Files.readAllBytes(part));
            if (saved) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(part);
            }
            return new Reply(response.statusCode(), told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> look(String path) throws IOException {
        return send(to(path, Locale.ENGLISH).timeout(LOOK).GET(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> send(String verb, String path, byte[] body, Locale language) throws IOException {
        return send(verb, path, HttpRequest.BodyPublishers.ofByteArray(body), language, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(
            String verb, String path, HttpRequest.BodyPublisher body, Locale language, BodyHandler<T> handler)
            throws IOException {
        try {
            return send(to(path, language).timeout(ANSWER).method(verb.toUpperCase(Locale.ROOT), body), handler);
        } catch (IOException e) {
            throw own(e).orElseThrow(() ->
                    new ProblemException(Problem.of(HubCode.HUB_AWAY, "address", token.address(), "why", Words.of(e))));
        }
    }

    /** Of a file of the command's own, or of a command that is interrupted: not that the hub stopped meanwhile, or was killed. */
    private static Optional<IOException> own(IOException e) {
        return Causes.of(e)
                .filter(cause -> cause instanceof FileSystemException
                        || cause instanceof FileNotFoundException
                        || cause instanceof InterruptedIOException)
                .map(IOException.class::cast)
                .findFirst();
    }

    private HttpRequest.Builder to(String path, Locale language) {
        return HttpRequest.newBuilder(token.address().resolve("/v1" + path))
                .header("Authorization", "Bearer " + token.secret())
                .header("Accept-Language", language.getLanguage());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder wanted, BodyHandler<T> handler) throws IOException {
        HttpRequest request = wanted.build();
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        // the client holds no connection worth waiting for
    }
}
