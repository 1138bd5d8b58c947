package io.videottt.jobs.saved;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * COCO's ids of images: the numbers that they are named by, where all are and the numbers differ;
 * otherwise their names.
 *
 * @param numbers whether the ids are numbers
 */
public record FrameIds(boolean numbers) implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

  /** The ids of images of some names. */
  public static FrameIds of(Collection<String> names) {
    return new FrameIds(
        names.stream().allMatch(FrameIds::isLong)
            && names.stream().map(Long::parseLong).distinct().count() == names.size());
  }

  private static boolean isLong(String name) {
    return NUMBER.matcher(name).matches() && new BigInteger(name).bitLength() < Long.SIZE;
  }

  /** Writes a field with the id of the image of a name. */
  public void write(JsonGenerator json, String field, String name) throws IOException {
    if (numbers) {
      json.writeNumberField(field, Long.parseLong(name));
    } else {
      json.writeStringField(field, name);
    }
  }
}
