package io.videottt.jobs.grid;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.sweep.config.Candidate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Different random settings, the same for the same seed everywhere.
 *
 * @param count how many
 * @param seed of the draws; 0 when left out
 * @param space for each key a list of values, or {@code logUniform: [low, high]} or {@code uniform:
 *     [low, high]}, whose draws are rounded to three significant digits
 */
record GridSample(Integer count, Long seed, Map<String, JsonNode> space) {

  private static final MathContext DIGITS = new MathContext(3);
  private static final String LOG_UNIFORM = "logUniform";
  private static final String UNIFORM = "uniform";

  /** Draws for each setting, before a space counts as too small: rounding makes equal ones. */
  private static final int MOST_DRAWS = 10_000;

  GridSample {
    if (count == null || count < 1) {
      throw new InvalidInputException("count is %s, expected 1 or more".formatted(count));
    }
    GridSearch.requireFew(count);
    seed = seed == null ? 0 : seed;
    if (space == null || space.isEmpty()) {
      throw new InvalidInputException("space is missing or empty");
    }
  }

  /**
   * What a key's values are drawn from; the number of values is above any count where unlimited.
   */
  private record Dimension(double size, Function<Random, Object> draw) {}

  List<Candidate> settings() {
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    double combinations = 1;
    for (Map.Entry<String, JsonNode> entry : space.entrySet()) {
      Dimension dimension = dimension(entry.getKey(), entry.getValue());
      dimensions.put(entry.getKey(), dimension);
      combinations *= dimension.size();
    }
    if (count > combinations) {
      throw new InvalidInputException(
          "search: sample: count is %d, but there are only %.0f combinations; use cross for all"
              .formatted(count, combinations));
    }
    Random random = new Random(seed);
    Set<String> labels = new LinkedHashSet<>();
    List<Candidate> settings = new ArrayList<>();
    long draws = 0;
    while (settings.size() < count) {
      if (draws++ > (long) MOST_DRAWS * count) {
        throw new InvalidInputException(
            "search: sample: no %d different settings were found; the space is too small"
                .formatted(count));
      }
      Map<String, Object> values = new LinkedHashMap<>();
      dimensions.forEach((key, dimension) -> values.put(key, dimension.draw().apply(random)));
      Candidate setting = new Candidate(values);
      if (labels.add(setting.label())) {
        settings.add(setting);
      }
    }
    return settings;
  }

  private static Dimension dimension(String key, JsonNode node) {
    String place = "search: sample: space: " + key;
    if (node.isArray()) {
      List<JsonNode> nodes = new ArrayList<>();
      node.forEach(nodes::add);
      List<Object> values = GridSearch.choices(place, nodes);
      return new Dimension(values.size(), random -> values.get(random.nextInt(values.size())));
    }
    boolean logarithmic = node.has(LOG_UNIFORM);
    JsonNode range = node.path(logarithmic ? LOG_UNIFORM : UNIFORM);
    if (node.size() != 1 || !range.isArray() || range.size() != 2) {
      throw new InvalidInputException(
          "%s: expected a list of values, %s: [low, high] or %s: [low, high]"
              .formatted(place, LOG_UNIFORM, UNIFORM));
    }
    double low = range.get(0).asDouble(Double.NaN);
    double high = range.get(1).asDouble(Double.NaN);
    if (!(low < high) || !Double.isFinite(high - low) || logarithmic && low <= 0) {
      throw new InvalidInputException(
          "%s: the range is %s, expected low below high%s"
              .formatted(place, range, logarithmic ? " and both above 0" : ""));
    }
    if (logarithmic) {
      double from = Math.log(low);
      double to = Math.log(high);
      return unlimited(random -> Math.exp(from + (to - from) * random.nextDouble()));
    }
    return unlimited(random -> low + (high - low) * random.nextDouble());
  }

  private static Dimension unlimited(Function<Random, Double> draw) {
    return new Dimension(
        Double.POSITIVE_INFINITY,
        random -> new BigDecimal(draw.apply(random)).round(DIGITS).doubleValue());
  }
}
