package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** Sends what a page says to send by curl, as curl would, and asks for answers in English. */
final class Curl {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Curl() {}

    /** @param values of the names behind {@code $} in the command */
    static HttpResponse<String> sent(String command, Map<String, String> values)
            throws IOException, InterruptedException {
        List<String> words = ShellWords.of(command, values);
        assertThat(words.get(0)).isEqualTo("curl");
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Accept-Language", "en");
        String verb = "";
        String body = "";
        boolean typed = false;
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-i" -> {}
                case "-o" -> i++;
                case "-X" -> verb = words.get(++i);
                case "-d", "--data-binary" -> body = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    request.header(header[0], header[1]);
                    typed |= header[0].equalsIgnoreCase("Content-Type");
                }
                default -> request.uri(URI.create(words.get(i)));
            }
        }
        if (!body.isEmpty() && !typed) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        String usual = body.isEmpty() ? "GET" : "POST";
        return HTTP.send(
                request.method(verb.isEmpty() ? usual : verb, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
