package io.videottt.catalog.video;

import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Decodes a video's frames on one daemon thread, a bounded number ahead of the reader. */
final class PrefetchingFrameStream implements FrameStream {

  /** Frames that wait decoded: enough to hide an uneven file system, small in memory. */
  private static final int FRAMES_AHEAD = 4;

  private static final double NANOS_PER_SECOND = 1e9;

  /** A decoded frame, or what went wrong instead. */
  private record Decoded(Frame frame, Throwable failure, double seconds) {}

  private final Video video;
  private final BlockingQueue<Decoded> queue = new ArrayBlockingQueue<>(FRAMES_AHEAD);
  private final Thread reader;
  private int next;
  private boolean failed;
  private volatile boolean closed;
  private double loadSeconds;
  private double waitSeconds;

  /**
   * @param first index of the first frame, from 0 to the number of frames
   */
  PrefetchingFrameStream(Video video, int first) {
    if (first < 0 || first > video.frameCount()) {
      throw new IndexOutOfBoundsException(
          "frame %d of %d in video %s".formatted(first, video.frameCount(), video.id()));
    }
    this.video = video;
    this.next = first;
    this.reader = new Thread(() -> decodeFrom(first), "frames-of-" + video.id());
    reader.setDaemon(true);
    reader.start();
  }

  private void decodeFrom(int first) {
    try (FrameReader frames = video.reader()) {
      for (int index = first; index < video.frameCount() && !closed; index++) {
        Decoded decoded = decode(frames, index);
        queue.put(decoded);
        if (decoded.failure() != null) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts: nobody waits for frames any more.
      Thread.currentThread().interrupt();
    }
  }

  private static Decoded decode(FrameReader frames, int index) {
    long start = System.nanoTime();
    try {
      Frame frame = frames.read(index);
      return new Decoded(frame, null, secondsSince(start));
    } catch (RuntimeException | Error e) {
      return new Decoded(null, e, secondsSince(start));
    }
  }

  @Override
  public boolean hasNext() {
    return !closed && !failed && next < video.frameCount();
  }

  @Override
  public Frame next() {
    if (!hasNext()) {
      throw new NoSuchElementException("video " + video.id() + " has no further frame");
    }
    long start = System.nanoTime();
    Decoded decoded = take();
    waitSeconds = secondsSince(start);
    loadSeconds = decoded.seconds();
    if (decoded.failure() instanceof Error error) {
      failed = true;
      throw error;
    }
    if (decoded.failure() instanceof RuntimeException exception) {
      failed = true;
      throw exception;
    }
    next++;
    return decoded.frame();
  }

  private Decoded take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a frame", e);
    }
  }

  @Override
  public double loadSeconds() {
    return loadSeconds;
  }

  @Override
  public double waitSeconds() {
    return waitSeconds;
  }

  /** Stops the thread; a frame that it is decoding is finished and dropped. */
  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    queue.clear();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }
}
