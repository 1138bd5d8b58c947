package io.videottt.jobs.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.io.config.BoundedJson;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.sweep.plan.Unit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The file that says why a unit failed. */
public final class FailureRecord {

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();
  private static final String REASON = "reason";

  private FailureRecord() {}

  /** The file's content. */
  public static String json(Unit unit, Exception exception, String host) {
    Map<String, Object> failure = new TreeMap<>();
    failure.put("unit_id", unit.id());
    failure.put("dataset", unit.dataset());
    failure.put("split", unit.split());
    failure.put("task", unit.task().id());
    failure.put("video", unit.video());
    failure.put("method", unit.method().id());
    failure.put(REASON, FailureMessages.describe(exception));
    failure.put("exception", exception.getClass().getName());
    failure.put("host", host);
    failure.put("time", Instant.now().toString());
    try {
      return MAPPER.writeValueAsString(failure);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a map of plain values is always JSON", impossible);
    }
  }

  /** The reason in a file's content; empty when it is damaged. */
  public static Optional<String> reason(String json) {
    try {
      JsonNode reason = MAPPER.readTree(json).path(REASON);
      return reason.isTextual() ? Optional.of(reason.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
