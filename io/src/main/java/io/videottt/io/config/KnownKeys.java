package io.videottt.io.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;

/** The one answer to a key that nobody knows: its name, and those that are known in its place. */
public final class KnownKeys {

  private KnownKeys() {}

  /**
   * Refuses every other key of an object.
   *
   * @param source file, for the message
   * @param prefix what stands before the object's keys in messages, for example {@code encoder.}
   * @throws InvalidInputException naming the first that is not known
   */
  public static void require(
      JsonNode object, Collection<String> known, String source, String prefix) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw unknown(source, prefix + name, known, null);
      }
    }
  }

  /**
   * @param place the key with those above it
   * @param cause null for none
   */
  static InvalidInputException unknown(
      String source, String place, Collection<String> known, Exception cause) {
    return new InvalidInputException(
        "%s: unknown key '%s'\nknown here: %s"
            .formatted(source, Printable.line(place), String.join(", ", new TreeSet<>(known))),
        cause);
  }
}
