package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Authorization.Grant;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Tokens;
import java.time.Duration;
import java.util.Map;

/** The two tokens USPS asks for: who calls (OAuth) and who pays (Payments API). Each is kept until shortly before it ends. */
final class UspsTokens {
    /** Payments 3.1.20: eight hours after issuance. */
    private static final Duration PAYMENT_LIVES = Duration.ofHours(8);

    private static final Authorization.Call NO_CALL = new Authorization.Call("", "", new byte[0]);

    private UspsTokens() {}

    static Tokens caller(CarrierHttp http, UspsSettings settings) {
        return Tokens.oauth(
                http,
                "/oauth2/v3/token",
                Map.of(),
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", settings.clientId(),
                        "client_secret", settings.clientSecret()));
    }

    /** @param line calls as the caller */
    static Tokens payer(AccountLine line, UspsSettings settings) {
        byte[] roles = roles(settings.payer(), settings.contract());
        return new Tokens(
                () -> line.change("POST", "/payments/v3/payment-authorization", UspsCarrier.JSON, roles),
                UspsTokens::token,
                "X-Payment-Authorization-Token");
    }

    private static Tokens.Token token(Answer.Read answer) {
        return new Tokens.Token(Reply.of(answer.body()).required("paymentAuthorizationToken"), PAYMENT_LIVES);
    }

    /** The one that is kept, though it has not ended: USPS refuses it otherwise than by 401. */
    static void forget(Tokens payer) {
        if (payer.grant(NO_CALL) instanceof Grant.Headers kept) {
            payer.refused(kept);
        }
    }

    /** @param contract the payer has prices of its own, which are looked up by who holds them */
    static byte[] roles(UspsSettings.Payer payer, boolean contract) {
        ObjectNode out = RequestJson.object();
        ArrayNode roles = out.putArray("roles");
        withAccount(role(roles, "PAYER", payer), payer);
        if (contract) {
            withAccount(role(roles, "RATE_HOLDER", payer), payer);
        }
        role(roles, "LABEL_OWNER", payer);
        return RequestJson.bytes(out);
    }

    private static void withAccount(ObjectNode role, UspsSettings.Payer payer) {
        role.put("accountType", payer.type());
        if (payer.isPermit()) {
            role.put("permitNumber", payer.number()).put("permitZIP", payer.permitZip());
        } else {
            role.put("accountNumber", payer.number());
        }
    }

    private static ObjectNode role(ArrayNode roles, String name, UspsSettings.Payer payer) {
        return roles.addObject()
                .put("roleName", name)
                .put("CRID", payer.crid())
                .put("MID", payer.mid())
                .put("manifestMID", payer.manifestMid());
    }
}
