package io.videottt.jobs.predict;

import java.io.Serializable;

/**
 * What became of one image.
 *
 * @param file the image
 * @param height rows; 0 where it failed
 * @param width columns; 0 where it failed
 * @param json what the folder's JSON file says about it
 * @param failure the reason, naming the file; empty where all went well
 */
public record ImageRecord(String file, int height, int width, String json, String failure)
    implements Serializable {

  static ImageRecord failed(String file, String reason) {
    return new ImageRecord(file, 0, 0, "", reason);
  }

  boolean hasFailed() {
    return !failure.isEmpty();
  }
}
