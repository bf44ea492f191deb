package io.waybill.carrier;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** An answer as it goes over the wire. */
record Said(int status, HttpHeaders headers, byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static Said of(ResponseDefinition answer) {
        byte[] body = answer.getByteBodyIfBinary() == null
                ? String.valueOf(answer.getBody() == null ? "" : answer.getBody())
                        .getBytes(StandardCharsets.UTF_8)
                : answer.getByteBody();
        return new Said(
                answer.getStatus(), answer.getHeaders() == null ? new HttpHeaders() : answer.getHeaders(), body);
    }

    Said with(int other) {
        return new Said(other, headers, body);
    }

    Said with(byte[] other) {
        return new Said(status, headers, other);
    }

    Said with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With this header in place of those of its name, or without any where it is empty. */
    Said with(String header, String value) {
        List<HttpHeader> all = new ArrayList<>(headers.all());
        all.removeIf(one -> one.keyEquals(header));
        if (!value.isEmpty()) {
            all.add(new HttpHeader(header, value));
        }
        return new Said(status, new HttpHeaders(all), body);
    }

    /** With its JSON made another. */
    Said with(UnaryOperator<JsonNode> how) {
        try {
            return with(JSON.writeValueAsBytes(how.apply(json())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this amount stands in it, as a text or a number. */
    boolean states(BigDecimal amount) {
        String digits = amount.stripTrailingZeros().toPlainString();
        Pattern stated = Pattern.compile(
                "(?<![\\d.])" + Pattern.quote(digits) + (digits.contains(".") ? "0*" : "(\\.0+)?") + "(?![\\d.])");
        return stated.matcher(new String(body, StandardCharsets.UTF_8)).find();
    }

    boolean isJson() {
        return body.length > 0 && (body[0] == '{' || body[0] == '[');
    }

    ResponseDefinition answer() {
        return new ResponseDefinitionBuilder()
                .withStatus(status)
                .withHeaders(headers)
                .withBody(body)
                .build();
    }
}
