package io.videottt.jobs.sweep.config;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One setting of a grid: a value for each of its keys.
 *
 * @param values by key, in the order of the file; a key within another is written with a dot, as in
 *     {@code postProcessing.detections}
 */
public record Candidate(Map<String, Object> values) implements Comparable<Candidate> {

  private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("0.001");
  private static final BigDecimal LARGEST_PLAIN = new BigDecimal("1000000");

  public Candidate {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Name in tables, for example {@code learningRate=3e-4, window=16}. */
  public String label() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A value as it stands in labels: a number in its shortest form. */
  public static String text(Object value) {
    if (!(value instanceof Number)) {
      return value.toString();
    }
    BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
    BigDecimal size = number.abs();
    if (size.signum() == 0) {
      return "0";
    }
    if (size.compareTo(SMALLEST_PLAIN) >= 0 && size.compareTo(LARGEST_PLAIN) < 0) {
      return number.toPlainString();
    }
    int exponent = number.precision() - number.scale() - 1;
    return number.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /** The values as settings have them: dotted keys are maps in maps. */
  public Map<String, Object> nested() {
    Map<String, Object> nested = new LinkedHashMap<>();
    values.forEach((key, value) -> put(nested, key, value));
    return nested;
  }

  private static void put(Map<String, Object> target, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      target.put(key, value);
      return;
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> inner =
        (Map<String, Object>)
            target.computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<>());
    put(inner, key.substring(dot + 1), value);
  }

  /** The setting with the smaller value in the first key that differs is the smaller one. */
  @Override
  public int compareTo(Candidate other) {
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      int order = compare(entry.getValue(), other.values.get(entry.getKey()));
      if (order != 0) {
        return order;
      }
    }
    return label().compareTo(other.label());
  }

  private static int compare(Object one, Object two) {
    if (one instanceof Number && two instanceof Number) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(two.toString()));
    }
    return String.valueOf(one).compareTo(String.valueOf(two));
  }

  /** A map out of a file, whose keys are texts. */
  public static Map<String, Object> keyed(Map<?, ?> map) {
    Map<String, Object> keyed = new LinkedHashMap<>();
    map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
    return keyed;
  }
}
