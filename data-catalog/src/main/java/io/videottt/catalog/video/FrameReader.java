package io.videottt.catalog.video;

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
}
