package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.JsonStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The size of a frame as the JSON file beside KITTI-STEP's labels states it, all that the paper's
 * released code reads of that file.
 *
 * @param height rows, {@code imgHeight}
 * @param width columns, {@code imgWidth}
 */
record StepFrameSize(long height, long width) {

  private static final String HEIGHT = "imgHeight";
  private static final String WIDTH = "imgWidth";

  /**
   * Reads a file.
   *
   * @throws FileProblem when it is malformed or does not state the size
   */
  static StepFrameSize read(Path file, Configuration hadoop) {
    Long[] numbers = new Long[2];
    try (JsonStream stream = JsonStream.open(file, hadoop)) {
      stream.object(
          "the file",
          name -> {
            switch (name) {
              case HEIGHT -> numbers[0] = stream.integer(HEIGHT);
              case WIDTH -> numbers[1] = stream.integer(WIDTH);
              default -> {
                return false;
              }
            }
            return true;
          });
      stream.requireEnd();
    } catch (InvalidInputException e) {
      throw FileProblem.unreadable(e);
    }
    if (numbers[0] == null || numbers[1] == null) {
      throw FileProblem.unreadable(
          file.toString(),
          "has no %s; write the frame's height and width, or remove the file"
              .formatted(numbers[0] == null ? HEIGHT : WIDTH));
    }
    return new StepFrameSize(numbers[0], numbers[1]);
  }
}
