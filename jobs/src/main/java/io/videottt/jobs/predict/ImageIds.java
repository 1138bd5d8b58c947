package io.videottt.jobs.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videottt.jobs.saved.FrameIds;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * COCO's ids of images: those of what their results are called.
 *
 * @param ids of the results' names
 * @param names what the results are called
 */
public record ImageIds(FrameIds ids, ResultNames names) implements Serializable {

  public static ImageIds of(List<Path> images, ResultNames results) {
    return new ImageIds(FrameIds.of(images.stream().map(results::of).toList()), results);
  }

  /** Writes a field with an image's id. */
  void write(JsonGenerator json, String field, Path image) throws IOException {
    ids.write(json, field, names.of(image));
  }
}
