package io.videottt.catalog.video;

import java.util.function.UnaryOperator;

/**
 * One user's way through a video, fastest in the order of its frames: what reading takes is held
 * open until it is closed. Not thread-safe.
 */
public interface FrameReader extends AutoCloseable {

  /**
   * Reads and decodes one frame.
   *
   * @throws io.videottt.base.InvalidInputException as {@link Video#read} does
   */
  Frame read(int index);

  @Override
  void close();

  /** The same way, on which every frame is changed after it is read. */
  default FrameReader changed(UnaryOperator<Frame> change) {
    FrameReader frames = this;
    return new FrameReader() {
      @Override
      public Frame read(int index) {
        return change.apply(frames.read(index));
      }

      @Override
      public void close() {
        frames.close();
      }
    };
  }
}
