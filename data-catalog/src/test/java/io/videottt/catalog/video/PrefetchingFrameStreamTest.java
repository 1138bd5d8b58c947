package io.videottt.catalog.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.catalog.image.RgbImage;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrefetchingFrameStreamTest {

  @Test
  void everyFrameIsDecodedOnceAndInOrder() {
    CountingVideo video = new CountingVideo(50);
    try (FrameStream stream = video.stream()) {
      for (int i = 0; i < 50; i++) {
        assertThat(stream.next().index()).isEqualTo(i);
      }
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(video.reads.get()).isEqualTo(50);
  }

  @Test
  void beginsWhereItIsTold() {
    CountingVideo video = new CountingVideo(50);
    try (FrameStream stream = video.stream(48)) {
      assertThat(stream.next().index()).isEqualTo(48);
      assertThat(stream.next().index()).isEqualTo(49);
      assertThat(stream.hasNext()).isFalse();
    }
    assertThat(video.reads.get()).isEqualTo(2);
    assertThat(video.stream(50).hasNext()).isFalse();
    assertThatThrownBy(() -> video.stream(51)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void onlyAFewFramesAreDecodedAhead() {
    CountingVideo video = new CountingVideo(1000);
    try (FrameStream stream = video.stream()) {
      for (int i = 0; i < 100; i++) {
        stream.next();
        // Four wait in the queue, one is being handed over, one is being decoded.
        assertThat(video.reads.get()).isLessThanOrEqualTo(i + 1 + 6);
      }
    }
  }

  @Test
  void closingStopsTheThread() throws InterruptedException {
    CountingVideo video = new CountingVideo(1_000_000);
    FrameStream stream = video.stream();
    stream.next();
    stream.close();
    video.reader.join();
    assertThat(video.reads.get()).isLessThan(10);
    assertThat(stream.hasNext()).isFalse();
  }

  @Test
  void closingInterruptsAReadThatHangs() throws InterruptedException {
    CountingVideo video = new CountingVideo(3);
    video.hangs = true;
    FrameStream stream = video.stream();
    video.started.await();
    stream.close();
    video.reader.join();
    assertThat(video.reads.get()).isEqualTo(1);
  }

  @Test
  void anErrorSurfacesToo() {
    CountingVideo video = new CountingVideo(3);
    video.fails = true;
    try (FrameStream stream = video.stream()) {
      assertThatThrownBy(stream::next).isInstanceOf(OutOfMemoryError.class);
      assertThat(stream.hasNext()).isFalse();
    }
  }

  /** A video of one-pixel frames that tells how it was read. */
  private static final class CountingVideo implements Video {

    private final int frames;
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile Thread reader;
    private volatile boolean hangs;
    private volatile boolean fails;

    CountingVideo(int frames) {
      this.frames = frames;
    }

    @Override
    public String id() {
      return "counting";
    }

    @Override
    public int frameCount() {
      return frames;
    }

    @Override
    public double framesPerSecond() {
      return 10;
    }

    @Override
    public String frameName(int index) {
      return Integer.toString(index);
    }

    @Override
    public boolean annotated(int index) {
      return false;
    }

    @Override
    public Frame read(int index) {
      reader = Thread.currentThread();
      reads.incrementAndGet();
      started.countDown();
      if (fails) {
        throw new OutOfMemoryError("as if");
      }
      if (hangs) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      RgbImage image = new RgbImage(1, 1, new byte[] {(byte) index, 0, 0});
      return new Frame(index, frameName(index), image, GroundTruth.none());
    }
  }
}
