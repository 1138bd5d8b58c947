package io.videottt.jobs.sweep.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.io.config.BoundedJson;
import java.util.Map;
import java.util.TreeMap;

/** The settings that a result depends on, read back from the text that results keep of them. */
public final class CanonicalSettings {

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private CanonicalSettings() {}

  /**
   * The settings by their keys, sorted.
   *
   * @param json as {@link io.videottt.adaptation.settings.AdaptationSettings#canonical} writes them
   * @throws InvalidInputException when it is no JSON
   */
  public static Map<String, String> byKey(String json) {
    try {
      Map<String, String> settings = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
        JsonNode value = entry.getValue();
        settings.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
      }
      return settings;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("results: settings are no JSON: " + Printable.line(json), e);
    }
  }
}
