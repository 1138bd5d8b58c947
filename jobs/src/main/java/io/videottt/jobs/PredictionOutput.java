package io.videottt.jobs;

import io.videottt.catalog.LabelMap;
import io.videottt.catalog.RgbImage;
import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where predictions of images go: NAME.png with the class ids and NAME-overlay.png.
 *
 * @param folder output folder, any Hadoop path
 * @param colours of the overlays
 * @param hadoop how to reach the folder
 */
record PredictionOutput(String folder, ClassColours colours, SerializableConfiguration hadoop)
    implements Serializable {

  private Path labels(Path image) {
    return new Path(folder, ImageFiles.nameWithoutExtension(image) + ".png");
  }

  private Path overlay(Path image) {
    return new Path(folder, ImageFiles.nameWithoutExtension(image) + "-overlay.png");
  }

  /**
   * Checks that every image has result files of its own and that none of them is an image to be
   * read.
   *
   * @throws InvalidInputException naming the two files
   */
  void requireDistinct(List<Path> images) {
    Map<Path, Path> written = new HashMap<>();
    for (Path image : images) {
      for (Path result : List.of(labels(image), overlay(image))) {
        Path other = written.put(qualified(result), image);
        if (other != null) {
          throw new InvalidInputException(
              "%s and %s would both be written to %s; rename one of them"
                  .formatted(other, image, result));
        }
      }
    }
    for (Path image : images) {
      if (written.containsKey(qualified(image))) {
        throw new InvalidInputException(
            "%s would be overwritten with a prediction; choose another --output".formatted(image));
      }
    }
  }

  private Path qualified(Path path) {
    Configuration configuration = hadoop.value();
    try {
      return path.getFileSystem(configuration).makeQualified(path);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be reached (%s)".formatted(path, e.getMessage()), e);
    }
  }

  /** Writes the files of one image. */
  void write(Path image, RgbImage pixels, LabelMap predicted) {
    ImageFiles files = new ImageFiles(hadoop.value());
    files.writeLabels(labels(image), predicted);
    files.writeOverlay(overlay(image), pixels, predicted, colours);
  }
}
