package io.videottt.catalog.video;

import java.util.List;

/** One video of a split: an independent unit of adaptation. Immutable and thread-safe. */
public interface Video {

  /** The video's id within its data set, for example {@code 0001TP}. */
  String id();

  /** Number of frames, at least 1, known without decoding any. */
  int frameCount();

  /** Frames per second of the recording. */
  double framesPerSecond();

  /** File name of a frame without extension. */
  String frameName(int index);

  /**
   * Whether ground truth exists for a frame.
   *
   * @throws io.videottt.base.InvalidInputException when a file that holds the ground truth of many
   *     frames is missing, malformed, or names frames that there are not
   */
  boolean annotated(int index);

  /**
   * Reads and decodes one frame.
   *
   * @throws io.videottt.base.InvalidInputException naming the file, when it is missing, broken, too
   *     large, of another size than its labels, or holds a label outside the classes
   */
  Frame read(int index);

  /**
   * What lies beside the frames or is named by a list and belongs to no frame, a message for each:
   * images and labels under other names, labels without images, lines without images.
   */
  default List<String> unmatched() {
    return List.of();
  }

  /** What a person should know of the recording, a sentence for each that names its file. */
  default List<String> notes() {
    return List.of();
  }

  /** Whether all frames are in one file, so that what is broken in it is broken from there on. */
  default boolean oneFile() {
    return false;
  }

  /** A way through the video that need not begin anew with every frame. */
  default FrameReader reader() {
    return new FrameReader() {
      @Override
      public Frame read(int index) {
        return Video.this.read(index);
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  /** All frames in temporal order, prefetched. */
  default FrameStream stream() {
    return stream(0);
  }

  /**
   * The frames from one on in temporal order, prefetched.
   *
   * @param first index of the first frame, from 0 to {@link #frameCount()}
   */
  default FrameStream stream(int first) {
    return new PrefetchingFrameStream(this, first);
  }
}
