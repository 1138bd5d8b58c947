package io.videottt.jobs.grid;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.jobs.sweep.config.Candidate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings that a grid tries; exactly one way of saying so is given.
 *
 * @param cross values by key: every combination
 * @param list the settings one by one, all with the same keys
 * @param sample random settings
 */
record GridSearch(
    Map<String, List<JsonNode>> cross, List<Map<String, JsonNode>> list, GridSample sample) {

  /** More settings than anybody waits for. */
  static final int MOST_SETTINGS = 4096;

  GridSearch {
    if (Stream.of(cross != null, list != null, sample != null).filter(given -> given).count()
        != 1) {
      throw new InvalidInputException("give exactly one of cross, list and sample");
    }
  }

  /**
   * The settings in the order of the file.
   *
   * @throws InvalidInputException naming key and value
   */
  List<Candidate> settings() {
    List<Candidate> settings =
        cross != null ? crossed() : list != null ? listed() : sample.settings();
    Set<String> labels = new HashSet<>();
    for (Candidate setting : settings) {
      if (!labels.add(setting.label())) {
        throw new InvalidInputException(
            "search: %s stands twice; leave one out".formatted(setting.label()));
      }
    }
    return settings;
  }

  private List<Candidate> crossed() {
    if (cross.isEmpty()) {
      throw new InvalidInputException("search: cross: no key is given");
    }
    long combinations = 1;
    List<Map<String, Object>> settings = List.of(Map.of());
    for (Map.Entry<String, List<JsonNode>> dimension : cross.entrySet()) {
      List<Object> values = choices("search: cross: " + dimension.getKey(), dimension.getValue());
      combinations *= values.size();
      requireFew(combinations);
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> setting : settings) {
        for (Object value : values) {
          Map<String, Object> with = new LinkedHashMap<>(setting);
          with.put(dimension.getKey(), value);
          longer.add(with);
        }
      }
      settings = longer;
    }
    return settings.stream().map(Candidate::new).toList();
  }

  private List<Candidate> listed() {
    if (list.isEmpty()) {
      throw new InvalidInputException("search: list: no setting is given");
    }
    requireFew(list.size());
    List<Candidate> settings = new ArrayList<>();
    for (Map<String, JsonNode> given : list) {
      if (given == null || given.isEmpty()) {
        throw new InvalidInputException("search: list: a setting is empty; give it keys");
      }
      if (!given.keySet().equals(list.get(0).keySet())) {
        throw new InvalidInputException(
            "search: list: one setting has the keys %s, another %s; give all the same keys"
                .formatted(list.get(0).keySet(), given.keySet()));
      }
      Map<String, Object> values = new LinkedHashMap<>();
      for (String key : list.get(0).keySet()) {
        values.put(key, value("search: list: " + key, given.get(key)));
      }
      settings.add(new Candidate(values));
    }
    return settings;
  }

  static void requireFew(long count) {
    if (count > MOST_SETTINGS) {
      throw new InvalidInputException(
          "more than %d settings; search fewer, or give sample a count".formatted(MOST_SETTINGS));
    }
  }

  /**
   * The values that a key takes.
   *
   * @param place file position, for messages
   */
  static List<Object> choices(String place, List<JsonNode> nodes) {
    if (nodes == null || nodes.isEmpty()) {
      throw new InvalidInputException("%s: the list is empty; give at least one".formatted(place));
    }
    List<Object> values = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode node : nodes) {
      Object value = value(place, node);
      if (!seen.add(Candidate.text(value))) {
        throw new InvalidInputException(
            "%s: %s stands twice; leave one out".formatted(place, Candidate.text(value)));
      }
      values.add(value);
    }
    return values;
  }

  private static Object value(String place, JsonNode node) {
    if (node != null && node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    if (node != null && node.isNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    }
    if (node != null && node.isBoolean()) {
      return node.booleanValue();
    }
    if (node != null && node.isTextual() && node.textValue().length() <= 100) {
      return node.textValue();
    }
    throw new InvalidInputException(
        "%s: '%s' is no number, word or truth value"
            .formatted(place, Printable.line(node.toString())));
  }
}
