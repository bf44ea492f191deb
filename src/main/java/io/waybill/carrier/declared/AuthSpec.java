package io.waybill.carrier.declared;

import java.util.List;
import java.util.Map;

/** How a described carrier knows who is calling. Secrets are named by their settings' keys. */
sealed interface AuthSpec {

    record None() implements AuthSpec {}

    record Basic(String user, String password) implements AuthSpec {}

    record Bearer(String token) implements AuthSpec {}

    /** The same headers in every call. */
    record Header(Map<String, Template> headers) implements AuthSpec {}

    /**
     * OAuth 2.0 client credentials.
     *
     * @param form whether they stand in the form; by HTTP Basic otherwise
     */
    record OAuth(String path, String id, String secret, String scope, boolean form) implements AuthSpec {}

    /**
     * A token that is asked for in the carrier's own way.
     *
     * @param json whether the fields are sent as JSON; a form otherwise
     * @param send the fields it is asked for with
     * @param token where it stands in the answer
     * @param expires where the seconds it lives stand; nowhere when they are not told
     * @param header that carries it
     * @param value of the header, with {@code {token}} in it
     */
    record Token(
            String path,
            boolean json,
            Map<String, Template> send,
            List<String> token,
            List<String> expires,
            String header,
            Template value)
            implements AuthSpec {}

    /**
     * A signature over every call.
     *
     * @param algorithm a {@code Mac} of Java, or {@code MD5} for the sum over sorted parameters, the body and the secret
     * @param text what a {@code Mac} signs
     * @param encoding {@code hex | HEX | base64}
     * @param query parameters that are added to every call
     * @param unsigned of {@code MD5}, parameters that are left out of the sum
     * @param seconds whether {@code {timestamp}} counts seconds; milliseconds otherwise
     */
    record Signed(
            String algorithm,
            String secret,
            Template text,
            String encoding,
            Map<String, Template> headers,
            Map<String, Template> query,
            List<String> unsigned,
            boolean seconds)
            implements AuthSpec {}
}
