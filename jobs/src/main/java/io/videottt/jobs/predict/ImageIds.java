package io.videottt.jobs.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * COCO's ids of images: the numbers that the files are named after, where all are and the numbers
 * differ; otherwise what their results are called.
 *
 * @param numbers whether the ids are numbers
 * @param names what the results are called
 */
public record ImageIds(boolean numbers, ResultNames names) implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

  public static ImageIds of(List<Path> images, ResultNames results) {
    List<String> names = images.stream().map(results::of).toList();
    boolean numbers =
        names.stream().allMatch(ImageIds::isLong)
            && names.stream().map(Long::parseLong).distinct().count() == names.size();
    return new ImageIds(numbers, results);
  }

  private static boolean isLong(String name) {
    return NUMBER.matcher(name).matches() && new BigInteger(name).bitLength() < Long.SIZE;
  }

  /** Writes a field with an image's id. */
  void write(JsonGenerator json, String field, Path image) throws IOException {
    String name = names.of(image);
    if (numbers) {
      json.writeNumberField(field, Long.parseLong(name));
    } else {
      json.writeStringField(field, name);
    }
  }
}
