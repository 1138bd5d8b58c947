package io.videottt.jobs.predict;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.io.storage.FileSystems;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.ClassColours;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.saved.JsonText;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where predictions of images go: NAME.png with the class ids and NAME-overlay.png.
 *
 * @param folder output folder, any Hadoop path
 * @param names what the files are called
 * @param colours of the overlays
 * @param hadoop how to reach the folder
 */
public record PredictionOutput(
    String folder, ResultNames names, ClassColours colours, SerializableConfiguration hadoop)
    implements Serializable {

  /** The map of an image's classes or segments. */
  Path labels(Path image) {
    return Storage.child(new Path(folder), names.labels(image));
  }

  /** What is predicted, drawn over the image. */
  Path overlay(Path image) {
    return Storage.child(new Path(folder), names.overlay(image));
  }

  /** To read and write with. */
  ImageFiles files() {
    return new ImageFiles(hadoop.value());
  }

  /**
   * Checks that no result file is an image to be read.
   *
   * @throws InvalidInputException naming the image
   */
  public void requireApart(List<Path> images) {
    Set<Path> written = new HashSet<>();
    for (Path image : images) {
      written.add(qualified(labels(image)));
      written.add(qualified(overlay(image)));
    }
    for (Path image : images) {
      if (written.contains(qualified(image))) {
        throw new InvalidInputException(
            "%s would be overwritten with a prediction; choose another --output".formatted(image));
      }
    }
  }

  private Path qualified(Path path) {
    Configuration configuration = hadoop.value();
    try {
      return FileSystems.of(path, configuration).makeQualified(path);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be reached (%s)".formatted(path, FailureReason.of(e)), e);
    }
  }

  /** Writes the class of every pixel of an image. */
  public void write(Path image, RgbImage pixels, LabelMap predicted) {
    // The longer name first: where it cannot be, nothing is left of the image.
    files().writeOverlay(overlay(image), pixels, predicted, colours);
    files().writeLabels(labels(image), predicted);
  }

  /** Writes a JSON file that appears whole or not at all. */
  void writeJson(String name, JsonText.Content content) {
    Path file = new Path(folder, name);
    try {
      Storage.of(file, hadoop.value()).write(file, stream -> JsonText.write(stream, content));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s); choose another --output"
              .formatted(file, FailureReason.of(e)),
          e);
    }
  }
}
