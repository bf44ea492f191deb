package io.waybill.api;

/** What a resource does with a call. A ProblemException becomes a 4xx; anything else thrown, a 500 without its words. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request) throws Exception;
}
