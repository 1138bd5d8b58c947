package io.videottt.io.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.util.ArrayList;
import java.util.List;

/** Reads values of a JSON object, with defaults and ranges, and names what is wrong with them. */
public final class ConfigurationReader {

  private final JsonNode object;
  private final String source;
  private final String place;

  /**
   * @param source file, for messages
   */
  public ConfigurationReader(JsonNode object, String source) {
    this(object, source, "");
  }

  private ConfigurationReader(JsonNode object, String source, String place) {
    this.object = object;
    this.source = source;
    this.place = place;
  }

  /** The object under a key, an empty one where there is none. */
  public ConfigurationReader object(String key) {
    JsonNode child = object.path(key);
    if (!child.isMissingNode() && !child.isNull() && !child.isObject()) {
      throw invalid(key, child, "a JSON object");
    }
    return new ConfigurationReader(child, source, place + key + ".");
  }

  public int integer(String key, int fallback, int minimum, int maximum) {
    JsonNode value = object.path(key);
    return absent(value) ? fallback : checkedInteger(key, value, minimum, maximum);
  }

  public List<Integer> integers(
      String key, List<Integer> fallback, int length, int minimum, int maximum) {
    JsonNode value = object.path(key);
    if (absent(value)) {
      return fallback;
    }
    if (!value.isArray() || value.size() != length) {
      throw invalid(key, value, "a list of " + length + " whole numbers");
    }
    List<Integer> integers = new ArrayList<>();
    for (JsonNode element : value) {
      integers.add(checkedInteger(key, element, minimum, maximum));
    }
    return List.copyOf(integers);
  }

  /** A list of any length. */
  public List<Integer> integers(String key, int minimum, int maximum) {
    return integers(key, List.of(), size(key), minimum, maximum);
  }

  public double number(String key, double fallback, double minimum, double maximum) {
    JsonNode value = object.path(key);
    if (absent(value)) {
      return fallback;
    }
    if (!value.isNumber() || !(value.asDouble() >= minimum && value.asDouble() <= maximum)) {
      throw invalid(key, value, "a number from " + minimum + " to " + maximum);
    }
    return value.asDouble();
  }

  public List<Double> numbers(
      String key, List<Double> fallback, int length, double minimum, double maximum) {
    JsonNode value = object.path(key);
    if (absent(value) || value.isArray() && value.isEmpty() && fallback.isEmpty()) {
      return fallback;
    }
    String expected = "a list of " + length + " numbers from " + minimum + " to " + maximum;
    if (!value.isArray() || value.size() != length) {
      throw invalid(key, value, expected);
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      double number = element.isNumber() ? element.asDouble() : Double.NaN;
      if (!(number >= minimum && number <= maximum)) {
        throw invalid(key, value, expected);
      }
      numbers.add(number);
    }
    return List.copyOf(numbers);
  }

  /** Refuses every key but these. */
  public void refuseOthers(String... known) {
    KnownKeys.require(object, List.of(known), source, place);
  }

  public boolean flag(String key, boolean fallback) {
    JsonNode value = object.path(key);
    if (absent(value)) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw invalid(key, value, "true or false");
    }
    return value.asBoolean();
  }

  public String text(String key, String fallback, List<String> allowed) {
    JsonNode value = object.path(key);
    String text = absent(value) ? fallback : value.asText();
    if (!allowed.contains(text)) {
      throw invalid(key, value, "one of " + allowed);
    }
    return text;
  }

  public boolean isList(String key) {
    return object.path(key).isArray();
  }

  /** The number of entries of the object or list under a key, 0 where there is none. */
  public int size(String key) {
    return object.path(key).size();
  }

  public InvalidInputException invalid(String key, Object value, String expected) {
    String found = Printable.line(String.valueOf(value));
    return new InvalidInputException(
        "%s: %s%s is %s; it must be %s".formatted(source, place, key, found, expected));
  }

  private int checkedInteger(String key, JsonNode value, int minimum, int maximum) {
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.asInt() < minimum
        || value.asInt() > maximum) {
      throw invalid(key, value, "a whole number from " + minimum + " to " + maximum);
    }
    return value.asInt();
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
