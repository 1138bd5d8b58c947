package io.videottt.jobs;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * COCO's ids of images: the numbers that the files are named after, where all are and the numbers
 * differ; otherwise the names.
 *
 * @param numbers whether the ids are numbers
 */
record ImageIds(boolean numbers) implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  static ImageIds of(List<Path> images) {
    List<String> names = images.stream().map(ImageFiles::nameWithoutExtension).toList();
    boolean numbers =
        names.stream().allMatch(name -> NUMBER.matcher(name).matches())
            && names.stream().map(Long::parseLong).distinct().count() == names.size();
    return new ImageIds(numbers);
  }

  /** Writes a field with an image's id. */
  void write(JsonGenerator json, String field, Path image) throws IOException {
    String name = ImageFiles.nameWithoutExtension(image);
    if (numbers) {
      json.writeNumberField(field, Long.parseLong(name));
    } else {
      json.writeStringField(field, name);
    }
  }
}
