package io.waybill.api;

/**
 * Pages for people, on the same server as the calls. They need no key to be asked for: a page looks at its
 * {@link Request#caller()} itself, and refuses a form that does not prove it comes from a page of ours.
 */
public interface Pages {
    /** Whether a path is a page's. Asked on the event loop: it must not wait. */
    boolean own(String path);

    /** Where somebody is led who is not signed in and sends more than a way in needs. */
    String door();

    /** Answers a request for one of {@link #own}, or says on a page that there is none; it may wait. What it throws becomes a 500 without its words. */
    Answer answer(Request request) throws Exception;

    /** Says on the page why a form of one of {@link #own} is turned away, nothing of which was read; it may wait. */
    Answer turnAway(Request request, Shedding.Away away) throws Exception;
}
