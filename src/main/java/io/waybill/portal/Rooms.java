package io.waybill.portal;

import java.util.ArrayList;
import java.util.List;

/** The places in the head of every page, in the order a day needs them. */
final class Rooms {
    /** @param scope without which it is not shown; empty for everybody */
    private record Place(String href, String key, String scope) {}

    private static final List<Place> PLACES = List.of(
            new Place("/", "room.today", "read"),
            new Place("/orders", "room.orders", "read"),
            new Place("/exceptions", "room.exceptions", "read"),
            new Place("/upload", "room.upload", "orders:write"),
            new Place("/new", "room.new", "labels:buy"),
            new Place("/bench", "room.bench", "labels:buy"),
            new Place("/rates", "room.rates", "orders:write"),
            new Place("/money", "room.money", "money:read"),
            new Place("/readiness", "room.readiness", "read"),
            new Place("/rollout", "room.rollout", "read"),
            new Place("/mappings", "room.mappings", "read"),
            new Place("/settings", "room.settings", "read"));

    private Rooms() {}

    static List<Frame.Room> of(Frame frame) {
        List<Frame.Room> rooms = new ArrayList<>();
        for (Place place : PLACES) {
            if (frame.may(place.scope())) {
                rooms.add(frame.room(place.href(), place.key()));
            }
        }
        return rooms;
    }
}
