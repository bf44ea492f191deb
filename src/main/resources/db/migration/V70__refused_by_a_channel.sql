-- What a channel has refused since it was switched: nobody reads an answer to a webhook.
ALTER TABLE rollout_switch ADD COLUMN refused BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE rollout_switch ADD COLUMN refused_order VARCHAR(200);
ALTER TABLE rollout_switch ADD COLUMN refused_at TIMESTAMP WITH TIME ZONE;
