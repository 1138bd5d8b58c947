package io.videottt.catalog.video;

import java.util.Iterator;

/**
 * The frames of a video in temporal order, each decoded once, a few ahead of the reader on another
 * thread. Closing stops the reading; a broken file surfaces from {@link #next()} as an {@link
 * io.videottt.base.InvalidInputException}.
 */
public interface FrameStream extends Iterator<Frame>, AutoCloseable {

  /** Seconds of reading and decoding that went into the frame last returned by {@link #next()}. */
  double loadSeconds();

  /** Seconds that the last {@link #next()} waited for its frame to become ready. */
  double waitSeconds();

  @Override
  void close();
}
