package io.videottt.adaptation.frames;

import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Frames of a video at the resolution that samples are cut out of. The newest frame is always held;
 * older ones while they fit into a bound, beyond which a frame is read from the video again when it
 * is sampled. What is held never changes a result, only its cost.
 */
public final class WorkingFrames {

  private final Video video;
  private final UnaryOperator<RgbImage> resize;
  private final long cacheBytes;
  private final TreeMap<Integer, RgbImage> held = new TreeMap<>();
  private long heldBytes;

  public WorkingFrames(Video video, UnaryOperator<RgbImage> resize, long cacheBytes) {
    this.video = video;
    this.resize = resize;
    this.cacheBytes = cacheBytes;
  }

  /** Holds the newest frame and lets go of those before {@code first}. */
  public void add(int index, RgbImage working, int first) {
    while (!held.isEmpty() && held.firstKey() < first) {
      heldBytes -= held.pollFirstEntry().getValue().pixels().length;
    }
    hold(index, working);
    while (heldBytes > cacheBytes && held.size() > 1) {
      heldBytes -= held.pollFirstEntry().getValue().pixels().length;
    }
  }

  /** The frames that are held. */
  public Collection<RgbImage> held() {
    return held.values();
  }

  /** A frame at the resolution of the others. */
  public RgbImage resized(RgbImage frame) {
    return resize.apply(frame);
  }

  public RgbImage get(int index) {
    RgbImage frame = held.get(index);
    if (frame == null) {
      frame = resize.apply(video.read(index).image());
      if (heldBytes + frame.pixels().length <= cacheBytes) {
        hold(index, frame);
      }
    }
    return frame;
  }

  private void hold(int index, RgbImage working) {
    if (held.put(index, working) == null) {
      heldBytes += working.pixels().length;
    }
  }
}
